"""D: from the application to the decision. Further proofs of a row: docs/requirements.md."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.law.deadlines import deadline
from juzhu.operations import events
from juzhu.operations.models import Event
from juzhu.people.models import Account
from juzhu.permits import actions, casework, facts, moves
from juzhu.permits.errors import (
    DraftIncomplete,
    NotRefusable,
    OutOfArea,
    SameOfficer,
    StillMissing,
    TransitionForbidden,
)
from juzhu.permits.files import readable_file
from juzhu.permits.models import Application, Decision
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY
from juzhu.portal.tests.browsing import html, signed_in, stranger, words
from tests.scenarios import makers
from tests.scenarios.makers import RULES, answer, filed, insure, newcomer, person_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
LONG_AGO = date(2024, 1, 8)


def asked(case: Application, on: date) -> Application:
    """The case after its one-off notice."""
    notes = dict.fromkeys(answer(case, on).missing, "")
    casework.request_supplement(case, notes, actor=make.make_officer("clerk").actor, today=on)
    return Application.objects.get(pk=case.pk)


def tenant(on: date = TODAY) -> tuple[Account, Application]:
    """Somebody who applies by a rented dwelling of which nothing is known."""
    account = newcomer(LONG_AGO)
    return account, filed(person_of(account), "dwelling", by=account.actor, on=on)


@pytest.mark.requirement("D01", "F03")
def test_an_application_is_made_in_the_notices_order_and_nothing_of_it_can_be_left_out():
    account = make.eligible_account()
    client = signed_in(account)
    for step, next_step, body in (
        ("place", "declaration", {"route": "employment"}),
        ("declaration", "form", {"agreed": "on"}),
        ("form", "materials", {"phone": "13812346071", "workplace": ""}),
        ("materials", "confirm", {"next": "1"}),
    ):
        assert client.get("/apply/confirm").url == f"/apply/{step}"
        assert client.post(f"/apply/{step}", body).url == f"/apply/{next_step}"
    key = client.get("/apply/confirm").context["form"]["key"].value()
    sent = client.post("/apply/confirm", {"key": key})
    case = Application.objects.get(person=account.person)
    assert sent.url == f"/applications/{case.number}"
    seen = {finding.code: finding.state for finding in answer(case, TODAY).findings}
    assert [seen[code] for code in ("application_form", "identity_document", "photo")] == ["met"] * 3


@pytest.mark.requirement("D01")
@pytest.mark.parametrize("step", actions.STEPS)
def test_a_draft_without_one_of_its_parts_is_not_filed(step):
    account = make.eligible_account()
    draft = make.draft(account)
    actions.save_step(draft, step, {}, actor=account.actor)
    with pytest.raises(DraftIncomplete):
        actions.submit(draft, actor=account.actor, today=TODAY)


@pytest.mark.requirement("D01", "D04")
def test_without_a_photograph_one_is_asked_for():
    account = newcomer(LONG_AGO, photo=None)
    insure(person_of(account), ("2025-01", "2026-02"))
    case = filed(person_of(account), "employment", by=account.actor, on=TODAY)
    assert answer(case, TODAY).missing == ("photo",)
    files = [make.stored_picture(account.actor)]
    evidence.upload(person_of(account).pk, Kind.PHOTO, {}, files, actor=account.actor)
    assert answer(case, TODAY).outcome == "accept"


@pytest.mark.requirement("D02")
def test_what_is_complete_is_accepted_and_the_receipt_says_what_came_and_by_when():
    account = make.eligible_account()
    case = make.submitted(account)
    client = signed_in(account)
    assert client.get(f"/applications/{case.number}/receipt").status_code == 404
    clerk = make.make_officer("clerk")
    at_the_counter = Client()
    at_the_counter.force_login(clerk, "juzhu.people.backends.Accounts")
    assert at_the_counter.post(f"/counter/cases/{case.number}/accept").status_code == 302
    case.refresh_from_db()
    assert (case.state, case.accepted_on, case.due_on) == ("accepted", TODAY, date(2026, 3, 25))
    receipt = words(client.get(f"/applications/{case.number}/receipt"))
    for text in ("受理回执", case.number, "社会保险参保证明", "3月25日"):
        assert text in receipt, text


@pytest.mark.requirement("D02")
def test_what_is_not_complete_cannot_be_accepted_and_what_is_cannot_be_turned_away():
    clerk = make.make_officer("clerk")
    _account, incomplete = tenant()
    with pytest.raises(StillMissing):
        casework.accept(incomplete, actor=clerk.actor, today=TODAY)
    complete = make.submitted()
    with pytest.raises(NotRefusable):
        casework.refuse(complete, "材料看起来不太对。", actor=clerk.actor, today=TODAY)
    with pytest.raises(StillMissing):
        casework.request_supplement(complete, {}, actor=clerk.actor, today=TODAY)


@pytest.mark.requirement("D04")
def test_one_notice_names_everything_that_is_missing():
    account, case = tenant()
    notice = asked(case, TODAY).notices.get()
    expected = ["landlord_title", "lease_one_year", "lease_current"]
    expected += ["rental_registration", "lease_filing", "rental_safety"]
    assert [item["code"] for item in notice.items] == expected
    paper = html(signed_in(account).get(f"/applications/{case.number}/notice"))
    assert all(text in paper for text in ("合同", "出租登记", "备案", "排查", "4月9日"))


@pytest.mark.requirement("D04", "CF08")
@pytest.mark.parametrize(
    ("received_on", "last_day"),
    [
        (date(2026, 3, 10), date(2026, 3, 17)),
        (date(2026, 9, 30), date(2026, 10, 13)),
        (date(2026, 2, 13), date(2026, 2, 27)),
        (date(2026, 2, 14), date(2026, 2, 28)),
        (date(2024, 2, 22), date(2024, 2, 29)),
    ],
    ids=["plain week", "before National Day", "before the Spring Festival", "working Saturday", "leap day"],
)
def test_five_working_days_without_an_examination_are_an_acceptance(on_day, received_on, last_day):
    on_day(received_on)
    case = make.submitted(make.eligible_account(received_on), today=received_on)
    assert case.examine_by == last_day
    assert moves.catch_up(case, last_day).state == "submitted"
    day_after = date.fromordinal(last_day.toordinal() + 1)
    late = moves.catch_up(case, day_after)
    assert (late.state, late.accepted_on, late.deemed_accepted) == ("accepted", received_on, True)
    assert late.due_on == date.fromordinal(received_on.toordinal() + 15)


@pytest.mark.requirement("D05")
def test_who_does_not_hand_in_what_is_missing_is_not_accepted_is_told_and_loses_nothing(on_day):
    account, case = tenant()
    case = asked(case, TODAY)
    term_over = date(2026, 4, 10)
    on_day(term_over)
    assert "补正期限已过" in words(signed_in(account).get(f"/applications/{case.number}"))
    ended = moves.catch_up(case, term_over)
    assert (ended.state, ended.accepted_on) == ("lapsed", None)
    assert Event.objects.filter(kind="application.lapsed").count() == 1
    with pytest.raises(TransitionForbidden):
        actions.submit(ended, actor=account.actor, today=term_over)
    anew = filed(person_of(account), "dwelling", by=account.actor, on=term_over)
    assert anew.pk != case.pk
    assert makers.state(anew, "residence_half_year", term_over) == "met"


@pytest.mark.requirement("D06", "J17")
def test_a_refusal_is_written_with_facts_reasons_articles_and_remedies():
    account = newcomer(date(2025, 12, 10))
    insure(person_of(account), ("2025-01", "2026-02"))
    case = filed(person_of(account), "employment", by=account.actor, on=TODAY)
    clerk = make.make_officer("clerk")
    reason = "居住登记还没有满半年。"
    casework.refuse(case, reason, actor=clerk.actor, today=TODAY)
    paper = html(signed_in(account).get(f"/applications/{case.number}/refusal"))
    for text in (reason, "2025-12-10", "2026-06-10", "拱墅区人民政府", "第十六条"):
        assert text in paper, text
    assert re.search(r"(60|六十)\s*日内", paper)
    assert re.search(r"(6|六)\s*个月内", paper)


@pytest.mark.requirement("D06")
def test_nobody_is_refused_without_a_reason_in_the_rules_nor_by_who_accepted():
    chief, reviewer = make.make_officer("chief"), make.make_officer("reviewer")
    accepted = casework.accept(make.submitted(), actor=chief.actor, today=TODAY)
    with pytest.raises(SameOfficer):
        casework.refuse(accepted, "不符合申领条件。", actor=chief.actor, today=TODAY)
    with pytest.raises(NotRefusable):
        casework.refuse(accepted, "不符合申领条件。", actor=reviewer.actor, today=TODAY)


@pytest.mark.requirement("D07", "CF09")
@pytest.mark.parametrize(
    ("accepted_on", "due_on"),
    [
        (date(2026, 3, 10), date(2026, 3, 25)),
        (date(2026, 9, 30), date(2026, 10, 15)),
        (date(2026, 9, 18), date(2026, 10, 3)),
        (date(2026, 2, 6), date(2026, 2, 21)),
        (date(2024, 2, 14), date(2024, 2, 29)),
        (date(2026, 2, 14), date(2026, 3, 1)),
    ],
)
def test_fifteen_natural_days_are_prolonged_by_no_holiday(on_day, accepted_on, due_on):
    on_day(accepted_on)
    case = make.submitted(make.eligible_account(accepted_on), today=accepted_on)
    case = casework.accept(case, actor=make.make_officer("clerk").actor, today=accepted_on)
    assert case.due_on == due_on
    assert deadline("issuance", accepted_on, RULES).unit == "natural_days"


@pytest.mark.requirement("D07")
def test_two_officers_of_the_area_issue_and_the_authority_is_the_districts(on_day):
    clerk, reviewer = make.make_officer("clerk"), make.make_officer("reviewer")
    elsewhere = make.make_officer("reviewer", (OTHER_AREA,))
    account = make.eligible_account()
    case = casework.accept(make.submitted(account), actor=clerk.actor, today=TODAY)
    with pytest.raises(OutOfArea):
        casework.approve(case, actor=elsewhere.actor, today=TODAY)
    case = casework.approve(case, actor=reviewer.actor, today=date(2026, 3, 25))
    assert case.permit is not None
    assert (case.state, case.permit.issued_on) == ("issued", date(2026, 3, 25))
    on_day(date(2026, 3, 25))
    client = signed_in(account)
    client.post("/permit/open", {"password": make.PASSWORD})
    assert "拱墅区分局" in html(client.get("/permit"))


@pytest.mark.requirement("D08")
def test_what_a_department_has_said_is_shown_as_known_and_not_asked_for():
    account = make.eligible_account()
    make.draft(account)
    page = signed_in(account).get("/apply/materials")
    assert "人力社保局" in words(page)
    assert 'type="file"' not in html(page)
    makers.rent(person_of(account), date(2025, 6, 1), date(2026, 5, 31), without=[Kind.LEASE_FILING])
    case = filed(person_of(account), "dwelling", by=account.actor, on=TODAY)
    assert answer(case, TODAY).missing == ("lease_filing",)


@pytest.mark.requirement("D09", "G07")
def test_papers_are_read_for_their_case_alone():
    account = newcomer(LONG_AGO, dwelling_kind="owned")
    file = make.stored_picture(account.actor)
    evidence.upload(person_of(account).pk, Kind.TITLE, {"holder": "self"}, [file], actor=account.actor)
    clerk = make.make_officer("clerk")
    assert readable_file(clerk.actor, file.name, TODAY) is None, "no case, no look"
    filed(person_of(account), "dwelling", by=account.actor, on=TODAY)
    readers = {
        "owner": (account, True),
        "clerk of the area": (clerk, True),
        "clerk of another area": (make.make_officer("clerk", (OTHER_AREA,)), False),
        "auditor": (make.make_officer("auditor"), False),
        "department": (make.make_officer("department", department="housing"), False),
        "another citizen": (newcomer(LONG_AGO, name="林海峰"), False),
    }
    for who, (reader, may) in readers.items():
        assert (readable_file(reader.actor, file.name, TODAY) is not None) is may, who


@pytest.mark.requirement("D09")
def test_whoever_reads_a_case_leaves_a_trace_that_its_person_can_see():
    account = make.eligible_account()
    case = make.submitted(account)
    clerk = make.make_officer("clerk")
    reader = Client()
    reader.force_login(clerk, "juzhu.people.backends.Accounts")
    reader.get(f"/counter/cases/{case.number}")
    assert Event.objects.filter(kind="person.read", person_id=account.person_id).count() == 1
    assert "拱宸桥" in words(signed_in(account).get("/who-used"))


@pytest.mark.requirement("D11", "F01")
def test_an_electronic_permit_cannot_be_lost_and_is_opened_again_for_nothing():
    account = make.eligible_account()
    permit = make.issued(account)
    for _device in ("the old phone", "a new phone"):
        client = signed_in(account)
        assert client.get("/permit").url == "/permit/open"
        client.post("/permit/open", {"password": make.PASSWORD})
        page = html(client.get("/permit"))
        assert "有效" in page
        assert permit.number in page
    assert account.person.permits.count() == 1


@pytest.mark.requirement("D12", "CF11")
def test_nothing_costs_anything_from_registration_to_endorsement(on_day):
    account, permit = makers.holder(date(2026, 3, 10))
    client = signed_in(account)
    client.post("/permit/open", {"password": make.PASSWORD})
    on_day(date(2027, 2, 20))
    for path in ("/", "/apply/place", "/permit/endorse", "/registration", "/rules"):
        page = html(client.get(path, follow=True))
        assert "不收" in page, path
        assert "缴费" not in page.replace("缴费用", ""), path
    assert makers.endorse(account, permit, date(2027, 2, 20)).state == "issued"
    names = {field.name for field in Application._meta.get_fields()}
    assert not names & {"fee", "price", "paid", "payment"}


@pytest.mark.requirement("D13")
def test_conditions_materials_and_procedure_are_public_in_two_languages():
    for language, expected in (
        ("zh-hans", ("居住登记", "社保", "租赁合同", "学籍", "受理后", "第十六条")),
        ("en", ("insur", "lease", "school", "15 days")),
    ):
        page = words(stranger(language).get("/rules"))
        for text in expected:
            assert text in page, text


@pytest.mark.requirement("D14")
def test_the_file_of_a_case_is_whole_unaltered_and_answers_the_same_for_ever():
    clerk, reviewer = make.make_officer("clerk"), make.make_officer("reviewer")
    case = casework.approve(make.accepted(clerk), actor=reviewer.actor, today=TODAY)
    decisions = list(Decision.objects.filter(application=case))
    assert [decision.stage for decision in decisions] == ["submit", "accept", "approve"]
    for decision in decisions:
        assert facts.replay(decision) is None
        assert decision.evidence
        assert decision.calendar_version
        with pytest.raises(DatabaseError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(outcome="refuse")
        with pytest.raises(DatabaseError), transaction.atomic():
            decision.delete()
    kinds = list(
        Event.objects.filter(subject_id=str(case.pk), subject_type="permits.application").values_list(
            "kind", flat=True
        )
    )
    for kind in (
        "application.submitted",
        "application.accepted",
        "application.approved",
        "application.issued",
    ):
        assert kind in kinds
    assert events.verify() == Event.objects.count()
