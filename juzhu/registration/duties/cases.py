"""行政处罚案件: from an order that was not obeyed to a decision by a person, with all rights before it.

The order is the law's: facts, then what is proposed and the right to be heard, then the statement, then a
decision by a chief who did not open the case. No amount outside the ladder can be written down.
Source: Zhejiang arts. 33 to 35; Administrative Penalty Law arts. 29, 30, 33, 36, 44, 45, 57, 60.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from juzhu.law import penalties
from juzhu.operations import clock, events, numbers
from juzhu.operations.actors import Actor
from juzhu.operations.errors import Sentence
from juzhu.operations.rules import in_force
from juzhu.people import hearings, keeping_away
from juzhu.people.errors import NotAllowed
from juzhu.people.queries import own_and_wards
from juzhu.registration.errors import (
    CaseMovedOn,
    FineImpossible,
    HeavierThanAnnounced,
    OpenedByTheSame,
    OutOfArea,
    SaidTooLittle,
    StatementTermRuns,
)
from juzhu.registration.models import CorrectionOrder, PenaltyCase

TRANSITIONS = penalties.PROCEDURE
OFFICERS = frozenset({"clerk", "chief"})
ALLOWED_ROLES: dict[str, frozenset[str]] = {
    "open": OFFICERS,
    "tell": OFFICERS,
    "hear": OFFICERS | {"citizen", "reporter"},
    "waive": OFFICERS | {"citizen", "reporter"},
    "decide": frozenset({"chief"}),
    "close": frozenset({"chief"}),
    "ask": OFFICERS | {"citizen", "reporter"},
    "forgo": OFFICERS | {"citizen", "reporter"},
    "call": OFFICERS,
    "hold": OFFICERS,
}
"""The last four are a hearing's (`HEARINGS`)."""
SERIES = "CF"
SHORTEST, LONGEST = 5, 2000
WHY_NOT: dict[str, Sentence] = {
    "order_first": _("要先责令限期改正。"),
    "order_runs": _("改正期限还没有到，现在不能罚款。"),
    "order_obeyed": _("已经在期限内改正，不能罚款。"),
    "under_14": _("当时不满 14 周岁，不予行政处罚（行政处罚法第三十条）。"),
    "nobody": _("没有未报送的人数。"),
    "too_long_ago": _("超过两年没有被发现的，不再处罚（行政处罚法第三十六条）。"),
}


def open_fine(order: CorrectionOrder, committed_on: date, today: date) -> penalties.Open:
    """Which fine the law leaves open for what an order is about."""
    return penalties.fine(
        order.provision,
        persons=order.persons,
        ordered=order.stands(today),
        committed_on=committed_on,
        today=today,
        born=order.person.born if order.person else None,
    )


def open_case(
    order: CorrectionOrder, facts: str, committed_on: date, *, actor: Actor, today: date
) -> PenaltyCase:
    """Open a case on an order. Raises NotAllowed, OutOfArea, ConflictOfInterest, SaidTooLittle;
    FineImpossible while the law leaves no fine open.
    """
    _written(facts, "facts")
    with transaction.atomic():
        rows = CorrectionOrder.objects.select_for_update(of=("self",)).select_related(
            "person", "organisation"
        )
        locked = rows.get(pk=order.pk)
        _check(actor, "open", locked.area)
        if locked.person is not None:
            keeping_away.check(actor, locked.person)
        if why := open_fine(locked, committed_on, today).why:
            raise FineImpossible(WHY_NOT[why])
        if locked.cases.exclude(state="closed").exists():
            raise CaseMovedOn
        row = PenaltyCase.objects.create(
            number=numbers.yearly(SERIES, today.year),
            order=locked,
            person=locked.person,
            organisation=locked.organisation,
            area=locked.area,
            provision=locked.provision,
            persons=locked.persons,
            facts=facts.strip()[:LONGEST],
            committed_on=committed_on,
            opened_on=today,
            opened_by_id=actor.account_id or 0,
            decide_by=penalties.decide_by(today),
        )
        append("penalty.opened", row, actor)
    return row


def tell(case: PenaltyCase, yuan: int, *, actor: Actor, today: date) -> PenaltyCase:
    """Tell the facts, what is proposed on which ground, and the right to be heard (art. 44); where the fine
    is large enough, that a hearing can be asked for (art. 63). Told anew, the terms start anew.

    Raises FineImpossible, and what `take` raises.
    """
    with transaction.atomic():
        row = take(case, "tell", actor, today)
        _check_fine(row, yuan, today)
        row.proposed, row.told_on = {"fine_yuan": yuan}, today
        row.statement_by = penalties.statement_ends(today, settings.JUZHU_STATEMENT_DAYS)
        row.statement, row.waived_statement, row.heard_on = "", False, None
        due = penalties.offers_hearing(
            in_force(today).hearing, fine_yuan=yuan, organisation=row.organisation_id is not None
        )
        offered = hearings.offer(row, due, today)
        about = {"hearing_by": offered.ask_by} if offered else {}
        return move(
            row, "tell", "penalty.told", actor, fine_yuan=yuan, statement_by=row.statement_by, **about
        )


def hear(case: PenaltyCase, statement: str, *, actor: Actor, today: date) -> PenaltyCase:
    """Take down what they say: they themselves, or an officer what was said at the station. Who speaks up is
    not punished harder for it. Raises SaidTooLittle, and what `take` raises.
    """
    _written(statement, "statement")
    with transaction.atomic():
        row = take(case, "hear", actor, today)
        row.statement, row.heard_on = statement.strip()[:LONGEST], today
        return move(row, "hear", "penalty.heard", actor, waived=False)


def waive(case: PenaltyCase, *, actor: Actor, today: date) -> PenaltyCase:
    """They do not want to be heard; or, for an officer, the term went by in silence.

    Raises StatementTermRuns, and what `take` raises.
    """
    with transaction.atomic():
        row = take(case, "waive", actor, today)
        if actor.kind == "staff" and (row.statement_by is None or today <= row.statement_by):
            raise StatementTermRuns
        row.waived_statement, row.heard_on = True, today
        return move(row, "waive", "penalty.heard", actor, waived=True)


def decide(case: PenaltyCase, yuan: int, reason: str, *, actor: Actor, today: date) -> PenaltyCase:
    """Decide after hearing, by a chief who did not open the case; never beyond what was told.

    Raises OpenedByTheSame, HearingAhead, HeavierThanAnnounced, FineImpossible, SaidTooLittle, and what `take`
    raises.
    """
    _written(reason, "reason")
    with transaction.atomic():
        row = take(case, "decide", actor, today)
        _check_other_hands(row, actor)
        hearings.check_not_ahead(row, today)
        _check_fine(row, yuan, today)
        if yuan > row.proposed.get("fine_yuan", 0):
            raise HeavierThanAnnounced
        row.fine_yuan = yuan
        _answer(row, reason, actor, today)
        return move(row, "decide", "penalty.decided", actor, fine_yuan=yuan, late=today > row.decide_by)


def close(case: PenaltyCase, reason: str, *, actor: Actor, today: date) -> PenaltyCase:
    """Close without a penalty: not proved, or slight, the first time and put right (art. 33).

    Raises OpenedByTheSame, SaidTooLittle, and what `take` raises.
    """
    _written(reason, "reason")
    with transaction.atomic():
        row = take(case, "close", actor, today)
        _check_other_hands(row, actor)
        _answer(row, reason, actor, today)
        return move(row, "close", "penalty.closed", actor)


def range_said(left_open: penalties.Open) -> str:
    """The range in words, or why there is none."""
    if left_open.why:
        return str(WHY_NOT[left_open.why])
    if left_open.step > 1:
        sentence = _("按每人 %(step)s 元，最多 %(most)s 元，要是 %(step)s 的倍数。")
    else:
        sentence = _("罚款在 %(least)s 元到 %(most)s 元之间。不罚的，请结案。")
    return str(sentence % {"least": left_open.least, "most": left_open.most, "step": left_open.step})


def _check_fine(row: PenaltyCase, yuan: int, today: date) -> None:
    left_open = open_fine(row.order, row.committed_on, today)
    if left_open.why or yuan <= 0 or not left_open.allows(yuan):
        raise FineImpossible(range_said(left_open), field="fine_yuan")


def _check_other_hands(row: PenaltyCase, actor: Actor) -> None:
    if row.opened_by_id == actor.account_id:
        raise OpenedByTheSame


def _check(actor: Actor, action: str, area: str) -> None:
    who = actor.role if actor.kind == "staff" else actor.kind
    if who not in ALLOWED_ROLES[action]:
        raise NotAllowed
    if actor.kind == "staff" and not actor.covers(area):
        raise OutOfArea


def take(case: PenaltyCase, action: str, actor: Actor, today: date) -> PenaltyCase:
    """Lock for whoever's part it is. Raises NotAllowed, OutOfArea, ConflictOfInterest, CaseMovedOn."""
    rows = PenaltyCase.objects.select_for_update(of=("self",))
    row = rows.select_related("person", "organisation", "order__person").get(pk=case.pk)
    _check(actor, action, row.area)
    if actor.kind == "staff":
        if row.person is not None:
            keeping_away.check(actor, row.person)
    elif not _is_against(row, actor, today):
        raise OutOfArea
    if (row.state, action) not in TRANSITIONS and (row.state, action) not in hearings.BESIDE:
        raise CaseMovedOn
    return row


def _is_against(row: PenaltyCase, actor: Actor, today: date) -> bool:
    if actor.kind == "reporter":
        return row.organisation_id is not None and row.organisation_id == actor.organisation_id
    return own_and_wards(actor, today).filter(pk=row.person_id or 0).exists()


def _answer(row: PenaltyCase, reason: str, actor: Actor, today: date) -> None:
    row.reason = reason.strip()[:LONGEST]
    row.decided_on, row.decided_at, row.decided_by_id = today, clock.now(), actor.account_id


def move(row: PenaltyCase, action: str, kind: str, actor: Actor, **about: object) -> PenaltyCase:
    row.state = TRANSITIONS[row.state, action]
    row.save()
    append(kind, row, actor, **about)
    return row


def append(kind: str, row: PenaltyCase, actor: Actor, **about: object) -> None:
    events.append(
        kind, actor=actor, subject=row, person_id=row.person_id, number=row.number,
        provision=row.provision, **about,
    )  # fmt: skip


def _written(text: str, field: str) -> None:
    if len(text.strip()) < SHORTEST:
        raise SaidTooLittle(_("请写清楚，至少 5 个字。"), field=field)


HEARINGS = hearings.Room("penalty", take, move, append, OFFICERS)
"""听证 in these cases."""
