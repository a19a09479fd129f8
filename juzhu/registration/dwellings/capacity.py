"""How many people a dwelling holds, and the figures it rests on. Pure.

Whether close relatives whom somebody supports count is an officer's judgement on the spot: here everybody
counts. Source: Hangzhou government order 287.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Protocol

from juzhu.evidence.annexes import METRES_A_PERSON, PEOPLE_A_ROOM

LIVED_IN = frozenset({"bedroom", "living"})
"""What may be let at all: a room that was designed as a bedroom or a living room. Kitchen, balcony, cellar
and garage are never let to live in.
"""
MANY = 10
"""From so many let rooms on a landlord has more duties (集中出租)."""

Limit = Literal["metres", "room", "use", "not_let"]


class AnyRoom(Protocol):
    """What is looked at of a room."""

    name: str
    designed_as: str
    square_metres: Decimal
    let: bool


@dataclass(frozen=True, slots=True)
class RoomHolds:
    """How many a room holds, and which figure sets the limit."""

    room: AnyRoom
    people: int
    limit: Limit


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many the let rooms hold together, room by room."""

    rooms: tuple[RoomHolds, ...]

    @property
    def people(self) -> int:
        return sum(row.people for row in self.rooms)

    @property
    def let_rooms(self) -> int:
        """How many rooms are let."""
        return sum(row.room.let for row in self.rooms)

    @property
    def large(self) -> bool:
        """Whether it is a large letting, with duties of its own."""
        return self.let_rooms >= MANY

    def room(self, name: str) -> int:
        """How many the room of this name holds."""
        return next((row.people for row in self.rooms if row.room.name == name), 0)


def may_be_let(designed_as: str) -> bool:
    """Whether a room may be let to live in, by what it was designed as."""
    return designed_as in LIVED_IN


def holds(room: AnyRoom) -> RoomHolds:
    """How many one room holds: 4 m² for each, two at most."""
    if not may_be_let(room.designed_as):
        return RoomHolds(room, 0, "use")
    if not room.let:
        return RoomHolds(room, 0, "not_let")
    by_metres = int(room.square_metres // METRES_A_PERSON)
    if by_metres < PEOPLE_A_ROOM:
        return RoomHolds(room, by_metres, "metres")
    return RoomHolds(room, PEOPLE_A_ROOM, "room")


def capacity(rooms: Iterable[AnyRoom]) -> Capacity:
    """How many a dwelling holds."""
    return Capacity(tuple(holds(room) for room in rooms))
