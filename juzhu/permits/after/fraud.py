"""虚假材料取得居住证: from opening a case to its decision, with all that a person has a right to before it.

The order is the law's: facts, then what is proposed and the right to be heard, then the statement, then a
decision by somebody else than who opened the case. One act is fined once, within one range: State Council
order 663 art. 18 and Zhejiang art. 36 both end at 200 yuan (requirements CF12).
Source: Administrative Penalty Law arts. 29, 30, 33, 36, 44, 45, 57, 60; requirements G01 to G06.
"""

from dataclasses import asdict
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from juzhu.law import calendar, penalties
from juzhu.operations import clock, events, numbers
from juzhu.operations.actors import SYSTEM, Actor
from juzhu.operations.models import Event
from juzhu.operations.rules import in_force
from juzhu.people import hearings
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Person
from juzhu.people.queries import own_and_wards
from juzhu.permits import attending, conflicts, issuing, moves
from juzhu.permits.after import measures as measures_of
from juzhu.permits.after import undoing
from juzhu.permits.after.measures import Measures
from juzhu.permits.attending import Standing
from juzhu.permits.errors import (
    HeavierThanTold,
    ImpossiblePenalty,
    NotOverturned,
    OpenedByYou,
    OutOfArea,
    ReasonMissing,
    TermRunning,
    TimeBarred,
    TransitionForbidden,
)
from juzhu.permits.models import Application, FraudCase, Permit, PostCheck, Remedy
from juzhu.permits.moves import staff_id
from juzhu.permits.timing import is_over
from juzhu.permits.transitions import OPEN

TRANSITIONS = {**penalties.PROCEDURE, ("decided", "set_aside"): "set_aside"}
OFFICERS = frozenset({"clerk", "reviewer", "chief"})
ALLOWED_ROLES: dict[str, frozenset[str]] = {
    "open": OFFICERS,
    "tell": OFFICERS,
    "hear": OFFICERS | {"citizen"},
    "waive": OFFICERS | {"citizen"},
    "decide": frozenset({"chief"}),
    "close": frozenset({"chief"}),
    "set_aside": frozenset({"chief"}),
    "ask": OFFICERS | {"citizen"},
    "forgo": OFFICERS | {"citizen"},
    "call": OFFICERS,
    "hold": OFFICERS,
}
"""The last four are a hearing's (`HEARINGS`)."""

YEARS_WITHOUT_POINTS = 5
DAYS_TO_PAY = 15
PERCENT_A_DAY = 3
"""What is added for each day on which a fine is late, never more than the fine (arts. 67, 72)."""
SHORTEST_TEXT = 5


def open_case(
    person: Person,
    facts: str,
    committed_on: date,
    *,
    actor: Actor,
    today: date,
    permit: Permit | None = None,
    post_check: PostCheck | None = None,
) -> FraudCase:
    """Open a case. `committed_on` is the day of the false word, or the last one of it.

    Raises NotAllowed, OutOfArea, ConflictOfInterest, ReasonMissing, TimeBarred after two years.
    """
    _check_role("open", actor)
    area = permit.area if permit else ""
    if not actor.covers(area):
        raise OutOfArea
    conflicts.check_person(actor, person)
    _written(facts)
    if committed_on > today or penalties.too_long_ago(committed_on, today):
        raise TimeBarred
    with transaction.atomic():
        case = FraudCase.objects.create(
            number=numbers.yearly("CF", today.year),
            person=person,
            permit=permit,
            application=permit.applications.order_by("-pk").first() if permit else None,
            post_check=post_check,
            area=area,
            facts=facts.strip(),
            committed_on=committed_on,
            opened_on=today,
            opened_by_id=staff_id(actor),
            decide_by=penalties.decide_by(today),
        )
        append("fraud.opened", case, actor)
    return case


def tell(case: FraudCase, measures: Measures, *, actor: Actor, today: date) -> FraudCase:
    """Tell the person the facts, what is proposed on which ground, and that they may be heard. Source:
    Administrative Penalty Law art. 44. Telling anew starts the term anew.

    Raises ImpossiblePenalty, and what `take` raises.
    """
    with transaction.atomic():
        row = take(case, "tell", actor)
        measures_of.check(row, measures)
        row.proposed, row.told_on = asdict(measures), today
        row.statement_by = statement_ends(today)
        row.statement, row.waived_statement, row.heard_on = "", False, None
        offered = hearings.offer(row, offers_hearing(measures, today), today)
        about = {"hearing_by": offered.ask_by} if offered else {}
        return move(row, "tell", "fraud.told", actor, statement_by=row.statement_by, **about)


def offers_hearing(measures: Measures, today: date) -> bool:
    """Whether a hearing is offered with this, as the policy of the day reads art. 63 of the penalty law."""
    return penalties.offers_hearing(
        in_force(today).hearing,
        fine_yuan=measures.fine_yuan,
        organisation=False,
        withdraws_permit=measures.withdraw_permit,
    )


def statement_ends(told_on: date) -> date:
    """The last day to be heard, by the district's term."""
    return penalties.statement_ends(told_on, settings.JUZHU_STATEMENT_DAYS)


def tellings(case: FraudCase) -> int:
    """How often the person was told what is proposed: each time it is another paper."""
    return Event.objects.filter(
        kind="fraud.told", subject_type="permits.fraudcase", subject_id=str(case.pk)
    ).count()


def hear(
    case: FraudCase, statement: str, *, actor: Actor, today: date, standing: Standing | None = None
) -> FraudCase:
    """Take down what the person says: they themselves, or an officer what was said at the station.
    `standing`: who stood at the window, and the record that they signed.

    Raises ReasonMissing when nothing is said, what `take` and `attending.record` raise.
    """
    _written(statement)
    with transaction.atomic():
        row = take(case, "hear", actor, today)
        row.statement, row.heard_on = statement.strip(), today
        where = attending.record(
            row.person, "statement", row.number, row.area, standing, actor=actor, today=today
        )
        return move(row, "hear", "fraud.heard", actor, waived=False, **where)


def waive(case: FraudCase, *, actor: Actor, today: date, standing: Standing | None = None) -> FraudCase:
    """The person does not want to be heard, online or at the window (`standing`); or, for an officer, the
    term went by in silence.

    Raises TermRunning, what `take` and `attending.record` raise.
    """
    with transaction.atomic():
        row = take(case, "waive", actor, today)
        silent = actor.kind == "staff" and standing is None
        if silent and (row.statement_by is None or today <= row.statement_by):
            raise TermRunning
        row.waived_statement, row.heard_on = True, today
        where = attending.record(
            row.person, "waiver", row.number, row.area, standing, actor=actor, today=today
        )
        return move(row, "waive", "fraud.heard", actor, waived=True, **where)


def decide(case: FraudCase, measures: Measures, reason: str, *, actor: Actor, today: date) -> FraudCase:
    """Decide, after hearing, by a chief who did not open the case; never beyond what the person was told.

    A withdrawn permit ends today and its open endorsement with it; points stay barred for five years.
    Raises OpenedByYou, HearingAhead, HeavierThanTold, ImpossiblePenalty, ReasonMissing, and what `take`
    raises.
    """
    _written(reason)
    with transaction.atomic():
        row = take(case, "decide", actor)
        if row.opened_by_id == actor.account_id:
            raise OpenedByYou
        hearings.check_not_ahead(row, today)
        Person.objects.select_for_update(no_key=True).get(pk=row.person_id)
        measures_of.check(row, measures)
        if measures_of.heavier(measures, Measures(**row.proposed)):
            raise HeavierThanTold
        row.warning, row.fine_yuan = measures.warning, measures.fine_yuan
        row.withdraw_permit = measures.withdraw_permit
        row.points_barred_until = calendar.add_months(today, 12 * YEARS_WITHOUT_POINTS)
        row.reason = reason.strip()
        _answered(row, actor, today)
        in_hand, permit = _held(row, today) if measures.withdraw_permit else (None, None)
        row.state = TRANSITIONS[row.state, "decide"]
        row.save()
        if in_hand is not None:
            moves.end(in_hand, "fraud", SYSTEM, today)
        if permit is not None:
            issuing.terminate(permit, "fraud", actor=actor, on=today)
        append("fraud.decided", row, actor, **asdict(measures), late=today > row.decide_by)
    return row


def close(case: FraudCase, reason: str, *, actor: Actor, today: date) -> FraudCase:
    """Close without a penalty: not proved, or slight, the first time and put right (art. 33).

    Raises OpenedByYou, ReasonMissing, and what `take` raises.
    """
    _written(reason)
    with transaction.atomic():
        row = take(case, "close", actor)
        if row.opened_by_id == actor.account_id:
            raise OpenedByYou
        row.reason = reason.strip()
        _answered(row, actor, today)
        return move(row, "close", "fraud.closed", actor)


def overturned(case: FraudCase) -> Remedy | None:
    """The remedy that overturned the decision and was not carried out yet."""
    return case.remedies.filter(outcome="overturned", reopened_on__isnull=True).first()


def set_aside(case: FraudCase, reason: str, *, actor: Actor, today: date) -> FraudCase:
    """Carry out that a decision was overturned: its permit works again unless there is a newer one, the
    endorsement that had ended with it goes on, and no points are barred. What had been decided stays on
    record.

    Raises ReasonMissing, NotOverturned, and what `take` raises.
    """
    _written(reason)
    with transaction.atomic():
        row = take(case, "set_aside", actor)
        remedy = overturned(row)
        if remedy is None:
            raise NotOverturned
        remedy.reopened_on = today
        remedy.save(update_fields=["reopened_on"])
        row.points_barred_until = None
        newer = Permit.objects.filter(person_id=row.person_id, terminated_on__isnull=True).exists()
        if row.permit and row.withdraw_permit and not newer:
            in_hand = undoing.ended_with(row.permit, "fraud", row.decided_on)
            issuing.restore(row.permit, "fraud", actor=actor, because=row.number)
            if in_hand is not None:
                undoing.go_on(in_hand, actor=actor, because=row.number)
        return move(row, "set_aside", "fraud.set_aside", actor, remedy=remedy.pk, said=reason.strip())


def _held(row: FraudCase, today: date) -> tuple[Application | None, Permit | None]:
    """The endorsement in hand and the permit, held in the order in which an approval holds them. Whatever
    was approved meanwhile is approved, and ends with the permit; what time or a fact has ended is left.
    """
    if row.permit is None:
        return None, None
    rows = Application.objects.select_for_update(of=("self",)).select_related("person")
    found = rows.filter(permit=row.permit, state__in=OPEN).first()
    in_hand = None if found is None or is_over(found, today) else found
    permit = issuing.locked(row.permit)
    if permit.ended_on is not None:
        raise ImpossiblePenalty(_("没有可以收缴的居住证，或者已经终止。"))
    return in_hand, permit


def _check_role(action: str, actor: Actor) -> None:
    who = actor.role if actor.kind == "staff" else actor.kind
    if who not in ALLOWED_ROLES[action]:
        raise NotAllowed


def take(case: FraudCase, action: str, actor: Actor, today: date | None = None) -> FraudCase:
    """Lock for whoever's part it is.

    Raises NotAllowed, OutOfArea, ConflictOfInterest, TransitionForbidden.
    """
    _check_role(action, actor)
    rows = FraudCase.objects.select_for_update(of=("self",)).select_related("person", "permit")
    row = rows.get(pk=case.pk)
    if actor.kind == "staff":
        if not actor.covers(row.area):
            raise OutOfArea
        conflicts.check_person(actor, row.person)
    elif today is None or not own_and_wards(actor, today).filter(pk=row.person_id).exists():
        raise OutOfArea
    if (row.state, action) not in TRANSITIONS and (row.state, action) not in hearings.BESIDE:
        raise TransitionForbidden
    return row


def _answered(row: FraudCase, actor: Actor, today: date) -> None:
    row.decided_on, row.decided_at, row.decided_by_id = today, clock.now(), actor.account_id


def move(row: FraudCase, action: str, kind: str, actor: Actor, **about: object) -> FraudCase:
    row.state = TRANSITIONS[row.state, action]
    row.save()
    append(kind, row, actor, **about)
    return row


def append(kind: str, row: FraudCase, actor: Actor, **about: object) -> None:
    events.append(kind, actor=actor, subject=row, person_id=row.person_id, number=row.number, **about)


def _written(text: str) -> None:
    if len(text.strip()) < SHORTEST_TEXT:
        raise ReasonMissing(_("请写清楚，至少 5 个字。"))


HEARINGS = hearings.Room("fraud", take, move, append, OFFICERS)
"""听证 in these cases."""
