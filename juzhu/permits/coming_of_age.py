"""满 16 周岁: from that birthday on a child's affairs are the child's own, and its guardians are told before
they find a page gone.

Source: notice 2(1)3; Zhejiang art. 7; Personal Information Protection Law art. 31, for younger children, by
analogy.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from juzhu.law.calendar import add_months
from juzhu.operations.rules import in_force
from juzhu.people.models import Person
from juzhu.people.queries import of_age_if_born_by

SOON, NOW, WARDS = "of_age_soon", "of_age", "ward_of_age"
"""What the child is told a month before and on the day, and what its guardians are told on the day; a month
before, they read what the child is told.
"""
CAUGHT_UP_DAYS = 20
"""How long a birthday is told of late, where no worker ran on the day."""


def birthdays(today: date) -> Iterator[tuple[Person, str, str]]:
    """Wards to be told today: who, what, and the key by which it is told once. Two queries."""
    grown = of_age_if_born_by(today)
    spans = (
        (SOON, grown, of_age_if_born_by(add_months(today, 1))),
        (NOW, of_age_if_born_by(today - timedelta(days=CAUGHT_UP_DAYS)), grown),
    )
    for kind, after, until in spans:
        born = Person.objects.filter(born__gt=after, born__lte=until, died_on=None, merged_into=None)
        for child in born.filter(guardianships__ended_on=None, guardianships__isnull=False).distinct():
            yield child, kind, f"{kind}:{child.pk}"


def birthday(born: date, today: date) -> date:
    """The day from which somebody has no guardian any more."""
    return add_months(born, 12 * in_force(today).parameters.minor_age)
