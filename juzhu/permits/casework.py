"""What officers do: ask once for all that is missing, accept, approve, refuse.

Each is one function: lock, check the transition, check the officer, decide, change, append one event.
"""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from juzhu.evidence import actions as evidence
from juzhu.evidence.actions import Judgement
from juzhu.evidence.errors import EvidenceNotYours
from juzhu.evidence.models import Evidence
from juzhu.law import deadlines, eligibility, policy
from juzhu.operations import clock, events
from juzhu.operations.actors import SYSTEM, Actor
from juzhu.permits import bureaus, conflicts, facts, guardians, issuing, judging, living_here, pauses, rota
from juzhu.permits.errors import (
    AnotherRouteHolds,
    AskedTooLate,
    BeingChecked,
    NoticeIncomplete,
    NotLookedAt,
    NotRefusable,
    OutOfArea,
    ReasonMissing,
    SameOfficer,
    StillMissing,
    TransitionForbidden,
    TwoMustLook,
)
from juzhu.permits.judging import judged_on
from juzhu.permits.models import ROUTE_NAMES, Application, SupplementNotice
from juzhu.permits.moves import begin_examination, check_role, move_on, staff_id, take
from juzhu.permits.timing import due_when_accepted, is_over
from juzhu.permits.transitions import State

OTHER = "other"
NOBODY_LOOKED = _(
    "到期视为受理，还没有人审查过。不予签注要两个人先后看过：请所长收回受理，先由受理岗位审查。"
)
"""Why an endorsement that time has accepted is not refused."""
SHORTEST_REASON, LONGEST_REASON = 5, 400


def request_supplement(
    application: Application, notes: dict[str, str], *, actor: Actor, today: date
) -> SupplementNotice:
    """Ask once for all that is missing: `notes` maps leaf codes (and "other") to what the officer adds.

    Every unproven condition must be among them, for the notice is complete or it is nothing.
    A reviewer asks this way for what was accepted, by a clerk or by time, and then turns out not to be
    proved. The acceptance is taken back: what is handed in is examined anew, and the fifteen days start
    anew at the new acceptance. The event says so; decisions that were made stay.
    Source: notice 2(1)3; Hangzhou art. 17.
    What is being checked with a department is neither asked for nor missing.
    Whoever asks has looked at every paper before, so that a second notice only asks for what the first one
    named, or for what was handed in since and does not do. Source: Administrative Licensing Law art. 32(4).
    Raises NoticeIncomplete, BeingChecked, StillMissing when there is nothing to ask, AskedTooLate,
    NotLookedAt, and what `take` raises.
    """
    with transaction.atomic():
        locked = take(application, "request_supplement", actor, today)
        pauses.check_running(locked)
        case = judging.asked(locked, today)
        answer, seen = case.answer, case.seen
        asked = _to_be_asked(locked, answer, seen, notes)
        facts.record(locked, "request_supplement", answer, seen, case.as_of, actor)
        due = deadlines.deadline("supplement", today, policy.load(locked.policy_id)).last_day
        notice = SupplementNotice.objects.create(
            application=locked,
            items=[{"code": code, "note": notes[code].strip()} for code in _in_order(asked, answer)],
            issued_at=clock.now(),
            issued_on=today,
            issued_by_id=staff_id(actor),
            due_on=due,
            after_acceptance=locked.due_on is not None,
        )
        locked.supplement_by = due
        about = {"notice": notice.pk, **_end_promise(locked)}
        move_on(locked, "request_supplement", "application.supplement_requested", actor, **about)
    return notice


def _to_be_asked(
    locked: Application, answer: eligibility.Answer, seen: facts.Situation, notes: dict[str, str]
) -> list[str]:
    """The codes that a notice names. Raises what stands against it."""
    with_bureaus = bureaus.awaited(answer, seen)
    if asked_twice := with_bureaus.keys() & notes.keys():
        raise BeingChecked(_not_to_be_asked(with_bureaus), codes=sorted(asked_twice))
    unproven = {finding.code for finding in answer.findings if finding.state == "unproven"}
    unproven -= with_bureaus.keys()
    if not unproven <= notes.keys():
        raise NoticeIncomplete(codes=sorted(unproven - notes.keys()))
    asked = [code for code in notes if code in unproven or notes[code].strip()]
    if OTHER in asked and _asked_without(locked):
        raise AskedTooLate
    if waiting := unjudged(seen, answer):
        raise NotLookedAt(evidence=[piece.pk for piece in waiting])
    if not asked and with_bureaus:
        raise BeingChecked(_not_to_be_asked(with_bureaus), codes=sorted(with_bureaus))
    if not asked:
        raise StillMissing(codes=[])
    return asked


def _asked_without(locked: Application) -> bool:
    """Whether there were notices before, and none of them asked for anything beyond the conditions."""
    before = [{item["code"] for item in notice.items} for notice in locked.notices.all()]
    return bool(before) and not any(OTHER in codes for codes in before)


def _end_promise(locked: Application) -> dict[str, object]:
    """Clear an acceptance, or the day that one had promised, and give what the event keeps of it."""
    if locked.state != State.ACCEPTED and locked.due_on is None:
        return {}
    was = _clear_acceptance(locked)
    locked.due_on = None
    return {"acceptance_taken_back": was}


def _clear_acceptance(locked: Application) -> dict[str, object]:
    """Undo an acceptance, but for the promised day, and give what the event keeps of it."""
    was: dict[str, object] = {
        "accepted_on": locked.accepted_on,
        "accepted_by": locked.accepted_by_id,
        "deemed_accepted": locked.deemed_accepted,
        "due_on": locked.due_on,
    }
    locked.accepted_on = locked.accepted_at = locked.accepted_by = None
    locked.deemed_accepted = False
    return was


def accept(application: Application, *, actor: Actor, today: date) -> Application:
    """Accept what is complete, and start the fifteen days. Source: notice 2(1)3; Zhejiang art. 18.

    An endorsement is accepted, too, when a condition is unmet, whatever else is still to be shown: who
    accepts it says so, and a reviewer decides (ADR 0017). The event names what stands against it.
    Raises StillMissing when the rules say neither, BeingChecked.
    """
    with transaction.atomic():
        locked = take(application, "accept", actor, today)
        case = judging.judged(locked, today)
        as_of, answer, seen = case.as_of, case.answer, case.seen
        against = _against(locked, answer, seen)
        if answer.outcome != "accept" and not against:
            raise _still_missing(answer, seen)
        facts.record(locked, "accept", answer, seen, as_of, actor)
        locked.accepted_on, locked.accepted_at = today, clock.now()
        locked.accepted_by_id = actor.account_id
        locked.due_on = due_when_accepted(locked, today)
        locked.assigned_to_id = rota.next_officer(locked, State.ACCEPTED, today, avoid={actor.account_id})
        about = {"assigned_to": locked.assigned_to_id} | ({"against": against} if against else {})
        return move_on(locked, "accept", "application.accepted", actor, **about)


def _against(locked: Application, answer: eligibility.Answer, seen: facts.Situation) -> list[str]:
    """The conditions for which an endorsement may be refused; none of a first application, which is refused
    before it is accepted. Raises BeingChecked.
    """
    if not locked.is_endorsement or answer.outcome != "refuse":
        return []
    _check_grounds(answer, seen)
    return list(answer.unmet)


def take_back(application: Application, reason: str, *, actor: Actor, today: date) -> Application:
    """Let a chief take what was accepted back to examination. What the citizen was promised stays: `due_on`
    is kept, and at the new acceptance the earlier of both days counts. The examination has five working days
    again, but none after the promised one.

    Raises ReasonMissing, ClockPaused, and what `take` raises.
    """
    said = reason_of(reason)
    with transaction.atomic():
        locked = take(application, "take_back", actor, today)
        pauses.check_running(locked)
        acceptor = locked.accepted_by_id
        was = _clear_acceptance(locked)
        begin_examination(locked, today)
        if locked.due_on and locked.examine_by:
            locked.examine_by = max(min(locked.examine_by, locked.due_on), today)
        locked.assigned_to_id = rota.next_officer(locked, State.SUBMITTED, today, avoid={acceptor})
        about = {"said": said, "assigned_to": locked.assigned_to_id, "acceptance": was}
        return move_on(locked, "take_back", "application.taken_back", actor, **about)


def reason_of(text: str) -> str:
    """An officer's reason as the event keeps it. Raises ReasonMissing when there is none."""
    said = text.strip()
    if len(said) < SHORTEST_REASON:
        raise ReasonMissing(_("请写明理由，至少 5 个字。"))
    return said[:LONGEST_REASON]


def approve(application: Application, *, actor: Actor, today: date) -> Application:
    """Approve what a colleague accepted; the permit, or its next year, comes at once. Source: Zhejiang art.
    18, 19.

    Raises SameOfficer, LeftThisPlace, NotLookedAt, StillMissing.
    """
    with transaction.atomic():
        locked = take(application, "approve", actor, today)
        pauses.check_running(locked)
        if locked.accepted_by_id == actor.account_id:
            raise SameOfficer
        living_here.check(locked, today)
        case = judging.judged(locked, today)
        as_of, answer, seen = case.as_of, case.answer, case.seen
        if waiting := unjudged(seen, answer):
            raise NotLookedAt(evidence=[piece.pk for piece in waiting])
        if answer.outcome != "accept":
            raise _still_missing(answer, seen)
        facts.record(locked, "approve", answer, seen, as_of, actor)
        locked.decided_on, locked.decided_at = today, clock.now()
        locked.decided_by_id = actor.account_id
        if locked.permit:
            given, permit = "permit.endorsed", issuing.next_year(locked.permit, locked, today)
        else:
            given, permit = "permit.issued", issuing.first_permit(locked, today)
        locked.permit = permit
        move_on(locked, "approve", "application.approved", actor)
        move_on(locked, "issue", "application.issued", SYSTEM)
        events.append(
            given, actor=SYSTEM, subject=permit, person_id=permit.person_id, application=locked.number
        )
        return locked


def refuse(application: Application, reason: str, *, actor: Actor, today: date) -> Application:
    """Refuse with reasons, when the rules do. A refused endorsement ends the permit, so that somebody else
    has accepted it before, and not time alone (ADR 0017). Source: notice 2(1)3, 2(1)4; Hangzhou art. 21.

    Who meets another route is not refused (requirements E03): the route is changed first.
    Raises ReasonMissing, TwoMustLook, NotRefusable, AnotherRouteHolds, SameOfficer, BeingChecked.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing
    with transaction.atomic():
        locked = take(application, "refuse", actor, today)
        pauses.check_running(locked)
        _check_two(locked)
        if locked.accepted_by_id == actor.account_id:
            raise SameOfficer
        case = judging.judged(locked, today)
        as_of, answer, seen = case.as_of, case.answer, case.seen
        _check_grounds(answer, seen)
        if route := judging.other_route(locked, today):
            raise AnotherRouteHolds(
                _("按“%(route)s”条件都满足，不能不予。请换成这条途径再办。") % {"route": ROUTE_NAMES[route]},
                route=route,
            )
        facts.record(locked, "refuse", answer, seen, as_of, actor)
        locked.decided_on, locked.decided_at = today, clock.now()
        locked.decided_by_id = actor.account_id
        locked.reason = reason.strip()
        if locked.permit:
            issuing.terminate(locked.permit, "not_endorsed", actor=actor, on=today)
        return move_on(locked, "refuse", "application.refused", actor)


def _check_two(locked: Application) -> None:
    """Raises TwoMustLook when nobody has accepted an endorsement that shall be refused."""
    if not locked.is_endorsement or locked.accepted_by_id is not None:
        return
    if locked.deemed_accepted:
        raise TwoMustLook(NOBODY_LOOKED)
    raise TwoMustLook


def _still_missing(answer: eligibility.Answer, seen: facts.Situation) -> StillMissing:
    """Why a case can't be accepted, with the bureau by name where one has not answered."""
    codes = [*answer.missing, *answer.unmet]
    waiting = bureaus.awaited(answer, seen)
    if not waiting or not set(codes) <= waiting.keys():
        return StillMissing(codes=codes)
    names = bureaus.named(waiting.values())
    return StillMissing(_("%(bureau)s还没有答复，现在不能受理或准予。") % {"bureau": names}, codes=codes)


def _check_grounds(answer: eligibility.Answer, seen: facts.Situation) -> None:
    """Raises NotRefusable without a condition that is unmet; BeingChecked when each of them rests on a word
    that a department is looking into.
    """
    disputed = bureaus.disputed(answer, seen)
    if answer.outcome != "refuse" and not disputed:
        raise NotRefusable
    if disputed and set(answer.unmet) <= disputed.keys():
        names = bureaus.named(disputed.values())
        raise BeingChecked(
            _("正在等%(bureau)s核对，不能以此不予。") % {"bureau": names}, codes=sorted(disputed)
        )


def _not_to_be_asked(found: dict[str, bureaus.Awaited]) -> str:
    names = bureaus.named(found.values())
    return _("正在向%(bureau)s核对，不能要申请人交。") % {"bureau": names}


def judge(
    application: Application, piece: Evidence, judgement: Judgement, *, actor: Actor, today: date
) -> None:
    """Record what an officer thinks of an upload, after looking at it: the applicant's, or in a child's case
    the guardians', so far as its findings rest on them.

    Raises NotAllowed, OutOfArea, TransitionForbidden, EvidenceNotYours.
    """
    check_role("judge", actor)
    with transaction.atomic():
        locked = Application.objects.select_for_update().get(pk=application.pk)
        if not actor.covers(locked.area):
            raise OutOfArea
        conflicts.check(actor, locked)
        if locked.state not in {State.SUBMITTED, State.ACCEPTED} or is_over(locked, today):
            raise TransitionForbidden
        own = piece.person_id == locked.person_id
        if piece.source != "upload" or not (own or _is_guardians(piece, locked, today)):
            raise EvidenceNotYours
        evidence.judge(piece, judgement, actor=actor)


def _is_guardians(piece: Evidence, case: Application, today: date) -> bool:
    return guardians.papers(case, judged_on(case, today)).filter(pk=piece.pk).exists()


def unjudged(seen: facts.Situation, answer: eligibility.Answer) -> list[Evidence]:
    """Uploads that findings of the named route rest on and nobody looked at; a child's guardians' too."""
    pieces = {piece.pk: piece for finding in answer.findings for piece in seen.behind(finding.code)}
    return [piece for piece in pieces.values() if piece.source == "upload" and not piece.judgement]


def _in_order(codes: Sequence[str], answer: eligibility.Answer) -> list[str]:
    tree = [finding.code for finding in answer.findings]
    return sorted(codes, key=lambda code: tree.index(code) if code in tree else len(tree))
