"""Filing reports: one or fifty thousand, in one transaction, under one event. Made here alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from juzhu.law.policy import Policy
from juzhu.operations import clock, events, numbers
from juzhu.operations.actors import Actor
from juzhu.operations.rules import in_force
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Organisation
from juzhu.registration import addresses
from juzhu.registration.errors import NothingReported, PropertyFirmUnknown, ReportInvalid
from juzhu.registration.models import (
    Community,
    Contradiction,
    Dwelling,
    Invitation,
    Proposal,
    Registration,
    Report,
    Sheet,
)
from juzhu.registration.reporting import contradictions, matching, outcomes
from juzhu.registration.reporting.entries import LEASE, Entry, Reporter, due_on, look
from juzhu.registration.reporting.matching import Match
from juzhu.registration.reporting.outcomes import Outcome

CHUNK = 500
INVITED_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Filed:
    """A report, and whether it is a new one or the same as one that was there."""

    report: Report
    new: bool


def file(
    reporter: Reporter,
    entries: Sequence[Entry],
    *,
    actor: Actor,
    today: date,
    channel: str = "page",
    sheet: Sheet | None = None,
    follows: Report | None = None,
) -> list[Filed]:
    """File what is reported, in order. What was reported before is given back as it is: sending again is
    safe. Each is matched, and makes an invitation, a proposed change, or work for the community's officer.

    Source: Zhejiang arts. 8 to 12; requirements B01 to B08.
    Raises NotAllowed, NothingReported, and ReportInvalid with `about["faults"]` by place and field: then
    nothing was filed.
    """
    _check_actor(reporter, actor)
    if not entries:
        raise NothingReported
    loaded = set(Community.objects.values_list("subdistrict", "code"))
    faults = {
        at: seen.faults
        for at, entry in enumerate(entries)
        if (seen := look(entry, reporter, today, loaded)).faults
    }
    if faults:
        raise ReportInvalid(faults=faults)
    with transaction.atomic():
        _lock(reporter)
        known = _reported(reporter, [entry.fingerprint for entry in entries])
        missing = {entry.fingerprint: entry for entry in entries if entry.fingerprint not in known}
        made = _make(reporter, list(missing.values()), actor, today, channel, sheet, follows)
        contradictions.note(made)
        everything = known | {report.fingerprint: report for report in made}
        if made:
            _announce(made, sheet, actor)
    new = {report.fingerprint for report in made}
    found = []
    for entry in entries:
        found.append(Filed(everything[entry.fingerprint], entry.fingerprint in new))
        new.discard(entry.fingerprint)
    return found


def tell_property_firm(
    reporter: Reporter, entry: Entry, firm: Organisation, *, actor: Actor, today: date
) -> Report:
    """Let a landlord tell the property firm instead of the police; the firm has its own three working days
    from today, and sees it in its list. Source: Zhejiang arts. 9, 10; requirements B03, B06.

    Raises what `file` raises, and PropertyFirmUnknown.
    """
    if "property" not in firm.trades or firm.closed_on or entry.kind != LEASE:
        raise PropertyFirmUnknown
    _check_actor(reporter, actor)
    seen = look(entry, reporter, today, set(Community.objects.values_list("subdistrict", "code")))
    if seen.faults:
        raise ReportInvalid(faults={0: seen.faults})
    with transaction.atomic():
        _lock(reporter)
        known = _reported(reporter, [entry.fingerprint])
        if entry.fingerprint in known:
            return known[entry.fingerprint]
        row = _row(reporter, entry, Match(), Outcome("passed"), actor, today, "page", in_force(today))
        row.number, row.passed_to = numbers.yearly(settings.JUZHU_REPORT_PREFIX, today.year), firm
        row.save(force_insert=True)
        events.append("report.passed", actor=actor, subject=row, number=row.number, firm=firm.pk)
    return row


def withdraw(report: Report, reason: str, *, actor: Actor) -> Report:
    """Take back what was reported by mistake. What had already been answered stays as it was answered.

    Raises NotAllowed, ReasonMissing.
    """
    with transaction.atomic():
        locked = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        _check_actor(Reporter(locked.organisation, locked.reporter), actor)
        if locked.state == "withdrawn":
            return locked
        locked.state, locked.said = "withdrawn", reason.strip()[:400]
        locked.save(update_fields=["state", "said"])
        Proposal.objects.filter(report=locked, state="open").update(state="declined", answered_at=clock.now())
        Contradiction.objects.filter(report=locked, settled_at__isnull=True).update(settled_at=clock.now())
        events.append("report.withdrawn", actor=actor, subject=locked, number=locked.number)
    return locked


def _announce(made: Sequence[Report], sheet: Sheet | None, actor: Actor) -> None:
    """One event for all, so that the audit trail is locked for a moment only."""
    first, last = made[0], made[-1]
    events.append(
        "reports.filed",
        actor=actor,
        subject=sheet or first,
        reports=[] if sheet else [report.pk for report in made],
        first=first.number,
        last=last.number,
        count=len(made),
    )


def _check_actor(reporter: Reporter, actor: Actor) -> None:
    """An organisation's own people, or the landlord themself. Anybody else is not allowed."""
    if reporter.organisation is not None:
        if actor.kind != "reporter" or actor.organisation_id != reporter.organisation.pk:
            raise NotAllowed
    elif reporter.person is None or actor.kind != "citizen" or actor.person_id != reporter.person.pk:
        raise NotAllowed


def _lock(reporter: Reporter) -> None:
    """One filing of a reporter at a time, so that the same thing sent twice at once is kept once."""
    owner = reporter.organisation or reporter.person
    assert owner is not None
    type(owner)._default_manager.select_for_update(no_key=True).get(pk=owner.pk)


def _reported(reporter: Reporter, fingerprints: Collection[str]) -> dict[str, Report]:
    wanted = sorted(set(fingerprints))
    found: dict[str, Report] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = Report.objects.filter(**reporter.scope, fingerprint__in=wanted[start : start + CHUNK])
        found |= {row.fingerprint: row for row in rows.exclude(state="withdrawn")}
    return found


def _make(
    reporter: Reporter,
    entries: list[Entry],
    actor: Actor,
    today: date,
    channel: str,
    sheet: Sheet | None,
    follows: Report | None,
) -> list[Report]:
    rules = in_force(today)
    matches = matching.find(entries)
    current = _current([match.person.pk for match in matches if match.person])
    homes = _dwellings(entries)
    employer = reporter.organisation.name if reporter.organisation else ""
    first = numbers.run(settings.JUZHU_REPORT_PREFIX, today.year, len(entries))
    rows, became = [], []
    for number, entry, match in zip(first, entries, matches, strict=True):
        registered = current.get(match.person.pk) if match.person else None
        outcome = outcomes.of(entry, match, registered, employer, rules.parameters.urban_divisions)
        row = _row(reporter, entry, match, outcome, actor, today, channel, rules, follows)
        row.number, row.sheet = number, sheet
        row.dwelling = homes.get((entry.subdistrict, addresses.key(entry.subdistrict, entry.address)))
        rows.append(row)
        became.append((row, outcome, registered))
    made = Report.objects.bulk_create(rows, batch_size=CHUNK)
    _consequences(became, today)
    return made


def _row(
    reporter: Reporter,
    entry: Entry,
    match: Match,
    outcome: Outcome,
    actor: Actor,
    today: date,
    channel: str,
    rules: Policy,
    follows: Report | None = None,
) -> Report:
    settled = outcome.state == "settled"
    told_on = follows.reported_on if follows else None
    return Report(
        **reporter.scope,
        kind=entry.kind,
        phase=entry.phase,
        reported_by_id=actor.account_id,
        reported_at=clock.now(),
        reported_on=today,
        channel=channel,
        happened_on=entry.happened_on,
        due_on=due_on(entry, reporter, told_on, rules),
        name=entry.name.strip(),
        identity_number=entry.identity_number,
        born=entry.born,
        phone=entry.phone,
        area=entry.subdistrict or reporter.area,
        community_id=entry.community or None,
        address=entry.address.strip(),
        until_on=entry.until_on,
        about=entry.about,
        follows=follows,
        person=match.person,
        score=match.score if match.person else None,
        reasons=list(match.reasons),
        state=outcome.state,
        outcome=outcome.outcome,
        settled_on=today if settled else None,
        fingerprint=entry.fingerprint,
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
    keys = sorted({addresses.key(entry.subdistrict, entry.address) for entry in entries if entry.address})
    found = {}
    for start in range(0, len(keys), CHUNK):
        for row in Dwelling.objects.filter(address_key__in=keys[start : start + CHUNK], gone_on__isnull=True):
            found[row.subdistrict, row.address_key] = row
    return found


def _consequences(became: Sequence[tuple[Report, Outcome, Registration | None]], today: date) -> None:
    now = clock.now()
    invitations, proposals, doubted = [], [], []
    for report, outcome, registered in became:
        if outcome.invites:
            invitations.append(
                Invitation(
                    report=report,
                    person_id=report.person_id,
                    phone=report.phone,
                    sent_at=now,
                    expires_on=today + INVITED_FOR,
                )
            )
        if outcome.proposes and registered:
            about: dict[str, Any] = {
                "change": outcome.proposes.change,
                "was": outcome.proposes.was[:200],
                "wanted": outcome.proposes.wanted[:200],
            }
            proposals.append(Proposal(report=report, registration=registered, made_at=now, **about))
        if outcome.contradicts:
            doubted.append(
                Contradiction(
                    area=report.area, code=outcome.contradicts, report=report, registration=registered,
                    found_at=now,
                )
            )  # fmt: skip
    Invitation.objects.bulk_create(invitations, batch_size=CHUNK)
    Proposal.objects.bulk_create(proposals, batch_size=CHUNK)
    Contradiction.objects.bulk_create(doubted, batch_size=CHUNK)
