"""Permits with invented histories, made quickly: rows as the rooms' actions leave them, by a seeded die."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from juzhu.law.calendar import ONE_DAY
from juzhu.operations.actors import SYSTEM
from juzhu.operations.rules import in_force
from juzhu.people.models import Person
from juzhu.permits import versions
from juzhu.permits.models import Application, Endorsement, Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.transitions import State
from juzhu.registration.models import Registration

LONG_AGO = date(2022, 2, 1)
OUTSIDE = ("", "330122", "110101")
WITHIN = ("330106", "330181")


@dataclass
class Life:
    """One invented holder. `until`: all has happened by then."""

    dice: Random
    until: date
    number: int

    def permit(self) -> Permit:
        """The permit with all that has become of it."""
        person = make.make_person(f"周{self.number}")
        issued = self._day(LONG_AGO, self.until)
        permit = Permit.objects.create(
            number=f"330105{issued.year}{self.number:08d}",
            public_id=secrets.token_hex(8),
            person=person,
            issued_on=issued,
            area=make.AREA,
            cached_until=issued,
        )
        self._register(person, issued)
        self._cache(permit, issued)
        versions.make(permit, "issued", actor=SYSTEM, today=issued)
        for _year in range(self.dice.choice((0, 0, 1, 1, 2, 3))):
            self._endorse(permit)
        self._ask(permit)
        self._end(permit)
        self._leave(person)
        return permit

    def _day(self, first: date, last: date) -> date:
        """Any day of these, the last one rather often."""
        if self.dice.random() < 0.2:
            return max(first, last)
        return first + timedelta(days=self.dice.randint(0, max(0, (last - first).days)))

    def _cache(self, permit: Permit, day: date) -> None:
        fresh = Permit.objects.prefetch_related("endorsements", "applications").get(pk=permit.pk)
        permit.cached_until = fresh.status(in_force(day), day).valid_until
        permit.save(update_fields=["cached_until"])

    def _endorse(self, permit: Permit) -> None:
        """In time, or up to half a year late."""
        fresh = Permit.objects.prefetch_related("endorsements", "applications").get(pk=permit.pk)
        window = fresh.status(in_force(self.until), self.until).window
        day = self._day(window.opens, window.closes + timedelta(days=self.dice.choice((0, 0, 180))))
        if day > self.until or permit.endorsements.filter(on__gte=day).exists():
            return
        Endorsement.objects.create(
            permit=permit, application=self._application(permit, day, State.ISSUED), on=day
        )
        self._cache(permit, day)
        versions.make(permit, "endorsed", actor=SYSTEM, today=day)

    def _ask(self, permit: Permit) -> None:
        """An endorsement that is in hand, in one state or another, or was answered."""
        state = self.dice.choice(
            (
                None,
                None,
                State.DRAFT,
                State.SUBMITTED,
                State.SUPPLEMENT_REQUESTED,
                State.ACCEPTED,
                State.REFUSED,
            )
        )
        filed = self._day(permit.cached_until - timedelta(days=35), permit.cached_until + timedelta(days=6))
        if state and permit.issued_on < filed <= self.until:
            self._application(permit, None if state == State.DRAFT else filed, state)

    def _application(self, permit: Permit, filed: date | None, state: State) -> Application:
        begun = datetime.combine(filed or self.until, time(1), UTC)
        return Application.objects.create(
            person_id=permit.person_id,
            kind=Application.ENDORSEMENT,
            route="employment",
            permit=permit,
            state=state,
            policy_id="gongshu-2022",
            started_at=begun,
            saved_at=begun,
            filed_on=filed,
            examine_by=filed and filed + timedelta(days=7),
            supplement_by=self._day(filed, self.until + timedelta(days=300))
            if filed and state == State.SUPPLEMENT_REQUESTED
            else None,
        )

    def _end(self, permit: Permit) -> None:
        how = self.dice.choice(("", "", "", "", "terminated", "death", "local", "both"))
        if how in {"terminated", "both"}:
            permit.terminated_on = self._day(permit.issued_on, self.until)
            permit.termination_reason = "fraud"
            permit.save()
        if how in {"death", "both"}:
            Person.objects.filter(pk=permit.person_id).update(died_on=self._day(LONG_AGO, self.until))
        if how == "local":
            Person.objects.filter(pk=permit.person_id).update(local_since=self._day(LONG_AGO, self.until))

    def _register(self, person: Person, issued: date) -> None:
        self._stay(person, issued - timedelta(days=200))

    def _leave(self, person: Person) -> None:
        """Gone to somewhere, perhaps back again, perhaps with a second record's stay merged in."""
        last = Registration.objects.get(person=person)
        for _time in range(self.dice.choice((0, 0, 1, 1, 2))):
            last.ended_on = self._day(last.registered_on, self.until)
            last.end_reason = self.dice.choice(("left", "left", "left", "moved"))
            if last.end_reason == "left":
                last.destination = self.dice.choice((*OUTSIDE, *WITHIN))
            last.save()
            if self.dice.random() < 0.4:
                return
            last = self._stay(person, self._day(last.ended_on, last.ended_on + timedelta(days=40)))
        if self.dice.random() < 0.2:
            ended = self.dice.choice((last.ended_on, self._day(last.registered_on, self.until)))
            if ended:
                doubled = self._stay(person, last.registered_on, ended_on=ended)
                doubled.end_reason, doubled.destination = "left", self.dice.choice((*OUTSIDE, *WITHIN))
                doubled.save()

    def _stay(self, person: Person, since: date, **about: date) -> Registration:
        return Registration.objects.create(
            number=f"DJ-{secrets.token_hex(6)}",
            person=person,
            division="330105",
            subdistrict=make.AREA,
            address="桥弄街（示例）",
            arrived_on=since,
            registered_on=since,
            reason="work",
            dwelling_kind="rented",
            due_on=since + 10 * ONE_DAY,
            **about,
        )
