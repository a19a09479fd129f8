"""The demo, filled once for all tests that want it: each lives in a copy.

`JUZHU_TEST_DEMO` names a folder in which `sqlite` and `postgres` are the data folders of two demos; the
second one's tables are in the database `demo` of the server at `JUZHU_TEST_POSTGRES`. Tests that are run
without them fill what they want themselves.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_S = 300
"""Less than a minute fills the demo on an idle machine, minutes on a busy one."""


def begin(folder: Path, database_url: str = "") -> subprocess.Popen[bytes]:
    """Begin to fill a demo; without an address its database is a file in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = {"JUZHU_MODE": "demo", "JUZHU_DATA_DIR": str(folder), "DATABASE_URL": database_url}
    with (folder / "filling.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "juzhu.cli", "demo", "--no-serve"],
            env={**os.environ, **environment},
            cwd=ROOT,
            stdout=log,
            stderr=log,
        )


def finish(filling: subprocess.Popen[bytes], folder: Path) -> Path:
    """Wait until a demo is filled; its folder."""
    if filling.wait(timeout=PATIENCE_S):
        raise RuntimeError((folder / "filling.log").read_text()[-3000:])
    return folder


@contextmanager
def filling(folder: Path, server: str) -> Iterator[Callable[[], None]]:
    """Fill both demos beside whatever is done meanwhile; what is given waits until they are filled."""
    demos = {
        folder / "sqlite": begin(folder / "sqlite"),
        folder / "postgres": begin(folder / "postgres", f"{server.rsplit('/', 1)[0]}/demo"),
    }

    def wait() -> None:
        for where, process in demos.items():
            finish(process, where)

    try:
        yield wait
    finally:
        for process in demos.values():
            process.kill()
            process.wait()
