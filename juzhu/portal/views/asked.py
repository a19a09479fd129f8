"""谁报送过我: what organisations and landlords have reported, what is proposed, and one tap for yes or no.

Nothing is changed before the person has said so. A link by SMS shows nothing before the real name is known.
"""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.people.models import Person
from juzhu.portal.access import Circle, account_of, circle, citizen, frame, index_of, no_store, viewer
from juzhu.portal.views.registration import begin_at
from juzhu.registration import doors
from juzhu.registration.doors import Door
from juzhu.registration.errors import LinkInvalid
from juzhu.registration.invitations import meant
from juzhu.registration.models import Report
from juzhu.registration.reporting import answers, queries
from juzhu.registration.reporting.entries import LEASE, LEASE_INTRODUCED, LETTING
from juzhu.registration.reporting.making import INVITED_FOR
from juzhu.registration.subdistricts import SUBDISTRICTS

SAID = frozenset({"not_me", "not_here"})
AT_HOME = frozenset({LEASE, LEASE_INTRODUCED, LETTING})
"""Reports whose address is where somebody is said to live."""
SHOWN = 100


@require_safe
@citizen
def reported(request: HttpRequest) -> HttpResponse:
    """Open questions first; then all that was ever reported of oneself and one's wards."""
    today, actor = clock.today(), viewer(request)
    context = {
        "nav": "tasks",
        "today": today,
        "circle": circle(request),
        "invitations": list(queries.invitations_to(actor, today)),
        "proposals": list(queries.proposals_to(actor, today)),
        "reports": list(queries.about(actor, today)[:SHOWN]),
    }
    return no_store(render(request, "portal/reported.html", context))


@require_POST
@citizen
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes: the registration opens with the address filled in. No: an officer of the community looks."""
    today, actor = clock.today(), viewer(request)
    row = queries.invitations_to(actor, today).filter(pk=pk).first()
    if row is None:
        return _answered_already(request)
    around = circle(request)
    person = next((one for one in around.people if meant(row, one)), None)
    if person is None:
        raise Http404
    said = request.POST.get("said", "")
    if said == "yes":
        return _register(request, row.report, person)
    if said in SAID:
        try:
            answers.answer(row, said, actor=actor, person=person, today=today)
        except JuzhuError as error:
            messages.error(request, str(error.sentence))
        else:
            messages.success(request, _("记下了。社区会核实，不用您做别的。"))
    return redirect("portal:reported")


@require_POST
@citizen
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes changes the registration, or opens the move with the address filled in; no changes nothing."""
    today, actor = clock.today(), viewer(request)
    row = queries.proposals_to(actor, today).filter(pk=pk).first()
    if row is None:
        return _answered_already(request)
    said = request.POST.get("said", "")
    try:
        if said == "no":
            answers.decline(row, actor=actor, today=today)
            messages.success(request, _("记下了，登记没有变。社区会核实，不用您做别的。"))
        elif said == "yes" and row.change == "address":
            return _register(request, row.report, row.registration.person)
        elif said == "yes":
            answers.accept(row, actor=actor, today=today)
            messages.success(request, _("改好了，谢谢您。"))
    except JuzhuError as error:
        messages.error(request, str(error.sentence))
    return redirect("portal:reported")


def _answered_already(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("这一条已经答复过了。"))
    return redirect("portal:reported")


def _register(request: HttpRequest, report: Report, person: Person) -> HttpResponse:
    """The registration or the move of that person, at the reported address where it is one to live at."""
    around = circle(request)
    whose = Circle(around.people, index_of(request, person.pk))
    if report.kind in AT_HOME and report.address and report.area in SUBDISTRICTS:
        return begin_at(request, Door(report.area, report.community_id or "", report.address), whose)
    return redirect(reverse("portal:register") + whose.suffix)


@require_safe
def invited(request: HttpRequest, token: str) -> HttpResponseBase:
    """`/invited/<token>`: what an SMS leads to. Before the real name is known, and to anybody whom it is not
    about, it says the same and nothing about anybody.
    """
    known = request.user.is_authenticated and account_of(request).person_id is not None
    context: dict[str, object] = {"frame": frame(request)}
    if not known:
        here = urlencode({"next": request.get_full_path()})
        context |= {
            "sign_in_url": f"{reverse('portal:sign_in')}?{here}",
            "sign_up_url": f"{reverse('portal:sign_up')}?{here}",
        }
        return no_store(render(request, "portal/invited.html", context))
    report = _asked_by(token, clock.today())
    around = circle(request)
    if report is None or not any(_is_about(report, person) for person in around.people):
        context["nothing"] = True
        return no_store(render(request, "portal/invited.html", context))
    return redirect("portal:reported")


def _asked_by(token: str, today: date) -> Report | None:
    """The report that a link asks about; None for a link that is none, or is over."""
    try:
        number = doors.read_report(token)
    except LinkInvalid:
        return None
    report = Report.objects.filter(number=number).first()
    return report if report and today <= report.reported_on + INVITED_FOR else None


def _is_about(report: Report, person: Person) -> bool:
    if report.person_id:
        return report.person_id == person.pk
    if report.identity_number:
        return report.identity_number == person.identity_number
    return report.name == person.name and report.born == person.born
