"""Let dwellings in words: what each thing is called, whose turn it is, what has to be mended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from juzhu.operations.errors import Sentence
from juzhu.registration.dwellings.owed import Thing

NAMES: dict[str, Sentence] = {
    "title": _("产权证明"),
    "letting": _("出租登记"),
    "lease": _("租赁合同"),
    "inspection": _("安全排查"),
}
OFFICES: dict[str, Sentence] = {
    "police": _("派出所"),
    "housing": _("住建局"),
    "subdistrict": _("街道"),
}
AMISS: dict[str, Sentence] = {
    "illegal_construction": _("是违章建筑"),
    "dangerous_building": _("是危险房屋"),
    "changed_use": _("改变了房屋使用性质"),
    "let_by_designed_room": _("没有按设计的房间出租"),
    "kitchen_or_cellar_let": _("厨房、阳台、地下室或车库住了人"),
    "extinguisher": _("没有灭火器"),
    "escape_kit": _("没有逃生用品（面罩、绳、哨、手电）"),
    "window_bars_open": _("防盗窗打不开"),
    "crowded": _("住的人太多：每人至少 4 平方米，每间最多 2 人"),
}
TURNS: dict[str, tuple[Sentence, str]] = {
    "to_hand_in": (_("等您办"), "warn"),
    "returned": (_("要您再办"), "bad"),
    "lapsing": (_("快到期"), "warn"),
    "done": (_("办好了"), "good"),
    "waiting": (_("等答复"), "soft"),
}
MINE = frozenset({"to_hand_in", "returned", "lapsing"})


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing as the landlord's page shows it."""

    thing: Thing
    name: Sentence
    office: Sentence
    turn: Sentence
    tone: str
    days: int

    @property
    def mine(self) -> bool:
        """Whether it is the landlord's turn."""
        return self.thing.state in MINE


def shown(thing: Thing, today: date) -> Shown:
    """A thing in words."""
    turn, tone = TURNS[thing.state]
    return Shown(thing, NAMES[thing.what], OFFICES[thing.office], turn, tone, thing.waited(today))


def to_mend(rows: Iterable[dict[str, Any]]) -> list[Sentence]:
    """What an inspection found amiss, line by line; an inspector's own words last."""
    return [row["note"] if row["code"] == "note" else AMISS.get(row["code"], row["code"]) for row in rows]
