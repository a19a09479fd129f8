"""一家人一起登记: parents and children at one address on one form, each with their own registration.

One transaction: all of them are registered, or nobody is. Who has a registration already moves. Source:
Zhejiang art. 7; Hangzhou arts. 9 to 11; requirements A03, A06, A14.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.db import transaction

from juzhu.operations import numbers, once
from juzhu.operations.actors import Actor
from juzhu.operations.errors import JuzhuError
from juzhu.operations.models import OnceKey
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Person
from juzhu.people.queries import own_and_wards
from juzhu.registration import actions, addresses
from juzhu.registration.actions import Stay
from juzhu.registration.errors import AlreadyRegistered, NobodyMovesIn
from juzhu.registration.models import Registration


@dataclass(frozen=True, slots=True)
class Member:
    """Who moves in, and what each has for themself: why they come, and where they work or go to school."""

    person: Person
    reason: str
    workplace: str = ""


def register(
    members: Sequence[Member],
    stay: Stay,
    *,
    actor: Actor,
    today: date,
    channel: str = "web",
    key: str = "",
) -> list[Registration]:
    """Register everybody on the form at one address, in its order; `stay` holds what is the same for all.

    The same `key` gives the same registrations. What is refused for one is refused for all, and
    `about["person"]` says whose it is. Raises NobodyMovesIn, NotAllowed, AlreadyRegistered for who lives
    there, HouseholdIsLocal, DayInvalid, PlaceUnknown.
    """
    people = _who([member.person for member in members], actor, today)
    scope = _scope(actor)
    with transaction.atomic():
        if key and (known := once.claim(scope, key)):
            return list(Registration.objects.filter(household=known.result).order_by("pk"))
        _lock(people)
        number = numbers.yearly(f"{settings.JUZHU_REGISTRATION_PREFIX}T", today.year)
        made = []
        for member in members:
            own = replace(stay, reason=member.reason, workplace=member.workplace)
            with _named(member.person):
                current = actions.current_of(member.person)
                if current is not None and _lives_there(current, stay):
                    raise AlreadyRegistered
                made.append(actions.take_in(member.person, own, current, today, channel, number))
        if key:
            once.remember(scope, key, number)
        for row in made:
            actions.announce(row, actor)
    return made


def sent_before(key: str, actor: Actor) -> str:
    """The number of the form that this key has sent already; "" for a new one."""
    row = OnceKey.objects.filter(scope=_scope(actor), key=key).first() if key else None
    return row.result if row else ""


def _scope(actor: Actor) -> str:
    return f"household:{actor.account_id or 0}"


def leave(
    people: Sequence[Person], left_on: date, *, actor: Actor, today: date, destination: str = ""
) -> list[Registration]:
    """Write down that several leave together; if one can't, nobody has. Source: requirements A18.

    Raises NobodyMovesIn, NotAllowed, NotRegistered, DayInvalid, PlaceUnknown, with `about["person"]`.
    """
    _who(people, actor, today)
    with transaction.atomic():
        _lock(people)
        gone = []
        for person in people:
            with _named(person):
                gone.append(actions.end(person, left_on, today, destination))
        for row in gone:
            actions.announce_end(row, actor)
    return gone


def at_home(registration: Registration, people: Sequence[Person]) -> list[Registration]:
    """The current registrations of these people at the address of one of them, its own first. One query."""
    rows = Registration.objects.filter(person__in=people, ended_on__isnull=True).select_related("person")
    there = [row for row in rows if (row.subdistrict, row.address) == _place(registration)]
    return sorted(there, key=lambda row: (row.pk != registration.pk, row.person.born))


def _lives_there(current: Registration, stay: Stay) -> bool:
    there = addresses.key(stay.subdistrict, stay.address)
    return _place(current)[0] == stay.subdistrict and there == addresses.key(*_place(current))


def _place(row: Registration) -> tuple[str, str]:
    return row.subdistrict, row.address


def _who(people: Sequence[Person], actor: Actor, today: date) -> Sequence[Person]:
    """A citizen speaks for themself and their wards alone: other adults say it on their own phone, or come
    along to the window.
    """
    if not people:
        raise NobodyMovesIn
    wanted = {person.pk for person in people}
    if len(wanted) != len(people):
        raise NotAllowed
    if actor.kind == "citizen":
        own = set(own_and_wards(actor, today).values_list("pk", flat=True))
        if not wanted <= own:
            raise NotAllowed
    elif actor.kind not in ("staff", "system"):
        raise NotAllowed
    return people


def _lock(people: Sequence[Person]) -> None:
    """In the order of their ids, so that two forms never wait for each other."""
    for person in sorted(people, key=lambda one: one.pk):
        actions.lock(person)


@contextmanager
def _named(person: Person) -> Iterator[None]:
    """Write into an error whom it is about."""
    try:
        yield
    except JuzhuError as error:
        error.about["person"] = person.pk
        raise
