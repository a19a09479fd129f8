"""The half year counts in the whole urban area, whoever's register it stands in."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Evidence
from juzhu.operations.actors import SYSTEM
from juzhu.people.models import Account
from juzhu.permits import actions, casework, facts, submission
from juzhu.permits.errors import NotLookedAt
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


def shown(account: Account, since: str = "2025-05-01", until: str | None = "2026-03-02") -> Evidence:
    says = {"division": XIHU, "registered_on": since, "ended_on": until}
    paper = [make.stored_picture()]
    return evidence.upload(account.person_id, Kind.RESIDENCE_ELSEWHERE, says, paper, actor=account.actor)


def test_a_certificate_of_another_district_is_a_paper_that_an_officer_judges():
    account = newcomer()
    make.attest_insurance(account.person, "2025-01", "2026-02")
    piece = shown(account)
    assert half_year(account) == ("met", 1)
    case = actions.submit(make.draft(account, "employment"), actor=account.actor, today=TODAY)
    answer, seen = facts.decide(case, TODAY)
    assert (answer.outcome, casework.unjudged(seen, answer)) == ("accept", [piece])
    clerk, reviewer = make.make_officer("clerk").actor, make.make_officer("reviewer").actor
    case = casework.accept(case, actor=clerk, today=TODAY)
    with pytest.raises(NotLookedAt):
        casework.approve(case, actor=reviewer, today=TODAY)
    evidence.judge(piece, "disproved", actor=reviewer)
    answer, seen = facts.decide(case, TODAY)
    assert (answer.outcome, seen.behind("residence_half_year")) == ("refuse", [])
    evidence.judge(piece, "good", actor=reviewer)
    assert casework.approve(case, actor=reviewer, today=TODAY).state == "issued"


def test_no_rule_alone_decides_on_a_paper_of_another_district(settings):
    settings.JUZHU_INSTANT_APPROVAL = True
    for attested in (False, True):
        account = newcomer()
        make.attest_insurance(account.person, "2025-01", "2026-02")
        shown(account) if not attested else lived(account, XIHU, "2025-05-01", "2026-03-02")
        case = submission.file(make.draft(account, "employment"), actor=account.actor, today=TODAY)
        assert case.automatic == attested


def test_the_polices_word_of_a_stay_goes_before_the_paper_about_it():
    account = newcomer()
    shown(account)
    lived(account, XIHU, "2025-05-01", "2025-12-01")
    assert half_year(account) == ("unmet", 1)
