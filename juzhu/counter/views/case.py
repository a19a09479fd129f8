"""One case: findings beside their evidence, judging the papers, and the whole identity number on demand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from juzhu.counter import decide_bar, desk_tools, words
from juzhu.counter.access import CASEWORK, account_of, actor_of, addresses, kept, officer, page
from juzhu.counter.casefile import CaseFile, Row, judgeable, open_case, pieces_for
from juzhu.counter.forms import RevealForm
from juzhu.counter.paper_menu import menu
from juzhu.counter.past import past_of
from juzhu.counter.views.queue import CHANNELS, READ, SHOWN
from juzhu.design import evidence_words
from juzhu.evidence.kinds import DEPARTMENTS, NAMES, Kind
from juzhu.evidence.queries import open_objections
from juzhu.intake.forms.apply import DetailsForm
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.operations.errors import JuzhuError
from juzhu.people import actions as people
from juzhu.people.errors import ConflictOfInterest, PurposeMissing
from juzhu.people.models import Account
from juzhu.people.queries import staff_names
from juzhu.permits import casework, representatives, rota
from juzhu.permits.homes import doubts_about
from juzhu.permits.models import Application
from juzhu.permits.pauses import REASONS
from juzhu.permits.queries import applications_for, history, paper_of
from juzhu.permits.timing import is_over
from juzhu.permits.transitions import ALLOWED_ROLES, State
from juzhu.permits.window.mending import MENDABLE

EVENTS_SHOWN = 40
JUDGEMENTS = ("good", "insufficient", "disproved")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a case; None while nobody stands in. `instead_of`: who is away."""

    officer: Account | None
    instead_of: Account | None


def found_case(actor: Actor, number: str) -> Application:
    """A case in the officer's area; for every other number there is no page."""
    cases = applications_for(actor, clock.today()).select_related("accepted_by", "decided_by", "assigned_to")
    case = None if "\0" in number else cases.filter(number=number).first()
    if case is None:
        raise Http404
    return case


@officer(*CASEWORK)
def case(request: HttpRequest, number: str) -> HttpResponse:
    """The page of a case. `?f=` names the finding whose evidence is shown."""
    return show(request, found_case(actor_of(request), number))


def show(request: HttpRequest, application: Application, *, error: JuzhuError | None = None) -> HttpResponse:
    """Draw a case as it stands now, with what went wrong on top when something did."""
    actor, today = actor_of(request), clock.today()
    opened = open_case(application, today)
    _log_once(request, opened, actor)
    row = opened.row(request.GET.get("f", ""))
    tools = desk_tools.tools(opened, actor, today)
    bar, apart = decide_bar.steps(opened, actor), decide_bar.conflict_of(application, actor)
    return page(
        request,
        "case",
        {
            "archivable": opened.standing.done and actor.role == "chief" and not apart,
            "today": today,
            "case": application,
            "file": opened,
            "representative": (agent := representatives.of(application)),
            "agents_files": addresses(agent.files.all()) if agent else [],
            "at_window": account_of(request).role in ALLOWED_ROLES["correct"] and not apart,
            "mendable": opened.standing.state in MENDABLE,
            "extendable": application.notices.filter(extended=False).exists()
            and opened.standing.state == State.SUPPLEMENT_REQUESTED,
            "declinable": opened.standing.state == State.SUBMITTED
            and bool(opened.unproven)
            and application.notices.exists(),
            "row": row,
            "pieces": [] if row is None else _pieces(opened, row),
            "channel": CHANNELS.get(application.channel, application.channel),
            "registration": application.person.registrations.filter(subdistrict__in=actor.areas).first(),
            "history": [
                (event, words.event_word(event), words.event_detail(event), words.event_actor(event))
                for event in history(application)[:EVENTS_SHOWN]
            ],
            "papers": menu(application, today),
            "answers": _answers(application),
            "past": past_of(application, actor.areas, today),
            "officer_areas": actor.areas,
            "bar": [] if apart else bar,
            "bar_sentence": decide_bar.sentence(opened, bar, actor) if bar else "",
            "apart": apart,
            "tools": {tool.name: tool for tool in tools},
            "tool_groups": desk_tools.grouped(tools),
            "holder": holder_of(application, today),
            "pause_reason": REASONS[opened.standing.pause.reason] if opened.standing.pause else None,
            "remedies": list(application.remedies.all()),
            "page_error": error.sentence if error else "",
            **_neighbours(request, application),
        },
        status=error.status if error else 200,
    )


def _answers(application: Application) -> list[tuple[object, str]]:
    """What the applicant wrote on the form, in its order."""
    said = application.answers.get("form", {})
    return [
        (field.label, str(said[name])) for name, field in DetailsForm.base_fields.items() if said.get(name)
    ]


def holder_of(application: Application, today: date) -> Holder | None:
    """Who has a case today, and for whom while that one is away."""
    assigned = application.assigned_to
    if assigned is None or not application.is_open or is_over(application, today):
        return None
    has = rota.in_hands_of(application, today)
    if has == assigned.pk:
        return Holder(assigned, None)
    return Holder(Account.objects.filter(pk=has).first() if has else None, assigned)


def _log_once(request: HttpRequest, opened: CaseFile, actor: Actor) -> None:
    """Log the reading of a case once a view: its findings are many addresses, but one view. Guardians whose
    papers it shows are read, too.
    """
    application = opened.application
    if request.session.get(READ) != application.number:
        guardians = {piece.person_id for piece in opened.guardians_papers}
        for person_id in (application.person_id, *sorted(guardians)):
            people.log_reading(person_id, "case", actor=actor)
        request.session[READ] = application.number


def _pieces(opened: CaseFile, row: Row) -> list[dict[str, object]]:
    pieces = pieces_for(opened, row)
    objected = open_objections(piece.pk for piece in pieces)
    home = opened.application.person.registrations.filter(ended_on__isnull=True).first()
    takers = staff_names(piece.given_by_id for piece in pieces if piece.source == "upload")
    return [
        {
            "piece": piece,
            "name": NAMES[Kind(piece.kind)],
            "source": DEPARTMENTS.get(piece.department, piece.department),
            "content": words.content(piece),
            "doubts": [words.HOME_DOUBTS[code] for code in doubts_about(piece, home, opened.as_of)],
            "files": addresses(piece.files.all()),
            "judgeable": judgeable(opened, piece),
            "judged": words.JUDGEMENTS.get(piece.judgement, ""),
            "counts": any(counted.pk == piece.pk for counted in row.behind),
            "way": evidence_words.way(piece),
            "certainty": evidence_words.certainty(piece),
            "validity": evidence_words.validity(piece, opened.as_of),
            "objection": objected.get(piece.pk),
            "taken_by": takers.get(piece.given_by_id or 0, ""),
            "guardian": piece.person.name if piece.person_id != opened.application.person_id else "",
        }
        for piece in pieces
    ]


def _neighbours(request: HttpRequest, application: Application) -> dict[str, str]:
    """The case before and after this one in the list that was shown last."""
    numbers: list[str] = request.session.get(SHOWN, [])
    if application.number not in numbers:
        return {}
    at = numbers.index(application.number)
    around = {"previous_number": at - 1, "next_number": at + 1}
    return {name: numbers[n] for name, n in around.items() if 0 <= n < len(numbers)}


@require_POST
@officer(*CASEWORK)
def judge(request: HttpRequest, number: str) -> HttpResponse:
    """Record what the officer thinks of a paper, and go on to the next one that waits."""
    actor, today = actor_of(request), clock.today()
    application = found_case(actor, number)
    judgement, wanted = request.POST.get("judgement"), request.POST.get("evidence", "")
    known = wanted.isdecimal() and len(wanted) < 18
    piece = paper_of(application, int(wanted), today) if known else None
    if piece is None or judgement not in JUDGEMENTS:
        raise Http404
    try:
        casework.judge(application, piece, judgement, actor=actor, today=today)  # type: ignore[arg-type]
    except JuzhuError as error:
        if error.status == 404:
            raise Http404 from error
        return show(request, found_case(actor, number), error=error)
    waiting = [row.code for row in open_case(application, today).rows if row.shape == "look"]
    code = waiting[0] if waiting else request.POST.get("f", "")
    return redirect(f"{reverse('counter:case', args=[number])}?f={code}#evidence")


@officer(*CASEWORK)
def reveal(request: HttpRequest, number: str) -> HttpResponse:
    """Ask what for, then show the whole number once."""
    actor = actor_of(request)
    application = found_case(actor, number)
    if not application.person.identity_number:
        return redirect("counter:case", number)
    form = RevealForm(request.POST or None, initial=kept(request))
    shown = ""
    if request.method == "POST" and form.is_valid():
        try:
            shown = people.reveal_identity_number(
                application.person, form.cleaned_data["purpose"], actor=actor
            )
        except PurposeMissing as error:
            form.add_error("purpose", str(error.sentence))
        except ConflictOfInterest as error:
            form.add_error(None, str(error.sentence))
    return page(request, "reveal", {"case": application, "form": form, "shown": shown})
