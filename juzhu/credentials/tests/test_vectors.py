"""Every case of the vectors has the verdict that was written down for it by hand."""

from dataclasses import replace

import pytest

from juzhu.credentials.tests.vectors import Case, cases
from juzhu.credentials.verify import sm2

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


def test_a_machine_without_sm2_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """It calls nothing forged that it cannot check, and goes on checking the rest."""

    def missing() -> None:
        raise sm2.Unavailable

    named = {case.name: case for case in cases()}
    monkeypatch.setattr(sm2, "library", missing)
    sm2._public.cache_clear()
    said = named["SM2: a code"].verdict
    assert (said.outcome, said.because, said.claims) == ("unreadable", "algorithm", {})
    assert named["SM2: another end"].verdict.because == "algorithm"
    assert named["a code"].verdict.outcome == "valid"


def test_half_a_surrogate_pair_is_no_permit() -> None:
    shown = replace(CASES[0], data="\ud800" + CASES[0].data)
    assert shown.verdict.outcome == "not_a_permit"
    assert replace(CASES[0], data=CASES[0].data + "\ud800").verdict.outcome == "unreadable"
