"""The queue: what waits where, what time has done, what a search finds, in a fixed number of queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from juzhu.permits import casework
from juzhu.permits.models import Application
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


def page(client, query: str = "") -> str:
    return client.get(f"/counter/{query}").content.decode()


def test_a_case_is_in_the_tab_of_its_state(sign_in, clerk):
    filed = make.submitted()
    waiting = make.accepted(clerk, make.eligible_account(name="李明"))
    client = sign_in(clerk)
    assert filed.number in page(client)
    assert waiting.number not in page(client)
    assert waiting.number in page(client, "?tab=to_review")
    assert "GS-" not in page(client, "?tab=waiting")


def test_what_time_has_accepted_waits_for_review_though_no_job_ran(sign_in, clerk, reviewer, on_day):
    case = make.submitted()
    on_day(date(2026, 3, 18))
    assert case.number not in page(sign_in(clerk), "?tab=to_examine")
    shown = page(sign_in(reviewer), "?tab=to_review")
    assert case.number in shown
    assert "到期视为受理" in shown
    assert "还剩 7 天" in shown
    assert Application.objects.get(pk=case.pk).state == "submitted"


def test_what_falls_due_first_stands_first_by_whatever_way_it_was_accepted(sign_in, clerk, reviewer, on_day):
    early = make.accepted(clerk, make.eligible_account(name="周一"), date(2026, 3, 5))
    on_day(date(2026, 3, 6))
    by_time = make.submitted(make.eligible_account(name="周二"), today=date(2026, 3, 6))
    late = make.accepted(clerk, make.eligible_account(name="周三"), date(2026, 3, 9))
    on_day(date(2026, 3, 18))
    shown = page(sign_in(reviewer), "?tab=to_review")
    places = [shown.index(f'cases/{case.number}">{case.number}') for case in (early, by_time, late)]
    assert places == sorted(places)


def test_a_search_by_whole_number_name_and_case_number_keeps_the_text_out_of_the_address(sign_in, clerk):
    account = make.eligible_account(name="阿依努尔·买买提")
    case = make.submitted(account)
    make.submitted(make.eligible_account(name="李明"))
    client = sign_in(clerk)
    for text in (account.person.identity_number, "阿依", case.number.lower()):
        response = client.post("/counter/", {"text": text, "tab": "done"}, follow=True)
        assert response.redirect_chain[0][0] == "/counter/?tab=done&found=1"
        shown = response.content.decode()
        assert case.number in shown
        assert "李明" not in shown
        assert account.person.identity_number not in shown.replace(f'value="{text}"', "")
    assert case.number not in client.post("/counter/", {"text": "依努"}, follow=True).content.decode()


def test_filters_narrow_the_list_and_strange_values_are_ignored(sign_in, clerk):
    case = make.submitted()
    client = sign_in(clerk)
    assert case.number in page(client, "?route=employment&kind=first")
    assert case.number not in page(client, "?route=study")
    assert case.number in page(client, "?route=nowhere&area=330105010&tab=x&page=-1")


def test_one_row_and_many_rows_take_the_same_number_of_queries(sign_in, clerk):
    client = sign_in(clerk)
    make.submitted()
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/counter/")
        counts.append(len(queries))
        for n in range(9):
            make.submitted(make.eligible_account(name=f"周{n}"))
    assert counts[0] == counts[1] <= 11


def test_pages_follow_without_counting(sign_in, clerk, monkeypatch):
    monkeypatch.setattr("juzhu.counter.views.queue.PAGE", 2)
    for n in range(3):
        make.submitted(make.eligible_account(name=f"周{n}"))
    client = sign_in(clerk)
    first, second = page(client), page(client, "?page=2")
    assert ("周0" in first, "周2" in first, "page=2" in first) == (True, False, True)
    assert ("周0" in second, "周2" in second, "page=3" in second) == (False, True, False)


def test_the_list_ends_where_nobody_turns_pages_any_more_and_says_so(sign_in, clerk, monkeypatch):
    monkeypatch.setattr("juzhu.counter.views.queue.PAGE", 2)
    monkeypatch.setattr("juzhu.counter.views.queue.MOST_PAGES", 2)
    for n in range(5):
        make.submitted(make.eligible_account(name=f"周{n}"))
    client = sign_in(clerk)
    first, last, beyond = page(client), page(client, "?page=2"), page(client, "?page=99999")
    assert ("page=2" in first, "只列到第 4 件" in first) == (True, False)
    assert ("page=3" in last, "只列到第 4 件" in last) == (False, True)
    assert ("周3" in beyond, "page=1" in beyond, "page=3" in beyond) == (True, True, False)


def test_a_tab_with_more_cases_than_anybody_counts_says_so(sign_in, clerk, monkeypatch):
    monkeypatch.setattr("juzhu.permits.queries.MOST_COUNTED", 1)
    monkeypatch.setattr("juzhu.counter.views.queue.MOST_COUNTED", 1)
    make.submitted()
    assert '<span class="n num">1</span>' in page(sign_in(clerk))
    make.submitted(make.eligible_account(name="李明"))
    assert '<span class="n num">1+</span>' in page(sign_in(clerk))


def test_the_next_case_is_not_one_that_i_accepted(sign_in, chief):
    make.accepted(chief)
    assert 'data-key="g"' not in page(sign_in(chief), "?tab=to_review")
    make.accepted(make.make_officer("clerk"), make.eligible_account(name="李明"))
    assert 'data-key="g"' in page(sign_in(chief), "?tab=to_review")


def test_an_answered_case_is_done(sign_in, clerk, reviewer):
    case = casework.approve(make.accepted(clerk), actor=reviewer.actor, today=TODAY)
    assert case.number in page(sign_in(clerk), "?tab=done")
