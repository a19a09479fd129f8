"""Some dwellings that are let, each as far as its landlord has brought it, so that the figures of dwellings
have something to show. No office owes an answer to any of them.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from juzhu.demo import portraits
from juzhu.demo.characters import NORTH
from juzhu.demo.identities import FEMALE, GONGCHENQIAO, TIANSHUI, WULIN, XIAOHE, Identity
from juzhu.demo.life import Life
from juzhu.demo.stage import Stage, stored
from juzhu.operations.clock import SHANGHAI
from juzhu.operations.models import StoredFile
from juzhu.registration.dwellings import filings, leases, letting, recording, titles
from juzhu.registration.dwellings.leases import LeaseSaid, TenantSaid
from juzhu.registration.dwellings.recording import DwellingSaid, RoomSaid
from juzhu.registration.dwellings.rights import Landlord
from juzhu.registration.dwellings.titles import TitleSaid

LANDLORD = Identity("钟玉芬", "Zhong Yufen", FEMALE, date(1962, 5, 14), "330199", "杭州市拱墅区", "330105")
WHERE = (GONGCHENQIAO,) * 8 + (XIAOHE,) * 5 + (WULIN,) * 5 + (TIANSHUI,) * 4
ROOMS = (RoomSaid("主卧", "bedroom", Decimal("14.50")), RoomSaid("次卧", "bedroom", Decimal("9.20")))
CROWD = ("杜一", "杜二", "杜三", "杜四", "杜五")
"""More than the two rooms hold."""


def fill(stage: Stage) -> None:
    """Put the dwellings on the timeline, one a day of office hours in November."""
    landlord = Life(stage, LANDLORD, "16000019998").comes("2025-11-03", signs_in=False)
    for turn, area in enumerate(WHERE):
        moment = datetime(2025, 11, 4 + turn, 10, tzinfo=SHANGHAI)
        stage.at(moment, lambda today, turn=turn, area=area: _lets(stage, landlord, turn, area, today))  # type: ignore[misc]


def _lets(stage: Stage, landlord: Life, turn: int, area: str, today: date) -> None:
    """Recorded, its title confirmed; most are let, and most of those registered and filed."""
    assert landlord.account is not None
    actor, housing = landlord.account.actor, stage.officers["D4003"].actor
    police = stage.officers["P1001" if area in NORTH else "P2001"].actor
    said = DwellingSaid(
        subdistrict=area, community=f"{area}{901 + turn % 3}", land="state", commodity=True, rooms=ROOMS,
        address=f"示例路 {turn + 1} 号 2 幢 101 室（示例）",
    )  # fmt: skip
    title = TitleSaid("ownership", [_paper("不动产权证")], f"示例第 {turn:04d} 号")
    made = recording.record(Landlord(landlord.person), said, title, actor=actor, today=today)
    titles.confirm(made.claim, actor=housing, today=today)
    if turn % 4 != 3:
        names = CROWD if turn % 5 == 0 else CROWD[:1]
        lease = leases.hand_in(
            made.dwelling,
            LeaseSaid(
                today, date(2026, 10, 31), tuple(TenantSaid(name) for name in names), [_paper("租赁合同")]
            ),
            actor=actor, today=today,
        )  # fmt: skip
        if turn % 2:
            asked = filings.ask(lease, actor=actor, today=today)
            filings.file(asked, f"拱租备 2025-{turn:04d}（示例）", today, actor=housing, today=today)
    if turn % 3:
        letting.record(letting.file(made.dwelling, actor=actor, today=today), actor=police, today=today)


def _paper(title: str) -> StoredFile:
    return stored(portraits.paper(title), f"{title}.jpg")
