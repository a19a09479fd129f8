"""Department, auditor, administrator: their own page and no case."""

from datetime import date

import pytest

from juzhu.operations.models import Event
from juzhu.people.models import Role
from juzhu.permits.tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


def test_a_department_sees_its_own_word_and_no_whole_name(sign_in):
    person = make.make_person("周晓芸")
    make.attest_insurance(person, "2025-01", "2025-12")
    own = sign_in(make.make_officer("department", areas=(), department="human_resources"))
    shown = own.get("/counter/attested").content.decode()
    assert "2025-01 — 2025-12" in shown
    assert "周晓芸" not in shown
    other = sign_in(make.make_officer("department", areas=(), department="housing"))
    assert "2025-01 — 2025-12" not in other.get("/counter/attested").content.decode()


def test_the_auditor_filters_the_trail_and_pages_by_position(sign_in, clerk, monkeypatch):
    monkeypatch.setattr("juzhu.counter.views.oversight.PAGE", 2)
    make.accepted(clerk)
    client = sign_in(make.make_officer("auditor", areas=()))
    last = Event.objects.latest("position").position
    first = client.get("/counter/audit").content.decode()
    assert f"<b>{last}</b>" in first
    assert f"before={last - 1}" in first
    second = client.get(f"/counter/audit?before={last - 1}").content.decode()
    assert f"<b>{last - 2}</b>" in second
    assert f"<b>{last}</b>" not in second
    shown = client.get(f"/counter/audit?kind=application.accepted&account={clerk.pk}").content.decode()
    assert "徐静" in shown
    assert "没有这样的记录" in client.get("/counter/audit?kind=application.refused").content.decode()


def test_a_day_is_a_day_in_shanghai(sign_in, clerk, on_day):
    make.submitted()
    client = sign_in(make.make_officer("auditor", areas=()))
    asked = "/counter/audit?day_year=2026&day_month=3&day_day={}"
    assert "没有这样的记录" in client.get(asked.format(9)).content.decode()
    assert "没有这样的记录" not in client.get(asked.format(10)).content.decode()
    on_day(date(2026, 3, 11))
    assert client.get("/counter/audit?day_year=2026&day_month=2&day_day=30").status_code == 200


def test_the_auditor_has_the_chain_verified(sign_in, clerk, monkeypatch):
    make.submitted()
    client = sign_in(make.make_officer("auditor", areas=()))
    assert "首尾相连，没有被改过" in client.post("/counter/audit/verify", follow=True).content.decode()
    monkeypatch.setattr("juzhu.counter.views.oversight.MOST_VERIFIED", 1)
    assert "juzhu audit verify" in client.post("/counter/audit/verify", follow=True).content.decode()


def test_the_administrator_sees_accounts_of_every_role_and_no_citizen(sign_in):
    for role in Role.values:
        make.make_officer(role, name=f"某{role}")
    citizen = make.make_account("周晓芸")
    shown = sign_in(make.make_officer("administrator", areas=())).get("/counter/colleagues").content.decode()
    assert all(f"某{role}" in shown for role in Role.values)
    assert citizen.login not in shown
