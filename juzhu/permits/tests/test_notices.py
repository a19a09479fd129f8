"""What people are told: once, by every event that concerns them, and nothing personal by SMS or mail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test.utils import override_settings

from juzhu.operations import tasks
from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Task
from juzhu.people import actions as people
from juzhu.people.models import Account, Message, Person
from juzhu.permits import actions, casework, facts, issuing, moves, notices
from juzhu.permits.models import Application, Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.registration import actions as registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
SENT: list[tuple[str, str]] = []


class Recorded:
    """A gateway that remembers."""

    def send(self, phone: str, text: str) -> None:
        SENT.append((phone, text))


@pytest.fixture(autouse=True)
def _gateway():
    SENT.clear()
    with override_settings(JUZHU_SMS=f"{__name__}.Recorded"):
        yield


def told(person: Person) -> list[str]:
    tasks.run_all()
    return list(Message.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def missing(application: Application) -> dict[str, str]:
    return dict.fromkeys(facts.decide(application, TODAY)[0].missing, "")


def test_every_step_of_the_straight_way_is_told_once():
    account = make.eligible_account()
    make.issued(account)
    assert told(account.person) == ["registered", "received", "receipt", "issued"]
    assert told(account.person) == ["registered", "received", "receipt", "issued"]
    assert len(SENT) == 4


def test_a_move_and_a_departure():
    account = make.eligible_account()
    registration.move(account.person, make.stay(address="新址"), actor=account.actor, today=TODAY)
    registration.leave(account.person, TODAY, actor=account.actor, today=TODAY)
    assert told(account.person) == ["registered", "registered"]


def test_a_one_off_notice_a_supplement_and_a_lapse(on_day: Callable[[date], None]):
    account, clerk = make.make_account(), make.make_officer("clerk")
    make.register(account.person, date(2025, 7, 1))
    case = make.submitted(account, route="dwelling")
    casework.request_supplement(case, missing(case), actor=clerk.actor, today=TODAY)
    case = actions.submit(case, actor=account.actor, today=TODAY, key="second")
    casework.request_supplement(case, missing(case), actor=clerk.actor, today=TODAY)
    on_day(date(2026, 4, 10))
    notices.start_day()
    assert told(account.person) == [
        "registered", "received", "supplement_notice", "received", "supplement_notice", "lapsed",
    ]  # fmt: skip
    assert Application.objects.get(pk=case.pk).state == "lapsed"


def test_a_refusal():
    account = make.make_account(photo=make.stored_picture())
    make.register(account.person, date(2026, 2, 10))
    make.attest_insurance(account.person, "2025-01", "2026-02")
    case = make.submitted(account)
    casework.refuse(case, "居住登记还不满半年。", actor=make.make_officer("clerk").actor, today=TODAY)
    assert told(account.person)[-1] == "refusal"


def test_acceptance_by_time_is_written_down_and_told_by_the_days_work(on_day: Callable[[date], None]):
    account = make.eligible_account()
    case = make.submitted(account)
    on_day(date(2026, 3, 17))
    notices.start_day()
    assert "deemed_receipt" not in told(account.person)
    on_day(date(2026, 3, 18))
    notices.start_day()
    notices.start_day()
    assert told(account.person)[-1] == "deemed_receipt"
    case.refresh_from_db()
    assert (case.state, case.deemed_accepted) == ("accepted", True)


def test_one_application_that_fails_holds_up_no_other(on_day, monkeypatch: pytest.MonkeyPatch):
    first, second = make.submitted(), make.submitted()
    catch_up = moves.catch_up

    def stumble(application: Application, today: date) -> Application:
        if application.pk == first.pk:
            raise RuntimeError
        return catch_up(application, today)

    monkeypatch.setattr(moves, "catch_up", stumble)
    on_day(date(2026, 3, 18))
    notices.start_day()
    tasks.run_all()
    second.refresh_from_db()
    assert second.state == "accepted"
    assert Task.objects.get(kind="permits.catch_up", done_at=None).error == "RuntimeError"


def test_both_guardians_of_a_child_get_an_sms_even_with_like_numbers():
    parents = [make.make_person(name) for name in ("周建国", "林海燕")]
    for parent, phone in zip(parents, ("13811110001", "13922220001"), strict=True):
        Person.objects.filter(pk=parent.pk).update(phone=phone)
    child = make.make_person("周小宝", date(2017, 5, 1))
    for parent in parents:
        people.record_guardianship(parent, child, "household_register", actor=SYSTEM)
    make.register(child, TODAY)
    assert told(child) == ["registered"]
    assert sorted(phone for phone, _text in SENT) == ["13811110001", "13922220001"]
    assert [told(parent) for parent in parents] == [[], []]


def test_no_guardian_of_a_grown_up_gets_an_sms(on_day: Callable[[date], None]):
    parent, child = make.make_person("周建国"), make.make_person("周小宝", date(2010, 5, 1))
    Person.objects.filter(pk=parent.pk).update(phone="13811110001")
    Person.objects.filter(pk=child.pk).update(phone="13922220001")
    people.record_guardianship(parent, child, "household_register", actor=SYSTEM)
    on_day(date(2026, 5, 1))
    make.register(Person.objects.get(pk=child.pk), date(2026, 5, 1))
    assert told(child) == ["registered"]
    assert [phone for phone, _text in SENT] == ["13922220001"]


def test_who_has_no_phone_has_an_inbox():
    person = make.make_person()
    make.register(person, TODAY)
    assert told(person) == ["registered"]
    assert SENT == []


def test_sms_mail_and_inbox_hold_nothing_that_says_who_somebody_is():
    account = make.eligible_account(name="买买提·艾力")
    draft = make.draft(account)
    form = {"phone": account.login, "email": "maimaiti@example.org"}
    actions.save_step(draft, "form", form, actor=account.actor)
    case = actions.submit(draft, actor=account.actor, today=TODAY)
    assert told(account.person)[-1] == "received"
    (letter,) = mail.outbox
    assert letter.to == ["maimaiti@example.org"]
    texts = [text for _phone, text in SENT] + [letter.subject, str(letter.body)]
    person = account.person
    for text in texts:
        for secret in ("买买提", person.identity_number, account.login, case.number, "拒", "不予"):
            assert secret not in text
    abouts = [message.about for message in Message.objects.all()]
    assert all(set(about) <= {"application", "registration", "permit"} for about in abouts)


def test_every_phone_is_told_once_and_one_that_is_told_otherwise_not_at_all():
    parent = make.make_account("周晓芸")
    child = make.child_of(parent)
    Person.objects.filter(pk=child.pk).update(phone="13900000001")
    child.refresh_from_db()
    guardian = Person.objects.get(pk=parent.person_id).phone
    also, apart = "13900000002", "13900000003"
    notices.tell(child, "registered", "once", TODAY, also)
    notices.tell(child, "registered", "apart", TODAY, apart, without=apart)
    tasks.run_all()
    phones = [phone for phone, _text in SENT]
    assert sorted(phones) == sorted(["13900000001", guardian, also, "13900000001", guardian])


def test_a_gateway_that_is_down_is_tried_again_and_the_message_is_there(monkeypatch: pytest.MonkeyPatch):
    def down(_self: Recorded, phone: str, text: str) -> None:
        raise ConnectionError(phone)

    account = make.make_account()
    monkeypatch.setattr(Recorded, "send", down)
    make.register(account.person, TODAY)
    assert told(account.person) == ["registered"]
    failed = Task.objects.get(kind="permits.sms")
    assert (failed.done_at, failed.error) == (None, "ConnectionError")


# Reminders


@pytest.fixture
def holder() -> Account:
    account = make.eligible_account()
    make.issued(account)
    tasks.run_all()
    Message.objects.all().delete()
    SENT.clear()
    return account


def live(on_day: Callable[[date], None], first: date, last: date) -> dict[str, date]:
    """Let a worker work every day, twice; on which day each kind was told."""
    day = first
    while day <= last:
        on_day(day)
        notices.start_day()
        tasks.run_all()
        notices.start_day()
        tasks.run_all()
        day += timedelta(days=1)
    assert Message.objects.count() == len(SENT)
    return {message.kind: message.sent_at.date() for message in Message.objects.all()}


def test_reminders_come_at_the_opening_15_and_3_days_before_and_on_the_suspension(holder: Account, on_day):
    assert live(on_day, date(2027, 2, 1), date(2027, 3, 14)) == {
        "endorse_open": date(2027, 2, 10),
        "endorse_15": date(2027, 2, 23),
        "endorse_3": date(2027, 3, 7),
        "suspended": date(2027, 3, 11),
    }
    assert Message.objects.count() == 4


def test_a_week_without_a_worker_is_caught_up_with_what_matters_now(holder: Account, on_day):
    assert live(on_day, date(2027, 2, 17), date(2027, 2, 17)) == {"endorse_open": date(2027, 2, 17)}
    assert live(on_day, date(2027, 3, 2), date(2027, 3, 2))["endorse_15"] == date(2027, 3, 2)
    after = live(on_day, date(2027, 3, 17), date(2027, 3, 18))
    assert after["suspended"] == date(2027, 3, 17)
    assert "endorse_3" not in after


def test_who_has_filed_is_not_reminded(holder: Account, on_day):
    permit = Permit.objects.get()
    make.attest_insurance(holder.person, "2025-01", "2027-02")
    on_day(date(2027, 2, 12))
    actions.request_endorsement(permit, "employment", actor=holder.actor, today=date(2027, 2, 12))
    told_later = live(on_day, date(2027, 2, 12), date(2027, 3, 14))
    assert not {"endorse_open", "endorse_15", "endorse_3", "suspended"} & set(told_later)


def test_a_permit_that_ended_is_not_reminded_of(holder: Account, on_day):
    chief = make.make_officer("chief").actor
    issuing.terminate(Permit.objects.get(), "left", actor=chief, on=date(2027, 2, 1))
    assert live(on_day, date(2027, 2, 9), date(2027, 2, 12)) == {}


def test_the_next_years_reminders_come_again(holder: Account, on_day):
    permit = Permit.objects.get()
    make.attest_insurance(holder.person, "2025-01", "2027-02")
    filed = actions.request_endorsement(permit, "employment", actor=holder.actor, today=date(2027, 3, 1))
    filed = casework.accept(filed, actor=make.make_officer("clerk").actor, today=date(2027, 3, 1))
    casework.approve(filed, actor=make.make_officer("reviewer").actor, today=date(2027, 3, 1))
    assert "endorsed" in told(holder.person)
    assert Permit.objects.get().cached_until == date(2028, 3, 10)
    assert live(on_day, date(2028, 2, 9), date(2028, 2, 11))["endorse_open"] == date(2028, 2, 10)


def test_the_days_work_is_asked_for_once_a_day(on_day, django_assert_num_queries):
    notices.start_day()
    with django_assert_num_queries(1):
        notices.start_day()
    assert Task.objects.filter(kind="permits.daily").count() == 1
    on_day(date(2026, 3, 11))
    notices.start_day()
    assert Task.objects.filter(kind="permits.daily").count() == 2
