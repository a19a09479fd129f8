"""听证, step by step, for every case in which somebody may be punished: offered with the telling, asked for
or let go, called ahead, held on a record, and only then the decision.

A `Room` takes the steps in its own cases: it locks, checks whose part it is, and tells of it.
Source: Administrative Penalty Law arts. 63 to 65, 85; requirements G05.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from juzhu.law import penalties
from juzhu.operations.actors import Actor
from juzhu.operations.models import StoredFile
from juzhu.people import keeping_away
from juzhu.people.errors import HearingAhead, HearingInvalid, HearingMovedOn, HearingTermOver
from juzhu.people.models import Account, Heard, Hearing

TRANSITIONS = {
    ("offered", "ask"): "asked",
    ("offered", "forgo"): "forgone",
    ("asked", "forgo"): "forgone",
    ("asked", "call"): "called",
    ("called", "call"): "called",
    ("called", "forgo"): "forgone",
    ("called", "hold"): "held",
}
SHORTEST_RECORD, SHORTEST_PLACE = 20, 4


STEPS = frozenset(step for _state, step in TRANSITIONS)
BESIDE = frozenset((state, step) for state in ("told", "heard") for step in STEPS)
"""In which states of a case there may be a step of a hearing, which leaves the case where it is."""


@dataclass(frozen=True, slots=True)
class Session:
    """When and where a hearing is held, and who presides. `in_public`: unless secrets or privacy forbid."""

    on: date
    at: time
    place: str
    chair: Account
    in_public: bool = True


def offer(case: Heard, due: bool, today: date) -> Hearing | None:
    """Offer a hearing with what the party is told today, where it is due. One of an earlier telling that was
    not held is let go.
    """
    if case.hearing is not None and case.hearing.state not in {"held", "forgone"}:
        _end(case.hearing, "forgo", today, why_forgone="lighter")
    case.hearing = (
        Hearing.objects.create(
            case_number=case.number, offered_on=today, ask_by=penalties.hearing_asked_by(today)
        )
        if due
        else None
    )
    return case.hearing


@dataclass(frozen=True, slots=True)
class Room:
    """The cases of one room. `take` locks a case for a step or says why not, `move` and `append` are its own;
    `kind` begins the names of its events; `officers` may call, hold and preside.
    """

    kind: str
    take: Callable[..., Any]
    move: Callable[..., Any]
    append: Callable[..., None]
    officers: frozenset[str]

    def ask(self, case: Heard, *, actor: Actor, today: date) -> Heard:
        """Ask for the hearing that was offered, or take down that it is asked for by word of mouth. Raises
        HearingMovedOn, and what `take` raises; HearingTermOver after five working days.
        """
        with transaction.atomic():
            row: Heard = self.take(case, "ask", actor, today)
            _ask(row, today)
            self.append(f"{self.kind}.hearing_asked", row, actor)
        return row

    def forgo(self, case: Heard, why: str, *, actor: Actor, today: date) -> Heard:
        """Let the hearing go: the party does not want it ("party"), or, for an officer to say, has not come
        to it without a reason ("absent", art. 64(6)).

        Raises HearingMovedOn, HearingInvalid for an absence before the day, and what `take` raises.
        """
        with transaction.atomic():
            row: Heard = self.take(case, "forgo", actor, today)
            ended = _forgo(row, why if actor.kind == "staff" else "party", today)
            self.append(f"{self.kind}.hearing_forgone", row, actor, why=ended.why_forgone)
        return row

    def call(self, case: Heard, session: Session, *, actor: Actor, today: date) -> Heard:
        """Tell the party when and where, seven working days ahead. Called anew, the term runs anew.

        Raises HearingMovedOn, HearingInvalid, and what `take` raises.
        """
        with transaction.atomic():
            row: Heard = self.take(case, "call", actor, today)
            if session.chair not in self.chairs(row):
                raise HearingInvalid(field="chair")
            called = _call(row, session, today)
            about = {"on": called.on, "chair": session.chair.pk}
            self.append(f"{self.kind}.hearing_called", row, actor, **about)
        return row

    def hold(
        self, case: Heard, record: str, files: Sequence[StoredFile], *, actor: Actor, today: date
    ) -> Heard:
        """Keep the record of a hearing that was held; the decision rests on it (art. 65). Who was heard there
        has been heard: no statement is waited for.

        Raises HearingMovedOn; HearingInvalid before its day and without a record; and what `take` raises.
        """
        with transaction.atomic():
            row: Heard = self.take(case, "hold", actor, today)
            held = _hold(row, record, files, today)
            if row.state != "told":
                self.append(f"{self.kind}.hearing_held", row, actor)
                return row
            row.statement, row.heard_on = held.record, today
            moved: Heard = self.move(row, "hear", f"{self.kind}.hearing_held", actor)
            return moved

    def chairs(self, case: Any) -> list[Account]:
        """Who may preside: an officer of the area who has not opened the case and is near to nobody in it
        (art. 64(4)).
        """
        staff = Account.objects.filter(role__in=self.officers, is_active=True).exclude(pk=case.opened_by_id)
        near = keeping_away.household(case.person) if case.person else frozenset()
        apart = set(keeping_away.near(near).values_list("pk", flat=True)) if near else set()
        here = [row for row in staff.order_by("login") if case.area in row.areas]
        return [row for row in here if row.pk not in apart]


def check_not_ahead(case: Heard, today: date) -> None:
    """Raises HearingAhead while a hearing is asked for and not held, or can still be asked for."""
    if case.hearing is not None and case.hearing.in_the_way(today):
        raise HearingAhead


def _ask(case: Heard, today: date) -> Hearing:
    row = _take(case, "ask")
    if today > row.ask_by:
        raise HearingTermOver
    row.asked_on = today
    return _move(row, "ask")


def _forgo(case: Heard, why: str, today: date) -> Hearing:
    row = _take(case, "forgo")
    if why == "absent" and (row.on is None or today < row.on):
        raise HearingInvalid(_("还没有到听证那天，不能记没有出席。"))
    return _end(row, "forgo", today, why_forgone=why)


def _call(case: Heard, session: Session, today: date) -> Hearing:
    row = _take(case, "call")
    earliest = penalties.hearing_not_before(today)
    if session.on < earliest:
        raise HearingInvalid(
            _("听证要提前 7 个工作日通知，最早 %(day)s。") % {"day": earliest.isoformat()}, field="on"
        )
    if len(session.place.strip()) < SHORTEST_PLACE:
        raise HearingInvalid(_("请写清楚在哪里听证。"), field="place")
    row.called_on, row.on, row.at = today, session.on, session.at
    row.place, row.chair, row.in_public = session.place.strip(), session.chair, session.in_public
    return _move(row, "call")


def _hold(case: Heard, record: str, files: Sequence[StoredFile], today: date) -> Hearing:
    row = _take(case, "hold")
    if row.on is None or today < row.on:
        raise HearingInvalid(_("还没有到听证那天。"))
    if len(record.strip()) < SHORTEST_RECORD:
        raise HearingInvalid(_("请把笔录写完整，至少 20 个字。"), field="record")
    row.record = record.strip()
    _end(row, "hold", today)
    row.files.set(files)
    return row


def _take(case: Heard, step: str) -> Hearing:
    if case.hearing is None or (case.hearing.state, step) not in TRANSITIONS:
        raise HearingMovedOn
    return case.hearing


def _end(row: Hearing, step: str, today: date, why_forgone: str = "") -> Hearing:
    row.ended_on, row.why_forgone = today, why_forgone
    return _move(row, step)


def _move(row: Hearing, step: str) -> Hearing:
    row.state = TRANSITIONS[row.state, step]
    row.save()
    return row
