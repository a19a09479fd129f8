"""Make `.venv`, or say in one line what is missing. Runs under the system's own Python."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

VENV = Path(".venv")


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036, the system's Python may be any
        found = sys.version.split()[0]
        sys.exit(f"juzhu needs Python 3.11 or newer, not {found}: make PYTHON=python3.12 run")
    if made():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "python3-venv"], check=False)
        if made():
            return
    sys.exit("Python's venv module is incomplete. Install it: sudo apt-get install python3-venv")


def made() -> bool:
    """Whether a virtual environment with pip could be made."""
    shutil.rmtree(VENV, ignore_errors=True)
    return subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode == 0


if __name__ == "__main__":
    main()
