"""Libraries in JavaScript that know nothing of us, from the lock in `tests/foreign`, in one process."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FOREIGN = ROOT / "tests" / "foreign"
sys.path.insert(0, str(ROOT / "scripts"))
from system import node  # noqa: E402, found only now


def installed() -> Path:
    """The folder that holds `node_modules`, for this lock; installed once and kept in the user's cache."""
    lock = (FOREIGN / "package-lock.json").read_bytes()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "juzhu"
    folder = cache / f"foreign-{hashlib.sha256(lock).hexdigest()[:16]}"
    if folder.exists():
        return folder
    node()
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, ignore_cleanup_errors=True) as made:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(FOREIGN / name, made)
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(["npm", "ci", *quiet], cwd=made, check=True, capture_output=True)
        # Another worker may be quicker.
        with contextlib.suppress(OSError):
            Path(made).rename(folder)
    return folder


class Foreign:
    """The running process. A job is what its script takes; the answer is `said` or `refused`."""

    def __init__(self, script: str = "check.mjs") -> None:
        environment = {**os.environ, "JUZHU_FOREIGN_MODULES": str(installed())}
        self._process = subprocess.Popen(
            [node(), str(FOREIGN / script)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, **job: Any) -> dict[str, Any]:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._process.stdout.close()
