"""The only place that changes people and accounts."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from juzhu.operations import clock, events
from juzhu.operations.actors import Actor
from juzhu.operations.rules import in_force
from juzhu.people import keeping_away, records
from juzhu.people.errors import (
    BirthInvalid,
    DivisionUnknown,
    FactDayInvalid,
    FactRecorded,
    IdentityKnown,
    NotAllowed,
    NumberOfAnother,
    PersonTaken,
    PhoneInvalid,
    PhoneTaken,
    PurposeMissing,
    SourceMissing,
)
from juzhu.people.identity_numbers import EARLIEST_BIRTH, normalised
from juzhu.people.identity_provider import ConfirmedIdentity, provider
from juzhu.people.models import Account, Fact, Guardianship, Message, Person

SHORTEST_PURPOSE = 4
DIVISION_LENGTH = 6
AT_THE_WINDOW = frozenset({"clerk", "chief"})
"""Who records people that stand before them."""
MOBILE = re.compile(r"1[3-9][0-9]{9}")
"""A mainland mobile number by E.164, without its +86."""


def open_account(phone: str, password: str) -> Account:
    """Make a citizen's account. Raises PhoneInvalid, PhoneTaken."""
    if not MOBILE.fullmatch(phone):
        raise PhoneInvalid
    try:
        with transaction.atomic():
            account = Account.objects.create_account(phone, password)
            events.append("account.opened", actor=account.actor, subject=account)
    except IntegrityError as error:
        raise PhoneTaken from error
    return account


def bind_person(account: Account, name: str, identity_number: str) -> Person:
    """Check the real name with the provider and bind the account to that one person.

    Raises IdentityNotConfirmed, IdentityProviderDown, PersonTaken; and NotAllowed when the account is bound
    already.
    """
    confirmed = provider().confirm(name.strip(), normalised(identity_number))
    with transaction.atomic():
        locked = Account.objects.select_for_update().get(pk=account.pk)
        if locked.role or locked.person_id:
            raise NotAllowed
        person = _person_of(confirmed)
        if Account.objects.filter(person=person).exists():
            raise PersonTaken
        if not person.phone:
            Person.objects.filter(pk=person.pk).update(phone=account.login)
            person.phone = account.login
        locked.person = person
        locked.save(update_fields=["person"])
        events.append(
            "account.bound", actor=locked.actor, subject=locked, person_id=person.pk, source=confirmed.source
        )
    account.person = person
    return person


def _person_of(confirmed: ConfirmedIdentity) -> Person:
    person, _made = Person.objects.update_or_create(
        identity_number=confirmed.identity_number,
        defaults={
            "name": confirmed.name,
            "sex": confirmed.sex,
            "ethnic_group": confirmed.ethnic_group,
            "born": confirmed.born,
            "household_division": confirmed.household_division,
            "household_address": confirmed.household_address,
            **({"photo_id": confirmed.photo_id} if confirmed.photo_id else {}),
            "identity_confirmed_at": clock.now(),
            "identity_source": confirmed.source,
        },
    )
    return person


def record_person(identity: ConfirmedIdentity, *, actor: Actor, phone: str = "") -> Person:
    """Enter a person whose identity the provider has confirmed, without an account (a child, somebody at
    the window).
    """
    with transaction.atomic():
        person = _person_of(identity)
        if phone:
            person.phone = phone
            person.save(update_fields=["phone"])
        events.append("person.recorded", actor=actor, subject=person, person_id=person.pk)
    return person


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody without a document says of themself. `household_division` is only claimed, too."""

    name: str
    sex: int
    born: date
    household_division: str
    household_address: str = ""
    phone: str = ""
    number: str = ""
    """As they remember it; it proves nothing."""


def record_pending(claim: Claim, *, actor: Actor, today: date) -> Person:
    """Enter somebody who has no document: identity pending (身份待核实). They can register, and nothing more.

    Source: Zhejiang art. 7.2; Hangzhou art. 10. Raises NotAllowed, BirthInvalid.
    """
    _check_window(actor)
    if not EARLIEST_BIRTH <= claim.born <= today:
        raise BirthInvalid
    with transaction.atomic():
        person = Person.objects.create(
            name=claim.name.strip(),
            sex=claim.sex,
            born=claim.born,
            household_division=claim.household_division,
            household_address=claim.household_address.strip(),
            phone=claim.phone,
            claimed_number=normalised(claim.number)[:18],
            identity_source="claimed",
        )
        events.append("person.recorded", actor=actor, subject=person, person_id=person.pk, pending=True)
    return person


def confirm_pending(person: Person, name: str, identity_number: str, *, actor: Actor) -> Person:
    """Prove who a pending person is: what the provider says takes the place of what was claimed, and all that
    is registered stays theirs.

    A number that belongs to somebody already known is refused: two lives are not merged by a keystroke. The
    event keeps the names of the fields that the claim had wrong. Raises NotAllowed, IdentityKnown,
    NumberOfAnother, MergedAlready, IdentityNotConfirmed, IdentityProviderDown.
    """
    _check_window(actor)
    confirmed = provider().confirm(name.strip(), normalised(identity_number))
    try:
        with transaction.atomic():
            locked = records.hold(person)
            if locked.identity_number:
                raise IdentityKnown
            if Person.objects.filter(identity_number=confirmed.identity_number).exists():
                raise NumberOfAnother
            wrong = _take_over(locked, confirmed)
            events.append(
                "person.identity_confirmed",
                actor=actor,
                subject=locked,
                person_id=locked.pk,
                source=confirmed.source,
                claimed_otherwise=wrong,
            )
    except IntegrityError as error:
        raise NumberOfAnother from error
    return locked


def _take_over(person: Person, confirmed: ConfirmedIdentity) -> list[str]:
    """Write the proved identity; the names of the fields in which the claim differed."""
    claimed = ("name", "sex", "born", "household_division")
    wrong = [field for field in claimed if getattr(person, field) != getattr(confirmed, field)]
    for field in (*claimed, "identity_number", "ethnic_group", "household_address"):
        setattr(person, field, getattr(confirmed, field))
    if confirmed.photo_id:
        person.photo_id = confirmed.photo_id
    person.identity_confirmed_at, person.identity_source = clock.now(), confirmed.source
    person.save()
    return wrong


def record_phone(person: Person, phone: str, *, actor: Actor) -> None:
    """Keep the number under which somebody wants to be told, when they have given none before."""
    with transaction.atomic():
        if Person.objects.filter(pk=person.pk, phone="").update(phone=phone):
            events.append("person.phone_recorded", actor=actor, subject=person, person_id=person.pk)


def _check_window(actor: Actor) -> None:
    if actor.kind != "staff" or actor.role not in AT_THE_WINDOW:
        raise NotAllowed


def record_guardianship(guardian: Person, child: Person, source: str, *, actor: Actor) -> Guardianship:
    """Record that somebody is a child's guardian, and who says so."""
    with transaction.atomic():
        row, made = Guardianship.objects.get_or_create(
            guardian=guardian, child=child, ended_on=None, defaults={"source": source}
        )
        if made:
            events.append("guardianship.recorded", actor=actor, subject=row, person_id=child.pk)
    return row


RECORDS_FACTS = frozenset({"clerk", "chief"})
ATTESTS_FACTS = "public_security"
Consequence = Callable[[Person, date], None]
_before_facts: list[Consequence] = []


def before_fact(write: Consequence) -> Consequence:
    """Call the decorated function when a death or a household is about to be recorded, in the same
    transaction: what time and earlier facts have done by then stays done, and the person's row won't tell of
    it any more.
    """
    _before_facts.append(write)
    return write


def record_death(person: Person, on: date, source: str, *, actor: Actor, today: date) -> Person:
    """Record that somebody has died, by whom or what that is proved. Whatever ends with a life has ended with
    this row. The caller has checked the officer's area. Source: Hangzhou art. 21(3).

    Raises NotAllowed, SourceMissing, FactDayInvalid, FactRecorded.
    """
    _may_record(actor, source)
    with transaction.atomic():
        locked = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        if locked.died_on is not None:
            raise FactRecorded
        if not locked.born <= on <= today:
            raise FactDayInvalid
        for write in _before_facts:
            write(locked, today)
        locked.died_on = on
        locked.save(update_fields=["died_on"])
        fact = _fact(locked, Fact.DEATH, on, source, actor)
        events.append(
            "person.died",
            actor=actor,
            subject=locked,
            person_id=locked.pk,
            fact=fact.pk,
            on=on,
            source=source.strip()[:200],
        )
    return locked


def record_household(
    person: Person, division: str, address: str, on: date, source: str, *, actor: Actor, today: date
) -> Person:
    """Record where somebody's household registration is now. Moved into the urban area, they need no permit
    any more, from that day; moved out of it again, they come under this service anew. The caller has
    checked the officer's area. Source: Hangzhou art. 21(2); requirements A01.

    Raises NotAllowed, SourceMissing, FactDayInvalid, DivisionUnknown.
    """
    _may_record(actor, source)
    if not (len(division) == DIVISION_LENGTH and division.isascii() and division.isdecimal()):
        raise DivisionUnknown
    urban = in_force(today).parameters.urban_divisions
    with transaction.atomic():
        locked = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        if not locked.born <= on <= today:
            raise FactDayInvalid
        was_local, local = locked.household_division in urban, division in urban
        for write in _before_facts:
            write(locked, today)
        was: dict[str, object] = {
            "was_local": was_local,
            "was_division": locked.household_division,
            "was_address": locked.household_address,
            "was_local_since": locked.local_since,
        }
        now: dict[str, object] = {"local": local, "division": division, "address": address.strip()}
        fact = _fact(locked, Fact.HOUSEHOLD, on, source, actor, **now, **was)
        locked.household_division, locked.household_address = division, address.strip()
        if local and not was_local:
            locked.local_since = on
        elif not local:
            locked.local_since = None
        locked.save(update_fields=["household_division", "household_address", "local_since"])
        about = {"fact": fact.pk, "on": on, "local": local, "division": division, "source": fact.source}
        events.append("person.household_moved", actor=actor, subject=locked, person_id=locked.pk, **about)
    return locked


def _fact(person: Person, kind: str, on: date, source: str, actor: Actor, **said: object) -> Fact:
    return Fact.objects.create(
        person=person,
        kind=kind,
        on=on,
        source=source.strip()[:200],
        recorded_at=clock.now(),
        recorded_by_id=actor.account_id,
        **said,
    )


def _may_record(actor: Actor, source: str) -> None:
    attests = actor.role == "department" and actor.department == ATTESTS_FACTS
    if actor.kind != "system" and not (actor.kind == "staff" and (actor.role in RECORDS_FACTS or attests)):
        raise NotAllowed
    if len(source.strip()) < SHORTEST_PURPOSE:
        raise SourceMissing


def correct_identity(person: Person, **said: object) -> Person:
    """Mend what is recorded of somebody, as a proof or the provider says. In the caller's transaction, whose
    event tells of it. Source: Hangzhou art. 18. Raises PersonTaken when a number is another's.
    """
    locked = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    for name, value in said.items():
        setattr(locked, name, value)
    try:
        with transaction.atomic():
            locked.save(update_fields=list(said))
    except IntegrityError as error:
        raise PersonTaken from error
    return locked


def reveal_identity_number(person: Person, purpose: str, *, actor: Actor) -> str:
    """Show an officer one whole number, for a stated purpose, and log it: the proved one, or else what was
    claimed. The caller has checked their area.

    Raises NotAllowed, ConflictOfInterest, PurposeMissing.
    """
    if actor.kind != "staff":
        raise NotAllowed
    keeping_away.check(actor, person)
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        raise PurposeMissing
    events.append(
        "person.number_revealed",
        actor=actor,
        subject=person,
        person_id=person.pk,
        purpose=purpose.strip()[:200],
    )
    return person.identity_number or person.claimed_number


def log_reading(person_id: int, page: str, *, actor: Actor) -> None:
    """Log that an officer read somebody's record. Every page that shows one calls this."""
    events.append("person.read", actor=actor, subject=Person(pk=person_id), person_id=person_id, page=page)


def tell(person_id: int, kind: str, key: str, **about: object) -> bool:
    """Put a message into somebody's inbox; False when it was there already."""
    _message, made = Message.objects.get_or_create(
        key=key, defaults={"person_id": person_id, "kind": kind, "about": about, "sent_at": clock.now()}
    )
    return made


def mark_read(message: Message) -> None:
    """Remember when a message was first opened."""
    Message.objects.filter(pk=message.pk, read_at__isnull=True).update(read_at=clock.now())
