"""Which pack is in force on which day: `gongshu-2022`, or `gongshu-2022,hangzhou-2023@2023-05-08`."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from juzhu.law.calendar import ONE_DAY
from juzhu.law.facts import read_day
from juzhu.law.policy import Policy, available, load


@dataclass(frozen=True, slots=True)
class Entry:
    """One pack and the days it is in force, both included. None: from the beginning; without end."""

    policy_id: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Schedule:
    """Packs that follow each other without a gap; the first holds from the beginning."""

    entries: tuple[Entry, ...]

    def entry(self, day: date) -> Entry:
        """The entry of a day."""
        starts = [each.since for each in self.entries if each.since is not None]
        return self.entries[bisect_right(starts, day)]

    def in_force(self, day: date) -> Policy:
        """The pack of a day."""
        return load(self.entry(day).policy_id)


@lru_cache(maxsize=16)
def read_schedule(text: str) -> Schedule:
    """The schedule that a setting writes. Raises ValueError with one sentence that says what is wrong."""
    ids: list[str] = []
    starts: list[date] = []
    for number, part in enumerate(text.split(",")):
        policy_id, at, since = part.strip().partition("@")
        if policy_id not in available():
            raise ValueError(f"there is no policy {policy_id!r}; known are {', '.join(available())}")
        if bool(at) != bool(number):
            wanted = (
                f"{policy_id}@YYYY-MM-DD" if number else f"{policy_id} alone, for it holds from the beginning"
            )
            raise ValueError(f"entry {number + 1} of the policies must be written {wanted}")
        ids.append(policy_id)
        if at:
            starts.append(_start(part.strip(), since))
    if any(later <= earlier for earlier, later in pairwise(starts)):
        raise ValueError("the days of the policies must rise from entry to entry")
    ends = [start - ONE_DAY for start in starts]
    return Schedule(tuple(map(Entry, ids, [None, *starts], [*ends, None])))


def _start(part: str, since: str) -> date:
    try:
        return read_day(since)
    except ValueError as error:
        raise ValueError(f"{part!r} names no day; write the id, @, and YYYY-MM-DD") from error
