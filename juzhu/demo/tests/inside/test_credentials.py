"""Every permit of the demo has its document, and the list of every day says what a check of it says."""

from datetime import timedelta

import pytest

from juzhu.credentials import standings
from juzhu.credentials.models import Licence
from juzhu.credentials.tests.registered import register_all
from juzhu.credentials.tests.test_standings import one_by_one
from juzhu.operations import clock
from juzhu.permits.models import PermitVersion


def test_every_version_has_its_document_without_being_caught_up():
    assert PermitVersion.objects.count() == Licence.objects.count() > 0
    before = set(Licence.objects.values_list("pk", flat=True))
    register_all()
    assert set(Licence.objects.values_list("pk", flat=True)) == before


@pytest.mark.parametrize("days", [0, 1, 17, 90, 200, 380, 800])
def test_the_list_says_what_a_check_says(days):
    day = clock.today() + timedelta(days=days)
    expected = one_by_one(day)
    assert standings.not_valid(0, day) == expected
    assert expected or days == 0
