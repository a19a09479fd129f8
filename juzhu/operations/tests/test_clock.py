"""The service's clock: the law counts days in Shanghai."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test.utils import override_settings

from juzhu.operations import clock


class LateEvening:
    """16:30 UTC on New Year's Eve."""

    def now(self) -> datetime:
        return datetime(2025, 12, 31, 16, 30, tzinfo=UTC)


def test_today_is_the_day_in_shanghai():
    with override_settings(JUZHU_CLOCK=f"{__name__}.LateEvening"):
        assert clock.today() == date(2026, 1, 1)


def test_the_default_clock_is_the_machines_own():
    moment = clock.now()
    assert moment.tzinfo is not None
    assert abs(datetime.now(UTC) - moment) < timedelta(seconds=5)


def test_a_test_moves_it(on_day):
    assert clock.today() == date(2026, 3, 10)
    on_day(date(2027, 2, 28))
    assert clock.today() == date(2027, 2, 28)


@pytest.mark.parametrize("moment", [clock.now])
def test_moments_are_in_utc(moment):
    assert moment().utcoffset() == timedelta(0)
