"""Numbers for people to quote: "GS-2026-000172"."""

from django.db import transaction
from django.db.models import F

from juzhu.operations.models import Counter


def following(series: str, count: int = 1) -> int:
    """The last of the next `count` whole numbers of a series, in the caller's transaction. No number is given
    twice.
    """
    with transaction.atomic():
        if not Counter.objects.filter(series=series).update(last=F("last") + count):
            Counter.objects.get_or_create(series=series)
            Counter.objects.filter(series=series).update(last=F("last") + count)
        return Counter.objects.values_list("last", flat=True).get(series=series)


def run(prefix: str, year: int, count: int) -> list[str]:
    """So many numbers one after another, in the caller's transaction."""
    if not count:
        return []
    series = f"{prefix} {year}"
    last = following(series, count)
    return [f"{prefix}-{year}-{number:06d}" for number in range(last - count + 1, last + 1)]


def yearly(prefix: str, year: int) -> str:
    """A number that starts anew each year: prefix, year, six digits."""
    return f"{prefix}-{year}-{following(f'{prefix} {year}'):06d}"
