"""The only place that reads registrations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from juzhu.law import deadlines
from juzhu.law import facts as law
from juzhu.law.calendar import ONE_DAY
from juzhu.law.policy import Policy
from juzhu.operations.actors import Actor
from juzhu.operations.prepared import Prepared
from juzhu.people.names import folded
from juzhu.people.queries import own_and_wards
from juzhu.registration.models import Community, Registration


def visible_to(actor: Actor, today: date) -> QuerySet[Registration]:
    """A citizen's own and their wards'; an officer's within their area; nothing to anybody else."""
    rows = Registration.objects.select_related("person", "community")
    if actor.kind == "citizen":
        return rows.filter(person__in=own_and_wards(actor, today))
    if actor.role in {"clerk", "reviewer", "chief", "subdistrict"}:
        return rows.filter(subdistrict__in=actor.areas)
    return rows.none()


def find(actor: Actor, text: str, today: date) -> QuerySet[Registration]:
    """Current registrations that an officer may see, newest first; all of them without a text.

    A text is the beginning of a name, a whole identity number or a registration's number.
    """
    rows = visible_to(actor, today).filter(ended_on__isnull=True)
    text = text.strip()
    if not text:
        return rows
    return rows.filter(
        Q(person__name_key__begins=folded(text))
        | Q(person__identity_number=text.upper())
        | Q(number=text.upper())
    )


def history(person_id: int) -> QuerySet[Registration]:
    """All registrations of one person, newest first."""
    return Registration.objects.filter(person_id=person_id).select_related("community")


def stays(person_id: int) -> list[Registration]:
    """The rows of `history`; the community is read when somebody asks for it. One query."""
    return _STAYS(person_id)


_STAYS = Prepared(lambda person_id: Registration.objects.filter(person_id=person_id))


def on_day(registrations: Iterable[Registration], day: date) -> Registration | None:
    """Of one person's registrations, newest first, the one that held on a day; on the day of a move, the new
    one.
    """
    held = (row for row in registrations if row.registered_on <= day)
    return next((row for row in held if row.ended_on is None or row.ended_on >= day), None)


@dataclass(frozen=True, slots=True)
class Departure:
    """A registration that ended with a departure and that no other has followed. `within`: to another
    district of the urban area, where one has to register by `register_by` for the residence to go on.
    """

    left_on: date
    destination: str
    within: bool
    register_by: date

    def outside_since(self, day: date) -> date | None:
        """The first day outside the urban area, where that is so on a day."""
        return self.left_on + ONE_DAY if not self.within and self.left_on < day else None


def last_of(registrations: Iterable[Registration]) -> Registration | None:
    """The one that is current, or has ended last: where two records were merged, a later one may be over."""
    return max(registrations, key=lambda row: row.ended_on or date.max, default=None)


def departure(registrations: Iterable[Registration], rules: Policy) -> Departure | None:
    """The departure that still holds, of one person's registrations, newest first. Source: requirements
    CF17.
    """
    last = last_of(registrations)
    if last is None or last.ended_on is None or last.end_reason != "left":
        return None
    within = last.destination in rules.parameters.urban_divisions
    by = deadlines.deadline("change", last.ended_on, rules).last_day
    return Departure(last.ended_on, last.destination, within, by)


def between(registrations: Iterable[Registration], rules: Policy, today: date) -> Registration | None:
    """Of one person's registrations, newest first, the last one, when it has ended and the residence still
    goes on: a new one would continue it, and nobody has said that they live elsewhere now.

    Source: notice 2(1)1; the packs' interpretation `moving_keeps_residence`.
    """
    last = last_of(registrations)
    if last is None or last.ended_on is None or last.destination:
        return None
    return last if last.ended_on + timedelta(days=rules.parameters.residence_gap_days) >= today else None


def continues(row: Registration, rules: Policy) -> bool:
    """Whether a registration continues an earlier residence of its person. One query."""
    if row.follows_id:
        return True
    since = row.registered_on - timedelta(days=rules.parameters.residence_gap_days)
    earlier = Registration.objects.filter(person=row.person_id, ended_on__gte=since).exclude(pk=row.pk)
    return earlier.filter(registered_on__lte=row.registered_on).exists()


def registered_from(registrations: Iterable[Registration], day: date) -> date:
    """The first day from that day on which a registration holds; the day itself when none ever does."""
    ahead = [row for row in registrations if row.ended_on is None or row.ended_on >= day]
    return min((max(row.registered_on, day) for row in ahead), default=day)


def as_facts(registrations: Iterable[Registration]) -> list[law.Registration]:
    """What the law looks at."""
    return [
        law.Registration(registered_on=row.registered_on, ended_on=row.ended_on, division=row.division)
        for row in registrations
    ]


def communities(subdistrict: str) -> QuerySet[Community]:
    """The communities that the district has loaded for a subdistrict."""
    return Community.objects.filter(subdistrict=subdistrict)
