"""Let dwellings at once, on PostgreSQL: one address, one inspection, one set of words."""

from __future__ import annotations

from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from django.db.models import QuerySet

from juzhu.evidence.models import Evidence
from juzhu.operations import tasks
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import lettings as let
from juzhu.permits.tests.factories import TODAY
from juzhu.registration.dwellings import inspections, letting, recording, titles
from juzhu.registration.models import Dwelling, Inspection, LettingRecord, TenantWord
from tests.test_races import at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="locks of rows are PostgreSQL's"),
    pytest.mark.usefixtures("committed_db", "on_day"),
]
ROUNDS = 10


def test_an_address_recorded_by_two_at_once_is_one_dwelling_with_two_claims():
    for n in range(ROUNDS):
        one, other = let.landlord("房东甲"), let.landlord("房东乙")

        def recorded(who=one, n=n):
            let_by, account = who
            recording.record(
                let_by,
                let.said(address=f"台州路 {n} 号"),
                let.title(account.actor),
                actor=account.actor,
                today=TODAY,
            )

        assert at_once(recorded, lambda who=other, go=recorded: go(who)) == ["won", "won"]
        dwelling = Dwelling.objects.get(address=f"台州路 {n} 号")
        assert dwelling.claims.filter(state="asked").count() == 2
        assert dwelling.owner_id in {one[0].person.pk, other[0].person.pk}


def test_what_a_device_sends_twice_at_once_is_kept_once():
    dwelling, _claim, account = let.recorded()
    street = let.subdistrict()
    for n in range(ROUNDS):
        row = inspections.ask(dwelling, actor=account.actor, today=TODAY)

        def send(row=row, n=n):
            inspections.record(row, let.found(), f"device-{n}", actor=street.actor, today=TODAY)

        assert at_once(send, send) == ["won", "won"]
        assert Inspection.objects.filter(key=f"device-{n}").count() == 1


def two_offices(n: int):
    """Two offices whose words make evidence of the same tenant at the same moment."""
    dwelling, claim, account = let.recorded(let.landlord(), address=f"台州路 {n} 号")
    tenant = make.make_person("林海峰")
    make.register(tenant, date(2025, 7, 1), address=f"台州路 {n} 号")
    let.leased(dwelling, account, tenant)
    tasks.run_all()
    row = letting.file(dwelling, actor=account.actor, today=TODAY)
    clerk, bureau = make.make_officer("clerk"), let.housing()
    deeds = (
        lambda: letting.record(row, actor=clerk.actor, today=TODAY),
        lambda: titles.confirm(claim, actor=bureau.actor, today=TODAY),
    )
    return tenant, deeds


def test_two_offices_at_once_give_a_tenant_each_word_once():
    for n in range(ROUNDS):
        tenant, deeds = two_offices(n)
        assert at_once(*deeds) == ["won", "won"]
        assert set(TenantWord.objects.filter(person=tenant).values_list("kind", flat=True)) == {
            "rental_registration",
            "title",
        }
        assert Evidence.objects.filter(person=tenant).count() == 2


def test_without_the_lock_of_the_dwelling_a_letting_is_answered_twice(monkeypatch):
    """The rows' own lock is taken away, too: then both answers win."""
    lock = QuerySet.select_for_update
    monkeypatch.setattr(
        QuerySet,
        "select_for_update",
        lambda rows, **options: rows if rows.model in (Dwelling, LettingRecord) else lock(rows, **options),
    )
    both_have_read = Barrier(2)
    check = letting.check_office

    def meet(*args):
        check(*args)
        both_have_read.wait(timeout=10)

    monkeypatch.setattr(letting, "check_office", meet)
    dwelling, _claim, account = let.recorded()
    row = letting.file(dwelling, actor=account.actor, today=TODAY)
    one, other = make.make_officer("clerk"), make.make_officer("chief")
    outcomes = at_once(
        lambda: letting.record(row, actor=one.actor, today=TODAY),
        lambda: letting.give_back(row, "房间数对不上。", actor=other.actor, today=TODAY),
    )
    assert outcomes == ["won", "won"]


def test_with_the_lock_a_letting_is_answered_once():
    dwelling, _claim, account = let.recorded()
    one, other = make.make_officer("clerk"), make.make_officer("chief")
    for _round in range(ROUNDS):
        row = letting.file(dwelling, actor=account.actor, today=TODAY)
        outcomes = at_once(
            lambda row=row: letting.record(row, actor=one.actor, today=TODAY),
            lambda row=row: letting.give_back(row, "房间数对不上。", actor=other.actor, today=TODAY),
        )
        assert sorted(outcomes) != ["won", "won"]
        row.refresh_from_db()
        if row.state == "recorded":
            letting.end(row, actor=account.actor, today=TODAY)
