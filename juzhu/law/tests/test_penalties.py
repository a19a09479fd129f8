"""The ladder of Zhejiang arts. 33 to 35: every rung, every state of the order, every age."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from juzhu.law import penalties
from juzhu.law.errors import UnknownProvision
from juzhu.law.policy import load

TODAY = date(2026, 3, 10)
ACT = date(2026, 2, 1)
OWN, REPORTS, STAYS = "zhejiang-2016:33", "zhejiang-2016:34", "zhejiang-2016:35"


def left_open(provision: str, ordered: str = "not_obeyed", persons: int = 1, **about) -> penalties.Open:
    return penalties.fine(
        provision, persons=persons, ordered=ordered, **{"committed_on": ACT, "today": TODAY, **about}
    )


@pytest.mark.requirement("A17", "B10", "B11")
@pytest.mark.parametrize(
    ("provision", "ordered", "why"),
    [
        (OWN, "none", "order_first"),
        (OWN, "running", "order_runs"),
        (OWN, "obeyed", "order_obeyed"),
        (OWN, "not_obeyed", ""),
        (REPORTS, "none", "order_first"),
        (REPORTS, "running", ""),
        (REPORTS, "obeyed", ""),
        (REPORTS, "not_obeyed", ""),
        (STAYS, "none", "order_first"),
        (STAYS, "running", "order_runs"),
        (STAYS, "obeyed", "order_obeyed"),
        (STAYS, "not_obeyed", ""),
    ],
)
def test_an_order_comes_first_and_only_reports_may_be_fined_beside_it(provision, ordered, why):
    found = left_open(provision, ordered)
    assert found.why == why
    assert (found.most > 0) is not bool(why)


@pytest.mark.requirement("A17")
def test_who_did_not_register_pays_fifty_to_two_hundred():
    found = left_open(OWN)
    assert (found.least, found.most, found.cites) == (50, 200, (OWN,))
    assert [yuan for yuan in (0, 1, 49, 50, 51, 200, 201) if found.allows(yuan)] == [0, 50, 51, 200]


@pytest.mark.requirement("B10", "B11")
@pytest.mark.parametrize("provision", [REPORTS, STAYS])
def test_who_did_not_report_pays_a_hundred_for_each_and_nothing_between(provision):
    found = left_open(provision, persons=3)
    assert [yuan for yuan in range(0, 500, 50) if found.allows(yuan)] == [0, 100, 200, 300]
    assert left_open(provision, persons=0).why == "nobody"


@pytest.mark.requirement("G05")
@pytest.mark.parametrize(
    ("born", "why", "most"),
    [
        (date(2012, 2, 2), "under_14", 0),
        (date(2012, 2, 1), "", 100),
        (date(2008, 2, 2), "", 100),
        (date(2008, 2, 1), "", 200),
    ],
)
def test_under_fourteen_nobody_is_fined_and_under_eighteen_less(born, why, most):
    found = left_open(OWN, born=born)
    assert (found.why, found.most) == (why, most)


@pytest.mark.requirement("G05")
def test_after_two_years_it_is_too_late():
    for act, why in ((date(2024, 3, 10), ""), (date(2024, 3, 9), "too_long_ago")):
        assert left_open(OWN, committed_on=act).why == why
    assert left_open(OWN, committed_on=date(2024, 2, 29), today=date(2026, 2, 28)).why == ""
    assert left_open(OWN, committed_on=date(2024, 2, 29), today=date(2026, 3, 1)).why == "too_long_ago"


def test_how_an_order_stands_follows_from_its_dates():
    by = date(2026, 3, 9)
    assert penalties.order_stands(by, None, by) == "running"
    assert penalties.order_stands(by, None, TODAY) == "not_obeyed"
    assert penalties.order_stands(by, by, TODAY) == "obeyed"
    assert penalties.order_stands(by, TODAY, TODAY) == "not_obeyed"
    assert penalties.order_stands(by, TODAY, by) == "running"


@pytest.mark.requirement("G05")
def test_small_fines_may_be_decided_on_the_spot_and_a_case_has_ninety_days():
    assert penalties.on_the_spot(200, organisation=False)
    assert not penalties.on_the_spot(201, organisation=False)
    assert penalties.on_the_spot(3000, organisation=True)
    assert not penalties.on_the_spot(0, organisation=True)
    assert penalties.decide_by(date(2026, 3, 10)) == date(2026, 6, 8)


def test_a_provision_without_a_ladder_is_named():
    with pytest.raises(UnknownProvision, match="zhejiang-2016:34"):
        left_open("zhejiang-2016:36")


@pytest.mark.requirement("G05")
def test_the_term_to_be_heard_ends_on_no_rest_day():
    assert penalties.statement_ends(date(2026, 3, 9), 5) == date(2026, 3, 16)
    assert penalties.statement_ends(date(2026, 3, 4), 5) == date(2026, 3, 9)


@pytest.mark.requirement("G05")
def test_nobody_is_decided_on_before_told_and_heard():
    assert penalties.PROCEDURE.get(("opened", "decide")) is None
    assert penalties.PROCEDURE.get(("told", "decide")) is None
    assert penalties.PROCEDURE["heard", "decide"] == "decided"


@pytest.mark.requirement("G05")
def test_a_hearing_is_offered_from_the_packs_figure_on_and_its_terms_are_working_days():
    hearing = load("gongshu-2022").hearing
    offers = partial(penalties.offers_hearing, hearing)
    assert not offers(fine_yuan=9900, organisation=True)
    assert offers(fine_yuan=10000, organisation=True)
    assert not offers(fine_yuan=1999, organisation=False)
    assert offers(fine_yuan=2000, organisation=False)
    assert not offers(fine_yuan=200, organisation=False, withdraws_permit=True)
    wide = hearing.model_copy(update={"withdrawal": hearing.withdrawal.model_copy(update={"offered": True})})
    assert penalties.offers_hearing(wide, fine_yuan=0, organisation=False, withdraws_permit=True)
    assert penalties.hearing_asked_by(date(2026, 9, 29)) == date(2026, 10, 12)  # the 10th is a make-up day
    assert penalties.hearing_not_before(date(2026, 3, 10)) == date(2026, 3, 19)


def test_a_figure_that_was_not_held_against_its_source_says_so():
    hearing = load("gongshu-2022").hearing
    assert not (hearing.person_fine.confirmed or hearing.organisation_fine.confirmed)
