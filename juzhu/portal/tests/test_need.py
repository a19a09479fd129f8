"""要不要登记: first the answer; what it costs not to register; and the button all the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from juzhu.operations import tasks
from juzhu.people.models import Guardianship, Message
from juzhu.permits import notices, resident_notices
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.portal.tests.browsing import chinese_left, html, primary_buttons, signed_in, stranger, words
from juzhu.registration.models import Exemption

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
SINCE = {"since_year": "2026", "since_month": "3", "since_day": "1"}
OUTSIDE = {"household": "outside"}


def test_a_stranger_is_asked_one_question_after_the_other_and_nothing_is_kept():
    client = stranger()
    first = client.get("/need")
    assert "您的户口在哪里" in words(first)
    second = client.get("/need", OUTSIDE)
    assert "现在住在哪里" in words(second)
    assert 'type="hidden" name="household" value="outside"' in html(second)
    assert "error-sum" not in html(second)
    pressed = client.get("/need", {**OUTSIDE, "ask": "where"})
    assert "都不像的，选第一个" in words(pressed)
    assert 'name="household" value="outside"' in html(pressed)
    third = client.get("/need", {**OUTSIDE, "where": "relative"})
    assert "从哪天住进来的" in words(third)
    answer = client.get("/need", {**OUTSIDE, "where": "relative", **SINCE})
    assert "您现在可以不登记" in words(answer)
    assert "2026-03-31" in words(answer)
    assert not Exemption.objects.exists()


@pytest.mark.requirement("A01", "A02", "A08", "A09", "A10", "A11", "A12")
@pytest.mark.parametrize(
    ("said", "answer", "button"),
    [
        ({"household": "local"}, "您不用登记", False),
        ({"household": "abroad"}, "您不在这里登记", False),
        ({**OUTSIDE, "where": "hotel"}, "您现在可以不登记", True),
        ({**OUTSIDE, "where": "hospital"}, "您现在可以不登记", True),
        ({**OUTSIDE, "where": "school"}, "您现在可以不登记", True),
        ({**OUTSIDE, "where": "rescue"}, "您现在可以不登记", True),
        ({**OUTSIDE, "where": "relative", **SINCE}, "您现在可以不登记", True),
        ({**OUTSIDE, "where": "relative", **SINCE, "since_month": "1"}, "您要登记", True),
        ({**OUTSIDE, "where": "home", "how_long": "short"}, "您不用登记", True),
        ({**OUTSIDE, "where": "home", "how_long": "long"}, "您要登记", True),
    ],
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_answer_comes_first_and_who_may_register_has_the_button(said, answer, button, language):
    response = stranger(language).get("/need", said)
    page = html(response)
    assert primary_buttons(response) == 1
    assert ('href="/register"' in page) == button
    if language == "en":
        assert chinese_left(response) == []
    else:
        assert f'<h1 class="mb-3">{answer}</h1>' in page


@pytest.mark.requirement("CF04")
def test_who_does_not_register_is_told_that_no_time_counts():
    page = words(stranger().get("/need", {**OUTSIDE, "where": "hotel"}))
    assert "不登记，就没有居住时间" in page
    assert "现在就可以登记" in page


@pytest.mark.parametrize(
    "day", [{"since_day": "11"}, {"since_day": "31", "since_month": "2"}, {"since_day": ""}]
)
def test_a_day_that_can_not_be_is_asked_again(day):
    response = stranger().get("/need", {**OUTSIDE, "where": "relative", **SINCE, **day})
    assert "从哪天住进来的" in words(response)
    assert "error-sum" in html(response)
    for kept in ('name="household" value="outside"', 'name="where" value="relative"'):
        assert kept in html(response)


def remember(account, **said):
    return signed_in(account).post("/need/remember", {"where": "relative", **SINCE, **said})


@pytest.mark.requirement("A12")
def test_home_page_and_messages_say_in_time_that_the_thirty_days_end(on_day):
    account = make.make_account()
    assert remember(account).status_code == 302
    row = Exemption.objects.get()
    assert (row.ground, row.from_on) == ("relative", date(2026, 3, 1))
    client = signed_in(account)
    assert "到 2026-03-31 为止，您可以不登记" in words(client.get("/"))
    told = {}
    for day in range(10, 45):
        today = date(2026, 3, 1) + timedelta(days=day)
        on_day(today)
        notices.daily({"day": today.isoformat()})
        tasks.run_all()
        told[day] = set(Message.objects.values_list("kind", flat=True))
    assert told[24] == set()
    assert told[25] == told[30] == {"exemption_ends"}
    assert told[31] == {"exemption_ends", "exemption_over"}
    assert Message.objects.count() == 2
    on_day(date(2026, 4, 1))
    page = words(client.get("/"))
    assert "请在 2026-04-03 前登记住址" in page
    assert "可以不登记的日子过了" in page


def test_who_registers_meanwhile_is_reminded_of_nothing(on_day):
    account = make.make_account()
    remember(account)
    make.register(account.person, TODAY)
    for day in (date(2026, 3, 27), date(2026, 4, 2)):
        assert list(resident_notices.reminders(day)) == []
    assert "您已经登记了" in words(signed_in(account).get("/need"))


def test_the_page_is_right_though_no_job_ever_ran(on_day):
    account = make.make_account()
    remember(account)
    on_day(date(2026, 4, 20))
    assert "晚了也收" in words(signed_in(account).get("/"))
    assert not Message.objects.exists()


def test_a_guardian_has_it_written_down_for_a_child_and_for_no_other():
    guardian = make.make_account()
    child = make.make_person("周小满", date(2018, 5, 1))
    Guardianship.objects.create(guardian=guardian.person, child=child, source="police")
    signed_in(guardian).post("/need/remember?for=1", {"where": "school"})
    assert Exemption.objects.get().person == child
    assert (
        signed_in(make.make_account("许安")).post("/need/remember?for=1", {"where": "school"}).status_code
        == 404
    )
    assert stranger().post("/need/remember", {"where": "school"}).status_code == 302
    assert Exemption.objects.count() == 1


def test_about_the_day_somebody_meant_to_stay_until_they_are_asked_kindly(on_day):
    account = make.make_account()
    make.register(account.person, TODAY, stay_until=date(2026, 9, 10))
    kinds = [kind for _person, kind, _key, _about in resident_notices.reminders(date(2026, 9, 1))]
    assert kinds == ["stay_ends"]
    assert list(resident_notices.reminders(date(2026, 8, 30))) == []
    kinds = [kind for _person, kind, _key, _about in resident_notices.reminders(date(2026, 9, 11))]
    assert kinds == ["stay_over"]
    assert list(resident_notices.reminders(date(2026, 10, 1))) == []
