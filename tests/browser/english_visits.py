"""Which pages are looked at in English, and by whom."""

from __future__ import annotations

from tests.browser.people import NOBODY
from tests.browser.presses import (
    NO_PAGE,
    Visit,
    agree,
    begin_inspection,
    best_route,
    empty_preview,
    press,
    press_bureau,
    to_agent,
    unfold,
    with_password,
)

ENGLISH: dict[str, list[Visit]] = {
    NOBODY: [
        Visit("/"), Visit("/sign-in"), Visit("/rules"), Visit("/counters"), Visit("/v/no-code-of-ours"),
        Visit("/accessibility"), Visit("/demo/"), Visit(NO_PAGE), Visit("/d"), Visit("/d/{code}"),
        Visit("/rules/gongshu-2022?with=hangzhou-2024"),
        Visit("/need?household=outside&where=relative&since_year=2026&since_month=3&since_day=1"),
        Visit("/door/{door}"), Visit("/invited/{asked_by}"),
    ],
    "ready": [
        Visit("/"), Visit("/tasks"), Visit("/registration"), Visit("/registration/{ready_home}/certificate"),
        Visit("/known", unfold), Visit("/known/{known}/object", press), Visit("/tip", press),
        Visit("/letting/"), Visit("/letting/new", press), Visit("/letting/{let}", unfold),
        Visit("/letting/{let}/rooms"), Visit("/letting/{let}/close"),
        Visit("/letting/{let}/leases/{let_lease}"),
    ],
    "waiting": [Visit("/applications/{waiting}"), Visit("/applications/{waiting}/mend")],
    "missing": [Visit("/apply/place"), Visit("/messages"), Visit("/letting/help")],
    "arrived": [
        Visit("/register/place"), Visit("/registration"), Visit("/reported"), Visit("/need"),
        Visit("/poster"),
    ],
    "supplement": [
        Visit("/applications/{supplement}"), Visit("/applications/{supplement}/notice"),
        Visit("/applications/{supplement}/supplement"),
    ],
    "refused": [Visit("/applications/{refused}/refusal")],
    "holder": [
        Visit("/permit", with_password), Visit("/applications/{holder}/receipt"), Visit("/who-used"),
        Visit("/permit/versions", with_password), Visit("/permit/correct", press),
        Visit("/permit/correct?field=residence_address", press),
    ],
    "suspended": [Visit("/permit", with_password)],
    "guardian": [Visit("/registration/household")],
    "window": [Visit("/permit/endorse")],
    "unreached": [
        Visit("/demo/", press_bureau), Visit("/apply/place", best_route), Visit("/apply/declaration", agree),
        Visit("/apply/form", press), Visit("/apply/materials", press), Visit("/apply/confirm"),
        Visit("/demo/", press_bureau),
    ],
    "disputing": [Visit("/known/objections/{objection}"), Visit("/applications/{disputing}")],
    "answered": [Visit("/known/objections/{answer}")],
    "paused": [Visit("/applications/{paused}", unfold)],
    "redone": [Visit("/"), Visit("/applications/{redone}", unfold)],
    "switching": [Visit("/apply/confirm")],
    "reviewed": [Visit("/applications/{reviewed}", unfold), Visit("/permit", with_password)],
    "corrected": [Visit("/permit/versions", with_password)],
    "mending": [Visit("/permit/corrections/{correction}")],
    "late": [Visit("/permit", with_password)],
    "missed": [Visit("/permit", with_password), Visit("/permit/endorse")],
    "told": [Visit("/"), Visit("/rights/{fraud}", press)],
    "withdrawn": [Visit("/"), Visit("/rights/{decided}"), Visit("/permit", with_password)],
    "away": [Visit("/"), Visit("/permit", with_password)],
    "ended": [Visit("/"), Visit("/applications/{ended}")],
    "P1001": [
        Visit("/counter/posters", press),
        Visit("/counter/"), Visit("/counter/cases/{waiting}"), Visit("/counter/cases/{waiting}/supplement"),
        Visit("/counter/cases/{waiting}", unfold), Visit("/counter/cases/{apart}", unfold),
        Visit("/counter/cases/{waiting}/hand-over", press), Visit("/counter/cases/{waiting}/mend"),
        Visit("/counter/cases/{waiting}/withdraw"), Visit("/counter/cases/{supplement}", unfold),
        Visit("/counter/cases/{supplement}/decline"), Visit("/counter/people/{window_home}", unfold),
        Visit("/counter/people/{moved_home}/death", press),
        Visit("/counter/people/{moved_home}/household", press),
        Visit("/counter/people/{guardian_ward_home}/guardianships/{guardian_wardship}/end", press),
        Visit("/counter/window", press), Visit("/counter/window/pending", press),
        Visit("/counter/window/receipts/{elder}"), Visit("/counter/after"),
        Visit("/counter/after?tab=corrections"), Visit("/counter/after?tab=tips"),
        Visit("/counter/after?tab=cases"), Visit("/counter/after/checks/{check}", press),
        Visit("/counter/after/checks/{done_check}", unfold), Visit("/counter/after/checks/{sampled}"),
        Visit("/counter/after/cases/{decided}"), Visit("/counter/cases/{represented}", unfold),
        Visit("/counter/cases/{disputing}", unfold), Visit("/counter/people/{unnamed_home}", unfold),
        Visit("/counter/after/corrections/{correction}"), Visit("/counter/after/tips/{tip}", press),
        Visit("/counter/after/tips/new", press), Visit("/counter/after/cases/{fraud}"),
        Visit("/counter/after/hints"), Visit("/counter/papers/slip/{window_permit}", to_agent),
        Visit("/counter/papers/slips/{slip}"), Visit("/counter/absences", press),
        Visit("/counter/relations", press),
    ],
    "P1002": [
        Visit("/counter/cases/{paused}", unfold), Visit("/counter/cases/{paused}/resume"),
        Visit("/counter/cases/{mother}/pause", press),
    ],
    "P1003": [
        Visit("/counter/cases/{mother}", unfold), Visit("/counter/cases/{mother}/assign", press),
        Visit("/counter/cases/{mother}/take-back"), Visit("/counter/cases/{mother}/end", press),
        Visit("/counter/cases/{mother}/readers"), Visit("/counter/cases/{overturned}", unfold),
        Visit("/counter/cases/{overturned}/remedies", press),
        Visit("/counter/cases/{overturned}/remedies/{remedy}"),
        Visit("/counter/cases/{overturned}/reopen", press),
        Visit("/counter/after/draw"), Visit("/counter/after/cases/{fraud}", press),
    ],
    "S3001": [
        Visit("/counter/registrations"), Visit("/counter/departments/give/safety_inspection"),
        Visit("/counter/dwellings"), Visit("/counter/dwellings?tab=crowded"),
        Visit("/counter/dwellings/{let}", unfold), Visit("/counter/letting/lease/{let_checked}", unfold),
        Visit("/counter/inspections"), Visit("/counter/inspections/{inspection}", press),
        Visit("/counter/inspections/device", begin_inspection), Visit("/counter/help-calls/{help_call}"),
    ],
    "D4003": [
        Visit("/counter/dwellings"), Visit("/counter/letting/title/{let_title}"),
        Visit("/counter/letting/filing/{let_filing}", press),
    ],
    "D4001": [
        Visit("/counter/attested"), Visit("/counter/departments/give"),
        Visit("/counter/departments/give/insurance", empty_preview),
        Visit("/counter/departments/sheets/insurance/upload", press),
        Visit("/counter/departments/sheets/{sheet}", unfold),
        Visit("/counter/departments/sheets/{filed_sheet}", unfold),
        Visit("/counter/departments/objections/{answer}"), Visit("/counter/attested/{word}/replace"),
        Visit("/counter/attested/{word}/withdraw"), Visit("/counter/departments/objections"),
        Visit("/counter/departments/objections/{objection}?as=uphold", press),
    ],
    "A5001": [Visit("/counter/audit"), Visit("/counter/cases/{mother}/readers")],
    "M9001": [Visit("/counter/colleagues"), Visit("/counter/colleagues/P1001", press)],
}  # fmt: skip
ENGLISH["P1001"] += [
    Visit("/counter/duties"), Visit("/counter/duties?tab=contradictions"),
    Visit("/counter/duties/reports/{firm_report}"), Visit("/counter/duties/contradictions/{contradiction}"),
    Visit("/counter/duties/orders/new?report={firm_report}", press),
    Visit("/counter/duties/orders/{order}"), Visit("/counter/duties/cases/{penalty}", unfold),
]  # fmt: skip
ENGLISH["employer"] = [
    Visit("/report/"), Visit("/report/who"), Visit("/report/enrol", press), Visit("/report/one/lease", press),
    Visit("/report/reports/{firm_report}"), Visit("/report/sheets/{report_sheet}"),
    Visit("/report/sheets/upload/lease"), Visit("/report/colleagues"), Visit("/report/told"),
    Visit("/report/orders/{order}"), Visit("/report/orders/{fined}", press),
]  # fmt: skip
ENGLISH["employer"] += [Visit("/report/due"), Visit("/report/told/{passed}/hand-back", press)]
ENGLISH["landlord"] = [
    Visit("/report/"), Visit("/report/due"), Visit("/report/due/{over}"), Visit("/messages"),
    Visit("/messages/{landlord_message}"), Visit("/letting/", unfold),
    Visit("/letting/{dwelling_1}", unfold), Visit("/letting/{dwelling_6}", unfold),
]  # fmt: skip
ENGLISH["ready"] += [Visit("/registration/particulars")]
