"""自动办理: acceptance, approval and issue at submission, where the rules leave nothing to a person's
judgement.

It is off unless the district switches it on, and then only for the routes that it names. Whoever asks for a
person gets one, before or afterwards. Source: Personal Information Protection Law art. 24 (requirements J08).
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from juzhu.evidence.checking import under_check
from juzhu.law.eligibility import Answer
from juzhu.operations import clock, events, numbers
from juzhu.operations.actors import SYSTEM, Actor
from juzhu.people.models import Guardianship
from juzhu.permits import attending, conflicts, facts, homes, issuing, rota
from juzhu.permits.actions import Filing
from juzhu.permits.attending import ALONE, Standing
from juzhu.permits.errors import TransitionForbidden
from juzhu.permits.models import (
    Application,
    Correction,
    FraudCase,
    Permit,
    PostCheck,
    Remedy,
    Representative,
    SupplementNotice,
)
from juzhu.permits.moves import (
    begin_examination,
    check_area,
    check_officer,
    check_role,
    locked_for,
    move_on,
)
from juzhu.permits.timing import due_when_accepted
from juzhu.permits.transitions import UNFINISHED, State

REGISTERS = frozenset(
    {
        "outside_household",
        "identity_document",
        "residence_registered",
        "residence_half_year",
        "minor_employment_excluded",
        "guardian_permits",
        "representative_identity",
    }
)
"""Conditions that the population register, the residence register and our own permits answer; who acts
for the applicant is looked at among the doubts.
"""
DECLARED = frozenset({"application_form"})
"""The form itself: that it was filled in and declared true."""
FAMILY_REGISTERS = frozenset({"population_register", "civil_affairs"})
DECISIONS_LOOKED_AT = ("automatic", "request")
"""Looks at a decision of the rules, not at how somebody lives."""
REVIEW_DAYS, REQUEST_DAYS = 30, 15
"""How long the office has for a sample, and for somebody who asks for a person."""


def offered(kind: str, route: str) -> bool:
    """Whether the district lets the rules alone decide on this kind and route."""
    routes: list[str] = settings.JUZHU_INSTANT_ROUTES
    return bool(settings.JUZHU_INSTANT_APPROVAL and {route, f"{kind}:{route}"} & set(routes))


def allowed(application: Application) -> bool:
    """Whether the district lets the rules alone decide on this one, and the applicant does."""
    return offered(application.kind, application.route) and not application.wants_person


def doubts(filing: Filing) -> list[str]:
    """Why a person has to look, as codes; empty when the rules alone may decide. Cheap questions come
    first, and the first doubt is enough.
    """
    case = filing.application
    if filing.event not in {"application.submitted", "application.route_switched"}:
        return ["a_person_asked"]
    if filing.answer.outcome != "accept":
        return ["not_all_met"]
    if weak := _weak(filing):
        return [f"rests_on:{code}" for code in weak]
    people = [case.person_id, *(guardian.pk for guardian, _proof in filing.seen.guardians)]
    if any(under_check(person_id) for person_id in people):
        return ["under_check"]
    asked = (
        ("handled_before", _handled_before(filing)),
        ("home", _home_is_doubtful(filing)),
        ("other_case", _other_cases(case)),
        ("representative", _represented_by_a_stranger(case)),
        ("family_stated", _family_is_stated(filing)),
        ("post_check", PostCheck.objects.filter(person=case.person_id, state="planned").exists()),
        ("found_otherwise", _found_otherwise(case)),
        ("fraud_case", _fraud(case)),
        ("staff", conflicts.touches_the_staff(case)),
    )
    return [code for code, found in asked if found]


def may_be(draft: Application, answer: Answer, seen: facts.Situation, today: date) -> bool:
    """Whether the applicant may be told to expect an answer at once: all is met, and none of it by papers of
    their own. What else calls for a person is told nobody beforehand.
    """
    filing = Filing(draft, "application.submitted", answer, seen, today)
    return allowed(draft) and answer.outcome == "accept" and not _weak(filing)


def _weak(filing: Filing) -> list[str]:
    return [finding.code for finding in filing.answer.findings if not _rests_well(finding.code, filing)]


def _rests_well(code: str, filing: Filing) -> bool:
    """Whether a finding rests on a register, or on departments' words alone."""
    if code in DECLARED or (code == "photo" and filing.application.person.photo_id):
        return True
    behind = filing.seen.behind(code)  # a register's answer rests on nothing, or on another district's word
    attested = all(piece.source == "attestation" for piece in behind)
    return attested and (bool(behind) or code in REGISTERS)


def _handled_before(filing: Filing) -> bool:
    """Whether an officer has accepted or answered a case before its route was changed, or has asked for
    something that is no condition of any route.
    """
    case = filing.application
    if filing.event == "application.submitted":
        return False
    answered = case.decisions.filter(stage__in=["accept", "refuse", "decline"]).exists()
    notices = case.notices.all()
    beyond = any(notice.after_acceptance or {"other"} & _codes(notice) for notice in notices)
    return answered or beyond or case.due_on is not None


def _codes(notice: SupplementNotice) -> set[str]:
    return {str(item["code"]) for item in notice.items}


def _other_cases(case: Application) -> bool:
    others = Application.objects.filter(person=case.person_id).exclude(pk=case.pk)
    return (
        others.filter(state__in=UNFINISHED).exists()
        or Remedy.objects.filter(_of(case.person_id), outcome="").exists()
        or Correction.objects.filter(permit__person=case.person_id, state="filed").exists()
    )


def _of(person_id: int) -> Q:
    return Q(application__person=person_id) | Q(fraud_case__person=person_id)


def _represented_by_a_stranger(case: Application) -> bool:
    """Whether somebody acts for the applicant whom no register knows: a guardian who is signed in with a real
    name is known, anybody else has shown papers to an officer.
    """
    known = Representative.objects.filter(relation="guardian", identity_shown=True, person__isnull=False)
    acting = Representative.objects.filter(application=case)
    return acting.exclude(pk__in=known).exists() or (acting.exists() and case.channel == "window")


def _family_is_stated(filing: Filing) -> bool:
    if not filing.seen.guardians:
        return False
    known = Guardianship.objects.filter(child=filing.application.person_id, ended_on=None)
    return known.exclude(source__in=FAMILY_REGISTERS).exists()


def _fraud(case: Application) -> bool:
    """Whether there is or was a case of fraud: after a false word a person looks (requirements G03)."""
    return FraudCase.objects.filter(person=case.person_id).exclude(state__in=["closed", "set_aside"]).exists()


def _found_otherwise(case: Application) -> bool:
    """Whether the latest look at how the person lives found it otherwise than they had said."""
    looks = PostCheck.objects.filter(person=case.person_id, state="done").exclude(
        plan__in=DECISIONS_LOOKED_AT
    )
    last = looks.order_by("-done_on", "-pk").first()
    return last is not None and last.result != "true"


def _home_is_doubtful(filing: Filing) -> bool:
    """Whether a paper of the home names another address, too many people, or an old inspection."""
    if filing.application.route != "dwelling":
        return False
    behind = {piece.pk: piece for one in filing.answer.findings for piece in filing.seen.behind(one.code)}
    home, today = filing.seen.current, filing.as_of
    return any(homes.doubts_about(piece, home, today) for piece in behind.values())


def write(filing: Filing, today: date) -> Permit:
    """Accept, approve and issue in the caller's transaction, but for the events. What an officer had asked
    for is handed in with it.
    """
    case = filing.application
    for stage in ("accept", "approve"):
        facts.record(case, stage, filing.answer, filing.seen, filing.as_of, SYSTEM)
    if case.state == State.SUPPLEMENT_REQUESTED:
        case.supplement_by = None
        begin_examination(case, today)
    case.automatic, case.assigned_to = True, None
    now = clock.now()
    case.accepted_on = case.decided_on = today
    case.accepted_at = case.decided_at = now
    case.due_on = due_when_accepted(case, today)
    held = case.permit
    permit = issuing.next_year(held, case, today) if held else issuing.first_permit(case, today)
    if sampled(str(case.number)):
        plan_look(permit, "automatic", today, REVIEW_DAYS, [about("sampled", case)])
    case.permit = permit
    return permit


def tell(filing: Filing, permit: Permit, actor: Actor) -> Application:
    """Move an application along the table to its permit, each step with its event, marked as automatic."""
    case = filing.tell(actor)
    if case.state == State.SUPPLEMENT_REQUESTED:
        move_on(case, "submit", "application.supplemented", actor)
    move_on(case, "accept", "application.accepted", SYSTEM, automatic=True)
    move_on(case, "approve", "application.approved", SYSTEM, automatic=True)
    move_on(case, "issue", "application.issued", SYSTEM, automatic=True)
    given = "permit.endorsed" if case.is_endorsement else "permit.issued"
    events.append(
        given,
        actor=SYSTEM,
        subject=permit,
        person_id=permit.person_id,
        application=case.number,
        automatic=True,
    )
    return case


def sampled(number: str) -> bool:
    """Whether a person looks later at what the rules decided alone: by the number's hash, so that the
    choice can be made again by whoever doubts it.
    """
    part = int.from_bytes(hashlib.sha256(number.encode()).digest()[:4])
    return part < settings.JUZHU_INSTANT_REVIEW_SHARE * 2**32


def plan_look(
    permit: Permit,
    plan: str,
    today: date,
    days: int,
    hints: Sequence[Mapping[str, Any]] = (),
    tip: str = "",
) -> PostCheck:
    """Plan a person's look at a permit: at a decision that no person made, or at how its holder lives now."""
    return PostCheck.objects.create(
        number=numbers.yearly("HC", today.year),
        permit=permit,
        person_id=permit.person_id,
        area=permit.area,
        plan=plan,
        hints=[dict(hint) for hint in hints],
        tip=tip,
        planned_on=today,
        due_on=today + timedelta(days=days),
    )


def about(code: str, case: Application) -> dict[str, Any]:
    """Why a person looks, with the case that was decided: a hint as a check keeps it."""
    return {"code": code, "about": {"case": str(case.number)}}


def look_asked_for(case: Application) -> PostCheck | None:
    """The look that the applicant asked for after an answer that no person gave, waiting or done."""
    if not case.automatic:
        return None
    asked = PostCheck.objects.filter(permit=case.permit, plan="request").order_by("-pk")
    return next((look for look in asked if look.case_number == case.number), None)


def ask_person(
    application: Application, *, actor: Actor, today: date, standing: Standing = ALONE
) -> PostCheck:
    """人工复核: whom the rules alone decided on asks for a person, and gets one. Asked twice, it is one look,
    also once it is done; and a permit is looked at by one person at a time.

    The permit stays good meanwhile. Source: Personal Information Protection Law art. 24.
    At the window an officer asks for who stands there. Raises NotAllowed, OutOfArea, TransitionForbidden,
    and what `attending.record` raises.
    """
    check_role("ask_person", actor)
    with transaction.atomic():
        check_area(actor, application.area)
        locked = locked_for(application.pk, "ask_person", actor, today)
        check_officer(actor, locked)
        if not locked.automatic or locked.permit is None:
            raise TransitionForbidden(state=locked.state)
        waiting = PostCheck.objects.filter(permit=locked.permit, plan="request", state="planned")
        asked = look_asked_for(locked) or waiting.first()
        if asked is not None:
            return asked
        look = plan_look(locked.permit, "request", today, REQUEST_DAYS, [about("asked", locked)])
        look.assigned_to_id = rota.next_officer(locked, State.ACCEPTED, today)
        look.save(update_fields=["assigned_to"])
        where = attending.record(
            locked.person,
            "ask_person",
            locked.number or "",
            locked.area,
            standing,
            actor=actor,
            today=today,
        )
        events.append(
            "application.review_requested",
            actor=actor,
            subject=locked,
            person_id=locked.person_id,
            check=look.number,
            due_on=look.due_on,
            **where,
        )
    return look
