"""Two records of one person: suggested with reasons, put together on proof, taken apart again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juzhu.operations import tasks
from juzhu.people import actions, duplicates, likeness, suggesting
from juzhu.people.errors import (
    BothHave,
    BothKnown,
    ConflictOfInterest,
    MergedAlready,
    NotAllowed,
    PurposeMissing,
)
from juzhu.people.likeness import SUGGESTED, Card
from juzhu.people.models import Likeness, Person
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.registration.models import Registration

BORN = date(1970, 5, 12)
NUMBER = "341221197005120016"
KNOWN = Card("阿依古丽·买买提", BORN, 2, NUMBER, "", "13900001111", "新疆喀什")


@pytest.mark.parametrize(
    ("other", "suggested"),
    [
        (Card("阿依古丽•买买提", BORN, 2), True),
        (Card("阿依古丽·买买提", date(1970, 12, 5), 2, phone="13900001111"), False),
        (Card("阿依古丽买买提", BORN, 2, phone="13900001111"), False),
        (Card("古丽", BORN, 2, claimed=NUMBER), True),
        (Card("阿依古丽·买买提", BORN, 1), False),
        (Card("另一个人", BORN, 2, phone="13900001111"), False),
        (Card("阿依古丽·买买提", BORN, 2, "341221197005120024"), False),
    ],
)
def test_what_is_suggested_and_what_is_not(other: Card, suggested: bool):
    assert (likeness.of(KNOWN, other)[0] >= SUGGESTED) is suggested
    assert likeness.of(KNOWN, other)[0] == likeness.of(other, KNOWN)[0]


def test_an_old_number_of_fifteen_digits_is_the_same_number():
    old = NUMBER[:6] + NUMBER[8:17]
    assert likeness.modern(old) == NUMBER[:17] + likeness.check_character(NUMBER[:17])
    known = Card("林海峰", BORN, 1, likeness.modern(old))
    assert likeness.of(known, Card("林海锋", BORN, 1, claimed=old)) == (
        100,
        ("number", "name_nearly", "born"),
    )


@given(st.text("0123456789", min_size=4, max_size=18), st.data())
def test_one_typing_error_is_near_and_a_text_is_not_near_itself(text: str, data):
    assert not likeness.nearly(text, text)
    at = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("0123456789"))
    changed, shorter = text[:at] + letter + text[at + 1 :], text[:at] + text[at + 1 :]
    for wrong in (changed, shorter, text[:at] + letter + text[at:]):
        assert wrong == text or likeness.nearly(text, wrong)
    if at + 1 < len(text):
        swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        assert swapped == text or likeness.nearly(text, swapped)


def claim(**about) -> actions.Claim:
    return actions.Claim(
        **{"name": "林海峰", "sex": 1, "born": BORN, "household_division": "341221", **about}
    )


def pending(clerk, **about) -> Person:
    return actions.record_pending(claim(**about), actor=clerk.actor, today=TODAY)


def twice(clerk) -> tuple[Person, Person]:
    """One person who was recorded without a document, and then with it."""
    without, known = pending(clerk), make.make_person("林海峰", BORN)
    Person.objects.filter(pk=without.pk).update(sex=known.sex)
    return without, known


@pytest.mark.django_db
def test_who_was_recorded_without_a_document_is_found_when_they_are_recorded_again(on_day):
    clerk = make.make_officer("clerk")
    without, known = twice(clerk)
    tasks.run_all()
    row = Likeness.objects.get()
    assert {row.first, row.second} == {without, known}
    assert set(row.reasons) >= {"name", "born"}


@pytest.mark.django_db
def test_twins_and_siblings_with_one_phone_are_never_suggested(on_day):
    for name in ("林大双", "林小双", "林大强"):
        person = make.make_person(name, BORN)
        Person.objects.filter(pk=person.pk).update(phone="13900001111")
        suggesting.suggest([Person.objects.get(pk=person.pk)])
    tasks.run_all()
    assert not Likeness.objects.exists()


@pytest.mark.django_db
def test_all_that_hangs_on_one_goes_over_and_comes_back(on_day):
    clerk = make.make_officer("clerk")
    without, known = twice(clerk)
    stay = make.register(without, date(2025, 8, 1))
    tasks.run_all()
    row = duplicates.merge(known, without, "带来了身份证，照片一致。", actor=clerk.actor)
    stay.refresh_from_db()
    without.refresh_from_db()
    assert (stay.person, without.merged_into) == (known, known)
    assert Likeness.objects.get().state == "merged"
    assert row.moved["registration.Registration.person"] == [stay.pk]
    with pytest.raises(MergedAlready):
        duplicates.merge(known, without, "带来了身份证，照片一致。", actor=clerk.actor)
    later = actions.tell(known.pk, "registered", "key")
    duplicates.undo(row, "其实是堂弟，弄错了。", actor=clerk.actor)
    stay.refresh_from_db()
    without.refresh_from_db()
    assert (stay.person, without.merged_into) == (without, None)
    assert later
    assert known.messages.get(key="key")
    with pytest.raises(MergedAlready):
        duplicates.undo(row, "其实是堂弟，弄错了。", actor=clerk.actor)


@pytest.mark.django_db
def test_two_whom_the_register_knows_are_not_merged_nor_two_that_are_registered_now(on_day):
    clerk = make.make_officer("clerk")
    known, other = make.make_person("林海峰", BORN), make.make_person("林海峰", BORN)
    with pytest.raises(BothKnown):
        duplicates.merge(known, other, "看着是一个人。", actor=clerk.actor)
    without = pending(clerk)
    for person in (known, without):
        make.register(person, date(2025, 8, 1))
    with pytest.raises(BothHave, match="both_have") as refused:
        duplicates.merge(known, without, "带来了身份证，照片一致。", actor=clerk.actor)
    assert "现行的居住登记" in str(refused.value.sentence)
    assert Registration.objects.filter(person=without).count() == 1
    without.refresh_from_db()
    assert without.merged_into is None


@pytest.mark.django_db
def test_who_may_put_together_and_tell_apart(on_day):
    clerk = make.make_officer("clerk")
    without, known = twice(clerk)
    tasks.run_all()
    row = Likeness.objects.get()
    near = make.make_officer("clerk", staff_identity_number=known.identity_number)
    for who, error in (
        (make.make_officer("reviewer"), NotAllowed),
        (make.make_officer("subdistrict"), NotAllowed),
        (make.make_account("路人"), NotAllowed),
        (near, ConflictOfInterest),
    ):
        with pytest.raises(error):
            duplicates.merge(known, without, "看着是一个人。", actor=who.actor)
        with pytest.raises(error):
            duplicates.apart(row, "看着是两个人。", actor=who.actor)
    with pytest.raises(PurposeMissing):
        duplicates.apart(row, "不", actor=clerk.actor)
    duplicates.apart(row, "照片不是一个人。", actor=clerk.actor)
    suggesting.suggest([known])
    assert Likeness.objects.get().state == "apart"
