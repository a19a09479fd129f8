"""Who must register where they live, and until when; who need not for now, and until when that lasts.

Nothing here ends or begins by a job: the answer is a function of the facts and of the day it is asked for.
Source: Zhejiang arts. 7 and 12; Hangzhou art. 9; requirements A01 to A12.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from juzhu.law.calendar import OFFICIAL, Calendar
from juzhu.law.deadlines import Deadline, deadline, must_register
from juzhu.law.policy import Policy

Ground = Literal["hotel", "hospital", "school", "rescue", "relative"]
GROUNDS: tuple[Ground, ...] = get_args(Ground)
Answer = Literal["other_rules", "local", "registered", "exempt", "short", "due", "late"]
RELATIVE: Ground = "relative"
WARNING_DAYS = 5
"""So many days before an exemption's last one somebody is reminded that it is going to end."""
CITES: dict[Answer, tuple[str, ...]] = {
    "other_rules": ("zhejiang-2016:38", "hangzhou-2018:27"),
    "local": ("zhejiang-2016:2", "hangzhou-2018:2"),
    "registered": ("zhejiang-2016:7",),
    "exempt": ("zhejiang-2016:12",),
    "short": ("hangzhou-2018:9",),
    "due": ("zhejiang-2016:7", "hangzhou-2018:9"),
    "late": ("zhejiang-2016:7", "hangzhou-2018:9"),
}


@dataclass(frozen=True, slots=True)
class Exempt:
    """可以不申报: why, and from which day. `until_on` is the last day there; None while they are there."""

    ground: Ground
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """What holds on a day. `due`: the term to register, where there is a duty and its beginning is known;
    `exempt`: what frees from it now; `last_day` of that, where it is known.
    """

    answer: Answer
    due: Deadline | None = None
    exempt: Exempt | None = None
    last_day: date | None = None

    @property
    def must(self) -> bool:
        """Whether one has to register now."""
        return self.answer in ("due", "late")

    @property
    def may(self) -> bool:
        """Whether one may register, duty or not: everybody whom these rules are about."""
        return self.answer in ("exempt", "short", "due", "late")

    @property
    def cites(self) -> tuple[str, ...]:
        """The provisions that the answer rests on."""
        return CITES[self.answer]


def last_day(exempt: Exempt, policy: Policy) -> date | None:
    """The last day of an exemption; None while nobody knows it. With a relative it is the 30th day, the day
    of arrival not counted (Civil Code art. 201); the 31st is one too many. Source: Zhejiang art. 12.3.
    """
    if exempt.ground != RELATIVE:
        return exempt.until_on
    longest = exempt.from_on + timedelta(days=policy.parameters.relative_days)
    return longest if exempt.until_on is None else min(longest, exempt.until_on)


def day_of(exempt: Exempt, day: date) -> int:
    """Which day with a relative it is; 0 on the day of arrival."""
    return (day - exempt.from_on).days


def exempt_on(day: date, exemptions: Collection[Exempt], policy: Policy) -> Exempt | None:
    """The exemption that holds on a day: of several, the one that lasts longest."""
    held = [each for each in exemptions if _holds(each, day, policy)]
    return max(held, key=lambda each: last_day(each, policy) or date.max, default=None)


def _holds(exempt: Exempt, day: date, policy: Policy) -> bool:
    last = last_day(exempt, policy)
    return exempt.from_on <= day and (last is None or day <= last)


def ended_before(day: date, exemptions: Collection[Exempt], policy: Policy) -> date | None:
    """The last day of the latest exemption that was over before a day; None when there was none."""
    over = [last for each in exemptions if (last := last_day(each, policy)) and last < day]
    return max(over, default=None)


def duty(
    day: date,
    policy: Policy,
    *,
    household_division: str = "",
    mainland: bool = True,
    registered: bool = False,
    arrived_on: date | None = None,
    days_of_stay: int | None = None,
    exemptions: Collection[Exempt] = (),
    calendar: Calendar = OFFICIAL,
) -> Duty:
    """What holds for somebody on a day.

    `mainland` is False for foreigners, stateless people and residents of Hong Kong, Macau and Taiwan, for
    whom other rules are made (Zhejiang art. 38). `days_of_stay` is how long they mean to stay; None: not
    said, which frees nobody. After an exemption the term begins when it ends: before, nothing was due.
    """
    if not mainland:
        return Duty("other_rules")
    if household_division in policy.parameters.urban_divisions:
        return Duty("local")
    if registered:
        return Duty("registered")
    held = exempt_on(day, exemptions, policy)
    if held is not None:
        return Duty("exempt", exempt=held, last_day=last_day(held, policy))
    if days_of_stay is not None and not must_register(days_of_stay, policy):
        return Duty("short")
    begins = max((one for one in (arrived_on, ended_before(day, exemptions, policy)) if one), default=None)
    if begins is None:
        return Duty("due")
    term = deadline("registration", begins, policy, calendar)
    return Duty("late" if day > term.last_day else "due", due=term)
