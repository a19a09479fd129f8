"""Days in Asia/Shanghai, as unix seconds: no daylight saving since 1991."""

from datetime import UTC, date, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8))
DAY_S = 86400
OFFSET_S = 8 * 3600
EPOCH = date(1970, 1, 1)


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """The day so many days after 1970-01-01; raises OverflowError past the year 9999."""
    return EPOCH + timedelta(days=number)


def start_of(day: date) -> int:
    """The first second of a day."""
    return day_number(day) * DAY_S - OFFSET_S


def end_of(day: date) -> int:
    """The first second after a day."""
    return start_of(day) + DAY_S


def day_start(moment: int) -> int:
    """The first second of the day in which a moment lies."""
    return moment - (moment + OFFSET_S) % DAY_S


def moment_of(seconds: int) -> datetime:
    """The moment, in UTC."""
    return datetime.fromtimestamp(seconds, UTC)
