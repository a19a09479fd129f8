"""SIGKILL amid the filing of a sheet: nothing half is there, and the next worker files all of it once."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crash import ROOT, environment, run_module
from tests.databases import fresh


@pytest.mark.slow
@pytest.mark.database
def test_a_worker_killed_amid_filing_leaves_nothing_half_and_the_next_one_files_all(tmp_path: Path):
    address = os.environ.get("DATABASE_URL", "")
    env = environment(tmp_path, fresh(address) if address else "")
    counts = run_module("tests.crash_reports", env, "seed")
    command = [sys.executable, "-m", "tests.crash_reports", "work", "slowly"]
    with subprocess.Popen(
        command, env=env, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"half\n"
        os.kill(worker.pid, signal.SIGKILL)
    left = run_module("tests.crash_reports", env, "check")
    assert (left["state"], left["reports"], left["invitations"]) == ("filing", 0, 0)
    assert left["rows"] == counts["fine"] + counts["wrong"] + counts["doubtful"]
    subprocess.run([*command[:-1]], env=env, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    done = run_module("tests.crash_reports", env, "check")
    good = counts["fine"] + counts["doubtful"]
    assert (done["state"], done["reports"], done["invitations"]) == ("filed", good, good)
    assert (done["rows"], done["counts"]["back"]) == (counts["wrong"], counts["wrong"])
