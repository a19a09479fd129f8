"""Reports that a program of an organisation sends: all of a request's, or none; once for each key."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import astuple
from datetime import date

import orjson
from django.db import transaction

from juzhu.evidence.models import Client
from juzhu.evidence.refusals import KeyReused
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.people.errors import NotAllowed
from juzhu.registration.models import Report, ReportDelivery
from juzhu.registration.reporting import filing
from juzhu.registration.reporting.entries import Entry, Reporter


def take(client: Client, entries: Sequence[Entry], key: str, *, today: date) -> list[Report]:
    """File what a client reports for its organisation, in order. The same key with the same entries is given
    the same reports, also when both requests arrive at once, and whatever became of the reports since.

    Raises NotAllowed, KeyReused, and what `filing.file` raises.
    """
    organisation = client.organisation
    if organisation is None or (organisation.closed_on and organisation.closed_on <= today):
        raise NotAllowed
    actor = Actor("reporter", name=client.client_id, organisation_id=organisation.pk)
    digest = hashlib.sha256(orjson.dumps([astuple(entry) for entry in entries])).hexdigest()
    with transaction.atomic():
        delivery = _claim(client, key, digest)
        if not hmac.compare_digest(delivery.digest, digest):
            raise KeyReused
        if delivery.numbers:
            found = {row.number: row for row in Report.objects.filter(number__in=delivery.numbers)}
            return [found[number] for number in delivery.numbers]
        filed = filing.file(Reporter(organisation), entries, actor=actor, today=today, channel="api")
        delivery.numbers = [row.report.number for row in filed]
        delivery.save(update_fields=["numbers"])
    return [row.report for row in filed]


def _claim(client: Client, key: str, digest: str) -> ReportDelivery:
    """The delivery of this key. A second request waits for the first one's commit."""
    hashed = hashlib.sha256(key.encode()).hexdigest()
    row = ReportDelivery(client=client, key=hashed, digest=digest, received_at=clock.now())
    ReportDelivery.objects.bulk_create([row], ignore_conflicts=True)
    return ReportDelivery.objects.select_for_update(of=("self",)).get(client=client, key=hashed)
