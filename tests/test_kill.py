"""SIGKILL in mid-write: every acknowledged submission is there, none twice."""

from pathlib import Path

import pytest

from tests.crash import storm


@pytest.mark.slow
@pytest.mark.parametrize("kill_after", [20, 120])
def test_every_acknowledged_submission_survives_a_killed_server(tmp_path: Path, kill_after: int):
    report = storm(tmp_path, 200, kill_after)
    assert kill_after <= report.acknowledged_before < 200
    assert (report.lost, report.twice) == (0, 0)
    assert report.acknowledged_after == report.submitted == 200
    assert report.chain_intact
