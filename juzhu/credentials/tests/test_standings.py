"""The status list of a day says of every permit what a check of that permit says."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest

from juzhu.credentials import checks, standings
from juzhu.credentials.models import Licence
from juzhu.credentials.tests.histories import Life
from juzhu.credentials.tests.registered import register_all
from juzhu.permits.models import Permit
from juzhu.permits.tests import factories as make
from juzhu.registration.models import Registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
UNTIL = date(2026, 6, 30)
HOLDERS = 50


def one_by_one(day: date) -> dict[int, int]:
    """What is not valid, each permit checked for itself."""
    found = {}
    noon = datetime.combine(day, time(4), UTC)
    permits = Permit.objects.select_related("person").prefetch_related("endorsements", "applications")
    for permit in permits:
        status = checks.BY_OUTCOME[checks.standing(permit, noon).outcome]
        for licence in Licence.objects.filter(permit=permit):
            said = standings.SUPERSEDED if status == standings.VALID and licence.superseded_at else status
            if said != standings.VALID:
                found[licence.place] = said
    return found


@pytest.mark.requirement("CF17", "E07")
@pytest.mark.parametrize("policy", ["gongshu-2022", "gongshu-2022,hangzhou-2018@2025-07-01"])
def test_the_list_of_every_day_is_what_checking_each_permit_says(policy, settings, on_day):
    settings.JUZHU_POLICY = policy
    on_day(UNTIL)
    dice = Random(policy)
    permits = [Life(dice, UNTIL, number).permit() for number in range(HOLDERS)]
    register_all()
    ends = sorted(
        (permit.cached_until for permit in permits if permit.cached_until >= UNTIL),
        key=lambda day: -day.weekday(),
    )
    days = {day + timedelta(days=n) for day in (ends[0], ends[-1]) for n in range(4)}
    days |= {UNTIL, UNTIL + timedelta(days=700)}
    seen: set[int] = set()
    for day in sorted(days):
        expected = one_by_one(day)
        assert standings.not_valid(0, day) == expected, day
        seen |= set(expected.values())
    assert seen == {standings.TERMINATED, standings.SUSPENDED, standings.SUPERSEDED}


def test_other_shards_and_permits_without_a_document_are_not_in_it(on_day):
    on_day(UNTIL)
    Life(Random(3), UNTIL, 1).permit()
    assert standings.not_valid(0, UNTIL + timedelta(days=900)) == {}
    register_all()
    assert standings.not_valid(1, UNTIL + timedelta(days=900)) == {}
    assert set(standings.not_valid(0, UNTIL + timedelta(days=900)).values()) == {standings.SUSPENDED}


@pytest.mark.parametrize("later_registered", [False, True])
@pytest.mark.parametrize("outside_first", [False, True])
def test_of_two_stays_that_ended_on_one_day_the_same_one_counts(later_registered, outside_first, on_day):
    permit = make.issued()
    register_all()
    first = Registration.objects.get()
    second = Registration.objects.get()
    second.pk, second.number = None, "DJ-second"
    second.registered_on += timedelta(days=later_registered)
    first.destination, second.destination = ("110101", "330106") if outside_first else ("330106", "110101")
    for row in (first, second):
        row.ended_on, row.end_reason = date(2026, 4, 1), "left"
        row.save()
    day = date(2026, 4, 2)
    assert standings.not_valid(0, day) == one_by_one(day)
    assert bool(one_by_one(day)) == (not outside_first)
    assert permit.person_id == second.person_id
