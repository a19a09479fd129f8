"""The first page: for strangers, for each situation, and for nobody but its owner."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.operations.actors import SYSTEM
from juzhu.people.models import Account, Guardianship
from juzhu.permits import casework, facts
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.portal.tests.browsing import chinese_left, html, primary_buttons, signed_in, stranger, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


def new() -> Account:
    return make.make_account()


def half_way() -> Account:
    account = make.make_account()
    make.register(account.person, date(2025, 11, 1))
    make.attest_insurance(account.person, "2025-10", "2026-02")
    says = {"from": "2025-10-20", "to": "2026-10-19", "commodity_housing": True}
    evidence.attest(account.person.pk, Kind.LEASE, says, "housing", actor=SYSTEM)
    return account


def drafting() -> Account:
    account = make.eligible_account()
    make.draft(account)
    return account


def waiting() -> Account:
    account = make.eligible_account()
    make.submitted(account)
    return account


def supplementing() -> Account:
    account = make.make_account()
    make.register(account.person, date(2025, 3, 1))
    application = make.submitted(account, "dwelling")
    answer, _ = facts.decide(application, TODAY)
    notes = {finding.code: "" for finding in answer.findings if finding.state == "unproven"}
    casework.request_supplement(application, notes, actor=make.make_officer().actor, today=TODAY)
    return account


def holder() -> Account:
    account = make.eligible_account()
    make.issued(account)
    return account


def local() -> Account:
    return make.make_account(household_division="330106")


SITUATIONS = [new, half_way, make.eligible_account, drafting, waiting, supplementing, holder, local]


@pytest.mark.parametrize("make_account", SITUATIONS)
@pytest.mark.parametrize("page", ["/", "/tasks"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_situation_has_one_next_step_in_both_languages(make_account, page: str, language: str):
    response = signed_in(make_account(), language).get(page)
    assert response.status_code == 200
    assert primary_buttons(response) == 1
    assert html(response).count("<h1") == 1
    if language == "en":
        assert chinese_left(response) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("day", [date(2027, 2, 20), date(2027, 3, 11)])
def test_the_window_and_the_suspension_in_both_languages(language: str, day: date, on_day):
    account = holder()
    on_day(day)
    response = signed_in(account, language).get("/")
    assert primary_buttons(response) == 1
    if language == "en":
        assert chinese_left(response) == []
    else:
        assert ("可以签注了" if day.month == 2 else "功能中止") in words(response)


def test_the_date_comes_first_then_the_step_then_the_reasons():
    page = words(signed_in(half_way()).get("/"))
    order = [
        "最早可申领 2026-05-01",
        "现在就能做",
        "每条途径都要满足",
        "合法稳定住所 最早的一条",
        "合法稳定就业 最早 2026-10-01",
    ]
    places = [page.index(said) for said in order]
    assert places == sorted(places)


def test_arches_stand_for_the_half_year_the_lease_and_the_insurance():
    assert html(signed_in(half_way()).get("/")).count('class="arch"') == 3


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_strangers_learn_what_it_is_and_that_it_is_free(language: str):
    response = stranger(language).get("/")
    assert primary_buttons(response) == 1
    if language == "en":
        assert chinese_left(response) == []
        assert "free of charge" in words(response)
    else:
        assert "登记、申领、签注都不收费" in words(response)


def test_officers_are_sent_to_the_counter():
    assert signed_in(make.make_officer()).get("/").headers["Location"] == "/counter/"


def test_nobody_elses_progress_is_shown():
    owner, other = half_way(), make.make_account("陈一")
    assert "周晓芸" in html(signed_in(owner).get("/"))
    assert "周晓芸" not in html(signed_in(other).get("/"))


def test_identity_numbers_stand_nowhere_on_it():
    account = half_way()
    assert account.person.identity_number not in html(signed_in(account).get("/"))


def test_a_guardian_sees_the_childs_path_and_acts_for_the_child():
    guardian = half_way()
    child = make.make_person("周小满", date(2018, 5, 1))
    Guardianship.objects.create(guardian=guardian.person, child=child, source="police")
    client = signed_in(guardian)
    assert "周小满" in html(client.get("/"))
    page = html(client.get("/?for=1"))
    assert 'href="/register?for=1"' in page
    assert "您在替孩子办" in page


def queries(account: Account) -> int:
    client = signed_in(account)
    client.get("/")
    with CaptureQueriesContext(
        connection,
    ) as seen:
        client.get("/")
    return len(seen)


def test_the_number_of_queries_is_small_and_does_not_grow_with_the_rows():
    account = half_way()
    first = queries(account)
    for month in range(1, 10):
        make.attest_insurance(account.person, "2025-01", f"2025-{month + 1:02d}")
    assert queries(account) == first
    assert first <= 10


def test_a_holders_page_needs_few_queries_too():
    assert queries(holder()) <= 12
