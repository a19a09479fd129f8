"""Registering and moving: one question a page, a page to check the answers, one button.

The answers lie in the session until they are sent, with the key that makes a second press harmless.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from juzhu.intake.forms.registration import QUESTIONS, Question, UntilForm
from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.operations.rules import in_force
from juzhu.permits.queries import current_permit, unfinished_application
from juzhu.portal.access import Circle, channel_of, circle, citizen, index_of, kept, no_store, viewer
from juzhu.registration import actions
from juzhu.registration.doors import Door
from juzhu.registration.errors import HouseholdIsLocal
from juzhu.registration.models import DwellingKind, Reason, Registration
from juzhu.registration.queries import communities, continues, visible_to
from juzhu.registration.subdistricts import SUBDISTRICTS

Way = Literal["register", "move"]
DRAFTS = "registration_drafts"
SENT = "registrations_sent"


@dataclass(frozen=True, slots=True)
class Wizard:
    """One request's view of somebody's half-filled registration."""

    request: HttpRequest
    way: Way
    around: Circle
    today: date
    current: Registration | None
    draft: dict[str, Any]

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered, by field."""
        answers: dict[str, Any] = self.draft["answers"]
        return answers

    def url(self, step: str) -> str:
        """A step's page, for the same person."""
        return reverse(f"portal:{self.way}_step", args=[step]) + self.around.suffix

    def form(self, step: str, typed: Any = None) -> Question:
        """The step's form: bound to what was typed, or showing the answer given before."""
        place = self.answers.get("subdistrict", "")
        return QUESTIONS[step](
            typed,
            initial=self.answers,
            answers=self.answers,
            today=self.today,
            current=self.current,
            communities=communities(place) if step == "address" and place else (),
        )

    def next_step(self) -> str:
        """The first question without an answer; `check` when there is none."""
        return next((step for step in QUESTIONS if step not in self.draft["done"]), "check")

    def remember(self, step: str, form: Question) -> None:
        """Keep a step's answers. Another subdistrict makes the address a question again."""
        given = {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in form.cleaned_data.items()
        }
        moved = step == "place" and given["subdistrict"] != self.answers.get("subdistrict")
        self.answers.update(given)
        done = [name for name in (*self.draft["done"], step) if not (moved and name == "address")]
        if moved:
            self.answers.pop("community", None)
        self.draft["done"] = list(dict.fromkeys(done))
        self.request.session.modified = True

    def fill_in(self, door: Door) -> None:
        """Take an address that is known: of a door, of a household, of what was reported. It can be changed
        before sending, and what else was answered stays.
        """
        self.answers.update(subdistrict=door.subdistrict, community=door.community, address=door.address)
        self.draft["household"] = door.household
        self.draft["done"] = list(dict.fromkeys([*self.draft["done"], "place", "address"]))
        self.request.session.modified = True

    def forget(self, number: str) -> None:
        """The answers were sent; the key is remembered, so that a second press is told the same."""
        self.request.session[DRAFTS].pop(self.name, None)
        self.request.session[SENT] = {self.draft["key"]: number}
        self.request.session.modified = True

    @property
    def name(self) -> str:
        """Under which the draft lies in the session."""
        return f"{self.way}:{self.around.person.pk}"


def begin_at(request: HttpRequest, door: Door, around: Circle) -> HttpResponse:
    """Begin somebody's registration, or their move, at an address that is known."""
    wizard = _wizard(request, "register", around)
    if wizard.current is not None:
        wizard = _wizard(request, "move", around)
    wizard.fill_in(door)
    return _elsewhere(wizard) or redirect(wizard.url(wizard.next_step()))


def _wizard(request: HttpRequest, way: Way, around: Circle | None = None) -> Wizard:
    around = around or circle(request)
    current = visible_to(viewer(request), clock.today()).filter(person=around.person, ended_on=None).first()
    drafts = request.session.setdefault(DRAFTS, {})
    fresh = {"key": uuid4().hex, "answers": {}, "done": []}
    if way == "move" and current is not None:
        fresh["answers"] = {"reason": current.reason, "workplace": current.workplace}
    draft = drafts.setdefault(f"{way}:{around.person.pk}", fresh)
    return Wizard(request, way, around, clock.today(), current, draft)


def _elsewhere(wizard: Wizard) -> HttpResponse | None:
    """Where somebody has to go for whom this is the wrong door."""
    rules = in_force(clock.today())
    if wizard.around.person.household_division in rules.parameters.urban_divisions:
        context = {"nav": "tasks", "sentence": HouseholdIsLocal.sentence, "circle": wizard.around}
        return render(wizard.request, "portal/registration/stop.html", context)
    if wizard.way == "register" and wizard.current is not None:
        return redirect(reverse("portal:registration") + wizard.around.suffix)
    if wizard.way == "move" and wizard.current is None:
        return redirect(reverse("portal:register") + wizard.around.suffix)
    return None


@require_safe
@citizen
def start(request: HttpRequest, way: Way) -> HttpResponse:
    """Begin, or go on where one stopped."""
    wizard = _wizard(request, way)
    return _elsewhere(wizard) or redirect(wizard.url(wizard.next_step()))


@require_http_methods(["GET", "POST"])
@citizen
def question(request: HttpRequest, way: Way, step: str) -> HttpResponse:
    """One question, or the page to check all answers."""
    if step not in QUESTIONS and step != "check":
        raise Http404
    if number := request.session.get(SENT, {}).get(request.POST.get("key", "")):
        return redirect("portal:registered", number)
    wizard = _wizard(request, way)
    if elsewhere := _elsewhere(wizard):
        return elsewhere
    if step == "check":
        return _check(wizard)
    if step == "address" and "subdistrict" not in wizard.answers:
        return redirect(wizard.url("place"))
    form = wizard.form(step, request.POST if request.method == "POST" else kept(request))
    if request.method == "POST" and form.is_valid():
        wizard.remember(step, form)
        return redirect(wizard.url(wizard.next_step()))
    return _question_page(wizard, step, form)


def _question_page(wizard: Wizard, step: str, form: Question) -> HttpResponse:
    steps = list(QUESTIONS)
    at = steps.index(step)
    context = {
        "nav": "tasks",
        "form": form,
        "way": wizard.way,
        "circle": wizard.around,
        "number": at + 1,
        "count": len(steps),
        "place": SUBDISTRICTS.get(wizard.answers.get("subdistrict", "")) if step == "address" else None,
        "back_url": wizard.url(steps[at - 1]) if at else reverse("portal:tasks") + wizard.around.suffix,
    }
    return no_store(render(wizard.request, "portal/registration/question.html", context))


def _check(wizard: Wizard) -> HttpResponse:
    missing = wizard.next_step()
    if missing != "check":
        return redirect(wizard.url(missing))
    error: JuzhuError | None = None
    if wizard.request.method == "POST":
        try:
            made = _send(wizard)
        except JuzhuError as raised:
            error = raised
        else:
            wizard.forget(made.number)
            return redirect("portal:registered", made.number)
    answers = wizard.answers
    context = {
        "nav": "tasks",
        "way": wizard.way,
        "circle": wizard.around,
        "place": SUBDISTRICTS[answers["subdistrict"]],
        "community": communities(answers["subdistrict"]).filter(code=answers.get("community") or "").first(),
        "address": answers["address"],
        "since": date.fromisoformat(answers["since"]),
        "reason": Reason(answers["reason"]).label,
        "dwelling": DwellingKind(answers["dwelling_kind"]).label,
        "workplace": answers["workplace"],
        "until": UntilForm.until(answers["stay_months"], wizard.today),
        "urls": {step: wizard.url(step) for step in QUESTIONS},
        "key": wizard.draft["key"],
        "today": wizard.today,
        "page_error": error.sentence if error else "",
        "error_url": wizard.url(STEP_OF.get(str(error.about.get("field", "")), "place")) if error else "",
    }
    status = error.status if error else 200
    return no_store(render(wizard.request, "portal/registration/check.html", context, status=status))


STEP_OF = {"subdistrict": "place", "community": "address", "since": "since", "stay_until": "until"}


def _send(wizard: Wizard) -> Registration:
    answers = wizard.answers
    stay = actions.Stay(
        subdistrict=answers["subdistrict"],
        community=answers.get("community") or "",
        address=answers["address"],
        since=date.fromisoformat(answers["since"]),
        reason=answers["reason"],
        dwelling_kind=answers["dwelling_kind"],
        workplace=answers["workplace"],
        stay_until=UntilForm.until(answers["stay_months"], wizard.today),
    )
    act = actions.register if wizard.way == "register" else actions.move
    return act(
        wizard.around.person,
        stay,
        actor=viewer(wizard.request),
        today=wizard.today,
        channel=channel_of(wizard.request),
        key=wizard.draft["key"],
        household=wizard.draft.get("household", ""),
    )


def _may_endorse(row: Registration) -> bool:
    """Whether the next thing to do is the endorsement that had to wait for this registration."""
    today, permit = clock.today(), current_permit(row.person)
    if permit is None or row.ended_on is not None or unfinished_application(row.person, today) is not None:
        return False
    status = permit.status(in_force(today), today)
    return status.status != "terminated" and today >= status.window.opens


@require_safe
@citizen
def done(request: HttpRequest, number: str) -> HttpResponseBase:
    """It is registered: the number, whether in time, what comes next."""
    row = get_object_or_404(visible_to(viewer(request), clock.today()), number=number)
    index = index_of(request, row.person_id)
    rules = in_force(row.registered_on)
    context = {
        "nav": "tasks",
        "row": row,
        "days_late": (row.registered_on - row.due_on).days,
        "suffix": f"?for={index}" if index else "",
        "for_ward": index > 0,
        "months": rules.parameters.residence_months,
        "continues": continues(row, rules),
        "endorse": _may_endorse(row),
    }
    return no_store(render(request, "portal/registration/done.html", context))
