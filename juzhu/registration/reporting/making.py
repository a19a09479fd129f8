"""Making the rows of a filing: matched, judged, numbered and written some thousands at a time, so that fifty
thousand reports lie in memory no more than a batch at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import F

from juzhu.law.policy import Policy
from juzhu.operations import bulk, clock, numbers
from juzhu.operations.actors import Actor
from juzhu.operations.rules import in_force
from juzhu.registration import addresses
from juzhu.registration.models import (
    Contradiction,
    Dwelling,
    Invitation,
    Proposal,
    Registration,
    Report,
    Sheet,
)
from juzhu.registration.reporting import contradictions, matching, outcomes
from juzhu.registration.reporting.entries import LEASE, Entry, Reporter, due_on
from juzhu.registration.reporting.matching import Match
from juzhu.registration.reporting.outcomes import Outcome

CHUNK = 500
INVITED_FOR = timedelta(days=30)
COLUMNS = (
    "kind", "phase", "happened_on", "due_on", "name", "identity_number", "born", "phone", "area",
    "community_id", "address", "until_on", "about", "person_id", "score", "reasons", "state", "outcome",
    "settled_on", "fingerprint",
)  # fmt: skip
"""Of a report, those that are its own. Its number is given when it is written."""


@dataclass(slots=True)
class Filing:
    """What all reports of one filing have in common. The clock is read once."""

    reporter: Reporter
    actor: Actor
    today: date
    channel: str = "page"
    sheet: Sheet | None = None
    follows: Report | None = None
    rules: Policy = field(init=False)
    now: datetime = field(default_factory=clock.now)
    days: dict[tuple[str, date], date | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rules = in_force(self.today)

    @property
    def same(self) -> dict[str, Any]:
        """The columns of a report that are the same in all of them."""
        organisation, landlord = self.reporter.organisation, self.reporter.person
        return {
            "organisation_id": organisation.pk if organisation else None,
            "reporter_id": landlord.pk if landlord else None,
            "reported_by_id": self.actor.account_id,
            "reported_at": self.now,
            "reported_on": self.today,
            "channel": self.channel,
            "sheet_id": self.sheet.pk if self.sheet else None,
            "follows_id": self.follows.pk if self.follows else None,
        }

    def due_on(self, entry: Entry) -> date | None:
        """The last day in time, reckoned once for each day and kind."""
        known = (entry.kind, entry.happened_on)
        if known not in self.days:
            told_on = self.follows.reported_on if self.follows else None
            self.days[known] = due_on(entry, self.reporter, told_on, self.rules)
        return self.days[known]


class Became(NamedTuple):
    """A report that leads to something: its number and area, to what, the registration that it is about."""

    number: str
    area: str
    outcome: Outcome
    registered: Registration | None


def make(filing: Filing, entries: Mapping[str, Entry]) -> list[str]:
    """Write a batch of reports that nobody has made before, by their fingerprints, with what they lead to, in
    the caller's transaction. Returns their numbers, in order.
    """
    told = list(entries.values())
    matches = matching.find(told)
    current = _current([match.person.pk for match in matches if match.person])
    homes = _dwellings(told)
    organisation = filing.reporter.organisation
    employer = organisation.name if organisation else ""
    urban = filing.rules.parameters.urban_divisions
    run = numbers.run(settings.JUZHU_REPORT_PREFIX, filing.today.year, len(told))
    became: list[Became] = []

    def rows() -> Iterator[tuple[Any, ...]]:
        for number, (fingerprint, entry), match in zip(run, entries.items(), matches, strict=True):
            registered = current.get(match.person.pk) if match.person else None
            outcome = outcomes.of(entry, match, registered, employer, urban)
            if outcome.invites or outcome.proposes or outcome.contradicts:
                became.append(Became(number, entry.subdistrict or filing.reporter.area, outcome, registered))
            home = homes and homes.get((entry.subdistrict, addresses.key(entry.subdistrict, entry.address)))
            yield (*values(filing, entry, match, outcome, fingerprint), number, home.pk if home else None)

    bulk.insert(Report, (*COLUMNS, "number", "dwelling_id"), rows(), filing.same)
    _consequences(became, filing)
    contradictions.note({entry.identity_number for entry in told if entry.kind == LEASE} - {""}, run)
    return run


def values(filing: Filing, entry: Entry, match: Match, outcome: Outcome, fingerprint: str) -> tuple[Any, ...]:
    """Of one report what `COLUMNS` names."""
    person = match.person
    return (
        entry.kind,
        entry.phase,
        entry.happened_on,
        filing.due_on(entry),
        entry.name.strip(),
        entry.identity_number,
        entry.born,
        entry.phone,
        entry.subdistrict or filing.reporter.area,
        entry.community or None,
        entry.address.strip(),
        entry.until_on,
        entry.about,
        person.pk if person else None,
        match.score if person else None,
        list(match.reasons),
        outcome.state,
        outcome.outcome,
        filing.today if outcome.state == "settled" else None,
        fingerprint,
    )


def _current(person_ids: Collection[int]) -> dict[int, Registration]:
    wanted = sorted(set(person_ids))
    found: dict[int, Registration] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = Registration.objects.filter(
            person__in=wanted[start : start + CHUNK], ended_on__isnull=True
        ).select_related("community")
        found |= {row.person_id: row for row in rows}
    return found


def _dwellings(entries: Sequence[Entry]) -> dict[tuple[str, str], Dwelling]:
    keys = {addresses.key(entry.subdistrict, entry.address) for entry in entries if entry.address}
    rows = Dwelling.objects.filter(address_key__among=keys, gone_on__isnull=True)
    return {(row.subdistrict, row.address_key): row for row in rows}


def _consequences(became: Sequence[Became], filing: Filing) -> None:
    """An invitation, a proposed change, a contradiction to the register: what each has led to."""
    invited = Report.objects.filter(number__among=[one.number for one in became if one.outcome.invites])
    about = {"report_id": F("pk"), "person_id": F("person_id"), "phone": F("phone")}
    expires_on = filing.today + INVITED_FOR
    bulk.insert_selected(Invitation, invited, {**about, "sent_at": filing.now, "expires_on": expires_on})
    told = [one for one in became if not one.outcome.invites]
    if not told:
        return
    made = Report.objects.filter(number__among=[one.number for one in told])
    keys = dict(made.values_list("number", "pk"))
    proposals = [
        (keys[one.number], one.registered.pk, change.change, change.was[:200], change.wanted[:200])
        for one in told
        if one.registered and (change := one.outcome.proposes)
    ]
    bulk.insert(
        Proposal,
        ("report_id", "registration_id", "change", "was", "wanted"),
        proposals,
        {"made_at": filing.now},
    )
    doubted = [
        (keys[one.number], one.registered and one.registered.pk, one.area, one.outcome.contradicts)
        for one in told
        if one.outcome.contradicts
    ]
    columns = ("report_id", "registration_id", "area", "code")
    bulk.insert(Contradiction, columns, doubted, {"found_at": filing.now})
