"""What every permit is on a day, in bulk: the places of a shard that are not valid, and what they are.

The same as `checks.standing`, of all at once, read from dates and nothing else. Only what is not valid is
read: the database finds it by the days that stand in its columns, and the few permits whose endorsement
waits for its answer are looked at one by one. For today and days to come: what is written down later than a
day is not left out.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from juzhu.credentials.models import Licence
from juzhu.law.lifecycle import first_still_valid
from juzhu.law.policy import Policy
from juzhu.operations.rules import in_force
from juzhu.people.models import Person
from juzhu.permits.models import Application, Permit
from juzhu.permits.transitions import UNFINISHED
from juzhu.registration.models import Registration

VALID, TERMINATED, SUSPENDED, SUPERSEDED = range(4)


def not_valid(shard: int, day: date) -> dict[int, int]:
    """The places of a shard with what they are on that day; every other place is valid.

    Of a permit that works, all documents but the last one are superseded; of one that does not, no matter
    which of its documents is shown, it says why.
    """
    rules = in_force(day)
    superseded = Licence.objects.filter(shard=shard, superseded_at__isnull=False)
    found = dict.fromkeys(_places(superseded), SUPERSEDED)
    # "+ 0" changes no number: it keeps SQLite from walking the whole shard instead of what is not valid.
    rows: QuerySet[Licence] = Licence.objects.alias(in_shard=F("shard") + 0).filter(in_shard=shard)
    lapsed = set(_places(rows.filter(permit__cached_until__lt=first_still_valid(day, rules))))
    lapsed.difference_update(_places(rows.filter(permit__in=_kept_by_review(rules, day))))
    lapsed.update(_places(rows.filter(permit__person__in=_outside(rules, day))))
    found.update(dict.fromkeys(lapsed, SUSPENDED))
    for ended in (
        Q(permit__terminated_on__lte=day),
        Q(permit__person__in=_people(died_on__lte=day)),
        Q(permit__person__in=_people(local_since__lte=day)),
    ):
        found.update(dict.fromkeys(_places(rows.filter(ended)), TERMINATED))
    return found


def _places(rows: QuerySet[Licence]) -> Iterable[int]:
    return rows.values_list("place", flat=True).iterator(chunk_size=10_000)


def _people(**about: date) -> QuerySet[Person, int]:
    return Person.objects.filter(**about).order_by().values_list("pk", flat=True)


def _kept_by_review(rules: Policy, day: date) -> list[int]:
    """Permits past their last day that an endorsement filed in time keeps valid until it is answered."""
    waiting = Application.objects.filter(
        kind=Application.ENDORSEMENT, state__in=UNFINISHED, filed_on__isnull=False
    )
    past = Permit.objects.filter(cached_until__lt=first_still_valid(day, rules), issued_on__lte=day)
    asked = past.filter(pk__in=waiting.values("permit"))
    permits = asked.select_related("person").prefetch_related("endorsements", "applications")
    return [permit.pk for permit in permits if permit.status(rules, day).status == "active"]


def _outside(rules: Policy, day: date) -> QuerySet[Registration, int]:
    """People who have left the urban area and not come back: `registration.queries.departure` as a query."""
    left = Registration.objects.filter(end_reason="left", ended_on__lt=day).exclude(
        destination__in=rules.parameters.urban_divisions
    )
    later = Registration.objects.filter(person=OuterRef("person")).filter(
        Q(ended_on__isnull=True)
        | Q(ended_on__gt=OuterRef("ended_on"))
        | Q(ended_on=OuterRef("ended_on"), registered_on__gt=OuterRef("registered_on"))
        | Q(ended_on=OuterRef("ended_on"), registered_on=OuterRef("registered_on"), pk__gt=OuterRef("pk"))
    )
    return left.filter(~Exists(later)).order_by().values_list("person", flat=True)
