"""Making the rows of a filing: matched, judged, numbered and written some thousands at a time, so that fifty
thousand reports lie in memory no more than a batch at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

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

    def due_on(self, entry: Entry) -> date | None:
        """The last day in time, reckoned once for each day and kind."""
        known = (entry.kind, entry.happened_on)
        if known not in self.days:
            told_on = self.follows.reported_on if self.follows else None
            self.days[known] = due_on(entry, self.reporter, told_on, self.rules)
        return self.days[known]


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
    rows, became = [], []
    for number, (fingerprint, entry), match in zip(run, entries.items(), matches, strict=True):
        registered = current.get(match.person.pk) if match.person else None
        outcome = outcomes.of(entry, match, registered, employer, urban)
        home = homes and homes.get((entry.subdistrict, addresses.key(entry.subdistrict, entry.address)))
        row = values(filing, entry, match, outcome, fingerprint)
        rows.append(row | {"number": number, "dwelling_id": home.pk if home else None})
        if outcome.invites or outcome.proposes or outcome.contradicts:
            became.append((number, row, outcome, registered))
    bulk.insert(Report, rows)
    _consequences(became, filing)
    contradictions.note({entry.identity_number for entry in told if entry.kind == LEASE} - {""}, run)
    return run


def values(filing: Filing, entry: Entry, match: Match, outcome: Outcome, fingerprint: str) -> dict[str, Any]:
    """The columns of one report, but for its number."""
    organisation, landlord = filing.reporter.organisation, filing.reporter.person
    return {
        "organisation_id": organisation.pk if organisation else None,
        "reporter_id": landlord.pk if landlord else None,
        "kind": entry.kind,
        "phase": entry.phase,
        "reported_by_id": filing.actor.account_id,
        "reported_at": filing.now,
        "reported_on": filing.today,
        "channel": filing.channel,
        "sheet_id": filing.sheet.pk if filing.sheet else None,
        "happened_on": entry.happened_on,
        "due_on": filing.due_on(entry),
        "name": entry.name.strip(),
        "identity_number": entry.identity_number,
        "born": entry.born,
        "phone": entry.phone,
        "area": entry.subdistrict or filing.reporter.area,
        "community_id": entry.community or None,
        "address": entry.address.strip(),
        "until_on": entry.until_on,
        "about": entry.about,
        "follows_id": filing.follows.pk if filing.follows else None,
        "person_id": match.person.pk if match.person else None,
        "score": match.score if match.person else None,
        "reasons": list(match.reasons),
        "state": outcome.state,
        "outcome": outcome.outcome,
        "settled_on": filing.today if outcome.state == "settled" else None,
        "fingerprint": fingerprint,
    }


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
    keys = sorted({addresses.key(entry.subdistrict, entry.address) for entry in entries if entry.address})
    found = {}
    for start in range(0, len(keys), CHUNK):
        for row in Dwelling.objects.filter(address_key__in=keys[start : start + CHUNK], gone_on__isnull=True):
            found[row.subdistrict, row.address_key] = row
    return found


def _consequences(
    became: Sequence[tuple[str, Mapping[str, Any], Outcome, Registration | None]], filing: Filing
) -> None:
    known = _keys([number for number, *_rest in became])
    invitations, proposals, doubted = [], [], []
    for number, row, outcome, registered in became:
        report: dict[str, Any] = {"report_id": known[number]}
        if outcome.invites:
            invitations.append(
                report
                | {
                    "person_id": row["person_id"],
                    "phone": row["phone"],
                    "sent_at": filing.now,
                    "expires_on": filing.today + INVITED_FOR,
                }
            )
        at = {"registration_id": registered.pk if registered else None}
        if outcome.proposes and registered:
            change = outcome.proposes
            about = {"change": change.change, "was": change.was[:200], "wanted": change.wanted[:200]}
            proposals.append(report | at | about | {"made_at": filing.now})
        if outcome.contradicts:
            doubted.append(
                report | at | {"area": row["area"], "code": outcome.contradicts, "found_at": filing.now}
            )
    bulk.insert(Invitation, invitations)
    bulk.insert(Proposal, proposals)
    bulk.insert(Contradiction, doubted)


def _keys(run: Sequence[str]) -> dict[str, int]:
    """The primary keys of reports, by number."""
    found: dict[str, int] = {}
    for start in range(0, len(run), CHUNK):
        rows = Report.objects.filter(number__in=run[start : start + CHUNK]).order_by()
        found |= dict(rows.values_list("number", "pk"))
    return found
