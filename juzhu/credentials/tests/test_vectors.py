"""Every case of the vectors has the verdict that was written down for it by hand."""

import pytest

from juzhu.credentials.tests.vectors import Case, cases

CASES = cases()
OUTCOMES = {"valid", "suspended", "terminated", "stale", "forged", "not_a_permit", "unreadable"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_verdict(case: Case) -> None:
    said = case.verdict
    outcome, _, because = case.expected.partition(":")
    assert (said.outcome, said.because) == (outcome, because)
    if outcome in ("forged", "not_a_permit", "unreadable"):
        # Of what is not proved nothing is repeated.
        assert (said.claims, said.issuer, said.kid, said.expires_at) == ({}, "", "", None)
    elif said.kind == "offline_code":
        assert said.claims["permit_number"] == "33010526000172"


def test_names_are_single_and_every_outcome_has_cases() -> None:
    assert len({case.name for case in CASES}) == len(CASES)
    assert {case.verdict.outcome for case in CASES} == OUTCOMES


def test_the_same_bytes_each_time() -> None:
    """But for SM2, whose nonces OpenSSL draws."""
    first, again = (
        [case.data for case in made if not case.name.startswith("SM2")] for made in (CASES, cases())
    )
    assert first == again
