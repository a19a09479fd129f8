"""Next year's holidays, before the package knows them: a file that the operator keeps.

    [2027]
    rest = ["2027-01-01", "2027-02-05"]
    make_up = ["2027-01-31"]

A year that is named replaces all that was known of it. `rest` are days off on weekdays, `make_up` the
weekend days on which offices work.
"""

import tomllib
from pathlib import Path
from typing import Any

from juzhu.law.calendar import Calendar, load_overrides
from juzhu.law.errors import InvalidCalendar


def read(path: Path) -> Calendar:
    """The calendar with the file's years. Raises ValueError with the year and the day that are wrong."""
    try:
        table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"JUZHU_HOLIDAYS: {path} can't be read: {error}") from error
    try:
        for year, entry in table.items():
            if not isinstance(entry, dict):
                raise ValueError(f"JUZHU_HOLIDAYS: {year} must be a table with `rest` and `make_up`.")
            for key, days in entry.items():
                if not (isinstance(days, list) and all(isinstance(day, str) for day in days)):
                    raise ValueError(f'JUZHU_HOLIDAYS: {year}.{key} must list days like "2027-01-01".')
        return load_overrides(table)
    except InvalidCalendar as error:
        where = ".".join(str(part) for part in error.path)
        raise ValueError(f"JUZHU_HOLIDAYS: {where}: {error.message}") from error
