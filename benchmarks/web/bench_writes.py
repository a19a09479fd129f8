"""Submissions written over HTTP, and a server killed in the midst of them.

`python -m benchmarks.web.bench_writes`
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.crash import Report, storm

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
from postgres import server

Row = dict[str, Any]


def run(scale: float = 1.0) -> list[Row]:
    """One row a database; the ratio is acknowledged submissions that are there, to those acknowledged."""
    count = max(200, int(2000 * scale))
    with tempfile.TemporaryDirectory(prefix="juzhu-storm-") as folder:
        rows = [_row("SQLite", storm(Path(folder), count, count * 3 // 4))]
    with tempfile.TemporaryDirectory(prefix="juzhu-storm-") as folder, server(durable=True) as address:
        rows.append(_row("PostgreSQL", storm(Path(folder), count, count * 3 // 4, database_url=address)))
    return rows


def _row(database: str, report: Report) -> Row:
    kept = report.acknowledged_before - report.lost
    return {
        "name": f"SIGKILL amid submissions, {database}",
        "ours": report.per_second,
        "peer": None,
        "ratio": kept / report.acknowledged_before,
        "goal": 1.0,
        "unit": "submissions/s",
        "note": f"{report.acknowledged_before} acknowledged, {report.lost} lost, {report.twice} twice, "
        f"chain {'intact' if report.chain_intact else 'BROKEN'}",
    }


if __name__ == "__main__":
    for row in run():
        print(json.dumps(row))
