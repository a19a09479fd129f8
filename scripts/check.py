"""Every check, in the order in which a fault is cheapest to find. `check.py lint` stops before the tests."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from demo_data import filling
from postgres import server
from system import chromium, node, openssl, pdftotext

BIN = Path(sys.executable).parent
LINT = [
    ["ruff", "format", "--check", "--quiet", "."],
    ["ruff", "check", "--quiet", "."],
    ["lint-imports"],
    ["mypy"],
    ["juzhu", "manage", "makemigrations", "--check", "--dry-run"],
    ["juzhu", "manage", "messages", "--check"],
    ["python", "scripts/requirements_table.py", "--check"],
]
WORKERS = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
"""In the order of `testpaths`: those files first that take longest."""
MEMORY, ENOUGH = Path("/dev/shm"), 2 << 30
"""What the tests write is thrown away: where there is room, no disk is waited for."""


def run(command: list[str], **environment: str) -> None:
    """Run one check; stop at the first that fails, and say which it was."""
    print(f"── {' '.join(command)}", flush=True)
    started = time.monotonic()
    env = {**os.environ, "JUZHU_MODE": "test", **environment}
    code = subprocess.run([str(BIN / command[0]), *command[1:]], env=env, check=False).returncode
    if code:
        sys.exit(f"failed: {' '.join(command)}")
    print(f"   {time.monotonic() - started:.0f} s", flush=True)


def lint() -> None:
    for command in LINT:
        run(command)


def main() -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else every process compiles everything anew
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ENOUGH
    with tempfile.TemporaryDirectory(prefix="juzhu-check-", dir=MEMORY if roomy else None) as data:
        Path(data).chmod(0o711)  # PostgreSQL runs as somebody else
        tempfile.tempdir = os.environ["TMPDIR"] = os.environ["JUZHU_DATA_DIR"] = data
        run(["juzhu", "manage", "messages", "--compile"])
        if "lint" in sys.argv[1:]:
            lint()
            return
        pdftotext()
        openssl()
        node()
        demos = Path(data, "demos")
        with server("demo") as address:
            with filling(demos, address) as filled:
                lint()
                filled()
            os.environ["JUZHU_TEST_DEMO"] = str(demos)
            run(["pytest", *WORKERS, "-m", "not browser and not postgres"])
            run(["pytest", *WORKERS, "-m", "(database or postgres) and not browser"], DATABASE_URL=address)
            run(
                ["pytest", "tests/browser", "-n", "2", "--dist", "loadfile"],
                JUZHU_CHROMIUM=chromium(),
                JUZHU_TEST_POSTGRES=address,
            )


if __name__ == "__main__":
    main()
