"""What permits do when something below them has happened: a move, a new workplace, a death, a household
moved.

Everything here only writes down what the dates and the register say already: pages and the API are right
before a worker ran.
"""

from datetime import date

from django.db import transaction

from juzhu.operations import clock, events
from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Event
from juzhu.people.models import Person, UndoneFact
from juzhu.permits import issuing, moves, rota, versions
from juzhu.permits.models import Application, Permit
from juzhu.permits.timing import Standing
from juzhu.permits.transitions import OPEN, State
from juzhu.registration.models import Registration

CHANGES = {
    "moved": ("residence_address",),
    "workplace": ("workplace", "workplace_since"),
    "household": ("household_division", "household_address"),
}
"""Which entries of the permit each of these is about."""
HANDS = ("draft", *OPEN)


@events.subscribe("registration.opened", "registration.moved")
def follow_to_the_station(event: Event) -> None:
    """A move inside the urban area: the same permit, a new version, and the station in charge of the new
    address has permit and open applications. Source: Zhejiang art. 19; requirements CF17, E08.
    """
    moved = Registration.objects.get(pk=event.subject_id)
    if moved.ended_on is not None:
        return
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=moved.person_id)
        rows = Application.objects.select_for_update(of=("self",)).filter(
            person_id=moved.person_id, state__in=HANDS
        )
        cases = [case for case in rows if case.area != moved.subdistrict]  # held before the permit is
        _reassign_permit(moved)
        for case in cases:
            _reassign_case(case, moved.subdistrict)


def _reassign_permit(moved: Registration) -> None:
    permit = _running(moved.person_id)
    if permit is None:
        return
    was, permit.area = permit.area, moved.subdistrict
    permit.save(update_fields=["area"])
    _write_version(permit, "moved", was=was, area=moved.subdistrict)


def _reassign_case(case: Application, area: str) -> None:
    """Give a case to the station of the new address, and to somebody there; what time or a fact has ended
    stays where it ended.
    """
    today = clock.today()
    rows = Application.objects.select_for_update(of=("self",)).select_related("person")
    locked = rows.get(pk=case.pk)
    state = Standing.of(locked, today).state
    if state not in HANDS:
        return
    was, locked.area, locked.assigned_to_id = locked.area, area, None
    if state in OPEN:
        locked.assigned_to_id = rota.next_officer(locked, state, today, avoid={locked.accepted_by_id})
    locked.save(update_fields=["area", "assigned_to"])
    if locked.state != State.DRAFT:
        events.append(
            "application.reassigned",
            actor=SYSTEM,
            subject=locked,
            person_id=locked.person_id,
            was=was,
            area=area,
            assigned_to=locked.assigned_to_id,
        )


@events.subscribe("registration.workplace")
def follow_to_the_workplace(event: Event) -> None:
    """A new place of work: the same permit, a new version. Source: Zhejiang art. 19."""
    with transaction.atomic():
        permit = _running(whose(event))
        if permit is not None:
            _write_version(permit, "workplace")


@events.subscribe("person.died")
def end_with_a_life(event: Event) -> None:
    """Write down what a death has ended. Source: Hangzhou art. 21(3)."""
    _end_all(event, "death")


@events.subscribe("person.household_moved")
def end_or_go_on(event: Event) -> None:
    """A household moved into the urban area ends a permit; moved elsewhere, the permit says so. Source:
    Hangzhou art. 21(2).
    """
    if event.data["local"]:
        _end_all(event, "local_household")
        return
    with transaction.atomic():
        permit = _running(whose(event))
        if permit is not None:
            _write_version(permit, "household")


def _end_all(event: Event, reason: str) -> None:
    """By the event's own day: whatever else has become of the person meanwhile, as long as it was not found
    to be wrong.
    """
    on, person_id = date.fromisoformat(event.data["on"]), whose(event)
    today = clock.today()
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=person_id)
        if not UndoneFact.objects.filter(fact=event.data.get("fact")).exists():
            for permit in Permit.objects.filter(person_id=person_id, terminated_on=None):
                issuing.terminate(permit, reason, actor=SYSTEM, on=on)
    for case in Application.objects.filter(person_id=person_id, state__in=HANDS).select_related("person"):
        moves.catch_up(case, today)


def whose(event: Event) -> int:
    """The person that an event is about."""
    assert event.person_id is not None
    return event.person_id


def _running(person_id: int) -> Permit | None:
    """The person's permit that has not ended, held until commit; the person is held first, as everywhere."""
    person = Person.objects.select_for_update(no_key=True).get(pk=person_id)
    permit = Permit.objects.filter(person=person, terminated_on=None).first()
    locked = issuing.locked(permit) if permit else None
    return locked if locked and locked.ended_on is None else None


def _write_version(permit: Permit, reason: str, **about: object) -> None:
    """One version more, unless the register says of it what the latest one says."""
    today = clock.today()
    if not versions.differs(permit, CHANGES[reason], today):
        return
    made = versions.make(permit, reason, actor=SYSTEM, today=today)
    events.append(
        "permit.version_made",
        actor=SYSTEM,
        subject=permit,
        person_id=permit.person_id,
        reason=reason,
        version=made.number,
        **about,
    )
