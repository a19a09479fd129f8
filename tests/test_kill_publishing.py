"""SIGKILL amid the making and publishing of documents: nothing half is there, and the next worker goes on."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crash import ROOT, environment, run_module
from tests.databases import fresh

MODULE = "tests.crash_publishing"


def killed(env: dict[str, str], when: str) -> None:
    """Let a worker work until that moment, and kill it there."""
    command = [sys.executable, "-m", MODULE, "work", when]
    with subprocess.Popen(
        command, env=env, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == f"{when}\n".encode()
        os.kill(worker.pid, signal.SIGKILL)


@pytest.mark.slow
def test_a_worker_killed_amid_documents_and_lists_leaves_nothing_half_and_the_next_goes_on(tmp_path: Path):
    address = os.environ.get("DATABASE_URL", "")
    folder = tmp_path / "published"
    env = environment(tmp_path, fresh(address) if address else "") | {"JUZHU_PUBLISHED_DIR": str(folder)}
    permits = run_module(MODULE, env, "seed")
    killed(env, "licences")
    left = run_module(MODULE, env, "check")
    assert (left["licences"], left["given"], left["published"]) == (0, 0, [])
    killed(env, "rows")
    left = run_module(MODULE, env, "check")
    assert (left["licences"], left["given"], left["published"]) == (permits, permits, [])
    assert (folder / ".well-known" / "juzhu-trust-list").is_file()
    subprocess.run(
        [sys.executable, "-m", MODULE, "work", ""], env=env, cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )
    done = run_module(MODULE, env, "check")
    assert (done["licences"], done["given"], done["due"]) == (permits, permits, [])
    assert done["verdicts"] == ["terminated"] + ["valid"] * (permits - 1)
