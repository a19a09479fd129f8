"""居住房屋出租安全排查 (annex 4): asked for, done on the spot by the subdistrict, kept once.

It passes when the three questions are answered no and nothing of order 287's list is amiss. What is amiss has
to be mended by a day, and is looked at again. What was filled in without reception comes later, under the key
that the device has made: sent twice, it is kept once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from juzhu.evidence import actions as evidence
from juzhu.evidence.errors import EvidenceInvalid
from juzhu.evidence.kinds import Kind
from juzhu.evidence.rights import account_behind
from juzhu.law.calendar import add_months
from juzhu.operations import clock, events, numbers
from juzhu.operations.actors import Actor
from juzhu.operations.models import StoredFile
from juzhu.registration.dwellings import words
from juzhu.registration.dwellings.capacity import capacity
from juzhu.registration.dwellings.rights import check_landlord, check_office
from juzhu.registration.dwellings.transitions import move
from juzhu.registration.errors import (
    AskedForAlready,
    DwellingGone,
    InspectionDone,
    InspectionInvalid,
)
from juzhu.registration.models import Dwelling, Inspection

THREE = ("illegal_construction", "dangerous_building", "changed_use")
"""Notice 3(1): each a ground of its own; a single yes fails."""
AMISS: dict[str, bool] = {
    **dict.fromkeys(THREE, True),
    "let_by_designed_room": False,
    "kitchen_or_cellar_let": True,
    "extinguisher": False,
    "escape_kit": False,
    "window_bars_open": False,
}
"""Which answer to which question has to be mended. The latter five: Hangzhou government order 287."""
CROWDED = "crowded"
OLDEST = timedelta(days=60)
"""How late what was filled in without reception may come."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found. `answers`: yes or no to the questions of `AMISS`, and `large_let`.

    `tenants` live there; `relatives`: they are close relatives whom somebody supports, in the inspector's
    judgement, so that the figures of order 287 don't bind them.
    """

    inspected_on: date
    answers: Mapping[str, bool]
    tenants: int | None = None
    relatives: bool = False
    companions: str = ""
    note: str = ""
    mend_by: date | None = None
    photos: Sequence[StoredFile] = field(default_factory=list)


def ask(dwelling: Dwelling, *, actor: Actor, today: date) -> Inspection:
    """Ask for an inspection; after a failed one, to be looked at again. The landlord does, or the subdistrict
    puts it on its list by itself.

    Raises NotAllowed, ConflictOfInterest, DwellingGone, AskedForAlready.
    """
    with transaction.atomic():
        locked = Dwelling.objects.select_for_update(no_key=True).get(pk=dwelling.pk)
        if actor.kind == "staff":
            check_office(actor, "subdistrict", locked)
        else:
            check_landlord(actor, locked)
        if locked.gone_on:
            raise DwellingGone
        if locked.inspections.filter(state="asked").exists():
            raise AskedForAlready
        last = locked.inspections.exclude(state="dropped").first()
        row = Inspection.objects.create(
            number=numbers.yearly(settings.JUZHU_LETTING_PREFIXES["inspection"], today.year),
            dwelling=locked,
            again=last if last is not None and last.state == "failed" else None,
            asked_on=today,
            asked_by_id=actor.account_id,
        )
        events.append("inspection.asked", actor=actor, subject=row, number=locked.number)
    return row


def known(inspection: Inspection, key: str) -> bool:
    """Whether what comes under this key was kept before."""
    return bool(key) and Inspection.objects.filter(pk=inspection.pk, key=key).exists()


def record(inspection: Inspection, found: Found, key: str, *, actor: Actor, today: date) -> Inspection:
    """Keep what was found. The same key again gives the same inspection.

    Raises NotAllowed, ConflictOfInterest, InspectionInvalid, InspectionDone.
    """
    with transaction.atomic():
        dwelling = Dwelling.objects.select_for_update(no_key=True).get(pk=inspection.dwelling_id)
        locked = Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
        check_office(actor, "subdistrict", dwelling)
        if key and locked.key == key:
            return locked
        if locked.state != "asked":
            raise InspectionDone(number=locked.number)
        if not key or Inspection.objects.filter(key=key).exists():
            raise InspectionInvalid(_("这份排查表属于另一处房屋。请从列表里重新打开。"), field="key")
        to_mend = amiss(dwelling, found)
        _look(found, to_mend, today)
        _write(locked, dwelling, found, to_mend, actor)
        locked.key = key
        locked.save()
        locked.photos.set(found.photos)
        words.follow(dwelling, actor=actor)
        events.append(
            f"inspection.{locked.state}", actor=actor, subject=locked, number=dwelling.number,
            by=locked.asked_by_id,
        )  # fmt: skip
    return locked


def amiss(dwelling: Dwelling, found: Found) -> list[str]:
    """What has to be mended, by code, the three grounds first."""
    codes = [code for code, bad in AMISS.items() if found.answers.get(code) is bad]
    room_for = capacity(dwelling.rooms.all()).people
    if found.tenants is not None and found.tenants > room_for and not found.relatives:
        codes.append(CROWDED)
    return codes


def drop_open(dwelling: Dwelling) -> None:
    """Take an inspection off the list that is of no use any more, in the caller's transaction."""
    for row in dwelling.inspections.filter(state="asked"):
        move("inspection", row, "drop")
        row.save(update_fields=["state"])


def _look(found: Found, to_mend: Sequence[str], today: date) -> None:
    for code in AMISS:
        if found.answers.get(code) is None:
            raise InspectionInvalid(_("每一项都要选是或否。"), field=code)
    if not today - OLDEST <= found.inspected_on <= today:
        raise InspectionInvalid(_("排查的日期最晚是今天，最早是 60 天前。"), field="inspected_on")
    if to_mend and found.mend_by is None:
        raise InspectionInvalid(_("有要整改的，请写改好的期限。"), field="mend_by")
    if to_mend and found.mend_by is not None and found.mend_by < found.inspected_on:
        raise InspectionInvalid(_("整改的期限早于排查的日期。"), field="mend_by")


def _write(row: Inspection, dwelling: Dwelling, found: Found, to_mend: Sequence[str], actor: Actor) -> None:
    move("inspection", row, "fail" if to_mend else "pass")
    inspector = account_behind(actor)
    months = settings.JUZHU_INSPECTION_VALID_MONTHS
    row.inspected_on, row.inspector, row.inspector_name = found.inspected_on, inspector, inspector.staff_name
    row.valid_until = None if to_mend else add_months(found.inspected_on, months)
    row.to_mend = [{"code": code, "note": ""} for code in to_mend]
    if to_mend and found.note.strip():
        row.to_mend.append({"code": "note", "note": found.note.strip()[:400]})
    row.mend_by = found.mend_by if to_mend else None
    row.sent_at = clock.now()
    names = [inspector.staff_name, *found.companions.replace("，", "、").split("、")]
    rooms = capacity(dwelling.rooms.all())
    try:
        content = evidence.read(
            Kind.SAFETY_INSPECTION,
            {
                **{code: found.answers[code] for code in AMISS},
                "large_let": found.answers.get("large_let", rooms.large),
                "inspected_on": found.inspected_on,
                "address": dwelling.full_address[:200],
                "owner": dwelling.owner_name,
                "land": dwelling.land,
                "storeys": dwelling.storeys,
                "rooms": rooms.let_rooms,
                "area": float(sum(row.square_metres for row in dwelling.rooms.all() if row.let)),
                "tenants": found.tenants,
                "conclusion": _conclusion(to_mend),
                "inspectors": [name.strip() for name in names if name.strip()][:10],
                "valid_until": row.valid_until,
            },
        )
    except EvidenceInvalid as error:
        raise InspectionInvalid(error.sentence, field="tenants") from error
    row.answers = {**evidence.stored(content), "relatives": found.relatives, "note": found.note.strip()[:400]}


def _conclusion(to_mend: Sequence[str]) -> str:
    if not to_mend:
        return "passed"
    return "failed" if set(to_mend) & set(THREE) else "to_mend"
