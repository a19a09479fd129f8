"""租赁合同: handed in by the landlord once, with everybody named in it.

Handing one in is the report of its tenants, too, so that nobody has to say the same thing twice (Zhejiang
art. 9). A tenant is somebody known when number and name fit; the landlord never learns whether.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from juzhu.evidence.rights import account_behind
from juzhu.law.calendar import add_months
from juzhu.operations import clock, events, numbers
from juzhu.operations.actors import Actor
from juzhu.operations.models import StoredFile
from juzhu.people.actions import MOBILE
from juzhu.people.errors import IdentityNumberInvalid
from juzhu.people.identity_numbers import parse
from juzhu.people.models import NAME_LENGTH, Person
from juzhu.people.names import folded
from juzhu.registration.dwellings import words
from juzhu.registration.dwellings.rights import check_landlord, check_office, landlord_of
from juzhu.registration.dwellings.transitions import answer, check_reason
from juzhu.registration.errors import (
    DayInvalid,
    DwellingGone,
    LandNotForIt,
    LeaseInvalid,
    PapersMissing,
    StepForbidden,
)
from juzhu.registration.models import Dwelling, Lease, LeaseFiling, Room, Tenant
from juzhu.registration.reporting import filing
from juzhu.registration.reporting.entries import BEGAN, ENDED, LEASE, Entry, Reporter, look

LONGEST_MONTHS = 240
"""Civil Code art. 705: twenty years."""
MOST_TENANTS = 50


@dataclass(frozen=True, slots=True)
class TenantSaid:
    """Somebody named in a lease."""

    name: str
    identity_number: str = ""
    phone: str = ""
    part: str = "tenant"


@dataclass(frozen=True, slots=True)
class LeaseSaid:
    """A lease as the landlord hands it in. `room`: its name; "" is the whole dwelling."""

    from_on: date
    until_on: date
    tenants: tuple[TenantSaid, ...]
    files: Sequence[StoredFile]
    room: str = ""
    monthly_rent_fen: int | None = None


def hand_in(dwelling: Dwelling, said: LeaseSaid, *, actor: Actor, today: date) -> Lease:
    """Hand in a lease. Its tenants are reported with it, when it has begun.

    Raises NotAllowed, DwellingGone, LeaseInvalid, PapersMissing.
    """
    tenants = _look(said, today)
    with transaction.atomic():
        locked = Dwelling.objects.select_for_update(no_key=True).get(pk=dwelling.pk)
        check_landlord(actor, locked)
        if locked.gone_on:
            raise DwellingGone
        lease = Lease.objects.create(
            number=numbers.yearly(settings.JUZHU_LETTING_PREFIXES["lease"], today.year),
            dwelling=locked,
            room=_room(locked, said.room),
            landlord_name=landlord_of(locked).name,
            from_on=said.from_on,
            until_on=said.until_on,
            monthly_rent_fen=said.monthly_rent_fen,
            handed_in_at=clock.now(),
            handed_in_by=account_behind(actor),
        )
        lease.files.set(said.files)
        Tenant.objects.bulk_create([_tenant(lease, one) for one in tenants])
        if said.from_on <= today:
            _report(lease, BEGAN, said.from_on, actor, today)
        events.append("lease.handed_in", actor=actor, subject=lease, number=locked.number, lease=lease.number)
    return lease


def see(lease: Lease, *, actor: Actor, today: date) -> Lease:
    """Say that the subdistrict has looked at a lease of a dwelling on collective land. Source: notice 3(2).

    Raises NotAllowed, ConflictOfInterest, LandNotForIt, StepForbidden.
    """
    with transaction.atomic():
        dwelling, locked = _locked(lease, actor)
        if dwelling.land == "state":
            raise LandNotForIt(_("国有土地上的合同由住建部门备案，街道不用核对。"))
        answer("lease", locked, "see", actor, today)
        words.follow(dwelling, actor=actor)
        _announce("lease.seen", locked, actor)
    return locked


def give_back(lease: Lease, said: str, *, actor: Actor, today: date) -> Lease:
    """Return a lease with a reason. Raises NotAllowed, ConflictOfInterest, StepForbidden, ReasonTooShort."""
    check_reason(said)
    with transaction.atomic():
        dwelling, locked = _locked(lease, actor)
        if dwelling.land == "state":
            raise LandNotForIt(_("国有土地上的合同由住建部门备案，街道不用核对。"))
        answer("lease", locked, "give_back", actor, today, said)
        _announce("lease.returned", locked, actor)
    return locked


def end(lease: Lease, on: date, *, actor: Actor, today: date) -> Lease:
    """Say that a lease has ended, on its last day or before it. That its tenants left is reported with it.

    Raises NotAllowed, DayInvalid, StepForbidden.
    """
    with transaction.atomic():
        dwelling = Dwelling.objects.select_for_update(no_key=True).get(pk=lease.dwelling_id)
        locked = Lease.objects.select_for_update(of=("self",)).get(pk=lease.pk)
        check_landlord(actor, dwelling)
        if locked.ended_on is not None:
            raise StepForbidden
        if not locked.from_on <= on <= min(today, locked.until_on):
            raise DayInvalid(_("结束的日期在合同期内，最晚是今天。"), field="on")
        locked.ended_on = on
        locked.save(update_fields=["ended_on"])
        LeaseFiling.objects.filter(lease=locked, state="asked").update(
            state="returned", answered_on=today, said=str(_("合同已经结束。"))
        )
        _report(locked, ENDED, on, actor, today)
        words.follow(dwelling, actor=actor)
        events.append(
            "lease.ended", actor=actor, subject=locked, number=dwelling.number, lease=locked.number, on=on
        )
    return locked


def _look(said: LeaseSaid, today: date) -> list[TenantSaid]:
    if said.until_on < said.from_on:
        raise LeaseInvalid(_("最后一天早于第一天。"), field="until_on")
    if said.until_on >= add_months(said.from_on, LONGEST_MONTHS):
        raise LeaseInvalid(_("租期超过二十年。请核对年份。"), field="until_on")
    if not said.files:
        raise PapersMissing(field="papers")
    if said.monthly_rent_fen is not None and said.monthly_rent_fen < 0:
        raise LeaseInvalid(_("租金不能小于 0。"), field="monthly_rent")
    if not any(one.part == "tenant" for one in said.tenants) or len(said.tenants) > MOST_TENANTS:
        raise LeaseInvalid(_("请至少写一位承租人。"), field="tenants-0-name")
    tenants = [_look_at(at, one, today) for at, one in enumerate(said.tenants)]
    known = [one.identity_number for one in tenants if one.identity_number]
    if len(set(known)) < len(known):
        raise LeaseInvalid(_("同一个号码写了两次。"), field="tenants-0-identity_number")
    return tenants


def _look_at(at: int, one: TenantSaid, today: date) -> TenantSaid:
    name = one.name.strip()
    if not name or len(name) > NAME_LENGTH:
        raise LeaseInvalid(_("请写姓名。"), field=f"tenants-{at}-name")
    if one.part not in dict(Tenant.PARTS):
        raise LeaseInvalid(_("请选是承租人还是共同居住人。"), field=f"tenants-{at}-part")
    if one.phone and not MOBILE.fullmatch(one.phone):
        raise LeaseInvalid(_("手机号是 11 位数字，以 1 开头。"), field=f"tenants-{at}-phone")
    number = ""
    if one.identity_number.strip():
        try:
            number = parse(one.identity_number, today).text
        except IdentityNumberInvalid as error:
            raise LeaseInvalid(error.sentence, field=f"tenants-{at}-identity_number") from error
    return TenantSaid(name, number, one.phone, one.part)


def _tenant(lease: Lease, one: TenantSaid) -> Tenant:
    person = (
        Person.objects.filter(identity_number=one.identity_number).first() if one.identity_number else None
    )
    fits = person is not None and folded(person.name) == folded(one.name)
    return Tenant(
        lease=lease,
        part=one.part,
        name=one.name,
        identity_number=one.identity_number,
        phone=one.phone,
        person=person if fits else None,
    )


def _room(dwelling: Dwelling, name: str) -> Room | None:
    if not name:
        return None
    room = dwelling.rooms.filter(name=name, let=True).first()
    if room is None:
        raise LeaseInvalid(_("没有这间出租的房间。请从列表里选。"), field="room")
    return room


def _report(lease: Lease, phase: str, on: date, actor: Actor, today: date) -> None:
    """What the landlord has to report of it, as far as it can be taken. Source: Zhejiang art. 9."""
    dwelling = lease.dwelling
    owner = landlord_of(dwelling)
    reporter = Reporter(owner.organisation, owner.person)
    entries = [
        Entry(
            kind=LEASE,
            phase=phase,
            happened_on=on,
            name=one.name,
            identity_number=one.identity_number,
            phone=one.phone,
            subdistrict=dwelling.subdistrict,
            address=dwelling.address,
            until_on=lease.until_on if phase == BEGAN else None,
        )
        for one in lease.tenants.all()
    ]
    good = [entry for entry in entries if not look(entry, reporter, today, ()).faults]
    if good:
        filing.file(reporter, good, actor=actor, today=today)


def _locked(lease: Lease, actor: Actor) -> tuple[Dwelling, Lease]:
    dwelling = Dwelling.objects.select_for_update(no_key=True).get(pk=lease.dwelling_id)
    locked = Lease.objects.select_for_update(of=("self",)).get(pk=lease.pk)
    check_office(actor, "subdistrict", dwelling, locked)
    if locked.ended_on is not None:
        raise StepForbidden
    return dwelling, locked


def _announce(kind: str, lease: Lease, actor: Actor) -> None:
    events.append(
        kind, actor=actor, subject=lease, number=lease.dwelling.number, lease=lease.number,
        by=lease.handed_in_by_id,
    )  # fmt: skip
