"""Areas that figures are of, and whose: the district, a subdistrict, a community.

Planners see the district; an officer their own subdistricts and what lies in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from juzhu.operations.actors import Actor
from juzhu.registration.models import Community
from juzhu.registration.queries import communities
from juzhu.registration.subdistricts import CODES, DISTRICT

Level = Literal["district", "some", "subdistrict", "community"]
READERS = ("clerk", "reviewer", "chief", "subdistrict", "planner")
NO_COMMUNITY = ""
"""The code under which those are counted who named no community."""


@dataclass(frozen=True, slots=True)
class Area:
    """One area. `subdistricts` are what it consists of: of a community, the one it lies in."""

    level: Level
    code: str
    subdistricts: tuple[str, ...]
    community: Community | None = None


def open_to(actor: Actor) -> tuple[str, ...]:
    """The subdistricts of which somebody may see figures, in the district's order; none to most people."""
    if actor.kind != "staff" or actor.role not in READERS:
        return ()
    if actor.role == "planner":
        return CODES
    return tuple(code for code in CODES if code in actor.areas)


def whole(scope: Sequence[str]) -> Area:
    """Everything that somebody may see, as one area."""
    if len(scope) == 1:
        return Area("subdistrict", scope[0], tuple(scope))
    return Area("district" if len(scope) == len(CODES) else "some", DISTRICT, tuple(scope))


def find(actor: Actor, code: str) -> Area | None:
    """The area of this code, if its figures are open to them; without a code all that is; None for others."""
    scope = open_to(actor)
    if not scope:
        return None
    if code in {"", DISTRICT}:
        return whole(scope)
    if code in scope:
        return Area("subdistrict", code, (code,))
    community = Community.objects.filter(pk=code, subdistrict__in=scope).first() if len(code) == 12 else None
    return Area("community", code, (community.subdistrict,), community) if community else None


def above(area: Area, scope: Sequence[str]) -> list[Area]:
    """The areas that it lies in, the largest first, as far as somebody may see them."""
    chain = [whole(scope)]
    if area.level == "community":
        chain.append(Area("subdistrict", area.subdistricts[0], area.subdistricts))
    seen: dict[str, Area] = {one.code: one for one in chain if one.code != area.code}
    return list(seen.values())


def within(area: Area) -> list[Area]:
    """The areas that it is divided into: subdistricts, or communities; none of a community."""
    if area.level == "community":
        return []
    if area.level == "subdistrict":
        rows: Iterable[Community] = communities(area.code)
        return [Area("community", row.pk, (area.code,), row) for row in rows]
    return [Area("subdistrict", code, (code,)) for code in area.subdistricts]
