"""Whose affair it is: the person and their guardian act, a stranger finds nothing."""

from datetime import date
from typing import Any

import pytest

from juzhu.evidence import inquiries
from juzhu.operations.actors import SYSTEM
from juzhu.people import actions as people
from juzhu.permits import actions, submission, switching
from juzhu.permits.errors import OutOfArea
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.permits.window import mending

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


def test_the_person_and_the_guardian_start_and_a_stranger_finds_nothing():
    child = make.make_person("周小满", born=date(2018, 5, 4))
    make.register(child, date(2025, 7, 10))
    guardian, stranger = make.make_account(), make.make_account("陈默")
    people.record_guardianship(guardian.person, child, "declared", actor=SYSTEM)
    with pytest.raises(OutOfArea):
        actions.start(child, "study", actor=stranger.actor, today=TODAY)
    begun = actions.start(child, "study", actor=guardian.actor, today=TODAY)
    with pytest.raises(OutOfArea):
        actions.save_step(begun, "form", {"phone": "1"}, actor=stranger.actor)
    saved = actions.save_step(begun, "form", {"phone": "2"}, actor=guardian.actor)
    assert saved.answers["form"] == {"phone": "2"}


@pytest.mark.requirement("A06")
def test_from_the_sixteenth_birthday_on_the_guardian_is_a_stranger(on_day):
    guardian, own = make.make_account(), make.make_account("周小满", date(2010, 5, 4))
    child = own.person
    make.register(child, date(2025, 7, 10))
    people.record_guardianship(guardian.person, child, "declared", actor=SYSTEM)
    on_day(date(2026, 5, 3))
    begun = actions.start(child, "study", actor=guardian.actor, today=date(2026, 5, 3))
    birthday = date(2026, 5, 4)
    on_day(birthday)
    for attempt in (
        lambda: actions.start(child, "study", actor=guardian.actor, today=birthday),
        lambda: actions.save_step(begun, "form", {"phone": "1"}, actor=guardian.actor),
        lambda: switching.switch_route(begun, "dwelling", actor=guardian.actor, today=birthday),
        lambda: submission.file(begun, actor=guardian.actor, today=birthday),
        lambda: actions.withdraw(begun, actor=guardian.actor, today=birthday),
    ):
        with pytest.raises(OutOfArea):
            attempt()
    assert actions.save_step(begun, "form", {"phone": "2"}, actor=own.actor).answers["form"] == {"phone": "2"}


def test_a_stranger_changes_nothing_of_a_filed_case_and_its_owner_does():
    owner = make.eligible_account()
    case, stranger = make.submitted(owner), make.make_account("陈默")
    tries: list[Any] = [
        lambda actor: actions.submit(case, actor=actor, today=TODAY, key="key-1"),
        lambda actor: mending.correct(case, "form", {"phone": "3"}, actor=actor, today=TODAY),
        lambda actor: switching.switch_route(case, "study", actor=actor, today=TODAY),
        lambda actor: actions.withdraw(case, actor=actor, today=TODAY),
    ]
    for attempt in tries:
        with pytest.raises(OutOfArea):
            attempt(stranger.actor)
    case.refresh_from_db()
    assert (case.state, case.route) == ("submitted", "employment")
    for attempt in tries:
        attempt(owner.actor)
    case.refresh_from_db()
    assert (case.state, case.route) == ("withdrawn", "study")


def test_a_stranger_endorses_nobodys_permit():
    permit = make.issued(make.eligible_account())
    with pytest.raises(OutOfArea):
        actions.request_endorsement(
            permit, "employment", actor=make.make_account("陈默").actor, today=date(2027, 3, 1)
        )


def test_no_bureau_is_asked_for_a_stranger(monkeypatch: pytest.MonkeyPatch):
    owner = make.eligible_account()
    draft, asked = make.draft(owner), []
    monkeypatch.setattr(inquiries, "ask", lambda wanted, *, now: asked.extend(wanted))
    with pytest.raises(OutOfArea):
        submission.file(draft, actor=make.make_account("陈默").actor, today=TODAY, key="key-2")
    assert asked == []
    assert submission.file(draft, actor=owner.actor, today=TODAY, key="key-2").number
    assert asked == [owner.person_id]
