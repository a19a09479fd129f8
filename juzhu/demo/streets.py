"""Some hundreds of invented people who came this winter, and some who left again, so that the district's
figures have something to show: by phone, at a computer, at a window, and after an employer had reported them.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta

from juzhu.demo.characters import NORTH, SOUTH
from juzhu.demo.clock import START
from juzhu.demo.crowd import GIVEN, HOMES, SURNAMES
from juzhu.demo.identities import GONGCHENQIAO, MALE, TIANSHUI, WULIN, XIAOHE, Identity
from juzhu.demo.life import EMPLOYERS, STREETS, Life
from juzhu.demo.stage import Stage, enter
from juzhu.operations.actors import Actor
from juzhu.operations.clock import SHANGHAI
from juzhu.people import credit_codes, organisations
from juzhu.people.models import Account, Organisation, OrganisationRecord, Person, Trade
from juzhu.registration import actions as registration
from juzhu.registration.reporting import filing
from juzhu.registration.reporting.entries import WORK, Entry, Reporter

FIRST = date(2025, 12, 8)
"""A Monday, thirteen weeks before the demo's first day."""
WEEKLY = (20, 15, 14, 16, 13, 11, 9, 6, 4, 3, 20, 34, 30)
"""How many came in each week: few around the Spring Festival, many after it."""
XIANGFU, KANGQIAO, BANSHAN = "330105009", "330105010", "330105011"
PLACES = (GONGCHENQIAO,) * 8 + (XIAOHE,) * 5 + (XIANGFU,) * 5 + (WULIN,) * 4 + (TIANSHUI,) * 3 + (
    KANGQIAO,) * 3 + (BANSHAN,) * 2  # fmt: skip
REASONS = ("work",) * 12 + ("business",) * 3 + ("study",) * 3 + ("family",) * 3 + ("other",)
FIRM = "康桥电子装配有限公司（示例）"
CODE_BODY = "91330199MA0EXAMP7"
HEAD = Identity("顾永年", "Gu Yongnian", MALE, date(1971, 3, 9), "330199", "杭州市拱墅区", "330105")
LEAVES = 0.6
"""Which share of those leaves again who had the time for it."""
SEED = 20251208
"""Dice of its own, so that nobody else's fate changes."""
REPORTS_FROM = 6
"""The week from which the firm reports whom it hires."""


def fill(stage: Stage) -> None:
    """Put them on the timeline, a working day's at a time."""
    dice = random.Random(SEED)
    taken: set[str] = set()
    number = 0
    firm = _firm(stage)
    for week, how_many in enumerate(WEEKLY):
        for turn in range(how_many):
            day = FIRST + timedelta(days=7 * week + turn % 5)
            who = _somebody(dice, taken)
            reported = week >= REPORTS_FROM and turn % 6 == 0
            _comes(stage, dice, who, f"1600001{number:04d}", day, firm if reported else None)
            number += 1


def _somebody(dice: random.Random, taken: set[str]) -> Identity:
    while True:
        sex = dice.choice((1, 2))
        county, address = dice.choice(HOMES)
        born = date(dice.randint(1965, 2006), dice.randint(1, 12), dice.randint(1, 28))
        who = Identity(dice.choice(SURNAMES) + dice.choice(GIVEN[sex]), "", sex, born, county, address)
        if who.number not in taken:
            taken.add(who.number)
            return who


def _comes(
    stage: Stage,
    dice: random.Random,
    who: Identity,
    phone: str,
    day: date,
    firm: Callable[[], tuple[Organisation, Actor]] | None,
) -> None:
    area = dice.choice(PLACES)
    channel = dice.choice(("mobile",) * 5 + ("web",) * 2 + ("window",) * 2)
    officer = "P1001" if area in NORTH else "P2001" if area in SOUTH else ""
    channel = "mobile" if channel == "window" and not officer else channel
    stay = registration.Stay(
        subdistrict=area,
        community=f"{area}{901 + dice.choice((0, 0, 1, 1, 2))}",
        address=f"{dice.choice(STREETS)} {dice.randint(1, 90)} 号 {dice.randint(1, 9)} 幢（示例）",
        since=day - timedelta(days=1),
        reason=dice.choice(REASONS),
        dwelling_kind=dice.choice(("rented", "rented", "rented", "dormitory", "relative")),
        workplace=dice.choice(EMPLOYERS),
    )
    known: list[Account] = []

    def is_hired(today: date) -> None:
        assert firm is not None
        organisation, actor = firm()
        hired = Entry(WORK, "began", today, who.name, identity_number=who.number, phone=phone)
        filing.file(Reporter(organisation), [hired], actor=actor, today=today)

    def registers(today: date) -> None:
        enter(who, photo=False)
        known.append(stage.account_of(who, phone, signs_in=False))
        at_window = channel == "window"
        actor = stage.officers[officer].actor if at_window else known[0].actor
        registration.register(_person(known[0]), stay, actor=actor, today=today, channel=channel)

    def leaves(today: date) -> None:
        registration.leave(_person(known[0]), today, actor=known[0].actor, today=today)

    if firm is not None:
        stage.at(_at(day, 9, dice), is_hired)
    stage.at(_at(day, 14, dice), registers)
    gone = day + timedelta(days=dice.randint(3, 40))
    if dice.random() < LEAVES and gone < START:
        stage.at(_at(gone, 17, dice), leaves)


def _at(day: date, hour: int, dice: random.Random) -> datetime:
    return datetime(day.year, day.month, day.day, hour, dice.randrange(60), tzinfo=SHANGHAI)


def _person(account: Account) -> Person:
    assert account.person is not None
    return account.person


def _firm(stage: Stage) -> Callable[[], tuple[Organisation, Actor]]:
    """The employer enrols; gives how to ask later for the firm and for who acts for it."""
    head = Life(stage, HEAD, "16000019999").comes("2026-01-14", signs_in=False)

    def enrols(today: date) -> None:
        code = CODE_BODY + credit_codes.check_character(CODE_BODY)
        OrganisationRecord.objects.create(
            credit_code=code, name=FIRM, address="杭州市拱墅区康桥示例路 2 号",
            head_name=HEAD.name, head_number=HEAD.number,
        )  # fmt: skip
        assert head.account is not None
        organisations.enrol(
            head.account, code, FIRM, (Trade.EMPLOYER,), KANGQIAO, actor=head.actor, today=today,
            phone=head.phone,
        )  # fmt: skip

    head.on("2026-01-14", enrols)

    def acting() -> tuple[Organisation, Actor]:
        firm = Organisation.objects.get(name=FIRM)
        assert head.account is not None
        return firm, organisations.acting_for(head.account, firm.pk)

    return acting
