"""The district's figures over 400,000 registered people and 100,000 dwellings, against 0.3 s.

`python -m benchmarks.web.bench_district`
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.web.bench_queue import Site, site
from benchmarks.web.load import Connection

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
from postgres import server

Row = dict[str, Any]
COUNT = 400_000
SEED = "benchmarks.web.district_seed"
MOST_MS = 300


def run(scale: float = 1.0) -> list[Row]:
    """One row a page and database. `scale` makes the table smaller and the rounds fewer."""
    count, rounds = max(4_000, int(COUNT * scale)), max(20, int(40 * scale))
    with (
        tempfile.TemporaryDirectory(prefix="juzhu-district-") as folder,
        site(Path(folder), "", count, SEED) as one,
    ):
        rows = measure("SQLite", one, count, rounds)
    with (
        tempfile.TemporaryDirectory(prefix="juzhu-district-") as folder,
        server() as address,
        site(Path(folder), address, count, SEED) as one,
    ):
        rows += measure("PostgreSQL", one, count, rounds)
    return rows


def measure(database: str, one: Site, count: int, rounds: int) -> list[Row]:
    """Ask each page in turn; the figure to hold is the median, on a machine that others use too."""
    rows = []
    for name, request in one.pages.items():
        connection = Connection(one.port)
        taken = [connection.seconds(request) * 1000 for _ in range(rounds)][rounds // 10 :]
        rows.append(
            {
                "name": f"{name}, {count:,} people, {database}",
                "ours": median(taken),
                "peer": MOST_MS,
                "ratio": MOST_MS / median(taken),
                "goal": 1,
                "unit": "ms, median",
                "note": f"{one.queries[name]} queries; best {min(taken):.0f}, "
                f"p95 {quantiles(taken, n=20)[18]:.0f}",
            }
        )
    return rows


if __name__ == "__main__":
    for row in run(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0):
        print(json.dumps(row, ensure_ascii=False))
