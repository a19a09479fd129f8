"""SIGKILL in mid-write: every acknowledged submission is there, none twice."""

import os
from pathlib import Path

import pytest

from tests.crash import storm
from tests.databases import fresh


@pytest.mark.slow
@pytest.mark.database
@pytest.mark.parametrize("kill_after", [20, 120])
def test_every_acknowledged_submission_survives_a_killed_server(tmp_path: Path, kill_after: int):
    address = os.environ.get("DATABASE_URL", "")
    report = storm(tmp_path, 200, kill_after, database_url=fresh(address) if address else "")
    assert kill_after <= report.acknowledged_before < 200
    assert (report.lost, report.twice) == (0, 0)
    assert report.acknowledged_after == report.submitted == 200
    assert report.chain_intact
