"""Every check, in the order in which a fault is cheapest to find. `check.py lint` stops before the tests."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
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

NO_DATABASE = [
    f"--ignore={path}"
    for path in (
        "juzhu/law",
        "juzhu/credentials/signing",
        "juzhu/credentials/verify",
        "juzhu/credentials/tests/test_cli.py",
        "juzhu/credentials/tests/test_vectors.py",
        "juzhu/demo/tests/test_modes.py",
        "juzhu/demo/tests/test_bureau_beside.py",
        "tests/test_foreign_verifiers.py",
    )
]
"""What touches none, or SQLite alone: it is not run a second time."""


def run(command: list[str], **environment: str) -> None:
    """Run one check; stop at the first that fails, and say which it was."""
    print(f"── {' '.join(command)}", flush=True)
    started = time.monotonic()
    env = {**os.environ, "JUZHU_MODE": "test", **environment}
    code = subprocess.run([str(BIN / command[0]), *command[1:]], env=env, check=False).returncode
    if code:
        sys.exit(f"failed: {' '.join(command)}")
    print(f"   {time.monotonic() - started:.0f} s", flush=True)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="juzhu-check-") as data:
        os.environ["JUZHU_DATA_DIR"] = data
        run(["juzhu", "manage", "messages", "--compile"])
        for command in LINT:
            run(command)
        if "lint" in sys.argv[1:]:
            return
        pdftotext()
        openssl()
        node()
        run(["pytest", *WORKERS, "-m", "not browser and not postgres"])
        with server() as address:
            run(["pytest", *WORKERS, "-m", "not browser", *NO_DATABASE], DATABASE_URL=address)
            run(
                ["pytest", "-m", "browser", "-n", "2", "--dist", "loadfile"],
                JUZHU_CHROMIUM=chromium(),
                JUZHU_TEST_POSTGRES=address,
            )


if __name__ == "__main__":
    main()
