"""A permit's status as a function of dates. Never a stored truth: it is right even if no job ran that night.

Source: notice 2(1)4; Zhejiang art. 19; Hangzhou arts. 19 and 20; Civil Code art. 203 by analogy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from juzhu.law.calendar import ONE_DAY, Calendar, CountedDay, add_months, completed_years, in_use
from juzhu.law.errors import InvalidPermit
from juzhu.law.policy import Policy

PermitState = Literal["active", "suspended", "terminated"]
# The policy that was or is in force on a day, where packs have followed each other.
OfDay = Callable[[date], Policy]


@dataclass(frozen=True, slots=True)
class PermitDates:
    """All that is recorded of a permit. `filed_on`: an endorsement applied for and not yet decided."""

    issued_on: date
    endorsed_on: tuple[date, ...] = ()
    filed_on: date | None = None
    terminated_on: date | None = None


class Window(NamedTuple):
    """When an endorsement may be filed in time; both days included."""

    opens: date
    closes: date


@dataclass(frozen=True, slots=True)
class Status:
    """`valid_until` is the anniversary, `last_day` the same moved to a working day."""

    status: PermitState
    valid_until: date
    last_day: date
    suspended_from: date | None
    window: Window
    residence_years_from: date
    residence_years: int
    under_review: bool
    provisional: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "status": self.status,
            "valid_until": self.valid_until.isoformat(),
            "last_day": self.last_day.isoformat(),
            "suspended_from": self.suspended_from and self.suspended_from.isoformat(),
            "window": {"opens": self.window.opens.isoformat(), "closes": self.window.closes.isoformat()},
            "residence_years_from": self.residence_years_from.isoformat(),
            "residence_years": self.residence_years,
            "under_review": self.under_review,
            "provisional": self.provisional,
        }


class Term(NamedTuple):
    """One stretch of validity: from issue or an endorsement on, and since when residence years count."""

    anchor: date
    valid_until: date
    window: Window
    provisional: bool
    years_from: date


class Terms:
    """How a permit's terms follow each other under one policy and one calendar."""

    def __init__(self, policy: Policy, calendar: Calendar | None = None) -> None:
        self._policy, self._p = policy, policy.parameters
        self._calendar = calendar or in_use()

    def first(self, permit: PermitDates) -> Term:
        """From issue to the first anniversary."""
        years_from: date = getattr(permit, self._p.residence_years_base)
        return self._term(
            permit.issued_on, add_months(permit.issued_on, self._p.endorsement_months), years_from
        )

    def endorsed(self, term: Term, day: date) -> Term:
        """The term that an endorsement on `day` begins. Raises `InvalidPermit` before the window opens."""
        if day < term.window.opens:
            raise InvalidPermit(
                f"An endorsement on {day} comes before its window opens on {term.window.opens}."
            )
        late = day > term.window.closes
        anchor = day if late and self._p.endorsement_anchor == "makeup_date" else term.anchor
        years_from = self._years_from(term, day) if late else term.years_from
        return self._term(anchor, self._next_anniversary(anchor, day), years_from)

    def reopened(self, term: Term) -> Term:
        """The same term with the window and the last day that this policy gives it."""
        return self._term(term.anchor, term.valid_until, term.years_from)

    def _years_from(self, term: Term, day: date) -> date:
        """After a late endorsement: counted anew, or moved by the suspended days, last_day + 1 to day - 1."""
        if self._p.late_endorsement == "restart":
            return day
        return term.years_from + (day - term.window.closes - ONE_DAY)

    def _next_anniversary(self, anchor: date, day: date) -> date:
        """The first anniversary whose window is not open yet on `day`."""
        step = self._p.endorsement_months
        k = max(1, ((day.year - anchor.year) * 12 + day.month - anchor.month) // step)
        while self._opens(add_months(anchor, step * k)) <= day:
            k += 1
        return add_months(anchor, step * k)

    def _opens(self, anniversary: date) -> date:
        return add_months(anniversary, -self._p.endorsement_window_months)

    def _term(self, anchor: date, valid_until: date, years_from: date) -> Term:
        last_day, provisional = last_day_of(valid_until, self._policy, self._calendar)
        return Term(anchor, valid_until, Window(self._opens(valid_until), last_day), provisional, years_from)


def last_day_of(valid_until: date, policy: Policy, calendar: Calendar | None = None) -> CountedDay:
    """The last day of a term that ends with an anniversary. Source: Civil Code art. 203 by analogy."""
    if not policy.parameters.roll_to_working_day:
        return CountedDay(valid_until, False)
    return (calendar or in_use()).roll_to_working_day(valid_until)


def first_still_valid(day: date, policy: Policy, calendar: Calendar | None = None) -> date:
    """The first anniversary whose term has not run out on a day: before rest days it may lie before the day.

    A permit that nothing else keeps valid is suspended on that day if its anniversary is an earlier one.
    """
    first = day
    while last_day_of(first - ONE_DAY, policy, calendar).day >= day:
        first -= ONE_DAY
    return first


def status(
    permit: PermitDates,
    policy: Policy,
    as_of: date,
    calendar: Calendar | None = None,
    *,
    of_day: OfDay | None = None,
) -> Status:
    """How the permit stands on that day. Raises `InvalidPermit` if its dates cannot all be true.

    Endorsements and a termination after `as_of` are checked, but have not happened yet. Where packs have
    followed each other, `of_day` gives the one of a day: issue and each endorsement had the effect that the
    pack of their own day gave them, and the window and the last day of the present term are read by `policy`.
    """
    if as_of < permit.issued_on:
        raise InvalidPermit(f"The permit was not issued yet on {as_of}.", ("as_of",))
    _check_order(permit)
    terms = Terms(policy, calendar)
    term = reached = (Terms(of_day(permit.issued_on), calendar) if of_day else terms).first(permit)
    for index, day in enumerate(permit.endorsed_on):
        try:
            reached = _endorsed(reached, day, terms, calendar, of_day)
        except InvalidPermit as error:
            raise InvalidPermit(error.message, ("permit", "endorsed_on", index)) from error
        if day <= as_of:
            term = reached
    return _standing(permit, terms.reopened(term) if of_day else term, as_of)


def _endorsed(term: Term, day: date, terms: Terms, calendar: Calendar | None, of_day: OfDay | None) -> Term:
    if of_day is None:
        return terms.endorsed(term, day)
    then = Terms(of_day(day), calendar)
    return then.endorsed(then.reopened(term), day)


def course(
    permit: PermitDates,
    policy: Policy,
    as_of: date,
    calendar: Calendar | None = None,
    *,
    of_day: OfDay | None = None,
) -> Iterator[tuple[Term, date]]:
    """Each endorsement made by that day, with the term that it followed, as that term stood on its day."""
    terms = Terms(policy, calendar)
    term = (Terms(of_day(permit.issued_on), calendar) if of_day else terms).first(permit)
    for day in permit.endorsed_on:
        if day > as_of:
            return
        yield (Terms(of_day(day), calendar).reopened(term) if of_day else term), day
        term = _endorsed(term, day, terms, calendar, of_day)


def _standing(permit: PermitDates, term: Term, as_of: date) -> Status:
    filed, ended = permit.filed_on, permit.terminated_on
    opens, closes = term.window
    under_review = filed is not None and opens <= filed <= closes and filed <= as_of
    state: PermitState = "active"
    counted_to = as_of
    if ended is not None and ended <= as_of:
        state, counted_to = "terminated", min(closes, ended - ONE_DAY)
    elif as_of > closes and not under_review:
        state, counted_to = "suspended", closes
    return Status(
        status=state,
        valid_until=term.valid_until,
        last_day=closes,
        suspended_from=closes + ONE_DAY if state == "suspended" else None,
        window=term.window,
        residence_years_from=term.years_from,
        residence_years=max(0, completed_years(term.years_from, counted_to)),
        under_review=under_review,
        provisional=term.provisional,
    )


def _check_order(permit: PermitDates) -> None:
    ended = permit.terminated_on
    if ended is not None and ended < permit.issued_on:
        raise InvalidPermit(f"A termination on {ended} comes before issue.", ("permit", "terminated_on"))
    before = permit.issued_on
    for index, day in enumerate(permit.endorsed_on):
        path: Sequence[str | int] = ("permit", "endorsed_on", index)
        if day < before:
            raise InvalidPermit(f"{day} comes before {before}.", path)
        if ended is not None and day > ended:
            raise InvalidPermit(f"An endorsement on {day} comes after the termination on {ended}.", path)
        before = day
