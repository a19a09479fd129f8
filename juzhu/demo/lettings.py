"""Some dwellings that are let, each as far as its landlord has brought it, so that the figures of dwellings
have something to show. No office owes an answer to any of them.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import partial

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
WHERE = ((GONGCHENQIAO, 9, 4), (XIAOHE, 5, 0), (WULIN, 7, 3), (TIANSHUI, 4, 0))
"""In which subdistrict, how many, and how many of them are let without a record of the police."""
ROOMS = (RoomSaid("主卧", "bedroom", Decimal("14.50")), RoomSaid("次卧", "bedroom", Decimal("9.20")))
CROWD = ("杜一", "杜二", "杜三", "杜四", "杜五")
"""More than the two rooms hold."""


def fill(stage: Stage) -> None:
    """Put the dwellings on the timeline, all on one morning in November."""
    landlord = Life(stage, LANDLORD, "16000019998").comes("2025-11-03", signs_in=False)
    turn = 0
    for area, how_many, unrecorded in WHERE:
        for at in range(how_many):
            moment = datetime(2025, 11, 4, 10, turn, tzinfo=SHANGHAI)
            ready, let = at >= unrecorded, at < how_many - 1
            stage.at(moment, partial(_lets, stage, landlord, area, turn, ready=ready, let=let))
            turn += 1


def _lets(stage: Stage, landlord: Life, area: str, turn: int, today: date, *, ready: bool, let: bool) -> None:
    """Recorded, its title confirmed; leased where it is `let`; where it is `ready` filed and registered."""
    assert landlord.account is not None
    actor, housing = landlord.account.actor, stage.officers["D4003"].actor
    police = stage.officers["P1001" if area in NORTH else "P2001"].actor
    said = DwellingSaid(
        subdistrict=area, community=f"{area}{901 + turn % 2}", land="state", commodity=True, rooms=ROOMS,
        address=f"示例路 {turn + 1} 号 2 幢 101 室（示例）",
    )  # fmt: skip
    title = TitleSaid("ownership", [_paper("不动产权证")], f"示例第 {turn:04d} 号")
    made = recording.record(Landlord(landlord.person), said, title, actor=actor, today=today)
    titles.confirm(made.claim, actor=housing, today=today)
    if let:
        tenants = tuple(TenantSaid(name) for name in (CROWD[:1] if ready else CROWD))
        terms = LeaseSaid(today, date(2026, 10, 31), tenants, [_paper("租赁合同")])
        lease = leases.hand_in(made.dwelling, terms, actor=actor, today=today)
        if ready:
            asked = filings.ask(lease, actor=actor, today=today)
            filings.file(asked, f"拱租备 2025-{turn:04d}（示例）", today, actor=housing, today=today)
    if ready:
        letting.record(letting.file(made.dwelling, actor=actor, today=today), actor=police, today=today)


def _paper(title: str) -> StoredFile:
    return stored(portraits.paper(title), f"{title}.jpg")
