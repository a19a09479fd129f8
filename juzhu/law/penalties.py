"""What may be imposed for what was not registered or not reported: the statute's ladder, and nothing beyond.

It says which amounts the law leaves open and why others are closed. Whether to punish is an officer's
decision, after hearing; nothing here decides it.
Source: Zhejiang arts. 33 to 35; Administrative Penalty Law arts. 29, 30, 33, 36, 51, 60.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from juzhu.law.acts import Hearings
from juzhu.law.calendar import add_months, completed_years, in_use, roll_to_working_day
from juzhu.law.errors import UnknownProvision

Provision = Literal["zhejiang-2016:33", "zhejiang-2016:34", "zhejiang-2016:35"]
Ordered = Literal["none", "running", "obeyed", "not_obeyed"]
"""How an order to correct stands: not given, its term runs, obeyed, its term went by."""
Why = Literal["", "order_first", "order_runs", "order_obeyed", "under_14", "nobody", "too_long_ago"]

NOT_PUNISHED_UNDER, LIGHTER_UNDER = 14, 18
YEARS_TO_PUNISH = 2
DAYS_TO_DECIDE = 90
ON_THE_SPOT_PERSON, ON_THE_SPOT_ORGANISATION = 200, 3000
"""Up to these yuan a fine may be decided on the spot (Administrative Penalty Law art. 51)."""

WORKING_DAYS_TO_ASK, WORKING_DAYS_AHEAD = 5, 7
"""Within how many working days a hearing is asked for, and how long ahead its day is told (art. 64(1), (2);
the days are working days by art. 85).
"""

PROCEDURE: dict[tuple[str, str], str] = {
    ("opened", "tell"): "told",
    ("told", "hear"): "heard",
    ("told", "waive"): "heard",
    ("heard", "tell"): "told",
    ("heard", "decide"): "decided",
    **{(state, "close"): "closed" for state in ("opened", "told", "heard")},
}
"""The order of every penalty: told, heard, then decided; told anew when more is proposed.
Source: Administrative Penalty Law arts. 44, 45, 57.
"""


@dataclass(frozen=True, slots=True)
class Rung:
    """One provision. `least` and `most` yuan for an act; with `per_person` for each who was not reported.

    `after_order`: only once an order to correct was not obeyed; else beside the order.
    """

    least: int
    most: int
    per_person: bool
    after_order: bool


LADDER: dict[Provision, Rung] = {
    "zhejiang-2016:33": Rung(50, 200, per_person=False, after_order=True),
    "zhejiang-2016:34": Rung(100, 100, per_person=True, after_order=False),
    "zhejiang-2016:35": Rung(100, 100, per_person=True, after_order=True),
}


@dataclass(frozen=True, slots=True)
class Open:
    """What the law leaves open: a fine of `least` to `most` yuan, in whole steps of `step`. With `why` there
    is no fine at all.
    """

    least: int
    most: int
    step: int
    why: Why = ""
    cites: tuple[str, ...] = ()

    def allows(self, yuan: int) -> bool:
        """Whether a fine of so many yuan is within the range. No fine at all is always allowed."""
        if yuan == 0:
            return True
        return not self.why and self.least <= yuan <= self.most and yuan % self.step == 0


def fine(
    provision: str,
    *,
    persons: int,
    ordered: Ordered,
    committed_on: date,
    today: date,
    born: date | None = None,
) -> Open:
    """Which fine a provision leaves open. `persons` were not reported; `born` is of a natural person who is
    to pay; `committed_on` the last day of the act.

    Raises UnknownProvision.
    """
    rung = LADDER.get(provision)  # type: ignore[call-overload]
    if rung is None:
        raise UnknownProvision(
            f"There is no ladder for {provision!r}. Known: {', '.join(LADDER)}.", ("provision",)
        )
    cites: tuple[str, ...] = (provision,)
    if why := _closed(rung, persons, ordered, committed_on, today):
        return Open(0, 0, 1, why, cites)
    age = completed_years(born, committed_on) if born else LIGHTER_UNDER
    if age < NOT_PUNISHED_UNDER:
        return Open(0, 0, 1, "under_14", (*cites, "penalty-law:30"))
    times = persons if rung.per_person else 1
    if rung.per_person:
        least, most, step = rung.least, rung.most * times, rung.least
    else:
        least, most, step = rung.least, rung.most, 1
    if age < LIGHTER_UNDER:
        return Open(1, most // 2, 1, "", (*cites, "penalty-law:30"))
    return Open(least, most, step, "", cites)


def _closed(rung: Rung, persons: int, ordered: Ordered, committed_on: date, today: date) -> Why:
    if rung.per_person and persons < 1:
        return "nobody"
    if too_long_ago(committed_on, today):
        return "too_long_ago"
    if ordered == "none":
        return "order_first"
    if rung.after_order and ordered == "running":
        return "order_runs"
    if rung.after_order and ordered == "obeyed":
        return "order_obeyed"
    return ""


def order_stands(correct_by: date, corrected_on: date | None, today: date) -> Ordered:
    """How an order to correct stands on a day. Corrected late is not obeyed."""
    if corrected_on is not None and corrected_on <= today:
        return "obeyed" if corrected_on <= correct_by else "not_obeyed"
    return "running" if today <= correct_by else "not_obeyed"


def statement_ends(told_on: date, days: int) -> date:
    """The last day to be heard: the district's term of so many days, moved off rest days. Source: Civil Code
    art. 203, by analogy.
    """
    return roll_to_working_day(told_on + timedelta(days=days)).day


def too_long_ago(committed_on: date, today: date) -> bool:
    """Whether two years have gone by since the act (art. 36)."""
    return today > add_months(committed_on, 12 * YEARS_TO_PUNISH)


def decide_by(opened_on: date) -> date:
    """The last day for a decision. Source: Administrative Penalty Law art. 60."""
    return opened_on + timedelta(days=DAYS_TO_DECIDE)


def on_the_spot(yuan: int, *, organisation: bool) -> bool:
    """Whether a fine may be decided on the spot, with the rights told and heard there and then."""
    return 0 < yuan <= (ON_THE_SPOT_ORGANISATION if organisation else ON_THE_SPOT_PERSON)


def offers_hearing(
    hearing: Hearings, *, fine_yuan: int, organisation: bool, withdraws_permit: bool = False
) -> bool:
    """Whether what is proposed is among that for which a hearing is offered, as the pack reads art. 63."""
    large = hearing.organisation_fine if organisation else hearing.person_fine
    return fine_yuan >= large.yuan or (withdraws_permit and hearing.withdrawal.offered)


def hearing_asked_by(told_on: date) -> date:
    """The last day to ask for a hearing. Source: Administrative Penalty Law art. 64(1)."""
    return in_use().add_working_days(told_on, WORKING_DAYS_TO_ASK).day


def hearing_not_before(called_on: date) -> date:
    """The first day on which a hearing can be held that is called on a day. Source: art. 64(2)."""
    return in_use().add_working_days(called_on, WORKING_DAYS_AHEAD).day
