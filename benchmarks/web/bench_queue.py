"""The officer's pages over 400,000 applications, against the same pages over 4,000 on the same server.

`python -m benchmarks.web.bench_queue`
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.web.load import Connection, Request, granian

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
from postgres import server

Row = dict[str, Any]
LARGE, SMALL = 400_000, 4_000
GOAL = 0.7
"""A hundred times as many applications may make a page slower by less than a half."""
ENVIRONMENT = {
    "JUZHU_MODE": "test",
    "JUZHU_SECRET_KEY": "benchmark-secret-that-protects-nothing-0123456789abcdef0123456789",
    "JUZHU_LOG_LEVEL": "ERROR",
}


@dataclass(frozen=True)
class Site:
    """A running service, with the pages that are asked of it and how many queries each makes."""

    port: int
    pages: dict[str, Request]
    queries: dict[str, int]


def run(scale: float = 1.0) -> list[Row]:
    """One row a page, officer and database. `scale` makes the large table smaller and the rounds fewer."""
    count, rounds = max(SMALL * 2, int(LARGE * scale)), max(60, int(150 * scale))
    rows: list[Row] = []
    with (
        tempfile.TemporaryDirectory(prefix="juzhu-queue-") as folder,
        site(Path(folder) / "large", "", count) as large,
        site(Path(folder) / "small", "", SMALL) as small,
    ):
        rows += compare("SQLite", large, small, count, rounds)
    with (
        tempfile.TemporaryDirectory(prefix="juzhu-queue-") as folder,
        server() as one,
        server() as other,
        site(Path(folder) / "large", one, count) as large,
        site(Path(folder) / "small", other, SMALL) as small,
    ):
        rows += compare("PostgreSQL", large, small, count, rounds)
    return rows


@contextmanager
def site(
    folder: Path, database_url: str, count: int, seed: str = "benchmarks.web.queue_seed"
) -> Iterator[Site]:
    """Seed a database and serve it by one process."""
    environment = {**ENVIRONMENT, "JUZHU_DATA_DIR": str(folder), "DATABASE_URL": database_url}
    command = [sys.executable, "-m", seed, str(count)]
    env = {**os.environ, **environment}
    done = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE)
    seeded = json.loads(done.stdout.splitlines()[-1])
    pages = {
        name: Request("GET", page["path"], {"Cookie": f"sessionid={page['session']}"})
        for name, page in seeded["pages"].items()
    }
    queries = {name: page["queries"] for name, page in seeded["pages"].items()}
    with granian("juzhu.config.wsgi:application", 1, environment) as (port, _pid):
        yield Site(port, pages, queries)


def compare(database: str, large: Site, small: Site, count: int, rounds: int) -> list[Row]:
    """Ask both in turn, page by page, so that what the machine does besides falls on both."""
    rows = []
    for name in large.pages:
        ours, theirs = Connection(large.port), Connection(small.port)
        pairs = [(ours.seconds(large.pages[name]), theirs.seconds(small.pages[name])) for _ in range(rounds)]
        pairs = pairs[rounds // 10 :]
        p99 = [quantiles(side, n=100)[98] for side in zip(*pairs, strict=True)]
        middle = median(peer for _ours, peer in pairs) / median(mine for mine, _peer in pairs)
        same = large.queries[name] == small.queries[name]
        rows.append(
            {
                "name": f"{name}, {count:,} applications against {SMALL:,}, {database}",
                "ours": p99[0] * 1000,
                "peer": p99[1] * 1000,
                "ratio": middle,
                "goal": GOAL,
                "unit": "ms, p99",
                "note": f"{large.queries[name]} queries"
                + ("" if same else f" against {small.queries[name]}")
                + "; the ratio is of medians",
            }
        )
    return rows


if __name__ == "__main__":
    for row in run(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0):
        print(json.dumps(row, ensure_ascii=False))
