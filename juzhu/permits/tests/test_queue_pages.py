"""A page of the queue is what stands there in the whole queue, wherever it begins and whatever it filters."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from juzhu.operations.actors import Actor
from juzhu.permits import queries
from juzhu.permits.models import Application, Pause
from juzhu.permits.queries import Filters
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import AREA, OTHER_AREA, TODAY
from juzhu.permits.transitions import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
ELSEWHERE = "330105001"
DATED = {
    State.SUBMITTED: ("examine_by", (-1, 0, 0, 3)),
    State.ACCEPTED: ("due_on", (-2, 0, 7, 7)),
    State.SUPPLEMENT_REQUESTED: ("supplement_by", (-3, -1, 0, 20)),
    State.ISSUED: ("decided_on", (-400, -30, -1, 0)),
    State.ENDED: ("decided_on", (-30, -1, -1, 0)),
    State.WITHDRAWN: ("decided_on", (-5, -1, 0, 0)),
}


@pytest.fixture
def cases() -> list[Application]:
    """Cases in every state and three areas, on days that meet."""
    pattern = make.submitted()
    made = []
    for n, (state, area, place) in enumerate(product(DATED, (AREA, OTHER_AREA, ELSEWHERE), range(4))):
        pattern.pk, pattern.number, pattern.state, pattern.area = None, f"GS-2025-{n:06d}", state, area
        pattern.person = make.make_person(f"{'王李'[n % 2]}{n}")
        pattern.examine_by = pattern.due_on = pattern.supplement_by = pattern.decided_on = None
        column, days = DATED[state]
        setattr(pattern, column, TODAY + timedelta(days=days[place]))
        pattern.received_on = TODAY - timedelta(days=n % 9)
        pattern.route, pattern.channel = ("employment", "study")[n % 2], ("web", "mobile", "window")[n % 3]
        pattern.save(force_insert=True)
        made.append(Application.objects.get(pk=pattern.pk))
    for case in made[12:16]:
        ended_on = TODAY if case is made[13] else None
        Pause.objects.create(
            application=case, reason="check", began_on=TODAY, expected_days=5, ended_on=ended_on,
            began_by=make.make_officer("reviewer"),
        )  # fmt: skip
    return made


def officer(*areas: str) -> Actor:
    return make.make_officer("chief", areas).actor


ASKED = [
    *(Filters(tab=tab) for tab in ("to_examine", "to_review", "waiting", "done")),
    Filters(tab="done", route="study"),
    Filters(tab="to_review", channel="window"),
    Filters(tab="waiting", area=OTHER_AREA),
    Filters(tab="done", kind="endorsement"),
    Filters(text="王"),
    Filters(text="李1", channel="mobile"),
    Filters(text="gs-2025-000003"),
    Filters(text="%"),
]


@pytest.mark.parametrize("filters", ASKED, ids=str)
@pytest.mark.parametrize("areas", [(AREA,), (AREA, OTHER_AREA)], ids=["one area", "two areas"])
def test_a_page_is_a_piece_of_the_whole_queue(cases, areas, filters):
    actor = officer(*areas)
    whole = list(queries.queue(actor, filters, TODAY))
    assert all(case.area in areas for case in whole)
    for start, size in ((0, 3), (2, 5), (7, 4), (0, 100), (90, 5)):
        assert queries.queue_page(actor, filters, TODAY, start, size) == whole[start : start + size]


def test_what_is_paused_stands_last_of_what_waits_for_review(cases):
    found = queries.queue_page(officer(AREA, OTHER_AREA), Filters(tab="to_review"), TODAY, 0, 50)
    paused = [case.pauses.filter(ended_on=None).exists() for case in found]
    assert paused == sorted(paused)
    assert any(paused)
    assert found == list(queries.queue(officer(AREA, OTHER_AREA), Filters(tab="to_review"), TODAY))


def test_where_a_beginning_names_many_people_the_newest_cases_come_first(cases, monkeypatch):
    actor = officer(AREA, OTHER_AREA)
    few = queries.queue_page(actor, Filters(text="王"), TODAY, 0, 50)
    monkeypatch.setattr(queries, "MANY_PEOPLE", 1)
    assert queries.queue_page(actor, Filters(text="王"), TODAY, 0, 50) == few
    assert len(few) > 10


@pytest.mark.parametrize("filters", ASKED, ids=str)
def test_a_page_takes_as_many_queries_for_one_area_as_for_three(
    cases, filters, django_assert_max_num_queries
):
    for areas in ((AREA,), (AREA, OTHER_AREA, ELSEWHERE)):
        with django_assert_max_num_queries(5 if filters.text else 3):
            queries.queue_page(officer_without_a_query(areas), filters, TODAY, 0, 20)


def officer_without_a_query(areas: tuple[str, ...]) -> Actor:
    return Actor("staff", 1, None, "chief", areas)


def test_the_queue_is_nobodys_who_handles_no_cases(cases):
    for role in ("auditor", "department", "subdistrict", "administrator"):
        assert queries.queue_page(make.make_officer(role).actor, Filters(), TODAY, 0, 20) == []
    assert queries.queue_page(make.make_account().actor, Filters(), TODAY, 0, 20) == []


def test_tabs_are_counted_no_further_than_anybody_reads(cases, monkeypatch, django_assert_num_queries):
    actor = officer(AREA, OTHER_AREA, ELSEWHERE)
    exact = {
        tab: queries.queue(actor, Filters(tab=tab), TODAY).count()  # type: ignore[arg-type]
        for tab in ("to_examine", "to_review", "waiting")
    }
    assert queries.tab_counts(actor, TODAY) == exact
    monkeypatch.setattr(queries, "MOST_COUNTED", 4)
    with django_assert_num_queries(1):
        assert queries.tab_counts(actor, TODAY) == dict.fromkeys(exact, 5)


def test_the_last_answer_is_read_for_the_cases_of_a_page_alone(django_assert_num_queries):
    case, other = make.accepted(make.make_officer()), make.submitted()
    with django_assert_num_queries(1):
        answers = queries.latest_answers([case])
    assert answers == {case.pk: case.decisions.latest("pk").answer}
    assert other.pk not in answers
    assert queries.latest_answers([]) == {}


@pytest.mark.parametrize(
    ("text", "found"), [("阿依", 1), ("阿", 2), ("依努", 0), ("a", 1), ("A", 1), ("A_", 0), ("A%", 0)]
)
def test_a_name_is_found_by_its_beginning_case_and_signs_included(text, found):
    for name in ("阿依努尔·买买提", "阿卜杜拉", "Anna", "anna"):
        make.make_person(name, date(1990, 1, 1))
    assert queries.Person.objects.filter(name__begins=text).count() == found
