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
    assert list(queries.visible_to(owner.actor)) == [made]
    assert made not in queries.visible_to(stranger.actor)
    for role in ("clerk", "reviewer", "chief", "subdistrict"):
        assert list(queries.visible_to(make.make_officer(role).actor)) == [made]
        assert made not in queries.visible_to(make.make_officer(role, (OTHER_AREA,)).actor)
        assert queries.visible_to(make.make_officer(role, (AREA, OTHER_AREA)).actor).count() == 2
    for role in ("department", "auditor", "administrator"):
        assert not queries.visible_to(make.make_officer(role, (AREA,)).actor).exists()
    assert not queries.visible_to(SYSTEM).exists()


def test_a_guardian_sees_the_childs():
    guardian, child = make.make_account(), make.make_person("周小宝", date(2017, 5, 1))
    made = make.register(child, TODAY)
    assert not queries.visible_to(guardian.actor).exists()
    people.record_guardianship(guardian.person, child, "household_register", actor=SYSTEM)
    assert list(queries.visible_to(guardian.actor)) == [made]


@pytest.mark.parametrize("count", [1, 6])
def test_a_list_is_one_query_however_long(count: int, django_assert_num_queries):
    for _ in range(count):
        make.register(make.make_person(), TODAY)
    actor = make.make_officer().actor
    with django_assert_num_queries(1):
        assert len([(row.person.name, row.full_address) for row in queries.visible_to(actor)]) == count


def test_the_eighteen_subdistricts_have_names_and_stations_in_both_languages():
    assert len(CODES) == 18
    place = SUBDISTRICTS[AREA]
    assert (place.name("zh-hans"), place.name("en")) == ("拱宸桥街道", "Gongchenqiao Subdistrict")
    assert (place.station("zh-hans"), place.station("en")) == ("拱宸桥派出所", "Gongchenqiao Police Station")
