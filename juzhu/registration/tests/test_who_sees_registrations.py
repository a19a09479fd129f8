"""Registrations: for whom they are of, for officers in their area, and for strangers."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.operations.actors import SYSTEM
from juzhu.people import actions as people
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import AREA, OTHER_AREA, TODAY
from juzhu.registration import queries
from juzhu.registration.subdistricts import CODES, SUBDISTRICTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


def test_the_owner_the_colleague_and_the_stranger():
    owner, stranger = make.make_account(), make.make_account("林海峰")
    made = make.register(owner.person, TODAY)
    make.register(stranger.person, TODAY, subdistrict=OTHER_AREA)
    assert list(queries.visible_to(owner.actor, TODAY)) == [made]
    assert made not in queries.visible_to(stranger.actor, TODAY)
    for role in ("clerk", "reviewer", "chief", "subdistrict"):
        assert list(queries.visible_to(make.make_officer(role).actor, TODAY)) == [made]
        assert made not in queries.visible_to(make.make_officer(role, (OTHER_AREA,)).actor, TODAY)
        assert queries.visible_to(make.make_officer(role, (AREA, OTHER_AREA)).actor, TODAY).count() == 2
    for role in ("department", "auditor", "administrator"):
        assert not queries.visible_to(make.make_officer(role, (AREA,)).actor, TODAY).exists()
    assert not queries.visible_to(SYSTEM, TODAY).exists()


def test_a_guardian_sees_the_childs():
    guardian, child = make.make_account(), make.make_person("周小宝", date(2017, 5, 1))
    made = make.register(child, TODAY)
    assert not queries.visible_to(guardian.actor, TODAY).exists()
    people.record_guardianship(guardian.person, child, "household_register", actor=SYSTEM)
    assert list(queries.visible_to(guardian.actor, TODAY)) == [made]


@pytest.mark.parametrize("count", [1, 6])
def test_a_list_is_one_query_however_long(count: int, django_assert_num_queries):
    for _ in range(count):
        make.register(make.make_person(), TODAY)
    actor = make.make_officer().actor
    with django_assert_num_queries(1):
        assert len([(row.person.name, row.full_address) for row in queries.visible_to(actor, TODAY)]) == count


def test_the_eighteen_subdistricts_have_names_and_stations_in_both_languages():
    assert len(CODES) == 18
    place = SUBDISTRICTS[AREA]
    assert (place.name("zh-hans"), place.name("en")) == ("拱宸桥街道", "Gongchenqiao Subdistrict")
    assert (place.station("zh-hans"), place.station("en")) == ("拱宸桥派出所", "Gongchenqiao Police Station")


def test_a_grown_up_childs_registration_is_the_childs_own():
    guardian, stranger = make.make_account("周建国", date(1985, 2, 2)), make.make_account("林海峰")
    child = make.make_account("周小宝", date(2010, 5, 1))
    people.record_guardianship(guardian.person, child.person, "household_register", actor=SYSTEM)
    made = make.register(child.person, TODAY, actor=guardian.actor)
    for day, shown in ((date(2026, 4, 30), [made]), (date(2026, 5, 1), [])):
        assert list(queries.visible_to(guardian.actor, day)) == shown
        assert list(queries.visible_to(child.actor, day)) == [made]
        assert not queries.visible_to(stranger.actor, day).exists()
