"""满 16 周岁: everybody is told before and on the day, and nobody is left without news."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Task
from juzhu.people import actions as people
from juzhu.people.models import Account, Message, Person
from juzhu.people.queries import messages_of
from juzhu.permits import casework, notices
from juzhu.permits.models import Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.portal.tests.browsing import signed_in, words
from tests.scenarios.makers import child, decided, enrol, filed, guard, insure, newcomer, person_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day"), pytest.mark.requirement("C10")]
BORN, BIRTHDAY, MONTH_BEFORE = date(2011, 3, 1), date(2027, 3, 1), date(2027, 2, 1)
PHONE = "13900000016"


@pytest.fixture
def guardian() -> Account:
    found = newcomer(date(2024, 1, 8), born=date(1985, 1, 1))
    insure(person_of(found), ("2025-01", "2030-02"))
    return found


@pytest.fixture
def small(guardian: Account) -> Person:
    found = child(BORN, date(2025, 7, 1))
    enrol(found, date(2023, 9, 1))
    guard(guardian, found)
    return found


@pytest.fixture
def permit(guardian: Account, small: Person) -> Permit:
    given = decided(filed(small, "study", by=guardian.actor, on=TODAY), TODAY).permit
    assert given is not None
    return given


def run(day: date, on_day) -> list[dict[str, str]]:
    """The SMS that a day's work sends."""
    on_day(day)
    before = set(Task.objects.values_list("pk", flat=True))
    notices.daily({"day": day.isoformat()})
    rows = Task.objects.filter(kind="permits.sms").exclude(pk__in=before)
    return [row.payload for row in rows.order_by("pk")]


def kinds(person: Person) -> list[str]:
    return list(Message.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def test_a_month_before_child_and_guardian_are_told_once(guardian: Account, small: Person, on_day):
    assert run(date(2027, 1, 31), on_day) == []
    (sent,) = run(MONTH_BEFORE, on_day)
    assert (sent["phone"], sent["kind"]) == (person_of(guardian).phone, "of_age_soon")
    assert messages_of(guardian.actor, MONTH_BEFORE).get().kind == "of_age_soon"
    assert run(date(2027, 2, 10), on_day) == []


def test_on_the_birthday_each_is_told_in_an_inbox_of_their_own(guardian: Account, small: Person, on_day):
    run(MONTH_BEFORE, on_day)
    sent = run(BIRTHDAY, on_day)
    assert kinds(small) == ["of_age_soon", "of_age"]
    assert kinds(person_of(guardian)) == ["ward_of_age"]
    assert {row["phone"] for row in sent} == {person_of(guardian).phone}
    letter = messages_of(guardian.actor, BIRTHDAY).get()
    page = words(signed_in(guardian).get(f"/messages/{letter.pk}"))
    assert "由本人接着办" in page
    assert small.name not in page


def test_a_birthday_on_which_no_worker_ran_is_told_of_late(guardian: Account, small: Person, on_day):
    run(date(2027, 3, 9), on_day)
    assert kinds(small) == ["of_age"]


def test_reminders_go_on_to_the_guardians_phone_and_say_only_that_there_is_news(
    guardian: Account, small: Person, permit: Permit, on_day, monkeypatch
):
    run(BIRTHDAY, on_day)
    (sent,) = run(date(2027, 3, 8), on_day)
    assert (sent["phone"], sent["whose"]) == (person_of(guardian).phone, "child")
    assert kinds(small)[-1] == "endorse_3"
    assert not messages_of(guardian.actor, date(2027, 3, 8)).filter(person=small).exists()
    said: list[str] = []
    monkeypatch.setattr("juzhu.operations.sms.ConsoleSms.send", lambda _self, _phone, text: said.append(text))
    notices.send_sms(sent)
    assert said == ["您的孩子有居住证业务的新消息，请让本人开通账号查看。不收任何费用。"]


def test_from_an_own_phone_or_account_on_the_guardian_is_told_nothing(
    guardian: Account, small: Person, permit: Permit, on_day
):
    run(BIRTHDAY, on_day)
    make.account_of(small)
    assert run(date(2027, 3, 8), on_day) == [], "they read it where they sign in"
    people.record_phone(small, PHONE, actor=SYSTEM)
    (sent,) = run(date(2027, 3, 11), on_day)
    assert sent == {"phone": PHONE, "kind": "suspended"}


def test_mid_supplement_the_guardian_is_told_why_the_case_is_gone_and_nothing_of_it(
    guardian: Account, on_day
):
    grown = child(date(2010, 3, 20), date(2024, 1, 8))
    enrol(grown, date(2024, 9, 1))
    guard(guardian, grown)
    case = filed(grown, "study", by=guardian.actor, on=TODAY)
    casework.request_supplement(
        case, {"other": "请交学生证"}, actor=make.make_officer("clerk").actor, today=TODAY
    )
    on_day(date(2026, 3, 25))
    for page in ("", "/supplement", "/notice", "/mend"):
        response = signed_in(guardian).get(f"/applications/{case.number}{page}")
        shown = words(response)
        assert response.status_code == 404
        assert "孩子 2026-03-20 满 16 周岁了" in shown
        assert "学生证" not in shown
        assert grown.name not in shown
    stranger = newcomer(date(2024, 1, 8), name="陌生人")
    assert "16 周岁" not in words(signed_in(stranger).get(f"/applications/{case.number}"))
    own = make.account_of(grown)
    assert signed_in(own).get(f"/applications/{case.number}/supplement").status_code == 200
