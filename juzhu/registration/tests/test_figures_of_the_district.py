"""Figures against a naive count of random histories, and who may see which."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from juzhu.operations.actors import SYSTEM, Actor
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import lettings, reporters
from juzhu.permits.tests.factories import AREA, OTHER_AREA, TODAY
from juzhu.registration import actions, queries
from juzhu.registration.district import areas, counting, dwellings, figures
from juzhu.registration.dwellings import queries as lists
from juzhu.registration.models import Community, DwellingCount, Registration
from juzhu.registration.reporting import filing
from juzhu.registration.subdistricts import CODES, DISTRICT

pytestmark = pytest.mark.django_db
BEGIN = date(2025, 6, 2)
COMMUNITIES = {AREA: (f"{AREA}901", f"{AREA}902"), OTHER_AREA: (f"{OTHER_AREA}901",)}
PLACES = [(area, code) for area, codes in COMMUNITIES.items() for code in (*codes, "")]
steps = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from(["register", "move", "leave"]), st.sampled_from(PLACES)),
    max_size=7,
)
histories = st.lists(steps, max_size=6)


def live(history) -> None:
    """One person's registrations, through the actions; what cannot be done is passed over."""
    person, day = make.make_person(), BEGIN
    for wait, what, (area, community) in history:
        day += timedelta(days=wait)
        there = actions.current_of(person)
        stay = make.stay(subdistrict=area, community=community, since=day)
        if what == "leave" and there:
            actions.leave(person, day, actor=SYSTEM, today=day)
        elif what == "move" and there and there.arrived_on <= day:
            actions.move(person, stay, actor=SYSTEM, today=day)
        elif what == "register" and not there:
            actions.register(person, stay, actor=SYSTEM, today=day)


def communities() -> None:
    Community.objects.bulk_create(
        [
            Community(code=code, subdistrict=area, name="社区")
            for area, codes in COMMUNITIES.items()
            for code in codes
        ],
        ignore_conflicts=True,
    )


def naive(day: date, column: str, area: str = "") -> Counter[str]:
    """Where everybody is at the end of a day, one person after the other."""
    found: Counter[str] = Counter()
    for person in set(Registration.objects.values_list("person", flat=True)):
        rows = [row for row in queries.stays(person) if row.registered_on <= day]
        last = queries.on_day(rows, day)
        if last and (last.ended_on is None or last.ended_on > day) and area in {"", last.subdistrict}:
            found[getattr(last, column) or ""] += 1
    return found


def without_nought(counts) -> dict[str, int]:
    return {key: n for key, n in counts.items() if n}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives=histories, at=st.integers(0, 300), back=st.integers(0, 60))
def test_people_and_flows_are_what_a_naive_count_gives(db, lives, at, back):
    Registration.objects.update(follows=None)
    Registration.objects.all().delete()
    communities()
    for history in lives:
        live(history)
    day = BEGIN + timedelta(days=at)
    before = day - timedelta(days=back)
    for column, area in (("subdistrict", None), ("community_id", areas.Area("subdistrict", AREA, (AREA,)))):
        found = counting.people(day, before, area)
        scope = area.code if area else ""
        assert without_nought({key: n for key, (n, _) in found.items()}) == naive(day, column, scope)
        assert without_nought({key: n for key, (_, n) in found.items()}) == naive(before, column, scope)
    mondays = counting.weeks(day, 20)
    flows = counting.flows(mondays)
    rows = list(Registration.objects.all())
    for monday in mondays:
        sunday = monday + timedelta(days=6)
        new = [row for row in rows if not row.follows_id and monday <= row.registered_on <= sunday]
        gone = [row for row in rows if row.end_reason == "left" and monday <= row.ended_on <= sunday]
        came, left = (Counter(row.subdistrict for row in which) for which in (new, gone))
        assert without_nought({key: flow.came for key, flow in flows[monday].items()}) == came
        assert without_nought({key: flow.left for key, flow in flows[monday].items()}) == left
        told = sum(flow.came - flow.left for flow in flows[monday].values())
        eve = monday - timedelta(days=1)
        assert naive(sunday, "division").total() - naive(eve, "division").total() == told


@given(day=st.dates(date(2024, 1, 1), date(2027, 12, 31)), how_many=st.integers(1, 30))
def test_weeks_are_whole_and_over(day, how_many):
    mondays = counting.weeks(day, how_many)
    assert len(mondays) == how_many
    assert all(monday.weekday() == 0 for monday in mondays)
    assert all(later - earlier == timedelta(days=7) for earlier, later in pairwise(mondays))
    assert mondays[-1] + timedelta(days=6) <= day < mondays[-1] + timedelta(days=13)


def some(how_many: int, area: str = AREA, on: date = date(2026, 3, 3), **about) -> None:
    for _turn in range(how_many):
        make.register(make.make_person(), on, subdistrict=area, **about)


def test_a_small_area_is_kept_back_and_a_large_one_with_it(on_day):
    some(9)
    some(2, OTHER_AREA)
    found = figures.figures(areas.whole(CODES), TODAY, 12)
    assert found.people == (11, 0)
    shown = {line.area.code: line.numbers for line in found.people_by_area if line.area}
    assert shown[OTHER_AREA] == shown[AREA] == (None, None)
    assert found.weekly[-1].came == 11
    alone = figures.figures(areas.Area("subdistrict", AREA, (AREA,)), TODAY, 12)
    assert alone.people is None
    assert alone.weekly[-1].came is None


def test_a_move_is_neither_coming_nor_going(on_day):
    some(9)
    some(9, OTHER_AREA)
    moved = Registration.objects.filter(subdistrict=AREA).first()
    assert moved is not None
    actions.move(moved.person, make.stay(subdistrict=OTHER_AREA, since=TODAY), actor=SYSTEM, today=TODAY)
    found = figures.figures(areas.whole(CODES), TODAY, 12)
    shown = {line.area.code: line.numbers for line in found.people_by_area if line.area}
    assert (shown[AREA], shown[OTHER_AREA]) == ((8, 0), (10, 0))
    assert sum(week.came or 0 for week in found.weekly) == 18


def test_a_past_day_gives_what_was_true_then(on_day):
    some(6, on=date(2026, 1, 5))
    some(7, on=date(2026, 2, 20))
    gone = Registration.objects.first()
    assert gone is not None
    actions.leave(gone.person, date(2026, 3, 1), actor=SYSTEM, today=date(2026, 3, 1))
    days = {date(2026, 1, 4): 0, date(2026, 1, 5): 6, date(2026, 2, 20): 13, date(2026, 2, 28): 13, TODAY: 12}
    for day, people in days.items():
        assert figures.figures(areas.whole(CODES), day, 12).people[0] == people  # type: ignore[index]


def test_ways_tell_the_channel_and_whether_a_report_came_first(on_day):
    reporter, actor = reporters.landlord()
    for turn in range(60):
        person = make.make_person()
        if turn < 20:
            entry = reporters.let(
                name=person.name, identity_number=person.identity_number, happened_on=date(2026, 3, 2)
            )
            filing.file(reporter, [entry], actor=actor, today=date(2026, 3, 2))
        channel = "window" if turn % 2 else "mobile"
        on = date(2026, 3, 3)
        actions.register(person, make.stay(since=on), actor=SYSTEM, today=on, channel=channel)
    assert Registration.objects.filter(reported=True).count() == 20
    channels, reasons = counting.ways(counting.weeks(TODAY, 4), areas.whole(CODES))
    assert channels == {"report": 20, "mobile": 20, "window": 20}
    assert reasons == {"work": 60}


def staff(role: str, codes: tuple[str, ...] = (), kind: str = "staff") -> Actor:
    return Actor(kind, 1, None, role, codes)  # type: ignore[arg-type]


def test_planners_see_the_district_officers_their_area_and_others_nothing():
    communities()
    assert areas.find(staff("planner"), "") == areas.Area("district", DISTRICT, CODES)
    assert areas.find(staff("planner"), AREA)
    mine = staff("subdistrict", (AREA,))
    assert areas.find(mine, "") == areas.find(mine, AREA) == areas.Area("subdistrict", AREA, (AREA,))
    assert areas.find(mine, f"{AREA}901")
    for code in (OTHER_AREA, f"{OTHER_AREA}901", "330105999", f"{AREA}999", "x"):
        assert areas.find(mine, code) is None
    both = areas.find(staff("chief", (AREA, OTHER_AREA)), "")
    assert both is not None
    assert (both.level, both.subdistricts) == ("some", (AREA, OTHER_AREA))
    for role in ("department", "auditor", "administrator"):
        assert areas.find(staff(role, (AREA,)), "") is None
    assert areas.find(Actor("citizen", 1, 1), "") is None
    assert areas.find(Actor("reporter", 1, None, "planner"), "") is None


def test_dwellings_are_counted_as_the_lists_count_them(on_day):
    who = lettings.landlord()
    for turn in range(4):
        dwelling, claim, account = lettings.recorded(who, address=f"桥弄街 {turn} 号")
        if turn:
            lease = lettings.leased(dwelling, account, *(make.make_person() for _ in range(turn * 2)))
        if turn == 1:
            lettings.all_done(dwelling, claim, account, lease, TODAY)
    clerk = make.make_officer("clerk").actor
    found = dwellings.count(TODAY)
    told = {state: sum(found.by_area(state).values()) for state in dwellings.STATES}
    assert told["all"] == lists.find(clerk, "").count() == 4
    assert told["unrecorded"] == lists.without_record(clerk, TODAY).count() == 2
    assert told["crowded"] == lists.crowded(clerk, TODAY).count()
    assert (told["let"], told["recorded"], told["filed"], told["inspected"]) == (3, 1, 1, 1)


def test_the_morning_s_count_is_used_that_day_alone_and_nothing_is_wrong_without_it(on_day):
    dwellings.keep_count({"day": TODAY.isoformat()})
    lettings.recorded()
    assert dwellings.counted(TODAY).by_area("all") == {}
    tomorrow = TODAY + timedelta(days=1)
    assert dwellings.counted(tomorrow).by_area("all") == {AREA: 1}
    dwellings.keep_count({"day": tomorrow.isoformat()})
    assert list(DwellingCount.objects.values_list("day", flat=True)) == [tomorrow]
    dwellings.keep_count({"day": TODAY.isoformat()})
    assert dwellings.counted(tomorrow).by_area("all") == {AREA: 1}


def test_what_is_kept_back_of_a_subdistrict_is_kept_back_of_its_communities(on_day):
    communities()
    some(9, community=f"{AREA}901")
    some(2, OTHER_AREA)
    inside = figures.figures(areas.Area("subdistrict", AREA, (AREA,)), TODAY, 12)
    assert [line.numbers for line in inside.people_by_area] == [(None, None), (None, None)]
    some(20, "330105001")
    inside = figures.figures(areas.Area("subdistrict", AREA, (AREA,)), TODAY, 12)
    assert [line.numbers for line in inside.people_by_area] == [(9, 0), (0, 0)]
