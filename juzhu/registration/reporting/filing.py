"""Filing reports: one or fifty thousand, in one transaction, under one event. Made here alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from juzhu.operations import clock, events, numbers
from juzhu.operations.actors import Actor
from juzhu.operations.lookups import Word
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Organisation
from juzhu.registration.errors import (
    AnsweredAlready,
    NothingReported,
    PropertyFirmUnknown,
    ReportInvalid,
    SaidTooLittle,
)
from juzhu.registration.models import VOID, Community, Contradiction, Proposal, Report, Sheet
from juzhu.registration.reporting.entries import LEASE, Entry, Reporter, look
from juzhu.registration.reporting.making import COLUMNS, Filing, make, values
from juzhu.registration.reporting.matching import Match
from juzhu.registration.reporting.outcomes import Outcome

SHORTEST = 5
BATCH = 2000
"""Of a sheet's reports, how many are made at once."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A report, and whether it is a new one or the same as one that was there."""

    report: Report
    new: bool


@dataclass(slots=True)
class Counted:
    """How many of a sheet's entries are new, and how many were reported before; the new ones' numbers."""

    new: int = 0
    same: int = 0
    first: str = ""
    last: str = ""


def file(
    reporter: Reporter,
    entries: Sequence[Entry],
    *,
    actor: Actor,
    today: date,
    channel: str = "page",
    follows: Report | None = None,
) -> list[Filed]:
    """File what is reported, in order. What was reported before is given back as it is: sending again is
    safe. Each is matched, and makes an invitation, a proposed change, or work for the community's officer.

    Source: Zhejiang arts. 8 to 12; requirements B01 to B08.
    Raises NotAllowed, NothingReported, and ReportInvalid with `about["faults"]` by place and field: then
    nothing was filed.
    """
    check_actor(reporter, actor)
    if follows is not None and (not reporter.organisation or follows.passed_to != reporter.organisation):
        raise NotAllowed
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
    prints = [entry.fingerprint for entry in entries]
    with transaction.atomic():
        _lock(reporter)
        known = _reported(reporter, prints)
        missing = {key: entry for key, entry in zip(prints, entries, strict=True) if key not in known}
        make(Filing(reporter, actor, today, channel, None, follows), missing)
        made = _reported(reporter, list(missing))
        if follows is not None:
            _follow(known, follows, today)
        if made:
            _announce([made[key] for key in missing], actor)
    found = []
    for key in prints:
        found.append(Filed(made.get(key) or known[key], key in missing))
        missing.pop(key, None)
    return found


def file_sheet(
    reporter: Reporter, entries: Iterator[tuple[str, Entry]], sheet: Sheet, *, actor: Actor, today: date
) -> Counted:
    """File a sheet's good entries, by their fingerprints, in the caller's transaction, which writes the event
    when the sheet's own row is done. They were looked at, and no fault was found; nothing is looked at twice.
    Raises NotAllowed.
    """
    check_actor(reporter, actor)
    _lock(reporter)
    filing, counted = Filing(reporter, actor, today, "sheet", sheet), Counted()
    while some := dict(islice(entries, BATCH)):
        known = _known(reporter, some)
        made = make(filing, {key: entry for key, entry in some.items() if key not in known})
        counted.same += len(some) - len(made)
        counted.new += len(made)
        if made:
            counted.first, counted.last = counted.first or made[0], made[-1]
    return counted


def tell_property_firm(
    reporter: Reporter, entry: Entry, firm: Organisation, *, actor: Actor, today: date
) -> Report:
    """Let a landlord tell the property firm instead of the police; the firm has its own three working days
    from today, and sees it in its list. Source: Zhejiang arts. 9, 10; requirements B03, B06.

    Raises what `file` raises, and PropertyFirmUnknown.
    """
    if "property" not in firm.trades or firm.closed_on or entry.kind != LEASE:
        raise PropertyFirmUnknown
    check_actor(reporter, actor)
    seen = look(entry, reporter, today, set(Community.objects.values_list("subdistrict", "code")))
    if seen.faults:
        raise ReportInvalid(faults={0: seen.faults})
    with transaction.atomic():
        _lock(reporter)
        known = _reported(reporter, [entry.fingerprint])
        if entry.fingerprint in known:
            return known[entry.fingerprint]
        filing = Filing(reporter, actor, today)
        own = values(filing, entry, Match(), Outcome("passed"), entry.fingerprint)
        row = Report(**dict(zip(COLUMNS, own, strict=True)), **filing.same)
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
        check_actor(Reporter(locked.organisation, locked.reporter), actor)
        if locked.state in VOID:
            return locked
        locked.state, locked.said = "withdrawn", reason.strip()[:400]
        locked.save(update_fields=["state", "said"])
        Proposal.objects.filter(report=locked, state="open").update(state="declined", answered_at=clock.now())
        Contradiction.objects.filter(report=locked, settled_at__isnull=True).update(settled_at=clock.now())
        events.append("report.withdrawn", actor=actor, subject=locked, number=locked.number)
    return locked


def hand_back(report: Report, reason: str, *, actor: Actor) -> Report:
    """Let a property firm say that the dwelling is none of its own: the landlord, who is told, then has to
    report themself. Raises NotAllowed, SaidTooLittle, AnsweredAlready.
    """
    if len(reason.strip()) < SHORTEST:
        raise SaidTooLittle(field="reason")
    with transaction.atomic():
        locked = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        if actor.kind != "reporter" or locked.passed_to_id != actor.organisation_id:
            raise NotAllowed
        if locked.state != "passed" or Report.objects.filter(follows=locked).exists():
            raise AnsweredAlready
        locked.state, locked.said = "returned", reason.strip()[:400]
        locked.save(update_fields=["state", "said"])
        events.append("report.handed_back", actor=actor, subject=locked, number=locked.number)
    return locked


def _follow(known: Mapping[str, Report], told: Report, today: date) -> None:
    """What a property firm had reported by itself passes on what it is told afterwards; where it passes on
    what somebody else has told, this one is settled with it.
    """
    for row in known.values():
        if row.follows_id is None:
            row.follows = told
            row.save(update_fields=["follows"])
        elif row.follows_id != told.pk:
            Report.objects.filter(pk=told.pk, state="passed").update(state="settled", settled_on=today)


def _announce(made: Sequence[Report], actor: Actor) -> None:
    """One event for all, so that the audit trail is locked for a moment only."""
    first, last = made[0], made[-1]
    events.append(
        "reports.filed",
        actor=actor,
        subject=first,
        reports=[report.pk for report in made],
        first=first.number,
        last=last.number,
        count=len(made),
    )


def check_actor(reporter: Reporter, actor: Actor) -> None:
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
    """The reports there are with these fingerprints, those that were taken back left out."""
    return {row.fingerprint: row for row in _standing(reporter, fingerprints)}


def _known(reporter: Reporter, fingerprints: Collection[str]) -> set[str]:
    """Those of the fingerprints that `_reported` would find."""
    return set(_standing(reporter, fingerprints).values_list("fingerprint", flat=True))


def _standing(reporter: Reporter, fingerprints: Collection[str]) -> QuerySet[Report]:
    """By the index by which a reporter reports a thing once: it leaves out what was taken back."""
    rows = Report.objects.filter(**reporter.scope, fingerprint__among=fingerprints)
    return rows.exclude(state__in=[Word(state) for state in VOID]).order_by()
