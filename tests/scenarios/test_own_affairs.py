"""回避, in every room: nobody does anything about themselves, their children, or who is near to them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from juzhu.documents import slips
from juzhu.evidence import actions as evidence
from juzhu.evidence import objections, sheets
from juzhu.evidence.errors import OwnWord
from juzhu.evidence.kinds import Kind
from juzhu.people import actions as people
from juzhu.people import staff
from juzhu.people.errors import ConflictOfInterest
from juzhu.people.models import Account, Person
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from tests.scenarios.makers import child, guard, newcomer, person_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day"), pytest.mark.requirement("G04")]
WORD = {"runs": [{"from": "2025-01", "to": "2026-02", "division": "330100", "back_paid": False}]}


def numbered(officer: Account, number: str) -> Account:
    Account.objects.filter(pk=officer.pk).update(staff_identity_number=number)
    officer.refresh_from_db()
    return officer


def bureau(number: str = "") -> Account:
    return numbered(make.make_officer("department", (), department="human_resources"), number)


def near_to(person: Person) -> list[tuple[str, Account]]:
    """Officers who have to keep away, by how they are near."""
    declared = bureau()
    staff.declare_relation(person.identity_number, "other", actor=declared.actor, today=TODAY)
    return [("themself", bureau(person.identity_number)), ("declared", declared)]


def test_no_departments_officer_gives_or_takes_back_a_word_about_themself_or_family():
    person = person_of(newcomer(date(2024, 1, 8)))
    stranger = bureau()
    piece, _new = evidence.give(person, Kind.INSURANCE, WORD, actor=stranger.actor)
    for _how, officer in near_to(person):
        with pytest.raises(ConflictOfInterest):
            evidence.give(person, Kind.INSURANCE, WORD, actor=officer.actor)
        with pytest.raises(ConflictOfInterest):
            evidence.attest(person.pk, Kind.INSURANCE, WORD, "human_resources", actor=officer.actor)
        with pytest.raises(ConflictOfInterest):
            evidence.withdraw_word(piece, actor=officer.actor)
    evidence.withdraw_word(piece, actor=stranger.actor)


def test_no_departments_officer_gives_a_word_about_their_child():
    guardian, small = newcomer(date(2024, 1, 8), born=date(1985, 1, 1)), child(date(2017, 5, 1), TODAY)
    guard(guardian, small)
    with pytest.raises(ConflictOfInterest):
        evidence.give(small, Kind.INSURANCE, WORD, actor=bureau(person_of(guardian).identity_number).actor)


def test_on_a_sheet_the_row_about_oneself_is_wrong_and_the_others_are_filed():
    own, other = person_of(newcomer(date(2024, 1, 8))), person_of(newcomer(date(2024, 1, 8), name="李四"))
    officer = bureau(own.identity_number)
    sheet = sheets.Sheet(kind=Kind.INSURANCE.value, department="human_resources", rows=[])
    sheet.rows = [
        {
            "line": line,
            "cells": {"person_name": person.name, "person_number": person.identity_number},
            "broken": {},
        }
        for line, person in enumerate((own, other), 2)
    ]
    looked = sheets.look(sheet, actor=officer.actor, today=TODAY)
    assert [str(row.faults.get("person_number", "")) for row in looked] == [
        str(ConflictOfInterest.sentence),
        "",
    ]


def objected(by: Account) -> tuple[Account, Any]:
    account = newcomer(date(2024, 1, 8))
    piece, _new = evidence.give(person_of(account), Kind.INSURANCE, WORD, actor=by.actor)
    return account, objections.file(piece, "不对，我一直在缴", "", actor=account.actor, today=TODAY)


def test_an_objection_is_answered_by_somebody_else_than_who_gave_the_word_where_there_is_one():
    first = bureau()
    _account, objection = objected(first)
    other_bureau = make.make_officer("department", (), department="education")
    assert other_bureau.department != first.department
    second = bureau()
    with pytest.raises(OwnWord):
        objections.uphold(objection, "核对过了没有错", actor=first.actor, today=TODAY)
    assert objections.uphold(objection, "核对过了没有错", actor=second.actor, today=TODAY).state == "upheld"


def test_where_the_department_has_nobody_else_who_gave_the_word_answers():
    first = bureau()
    _account, objection = objected(first)
    assert objections.uphold(objection, "核对过了没有错", actor=first.actor, today=TODAY).state == "upheld"


def test_nobody_answers_an_objection_of_their_own():
    account, objection = objected(bureau())
    with pytest.raises(ConflictOfInterest):
        objections.uphold(
            objection,
            "核对过了没有错",
            actor=bureau(person_of(account).identity_number).actor,
            today=TODAY,
        )


def test_nobody_hands_a_slip_to_themself_or_reads_their_own_number():
    account = make.eligible_account()
    permit = make.issued(account)
    clerk = numbered(make.make_officer("clerk"), person_of(account).identity_number)
    with pytest.raises(ConflictOfInterest):
        slips.hand_out(permit, None, actor=clerk.actor, today=TODAY)
    with pytest.raises(ConflictOfInterest):
        people.reveal_identity_number(person_of(account), "核对材料", actor=clerk.actor)
    stranger = make.make_officer("clerk")
    assert slips.hand_out(permit, None, actor=stranger.actor, today=TODAY).permit == permit
    assert people.reveal_identity_number(person_of(account), "核对材料", actor=stranger.actor)
