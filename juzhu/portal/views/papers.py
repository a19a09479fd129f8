"""An application that was filed, and the official papers about it: receipt, one-off notice, refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from juzhu.design.formats import chosen, language
from juzhu.evidence.kinds import DEPARTMENTS, NAMES, Kind
from juzhu.evidence.queries import pieces
from juzhu.law import policy
from juzhu.law.eligibility import LEAVES
from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.permits import actions, facts
from juzhu.permits.models import ROUTE_NAMES, Application, Decision, SupplementNotice
from juzhu.permits.queries import applications_for
from juzhu.permits.transitions import State
from juzhu.portal.access import citizen, index_of, no_store, viewer
from juzhu.portal.case import Case, case_of, timeline
from juzhu.portal.routes import offer_for

WHO: dict[str, Any] = {
    "landlord_title": gettext_lazy("房东给您，您来传"),
    "rental_registration": gettext_lazy("房东，到派出所"),
    "lease_filing": gettext_lazy("房东，到区住建局"),
    "rental_safety": gettext_lazy("街道上门，您约时间"),
    "student_register": gettext_lazy("学校开，您来传"),
    "study_continuity": gettext_lazy("学校开，您来传"),
    "enrolled_full_time_in_city": gettext_lazy("学校开，您来传"),
    "enrolled_one_year": gettext_lazy("学校开，您来传"),
    "relative_title": gettext_lazy("亲属给您，您来传"),
    "dormitory_title": gettext_lazy("单位给您，您来传"),
    "dormitory_commitment": gettext_lazy("单位给您，您来传"),
    "host_statement": gettext_lazy("房屋主人写，您来传"),
    "guardian_permits": gettext_lazy("监护人"),
    "guardian_insured_one_year": gettext_lazy("监护人"),
}
DECIDED_BY_LICENSING_LAW = ("licensing-law:38", "zhejiang-2016:18")


def _case(request: HttpRequest, number: str) -> tuple[Application, Case]:
    """Their own or a ward's application; 404 for everything else."""
    today = clock.today()
    application = get_object_or_404(applications_for(viewer(request), today), number=number)
    return application, case_of(application, today)


def _context(request: HttpRequest, application: Application, case: Case) -> dict[str, Any]:
    index = index_of(request, application.person_id)
    return {
        "nav": "messages",
        "application": application,
        "case": case,
        "today": case.today,
        "suffix": f"?for={index}" if index else "",
        "issue_days": policy.load(application.policy_id).parameters.issue_days,
        "route_name": ROUTE_NAMES.get(application.route),
    }


@require_safe
@citizen
def application(request: HttpRequest, number: str) -> HttpResponse:
    """Where it stands, what happens next and by when, and what has happened."""
    row, case = _case(request, number)
    context = {
        **_context(request, row, case),
        "nav": "progress",
        "entries": timeline(case),
        "notice": row.notices.first(),
        "offer": offer_for(row, case.today),
    }
    return no_store(render(request, "portal/papers/application.html", context))


@dataclass(frozen=True, slots=True)
class Received:
    """One line of a receipt's list."""

    name: Any
    source: Any
    files: int


@require_safe
@citizen
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """受理回执, also where time has accepted. Source: notice 2(1)3; Administrative Licensing Law art. 32."""
    row, case = _case(request, number)
    if not case.has_receipt:
        raise Http404
    wanted = ["submit"] if case.deemed else ["accept", "submit"]
    decision = _decision(row, *wanted)
    context = {**_context(request, row, case), "received": _received(decision) if decision else []}
    return no_store(render(request, "portal/papers/receipt.html", context))


def _decision(row: Application, *stages: str) -> Decision | None:
    """The latest decision of the first of these stages that there is."""
    made = {decision.stage: decision for decision in row.decisions.filter(stage__in=stages)}
    return next((made[stage] for stage in stages if stage in made), None)


def _received(decision: Decision) -> list[Received]:
    """What the decision rested on: registers first, then papers in the order in which they came."""
    listed = [Received(_("身份信息"), _("公安人口库"), 0), Received(_("居住登记"), _("本系统登记"), 0)]
    if decision.facts["person"].get("application_form") and decision.purpose == "permit":
        listed.append(Received(_("居住证申领表"), _("您提交"), 0))
    for piece in pieces(decision.evidence):
        own = _("您提交") if piece.person_id == decision.application.person_id else _("监护人提交")
        source = DEPARTMENTS.get(piece.department, piece.department) if piece.department else own
        listed.append(Received(NAMES[Kind(piece.kind)], source, len(piece.files.all())))
    return listed


@dataclass(frozen=True, slots=True)
class Needed:
    """One thing of the one-off notice."""

    code: str
    name: str
    material: str
    fix: str
    note: str
    who: Any
    cites: tuple[str, ...]
    done: bool


@require_http_methods(["GET", "HEAD", "POST"])
@citizen
def notice(request: HttpRequest, number: str) -> HttpResponse:
    """一次性告知书: everything that is missing, how to mend each, by when; once, more time on request."""
    row, case = _case(request, number)
    found = row.notices.select_related("issued_by").first()
    if found is None:
        raise Http404
    if request.method == "POST":
        return _extend(request, row, case.today)
    still = case.state == State.SUPPLEMENT_REQUESTED
    needed = _needed(row, found, case, still)
    context = {
        **_context(request, row, case),
        "notice": found,
        "needed": needed,
        "open": still,
        "left": sum(not item.done for item in needed),
        "done": sum(item.done for item in needed),
    }
    return no_store(render(request, "portal/papers/notice.html", context))


def _extend(request: HttpRequest, row: Application, today: date) -> HttpResponse:
    try:
        longer = actions.extend_supplement(row, actor=viewer(request), today=today)
    except JuzhuError as error:
        messages.error(request, str(error.sentence))
    else:
        until = longer.due_on.isoformat()
        messages.success(request, _("期限延长到 %(day)s。只能延长这一次。") % {"day": until})
    return redirect("portal:notice", row.number)


def _needed(row: Application, found: SupplementNotice, case: Case, still: bool) -> list[Needed]:
    decision = _decision(row, "request_supplement")
    cites = {f["code"]: tuple(f["cites"]) for f in decision.answer["findings"]} if decision else {}
    met: set[str] = set()
    if still:
        answer, _seen = facts.decide(row, case.today)
        met = {finding.code for finding in answer.findings if finding.state == "met"}
    return [_need(item, cites, met) for item in found.items]


def _need(item: Mapping[str, str], cites: Mapping[str, tuple[str, ...]], met: set[str]) -> Needed:
    code, lang = item["code"], language()
    leaf = LEAVES.get(code)
    return Needed(
        code,
        str(chosen(leaf.name, lang)) if leaf else _("其他"),
        str(chosen(leaf.material, lang)) if leaf else "",
        str(chosen(leaf.fix, lang)) if leaf else "",
        item["note"],
        WHO.get(code, _("您")),
        cites.get(code, ()),
        code in met,
    )


@require_safe
@citizen
def refusal(request: HttpRequest, number: str) -> HttpResponse:
    """不予决定书: facts, reasons, articles, remedies (requirements J17)."""
    row, case = _case(request, number)
    decision = _decision(row, "refuse")
    if not case.has_refusal or decision is None:
        raise Http404
    reasons = decision.answer["unmet"]
    findings = [{**f, "ready_on": None} for f in decision.answer["findings"] if f["code"] in reasons]
    cites = dict.fromkeys(cite for f in findings for cite in f["cites"])
    context = {
        **_context(request, row, case),
        "decision": decision,
        "findings": findings,
        "cites": [*cites, *(cite for cite in DECIDED_BY_LICENSING_LAW if cite not in cites)],
        "earliest": _earliest(decision),
    }
    return no_store(render(request, "portal/papers/refusal.html", context))


def _earliest(decision: Decision) -> date | None:
    """From when time alone would have cured it; None when it would not."""
    day = decision.answer.get("earliest_on")
    return date.fromisoformat(day) if day else None


@require_http_methods(["GET", "HEAD", "POST"])
@citizen
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take an application back, after a page that says what follows."""
    row, case = _case(request, number)
    if not case.can_withdraw:
        return redirect("portal:application", number)
    if request.method == "POST":
        try:
            actions.withdraw(row, actor=viewer(request), today=case.today)
        except JuzhuError as error:
            messages.error(request, str(error.sentence))
        else:
            messages.success(request, _("已撤回。居住登记和居住时间不受影响。"))
        return redirect("portal:application", number)
    return no_store(render(request, "portal/papers/withdraw.html", _context(request, row, case)))
