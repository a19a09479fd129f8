"""`/counter/duplicates`: two records that may be one person, for the windows of their areas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juzhu.counter import pairs
from juzhu.counter.access import actor_of, kept, officer, page, page_number
from juzhu.counter.forms import RevealForm
from juzhu.counter.forms_duplicates import ApartForm, MergeForm, OtherRecordForm, UndoMergeForm
from juzhu.counter.views.decisions import attempt
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.operations.errors import JuzhuError
from juzhu.people import actions as people
from juzhu.people import belongings, duplicates
from juzhu.people.models import Likeness, Merge, Person
from juzhu.permits import likenesses
from juzhu.registration import queries as registrations

ROLES = ("clerk", "chief")
PAGE = 30
TABS = {"open": gettext_lazy("待核对"), "settled": gettext_lazy("办过的")}
OLDER, NEWER = "first", "second"
SIDES = {OLDER: gettext_lazy("先录入的档案"), NEWER: gettext_lazy("后录入的档案")}


@dataclass(frozen=True, slots=True)
class Seen:
    """A pair as one officer sees it: the row, who looks, and the merge that settled it, where there is
    one.
    """

    row: Likeness
    actor: Actor
    merge: Merge | None

    @property
    def merged(self) -> Merge | None:
        """The merge that holds."""
        return self.merge if self.merge is not None and self.merge.undone_at is None else None

    @property
    def open(self) -> bool:
        """Whether an officer has to decide it."""
        together = self.row.first.merged_into_id or self.row.second.merged_into_id
        return self.row.state == "open" and not together

    @property
    def bound_to_stay(self) -> str:
        """The side that has to be kept, since its number is proved; "" where there is a choice."""
        known = [side for side in SIDES if self.person(side).identity_number]
        return known[0] if len(known) == 1 else ""

    def person(self, side: str) -> Person:
        return self.row.first if side == OLDER else self.row.second

    def context(self) -> dict[str, Any]:
        """What every page of the pair shows."""
        row = self.row
        return {
            "row": row,
            "first": row.first,
            "second": row.second,
            "sides": SIDES,
            "reasons": pairs.reasons_of(row),
            "merge": self.merge,
            "merged": self.merged,
            "open": self.open,
            "stays": SIDES.get(self.bound_to_stay, ""),
        }


@officer(*ROLES)
def home(request: HttpRequest) -> HttpResponse:
    """The pairs of the officer's area: those that wait, the likeliest first; or those that are settled."""
    actor = actor_of(request)
    tab = request.GET.get("tab", "open")
    if tab not in TABS:
        raise Http404
    lists = {"open": likenesses.open_for(actor), "settled": likenesses.settled_for(actor)}
    number = page_number(request)
    start = PAGE * (number - 1)
    found = list(lists[tab][start : start + PAGE + 1])
    url, now = reverse("counter:duplicates"), clock.now()
    return page(
        request,
        "duplicates/home",
        {
            "tab": tab,
            "tabs": [(f"{url}?tab={key}", label, key == tab) for key, label in TABS.items()],
            "waiting": likenesses.waiting_for(actor),
            "rows": [(row, pairs.reasons_of(row), (now - row.found_at).days) for row in found[:PAGE]],
            "previous_url": f"{url}?tab={tab}&page={number - 1}" if number > 1 else "",
            "next_url": f"{url}?tab={tab}&page={number + 1}" if len(found) > PAGE else "",
        },
        room="search",
    )


@officer(*ROLES)
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Both records side by side, with what stands in the way said before anybody presses."""
    seen = _seen(request, pk)
    row = seen.row
    for person in (row.first, row.second):
        people.log_reading(person.pk, "duplicate", actor=seen.actor)
    against = _objections(seen, seen.bound_to_stay or OLDER) if seen.open else []
    return page(
        request,
        "duplicates/pair",
        {
            **seen.context(),
            "rows": pairs.rows_of(row.first, row.second),
            "sources": pairs.sources_of(row.first, row.second),
            "hangs": [pairs.belongings_of(person, seen.actor) for person in (row.first, row.second)],
            "against": against,
            "home": _home_of(seen),
        },
        room="search",
    )


@officer(*ROLES)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """What goes over and what stands in the way; then which record stays, and on what proof."""
    seen = _seen(request, pk)
    if not seen.open:
        return _settled(request, seen)
    bound = seen.bound_to_stay
    choices = [] if bound else list(SIDES.items())
    form = MergeForm(
        request.POST if request.method == "POST" else None,
        choices=choices,
        initial={"kept": OLDER} | kept(request),
    )
    error: JuzhuError | None = None
    if request.method == "POST" and form.is_valid():
        side = bound or form.cleaned_data["kept"]
        stays, goes = _sides(seen, side)
        said = form.cleaned_data["said"]
        error = attempt(lambda: duplicates.merge(stays, goes, said, actor=seen.actor))
        if error is None:
            messages.success(request, _("合并好了。两份档案的经过都留着，弄错了可以撤销。"))
            return redirect("counter:duplicate", pk)
    moves = []
    for side in (bound,) if bound else SIDES:
        stays, goes = _sides(seen, side)
        going, staying = belongings.going_over(goes, stays), belongings.staying(goes, stays)
        moves.append((SIDES[side], pairs.told(going), pairs.counted(staying)))
    against = _objections(seen, bound or OLDER)
    return _asked(request, seen, "merge", form, error, moves=moves, against=against)


@officer(*ROLES)
def apart(request: HttpRequest, pk: int) -> HttpResponse:
    """They are two people: how that is known."""
    seen = _seen(request, pk)
    if not seen.open:
        return _settled(request, seen)
    form = ApartForm(request.POST if request.method == "POST" else None, initial=kept(request))
    done = _("记下了，是两个人。以后不再提示这一对。")
    return _decide(
        request, seen, "apart", form, done, lambda said: duplicates.apart(seen.row, said, actor=seen.actor)
    )


@officer(*ROLES)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a merge apart: exactly what goes back, and what stays, is said before the button."""
    seen = _seen(request, pk)
    row = seen.merged
    if row is None:
        return _settled(request, seen)
    back = belongings.still_there(row.moved, row.kept)
    itself = {"people.Person.merged_into": [row.gone_id]}
    rest = belongings.without(belongings.going_over(row.kept, row.gone), back | itself)
    form = UndoMergeForm(request.POST if request.method == "POST" else None, initial=kept(request))
    done = _("撤销了。并过来的已经还回原来的档案。")
    return _decide(
        request,
        seen,
        "undo",
        form,
        done,
        lambda said: duplicates.undo(row, said, actor=seen.actor),
        back=pairs.told(back),
        rest=pairs.told(rest),
        gone_side=SIDES[OLDER if row.gone_id == seen.row.first_id else NEWER],
        barred=duplicates.against(row, row.kept),
    )


@officer(*ROLES)
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what for, then show both whole numbers once, the proved and the claimed."""
    seen = _seen(request, pk)
    form = RevealForm(request.POST or None, initial=kept(request))
    shown: list[tuple[Any, str]] = []

    def show() -> None:
        purpose = form.cleaned_data["purpose"]
        with transaction.atomic():
            for side, word in SIDES.items():
                number = people.reveal_identity_number(seen.person(side), purpose, actor=seen.actor)
                shown.append((word, number))

    error: JuzhuError | None = None
    if request.method == "POST" and form.is_valid():
        error = attempt(show)
        if error is not None:
            shown.clear()
    return _asked(request, seen, "reveal", form, error, shown=shown)


@officer(*ROLES)
def propose(request: HttpRequest, number: str) -> HttpResponse:
    """From one person's page: another record of the area may be the same person's. What is not there and
    what is elsewhere have one answer.
    """
    actor, today = actor_of(request), clock.today()
    home = None if "\0" in number else registrations.visible_to(actor, today).filter(number=number).first()
    if home is None:
        raise Http404
    form = OtherRecordForm(request.POST if request.method == "POST" else None, initial=kept(request))
    status = 200
    if request.method == "POST" and form.is_valid():
        found = list(likenesses.records_named(actor, form.cleaned_data["text"])[:2])
        others = [person for person in found if person.pk != home.person_id] or found
        if len(others) != 1:
            form.add_error(
                "text", _("您的辖区里没有找到这一份，或者不止一份。请看看号码，或者换登记号再试。")
            )
        else:
            made: list[Likeness] = []
            error = attempt(lambda: made.append(duplicates.propose(home.person, others[0], actor=actor)))
            if error is None:
                return redirect("counter:duplicate", made[0].pk)
            form.add_error("text", str(error.sentence))
            status = error.status
    context = {"form": form, "person": home.person, "number": number}
    return page(request, "duplicates/propose", context, room="search", status=status)


def _seen(request: HttpRequest, pk: int) -> Seen:
    actor = actor_of(request)
    row = likenesses.likenesses_for(actor).filter(pk=pk).first() if pk < 2**62 else None
    if row is None:
        raise Http404
    return Seen(row, actor, likenesses.merge_of(row))


def _sides(seen: Seen, side: str) -> tuple[Person, Person]:
    """Who stays and who goes."""
    other = NEWER if side == OLDER else OLDER
    return seen.person(side), seen.person(other)


def _objections(seen: Seen, side: str) -> list[Any]:
    stays, goes = _sides(seen, side)
    return duplicates.objections(stays, goes)


def _home_of(seen: Seen) -> str:
    """The registration by which the officer opens who is kept; "" where none is in their area."""
    if seen.merged is None:
        return ""
    rows = registrations.visible_to(seen.actor, clock.today()).filter(person=seen.merged.kept_id)
    return rows.values_list("number", flat=True).first() or ""


def _settled(request: HttpRequest, seen: Seen) -> HttpResponse:
    messages.warning(request, _("这一对已经办过了，可能是同事先办的。请看最新的情况。"))
    return redirect("counter:duplicate", seen.row.pk)


def _decide(
    request: HttpRequest,
    seen: Seen,
    template: str,
    form: forms.Form,
    done: str,
    act: Callable[[str], object],
    **context: Any,
) -> HttpResponse:
    """Ask for a reason, and do it."""
    error: JuzhuError | None = None
    if request.method == "POST" and form.is_valid():
        error = attempt(lambda: act(form.cleaned_data["said"]))
        if error is None:
            messages.success(request, done)
            return redirect("counter:duplicate", seen.row.pk)
    return _asked(request, seen, template, form, error, **context)


def _asked(
    request: HttpRequest,
    seen: Seen,
    template: str,
    form: forms.Form,
    error: JuzhuError | None,
    **context: Any,
) -> HttpResponse:
    return page(
        request,
        f"duplicates/{template}",
        {**seen.context(), **context, "form": form, "page_error": error.sentence if error else ""},
        room="search",
        status=error.status if error else 200,
    )
