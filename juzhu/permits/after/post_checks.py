"""事中事后核查: which permits are looked at again, by whom, and what follows from what is found.

A month's draw is made by a seed that is recorded, once for an area: who wants to can draw it again and
compare. Source: notice 2(2)6; requirements F09.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from juzhu.operations import clock, events, numbers, once
from juzhu.operations.actors import Actor
from juzhu.operations.models import StoredFile
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Account
from juzhu.permits import attending, conflicts
from juzhu.permits.after import fraud
from juzhu.permits.attending import Standing
from juzhu.permits.errors import (
    FindingsContradict,
    NobodyToCheck,
    OutOfArea,
    ReasonMissing,
    ReviewOwed,
    TransitionForbidden,
)
from juzhu.permits.instant import plan_look
from juzhu.permits.models import Permit, PostCheck, Tip
from juzhu.registration.subdistricts import SUBDISTRICTS

ALLOWED_ROLES: dict[str, frozenset[str]] = {
    "draw": frozenset({"chief"}),
    "plan": frozenset({"clerk", "reviewer", "chief"}),
    "assign": frozenset({"chief"}),
    "record": frozenset({"clerk", "reviewer", "chief"}),
    "cancel": frozenset({"chief"}),
    "settle_tip": frozenset({"clerk", "reviewer", "chief"}),
}
ASKED = ("address", "work", "school", "identity")
DECISION = "decision"
"""What a review asks: whether the rules alone decided rightly, by what they rested on."""
REVIEWED = {"true": "true", "changed": "true", "wrong": "false", "suspected": "false"}
"""The results of a review, and what each says of the decision."""
REVIEW_CONTRADICTS = _(
    "结论和上面选的对不上。决定不对，才能写“有误”或“涉嫌虚假”；对，就写“没有问题”或“情况变了”。"
)
ANSWERS = ("true", "false", "unknown")
SHORTEST_TEXT = 5
SHORT = _("请写清楚，至少 5 个字。")


@dataclass(frozen=True, slots=True)
class Found:
    """What somebody saw in the street. `answers` maps what was asked to true, false or unknown."""

    answers: Mapping[str, str]
    result: str
    note: str = ""
    photos: Sequence[StoredFile] = ()


def lots(permit_numbers: Sequence[str], seed: str, share_percent: int) -> list[str]:
    """Which of these numbers a seed draws: the lowest digests, at least one. The same at any time."""
    ordered = sorted(
        permit_numbers, key=lambda number: hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()
    )
    return ordered[: ceil(len(ordered) * share_percent / 100)]


def draw(area: str, *, actor: Actor, today: date, seed: str = "") -> list[PostCheck]:
    """Draw this month's share of an area's permits. A second draw in a month gives the first one's.

    Raises NotAllowed, OutOfArea, NobodyToCheck.
    """
    _check_role("draw", actor)
    if not actor.covers(area):
        raise OutOfArea
    month = f"{today:%Y-%m}"
    with transaction.atomic():
        if once.claim("post_checks.draw", f"{area}:{month}"):
            drawn = PostCheck.objects.filter(area=area, plan="random")
            return list(drawn.filter(planned_on__year=today.year, planned_on__month=today.month))
        standing = {permit.number: permit for permit in _standing(area)}
        if not standing:
            raise NobodyToCheck
        seed = seed or secrets.token_hex(8)
        share, days = settings.JUZHU_RANDOM_CHECK_PERCENT, settings.JUZHU_CHECK_DAYS
        why: dict[str, Any] = {"seed": seed, "month": month, "share_percent": share, "of": len(standing)}
        made = [
            plan_look(standing[number], "random", today, days, [{"code": "random", "about": why}])
            for number in lots(list(standing), seed, share)
        ]
        once.remember("post_checks.draw", f"{area}:{month}", seed)
        events.append("post_check.drawn", actor=actor, subject=made[0], area=area, checks=len(made), **why)
    return made


def _standing(area: str) -> QuerySet[Permit]:
    """Permits of an area that nobody has ended, and that nobody is to look at already."""
    return (
        Permit.objects.filter(area=area, terminated_on=None, person__died_on=None, person__local_since=None)
        .exclude(post_checks__state="planned")
        .select_related("person")
    )


def plan(
    permit: Permit, by: str, hints: Sequence[Mapping[str, Any]], *, actor: Actor, today: date, tip: str = ""
) -> PostCheck:
    """Put one permit on the list: by risk, by a tip, or for what was decided by the rules alone. Planned
    already: the row that is there. Raises NotAllowed, OutOfArea.
    """
    if actor.kind != "system":
        _check_role("plan", actor)
        if not actor.covers(permit.area):
            raise OutOfArea
    with transaction.atomic():
        Permit.objects.select_for_update(no_key=True).get(pk=permit.pk)
        there = PostCheck.objects.filter(permit=permit, plan=by, state="planned").first()
        if there is not None:
            return there
        made = plan_look(permit, by, today, settings.JUZHU_CHECK_DAYS, hints, tip)
        _append("post_check.planned", made, actor, plan=by)
    return made


def assign(check: PostCheck, officer: Account, *, actor: Actor) -> PostCheck:
    """Give a check to an officer of its area. Raises NotAllowed, OutOfArea, TransitionForbidden,
    ConflictOfInterest.
    """
    with transaction.atomic():
        row = _take(check, "assign", actor)
        if officer.role not in ALLOWED_ROLES["record"] or row.area not in officer.areas:
            raise NotAllowed
        conflicts.check_person(officer.actor, row.person)
        row.assigned_to = officer
        row.save(update_fields=["assigned_to"])
        _append("post_check.assigned", row, actor, to=officer.pk)
    return row


def record(
    check: PostCheck, found: Found, *, actor: Actor, today: date, standing: Standing | None = None
) -> PostCheck:
    """Write down what was found. "changed" tells the person what to do; "suspected" opens a case of fraud;
    "wrong" is said of a decision of the rules alone. Who asked for a review is told how it ended.
    `standing`: who came to the window to say how it is.

    Raises FindingsContradict, ReasonMissing, TimeBarred, and what `_take` and `attending.record` raise.
    """
    with transaction.atomic():
        row = _take(check, "record", actor)
        (_check_review if row.is_review else _check_findings)(found)
        row.found, row.result, row.note = dict(found.answers), found.result, found.note.strip()
        row.state, row.done_at, row.done_on = "done", clock.now(), today
        row.done_by_id = actor.account_id
        row.save()
        row.photos.set(found.photos)
        where = attending.record(
            row.person, "check", row.number, row.area, standing, actor=actor, today=today
        )
        if found.result == "suspected":
            fraud.open_case(
                row.person,
                row.note,
                _last_word(row.permit),
                actor=actor,
                today=today,
                permit=row.permit,
                post_check=row,
            )
        about = {"plan": row.plan, "result": row.result, "found": row.found, **where}
        _append("post_check.done", row, actor, **about)
    return row


def _last_word(permit: Permit) -> date:
    """The day on which the holder last said that all of it was true: at issue, or at an endorsement."""
    return max([permit.issued_on, *(row.on for row in permit.endorsements.all())])


def _check_findings(found: Found) -> None:
    answers = set(found.answers.values())
    known = set(found.answers) <= set(ASKED) and answers <= set(ANSWERS)
    if not known or found.result not in dict(PostCheck.RESULTS) or found.result == "wrong":
        raise FindingsContradict
    wrong = "false" in answers
    if (found.result == "true" and (wrong or "true" not in answers)) or (
        found.result in {"changed", "suspected"} and not wrong
    ):
        raise FindingsContradict
    if wrong and len(found.note.strip()) < SHORTEST_TEXT:
        raise ReasonMissing(SHORT)


def _check_review(found: Found) -> None:
    """A review says whether the decision was right; what has changed since makes it no less right."""
    if found.result not in REVIEWED or dict(found.answers) != {DECISION: REVIEWED[found.result]}:
        raise FindingsContradict(REVIEW_CONTRADICTS)
    if found.result != "true" and len(found.note.strip()) < SHORTEST_TEXT:
        raise ReasonMissing(SHORT)


def cancel(check: PostCheck, reason: str, *, actor: Actor, today: date) -> PostCheck:
    """Take a check off the list, with a reason; not one that the holder asked for, which is a right.

    Source: Personal Information Protection Law art. 24. Raises ReasonMissing, ReviewOwed, and what `_take`
    raises.
    """
    if len(reason.strip()) < SHORTEST_TEXT:
        raise ReasonMissing(SHORT)
    with transaction.atomic():
        row = _take(check, "cancel", actor)
        if row.plan == "request":
            raise ReviewOwed
        row.state, row.note = "cancelled", reason.strip()
        row.done_at, row.done_on, row.done_by_id = clock.now(), today, actor.account_id
        row.save()
        _append("post_check.cancelled", row, actor)
    return row


def report(area: str, about: str, text: str, *, actor: Actor) -> Tip:
    """Take a tip from anybody with an account, or from an officer. It says nothing of who has a permit.

    Raises NotAllowed, OutOfArea for a place that is not ours, ReasonMissing.
    """
    known_citizen = actor.kind == "citizen" and actor.person_id is not None
    if actor.account_id is None:
        raise NotAllowed
    if not known_citizen and (actor.kind != "staff" or actor.role not in ALLOWED_ROLES["settle_tip"]):
        raise NotAllowed
    if area not in SUBDISTRICTS:
        raise OutOfArea
    if not about.strip() or len(text.strip()) < SHORTEST_TEXT:
        raise ReasonMissing(SHORT)
    now = clock.now()
    with transaction.atomic():
        tip = Tip.objects.create(
            number=numbers.yearly("XS", now.year),
            area=area,
            about=about.strip()[:200],
            text=text.strip(),
            reported_by_id=actor.account_id,
            reported_at=now,
        )
        events.append("tip.reported", actor=actor, subject=tip, number=tip.number, area=area)
    return tip


def follow_tip(tip: Tip, permit: Permit, *, actor: Actor, today: date) -> PostCheck:
    """Make a tip a check of the permit that an officer found to be meant."""
    with transaction.atomic():
        row = _take_tip(tip, actor)
        made = plan(permit, "tip", [], actor=actor, today=today, tip=row.text)
        row.state, row.post_check = "planned", made
        _settle_tip(row, actor)
    return made


def dismiss_tip(tip: Tip, reason: str, *, actor: Actor) -> Tip:
    """Leave a tip, with a reason. Raises ReasonMissing."""
    if len(reason.strip()) < SHORTEST_TEXT:
        raise ReasonMissing(SHORT)
    with transaction.atomic():
        row = _take_tip(tip, actor)
        row.state, row.reason = "dismissed", reason.strip()
        _settle_tip(row, actor)
    return row


def _take_tip(tip: Tip, actor: Actor) -> Tip:
    _check_role("settle_tip", actor)
    row = Tip.objects.select_for_update().get(pk=tip.pk)
    if not actor.covers(row.area):
        raise OutOfArea
    if row.state != "new":
        raise TransitionForbidden
    return row


def _settle_tip(row: Tip, actor: Actor) -> None:
    row.settled_at, row.settled_by_id = clock.now(), actor.account_id
    row.save()
    events.append("tip.settled", actor=actor, subject=row, number=row.number, state=row.state)


def _check_role(action: str, actor: Actor) -> None:
    if actor.kind != "staff" or actor.role not in ALLOWED_ROLES[action]:
        raise NotAllowed


def _take(check: PostCheck, action: str, actor: Actor) -> PostCheck:
    """Lock an open check. Raises NotAllowed, OutOfArea, TransitionForbidden, ConflictOfInterest."""
    _check_role(action, actor)
    rows = PostCheck.objects.select_for_update(of=("self",)).select_related("person", "permit")
    row = rows.get(pk=check.pk)
    if not actor.covers(row.area):
        raise OutOfArea
    if row.state != "planned":
        raise TransitionForbidden
    conflicts.check_person(actor, row.person)
    return row


def _append(kind: str, row: PostCheck, actor: Actor, **about: object) -> None:
    events.append(kind, actor=actor, subject=row, person_id=row.person_id, number=row.number, **about)
