"""Who may report for an organisation: its head lets it in, managers let colleagues in."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juzhu.operations.models import Event
from juzhu.people import credit_codes, organisations
from juzhu.people.errors import (
    ColleagueUnknown,
    CreditCodeInvalid,
    LastManager,
    MemberAlready,
    NotAllowed,
    NotItsHead,
    OrganisationClosed,
    OrganisationNotConfirmed,
    TradeUnknown,
)
from juzhu.people.models import Membership, Organisation
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import reporters
from juzhu.permits.tests.factories import AREA, TODAY

KNOWN = "91330105MA2A0B1C2D"


@pytest.mark.parametrize("code", ["91350100M000100Y43", "911101080000000000"[:17] + "3"])
def test_a_code_is_checked_by_its_last_character(code: str):
    good = code[:17] + credit_codes.check_character(code[:17])
    assert credit_codes.parse(f" {good[:8]} {good[8:].lower()} ") == good


def test_the_standard_s_own_example():
    assert credit_codes.parse("91350100M000100Y43") == "91350100M000100Y43"


@given(place=st.integers(0, 16), letter=st.sampled_from(credit_codes.CHARACTERS))
def test_every_single_typing_error_is_found(place: int, letter: str):
    good = "91350100M000100Y43"
    if good[place] == letter:
        return
    with pytest.raises(CreditCodeInvalid):
        credit_codes.parse(good[:place] + letter + good[place + 1 :])


def enrol(account, known, *, name="", trades=("employer",), today=TODAY) -> Organisation:
    return organisations.enrol(
        account, known.credit_code, name or known.name, trades, AREA, actor=account.actor, today=today
    )


@pytest.mark.django_db
def test_the_head_lets_it_in_and_nobody_else(on_day):
    head, other = make.make_account("钱有才"), make.make_account("李四")
    known = reporters.record(head)
    with pytest.raises(NotItsHead):
        enrol(other, known)
    with pytest.raises(OrganisationNotConfirmed):
        enrol(head, known, name="别的公司")
    with pytest.raises(TradeUnknown):
        enrol(head, known, trades=("bank",))
    with pytest.raises(NotAllowed):
        organisations.enrol(
            head, known.credit_code, known.name, ("employer",), AREA, actor=other.actor, today=TODAY
        )
    assert not Organisation.objects.exists()
    made = enrol(head, known)
    assert enrol(head, known, trades=("hotel", "employer")).pk == made.pk
    assert Membership.objects.get().part == "manager"
    assert [row.kind for row in Event.objects.filter(kind__startswith="organisation.")] == [
        "organisation.enrolled",
        "organisation.renewed",
    ]
    acting = organisations.acting_for(head, made.pk)
    assert (acting.kind, acting.organisation_id, acting.person_id) == ("reporter", made.pk, None)


@pytest.mark.django_db
def test_brackets_of_either_width_are_one_name(on_day):
    head = make.make_account("钱有才")
    known = reporters.record(head, "运河服饰有限公司（示例）")
    assert enrol(head, known, name="运河服饰有限公司(示例)").name == known.name


@pytest.mark.django_db
def test_what_is_closed_reports_no_more(on_day):
    head = make.make_account("钱有才")
    known = reporters.record(head)
    known.closed_on = date(2026, 1, 1)
    known.save()
    with pytest.raises(OrganisationClosed):
        enrol(head, known)


@pytest.mark.django_db
def test_a_manager_lets_colleagues_in_and_takes_them_out_and_the_last_one_stays(on_day):
    made, manager = reporters.enrolled()
    colleague, stranger = make.make_account("吴会计"), make.make_account("路人")
    for name in ("吴", "路人"):
        with pytest.raises(ColleagueUnknown):
            organisations.let_in(made, colleague.login, name, "reporter", actor=manager)
    row = organisations.let_in(made, colleague.login, "吴会计", "reporter", actor=manager)
    with pytest.raises(MemberAlready):
        organisations.let_in(made, colleague.login, "吴会计", "reporter", actor=manager)
    theirs = organisations.acting_for(colleague, made.pk)
    for actor in (theirs, stranger.actor, make.make_officer("chief").actor):
        with pytest.raises(NotAllowed):
            organisations.let_in(made, stranger.login, "路人", "reporter", actor=actor)
    with pytest.raises(NotAllowed):
        organisations.acting_for(stranger, made.pk)
    first = Membership.objects.get(part="manager")
    with pytest.raises(LastManager):
        organisations.take_out(first, actor=manager)
    with pytest.raises(NotAllowed):
        organisations.take_out(row, actor=stranger.actor)
    organisations.take_out(row, actor=theirs)
    with pytest.raises(NotAllowed):
        organisations.acting_for(colleague, made.pk)
