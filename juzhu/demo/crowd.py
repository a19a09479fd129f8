"""About sixty invented cases in the background, so that the officers' queues look like a working week."""

import random
from collections.abc import Callable
from datetime import date, timedelta

from juzhu.demo import staffing
from juzhu.demo.clock import START
from juzhu.demo.identities import GONGCHENQIAO, TIANSHUI, WULIN, XIAOHE, Identity
from juzhu.demo.life import ALL_RENTED, Life
from juzhu.demo.stage import Stage
from juzhu.evidence.kinds import Kind
from juzhu.law.calendar import OFFICIAL

SURNAMES = (
    "王李张刘陈杨赵吴周徐孙马朱胡郭何高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任沈姚卢"
)
GIVEN = {
    1: (
        "伟",
        "强",
        "磊",
        "海涛",
        "志远",
        "建军",
        "立成",
        "晓明",
        "国平",
        "俊杰",
        "永福",
        "学文",
        "大勇",
        "振华",
    ),
    2: (
        "芳",
        "静",
        "丽",
        "秀兰",
        "美玲",
        "雪梅",
        "小红",
        "佳怡",
        "春燕",
        "思雨",
        "玉珍",
        "彩霞",
        "文慧",
        "晓琳",
    ),
}
HOMES = (
    ("341299", "安徽省阜阳市"), ("361199", "江西省上饶市"), ("411799", "河南省驻马店市"),
    ("421199", "湖北省黄冈市"), ("431299", "湖南省怀化市"), ("511399", "四川省南充市"),
    ("522499", "贵州省毕节市"), ("371599", "山东省聊城市"), ("331199", "浙江省丽水市"),
    ("530699", "云南省昭通市"), ("621099", "甘肃省庆阳市"), ("321399", "江苏省宿迁市"),
)  # fmt: skip
AREAS = (GONGCHENQIAO, XIAOHE, WULIN, GONGCHENQIAO, TIANSHUI, WULIN)
STAFF = {
    GONGCHENQIAO: ("P1001", "P1002"), XIAOHE: ("P1001", "P1002"),
    WULIN: ("P2001", "P2002"), TIANSHUI: ("P2001", "P2002"),
}  # fmt: skip
OF_THE_CLERK = 0
"""Whose case the clerk of the area keeps away from: it waits, and nobody has taken it."""
POSTED = "2026-03-01"
"""The day on which the bureau posted February; it had posted January a month before."""


def fill(stage: Stage) -> None:
    """Put the crowd on the timeline: who waits, who was asked, who was accepted, who was answered."""
    makers: list[tuple[Callable[[Life, str, int], None], int]] = [
        (_waits, 20), (_was_accepted, 15), (_was_asked, 9), (_has_a_permit, 8),
        (_asks_again, 5), (_was_refused, 2), (_withdrew, 2),
    ]  # fmt: skip
    number = 0
    for make, how_many in makers:
        for turn in range(how_many):
            area = AREAS[number % len(AREAS)]
            identity = _somebody(stage.dice, number)
            one = Life(stage, identity, f"160000020{number:02d}", photo=(make, turn % 4) != (_waits, 3))
            make(one, area, turn)
            if number == OF_THE_CLERK:
                staffing.keeps_away(stage, STAFF[area][0], identity)
            number += 1


def _somebody(dice: random.Random, number: int) -> Identity:
    sex = dice.choice((1, 2))
    county, address = HOMES[number % len(HOMES)]
    name = SURNAMES[number % len(SURNAMES)] + dice.choice(GIVEN[sex])
    born = date(dice.randint(1968, 2003), dice.randint(1, 12), dice.randint(1, 28))
    return Identity(name, "", sex, born, county, address)


def back(working_days: int) -> str:
    """The day so many working days before the demo's first."""
    day = START
    while working_days:
        day -= timedelta(days=1)
        working_days -= OFFICIAL.is_working_day(day).working
    return day.isoformat()


def _settles(one: Life, area: str, *, rented: bool, known: tuple[str, ...] = ALL_RENTED) -> Life:
    """Has lived here since spring or summer, and what the offices know of it."""
    day = f"2025-{one.stage.dice.randint(3, 7):02d}-{one.stage.dice.randint(1, 27):02d}"
    one.comes(day, signs_in=False).registers(day, area)
    if rented:
        return one.rents("2025-08-28", known, lease=("2025-08-20", "2027-08-19"))
    begun = f"2024-{one.stage.dice.randint(1, 11):02d}"
    return one.insured("2026-02-01", (begun, "2026-01")).insured(POSTED, (begun, "2026-02"))


def _waits(one: Life, area: str, turn: int) -> None:
    """Filed within the last five working days; some lack something, some brought papers."""
    day = back(1 + turn % 5)
    kind = turn % 4
    if kind in {0, 3}:
        _settles(one, area, rented=False).files(day, "employment")
    elif kind == 1:
        _settles(one, area, rented=True, known=ALL_RENTED[1:])
        one.hands_in(
            day, Kind.LEASE, "租房合同.jpg",
            **{"from": "2025-08-20", "to": "2026-08-19", "commodity_housing": True},
        ).files(day, "dwelling")  # fmt: skip
    else:
        _settles(one, area, rented=True, known=("lease", "rental_registration")).files(day, "dwelling")


def _was_accepted(one: Life, area: str, turn: int) -> None:
    """Waits for a second officer, one to nine working days by now."""
    clerk, _reviewer = STAFF[area]
    filed, taken = back(3 + turn % 9), back(1 + turn % 9)
    if turn % 3:
        _settles(one, area, rented=False).files(filed, "employment").accepted(taken, clerk)
        return
    _settles(
        one, area, rented=True, known=("lease", "rental_registration", "lease_filing", "safety_inspection")
    )
    one.hands_in(filed, Kind.TITLE, "房东的产权证.jpg", holder="landlord").files(filed, "dwelling")
    one.looked_at(taken, clerk).accepted(taken, clerk)


def _was_asked(one: Life, area: str, turn: int) -> None:
    """Was told what is missing."""
    known = (("lease", "lease_filing"), ("lease", "title", "rental_registration"), ALL_RENTED[:4])[turn % 3]
    _settles(one, area, rented=True, known=known).files(back(5 + turn), "dwelling")
    one.asked(back(3 + turn), STAFF[area][0])


def _has_a_permit(one: Life, area: str, turn: int) -> None:
    """Answered within the last two weeks."""
    clerk, reviewer = STAFF[area]
    _settles(one, area, rented=False).files(back(7 + turn), "employment")
    one.accepted(back(5 + turn), clerk).approved(back(1 + turn), reviewer)


def _asks_again(one: Life, area: str, turn: int) -> None:
    """Holds a permit of last spring and has filed for another year."""
    clerk, reviewer = STAFF[area]
    one.comes("2024-07-10", signs_in=False).registers("2024-07-10", area)
    one.insured("2025-03-02", ("2023-10", "2025-02")).files(f"2025-03-{11 + turn}", "employment")
    one.accepted(f"2025-03-{12 + turn}", clerk).approved(f"2025-03-{18 + turn}", reviewer)
    one.insured(POSTED, ("2023-10", "2026-02")).asks_for_endorsement(back(1 + turn))
    if turn > 2:
        one.accepted(back(turn), clerk)


def _was_refused(one: Life, area: str, turn: int) -> None:
    """The run of insurance was broken."""
    day = f"2025-0{5 + turn}-12"
    one.comes(day, signs_in=False).registers(day, area)
    one.insured(POSTED, ("2024-03", "2025-08"), ("2025-10", "2026-02")).files(back(6 + turn), "employment")
    one.refused(back(4 + turn), STAFF[area][0], "2025 年 9 月没有缴社保，连续参保不满一年。")


def _withdrew(one: Life, area: str, turn: int) -> None:
    """Took it back to file by another route later."""
    _settles(one, area, rented=True, known=("lease",)).files(back(5 + turn), "dwelling")
    one.withdraws(back(2 + turn))
