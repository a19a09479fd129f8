"""Numbers for people to quote: "GS-2026-000172"."""

from django.db import transaction
from django.db.models import F

from juzhu.operations.models import Counter


def following(series: str) -> int:
    """The next whole number of a series, in the caller's transaction. No number is given twice."""
    with transaction.atomic():
        if not Counter.objects.filter(series=series).update(last=F("last") + 1):
            Counter.objects.get_or_create(series=series)
            Counter.objects.filter(series=series).update(last=F("last") + 1)
        return Counter.objects.values_list("last", flat=True).get(series=series)


def yearly(prefix: str, year: int) -> str:
    """A number that starts anew each year: prefix, year, six digits."""
    return f"{prefix}-{year}-{following(f'{prefix} {year}'):06d}"
