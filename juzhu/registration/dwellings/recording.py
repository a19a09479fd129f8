"""Recording a dwelling, changing what is said of it, giving it up. Free of charge.

An address that is there already is never recorded twice: whoever records it claims it, with proof of title,
and becomes its landlord once an office has confirmed that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from juzhu.operations import clock, events, numbers
from juzhu.operations.actors import Actor
from juzhu.registration import addresses
from juzhu.registration.dwellings import inspections, letting, titles, words
from juzhu.registration.dwellings.capacity import may_be_let
from juzhu.registration.dwellings.rights import Landlord, check_landlord
from juzhu.registration.dwellings.titles import TitleSaid
from juzhu.registration.errors import (
    DayInvalid,
    DwellingGone,
    DwellingInvalid,
    RoomNotForLiving,
    StillLet,
    YoursAlready,
)
from juzhu.registration.models import Community, Dwelling, Lease, Room, TitleClaim
from juzhu.registration.models.dwellings import LANDS
from juzhu.registration.subdistricts import SUBDISTRICTS

MOST_ROOMS = 200
LARGEST = Decimal(500)
"""Square metres of one room; more is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class RoomSaid:
    """One room as the landlord describes it."""

    name: str
    designed_as: str
    square_metres: Decimal
    let: bool = True


@dataclass(frozen=True, slots=True)
class DwellingSaid:
    """A dwelling as the landlord describes it. `commodity` None: not known."""

    subdistrict: str
    address: str
    land: str
    rooms: tuple[RoomSaid, ...]
    community: str = ""
    commodity: bool | None = None
    storeys: int | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of recording: the dwelling, the claim to it, and whether it is a new one."""

    dwelling: Dwelling
    claim: TitleClaim
    new: bool


def record(
    landlord: Landlord, said: DwellingSaid, title: TitleSaid, *, actor: Actor, today: date
) -> Recorded:
    """Record a dwelling with its rooms, and claim it. Source: Zhejiang art. 9.3; notice 2(1)2(2).

    Raises NotAllowed, DwellingInvalid, RoomNotForLiving, PapersMissing, YoursAlready, AskedForAlready.
    """
    landlord.check(actor)
    community = _look(said)
    titles.look(title)
    with transaction.atomic():
        dwelling, new = _dwelling(landlord, said, community, actor, today)
        if not new and _is_of(dwelling, landlord) and not dwelling.gone_on:
            raise YoursAlready(number=dwelling.number)
        if new:
            write_rooms(dwelling, said.rooms)
        claim = titles.write(dwelling, landlord, title, actor=actor, today=today)
        kind = "dwelling.recorded" if new else "title.claimed"
        events.append(
            kind, actor=actor, subject=dwelling if new else claim, number=dwelling.number, claim=claim.number
        )
    return Recorded(dwelling, claim, new)


def amend(dwelling: Dwelling, said: DwellingSaid, *, actor: Actor) -> Dwelling:
    """Change what is said of a dwelling: rooms at any time; land and commodity housing until an office has
    confirmed the title. The address stays: another address is another dwelling.

    Raises NotAllowed, DwellingGone, DwellingInvalid, RoomNotForLiving.
    """
    _look(said)
    with transaction.atomic():
        locked = own(dwelling, actor)
        confirmed = locked.claims.filter(state="confirmed").exists()
        if confirmed and (said.land, said.commodity) != (locked.land, locked.commodity):
            raise DwellingInvalid(
                _("产权核对过了，土地和商品房这两项不能自己改。请联系核对的部门。"), field="land"
            )
        locked.land, locked.commodity, locked.storeys = said.land, said.commodity, said.storeys
        locked.save(update_fields=["land", "commodity", "storeys"])
        write_rooms(locked, said.rooms)
        events.append("dwelling.amended", actor=actor, subject=locked, number=locked.number)
    return locked


def gone(dwelling: Dwelling, on: date, *, actor: Actor, today: date) -> Dwelling:
    """Say that a dwelling is no longer there, or no longer a dwelling. Nobody may rent it any more.

    Raises NotAllowed, DwellingGone, DayInvalid, StillLet.
    """
    with transaction.atomic():
        locked = own(dwelling, actor)
        if on > today:
            raise DayInvalid(_("这一天还没有到。"), field="on")
        if standing_leases(locked, today).exists():
            raise StillLet
        locked.gone_on = on
        locked.save(update_fields=["gone_on"])
        _close(locked, today)
        words.follow(locked, actor=actor)
        events.append("dwelling.gone", actor=actor, subject=locked, number=locked.number, on=on)
    return locked


def give_up(dwelling: Dwelling, *, actor: Actor, today: date) -> Dwelling:
    """Say that it has another owner now. Leases go on, for a sale doesn't end them (Civil Code art. 725); who
    owns it now claims it with their title.

    Raises NotAllowed, DwellingGone.
    """
    with transaction.atomic():
        locked = own(dwelling, actor)
        if not locked.claims.filter(state="confirmed").exists():
            titles.void(locked, today)
        titles.end_of(locked, today)
        locked.owner = locked.owner_organisation = None
        locked.save(update_fields=["owner", "owner_organisation"])
        words.follow(locked, actor=actor)
        events.append("dwelling.given_up", actor=actor, subject=locked, number=locked.number)
    return locked


def own(dwelling: Dwelling, actor: Actor) -> Dwelling:
    """Lock a landlord's own dwelling. Raises NotAllowed, DwellingGone."""
    locked = Dwelling.objects.select_for_update(no_key=True).get(pk=dwelling.pk)
    check_landlord(actor, locked)
    if locked.gone_on:
        raise DwellingGone
    return locked


def standing_leases(dwelling: Dwelling, today: date) -> QuerySet[Lease]:
    """Leases that have not come to their end."""
    return Lease.objects.filter(dwelling=dwelling, ended_on__isnull=True, until_on__gte=today)


def write_rooms(dwelling: Dwelling, rooms: Sequence[RoomSaid]) -> None:
    """Write the rooms as they are said. One that leases know stays, as one that isn't let."""
    before = {room.name: room for room in dwelling.rooms.all()}
    for said in rooms:
        about = {"designed_as": said.designed_as, "square_metres": said.square_metres, "let": said.let}
        Room.objects.update_or_create(dwelling=dwelling, name=said.name.strip(), defaults=about)
    dropped = set(before) - {said.name.strip() for said in rooms}
    known = set(Lease.objects.filter(room__dwelling=dwelling).values_list("room__name", flat=True))
    dwelling.rooms.filter(name__in=dropped - known).delete()
    dwelling.rooms.filter(name__in=dropped & known).update(let=False)


def _look(said: DwellingSaid) -> Community | None:
    if said.subdistrict not in SUBDISTRICTS:
        raise DwellingInvalid(_("请从列表里选街道。"), field="subdistrict")
    community = Community.objects.filter(code=said.community, subdistrict=said.subdistrict).first()
    if said.community and community is None:
        raise DwellingInvalid(_("这个街道没有这个社区。"), field="community")
    if not addresses.key(said.subdistrict, said.address):
        raise DwellingInvalid(_("请写门牌地址，写到几号几室。"), field="address")
    if said.land not in dict(LANDS):
        raise DwellingInvalid(_("请选土地是国有还是集体。"), field="land")
    if said.land == "collective" and said.commodity:
        raise DwellingInvalid(_("集体土地上的房屋不是商品房。请看产权证上的土地性质。"), field="commodity")
    _look_at_rooms(said.rooms)
    return community


def _look_at_rooms(rooms: Sequence[RoomSaid]) -> None:
    names = [room.name.strip() for room in rooms]
    if not rooms or len(rooms) > MOST_ROOMS:
        raise DwellingInvalid(_("请至少写一间房。"), field="rooms")
    if len(set(names)) < len(names) or not all(names):
        raise DwellingInvalid(_("每间房要有自己的叫法，不能重复。"), field="rooms")
    for at, room in enumerate(rooms):
        if not 0 < room.square_metres <= LARGEST:
            raise DwellingInvalid(_("面积要大于 0、不超过 500 平方米。"), field=f"rooms-{at}")
        if room.let and not may_be_let(room.designed_as):
            raise RoomNotForLiving(field=f"rooms-{at}")
    if not any(room.let for room in rooms):
        raise DwellingInvalid(_("没有一间是出租的。请至少选一间出租。"), field="rooms")


def _dwelling(
    landlord: Landlord, said: DwellingSaid, community: Community | None, actor: Actor, today: date
) -> tuple[Dwelling, bool]:
    place = {"subdistrict": said.subdistrict, "address_key": addresses.key(said.subdistrict, said.address)}
    found = Dwelling.objects.select_for_update(no_key=True).filter(**place).first()
    if found is not None:
        return found, False
    try:
        with transaction.atomic():
            made = Dwelling.objects.create(
                **place,
                **landlord.own,
                number=numbers.yearly(settings.JUZHU_LETTING_PREFIXES["dwelling"], today.year),
                community=community,
                address=said.address.strip(),
                land=said.land,
                commodity=said.commodity,
                storeys=said.storeys,
                owner_name=landlord.name,
                recorded_at=clock.now(),
                recorded_by_id=actor.account_id,
            )
    except IntegrityError:  # somebody recorded the same address a moment ago
        return Dwelling.objects.select_for_update(no_key=True).get(**place), False
    return made, True


def _is_of(dwelling: Dwelling, landlord: Landlord) -> bool:
    mine = Q(owner=landlord.person) if landlord.person else Q(owner_organisation=landlord.organisation)
    return Dwelling.objects.filter(mine, pk=dwelling.pk).exists()


def _close(dwelling: Dwelling, today: date) -> None:
    titles.end_of(dwelling, today)
    letting.end_of(dwelling, today)
    inspections.drop_open(dwelling)
