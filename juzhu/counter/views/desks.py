"""Who has a case, and who has looked at it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from juzhu.counter import words
from juzhu.counter.access import CASEWORK, actor_of, kept, officer, page
from juzhu.counter.errands import Errand, run
from juzhu.counter.forms_desks import ColleagueForm
from juzhu.counter.views.case import found_case
from juzhu.operations import clock
from juzhu.operations.errors import Sentence
from juzhu.operations.models import Event
from juzhu.people.models import Account, Role
from juzhu.permits import rota
from juzhu.permits.desk import assignment
from juzhu.permits.queries import readings

READINGS = 200
HAND_OVER = Errand(
    "hand_over",
    "application.handed_over",
    _("已移交。"),
    lambda case, form, actor, today: assignment.hand_over(
        case, form.to, form.cleaned_data["reason"], actor=actor, today=today
    ),
)
ASSIGN = Errand(
    "assign",
    "application.assigned",
    _("已指派。"),
    lambda case, form, actor, today: assignment.assign(
        case, form.to, form.cleaned_data["reason"], actor=actor, today=today
    ),
)


@officer(*CASEWORK)
def hand_over(request: HttpRequest, number: str) -> HttpResponse:
    """Give a case that one has to a colleague, or to whoever has the fewest."""
    return run(request, number, HAND_OVER, _form(request, number, _("给最空的同事")))


@officer("chief")
def assign(request: HttpRequest, number: str) -> HttpResponse:
    """Let a chief say who has a case, or that nobody has it."""
    return run(request, number, ASSIGN, _form(request, number, _("先不给谁，谁来办都行")))


def _form(request: HttpRequest, number: str, nobody: object) -> ColleagueForm:
    actor, today = actor_of(request), clock.today()
    case = found_case(actor, number)
    found: list[tuple[Account, int]] = rota.with_loads(rota.can_have(case, today), today)
    return ColleagueForm(
        request.POST if request.method == "POST" else None,
        initial=kept(request),
        colleagues=[(account, count) for account, count in found if account.pk != actor.account_id],
        nobody=nobody,
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at the applicant's record, in words."""

    event: Event
    word: str
    role: Sentence


def role_word(role: str) -> Sentence:
    """A role's name; the code itself for one that there is no more."""
    return Role(role).label if role in Role.values else role


@require_safe
@officer("chief", "auditor")
def readers(request: HttpRequest, number: str) -> HttpResponse:
    """Who looked at the applicant's record since the case was begun: for the chief of its area, and the
    auditor, who learns nothing else of it.
    """
    actor = actor_of(request)
    found = None if "\0" in number else readings(actor, number, clock.today())
    if found is None:
        raise Http404
    rows = list(found[: READINGS + 1])
    room = "audit" if actor.role == "auditor" else "home"
    shown = [
        Reading(event, words.event_word(event), role_word(event.actor_role)) for event in rows[:READINGS]
    ]
    context = {"number": number, "rows": shown, "most": READINGS, "more": len(rows) > READINGS}
    return page(request, "desks/readers", context | {"is_auditor": actor.role == "auditor"}, room=room)
