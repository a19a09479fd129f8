"""The half year counts in the whole urban area, whoever's register it stands in."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.operations.actors import SYSTEM
from juzhu.people.models import Account
from juzhu.permits import facts
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("on_day"),
    pytest.mark.requirement("C01", "CF17"),
]
XIHU, TONGLU = "330106", "330122"


def newcomer() -> Account:
    """Registered here last week."""
    account = make.make_account(photo=make.stored_picture())
    make.register(account.person, date(2026, 3, 2))
    return account


def lived(account: Account, division: str, since: str, until: str | None) -> None:
    says = {"division": division, "registered_on": since, "ended_on": until}
    evidence.attest(account.person_id, Kind.RESIDENCE_ELSEWHERE, says, "police", actor=SYSTEM)


def half_year(account: Account) -> tuple[str, int]:
    draft = make.draft(account, "employment")
    answer, seen = facts.decide(draft, TODAY)
    finding = next(one for one in answer.findings if one.code == "residence_half_year")
    return finding.state, len(seen.behind("residence_half_year"))


def test_ten_months_in_another_district_and_a_move_here_are_one_residence():
    account = newcomer()
    lived(account, XIHU, "2025-05-01", "2026-03-02")
    assert half_year(account) == ("met", 1)


def test_two_districts_one_after_another_are_one_residence():
    account = newcomer()
    lived(account, XIHU, "2025-11-01", "2026-03-02")
    lived(account, "330102", "2025-06-01", "2025-11-01")
    assert half_year(account)[0] == "met"


@pytest.mark.parametrize(
    ("division", "since", "until"),
    [
        (TONGLU, "2025-05-01", "2026-03-02"),
        (XIHU, "2025-05-01", "2025-12-31"),
        (XIHU, "2025-12-01", "2026-03-02"),
    ],
)
def test_outside_the_urban_area_long_ago_or_too_short_it_is_not(division: str, since: str, until: str):
    account = newcomer()
    lived(account, division, since, until)
    assert half_year(account)[0] == "unmet"
