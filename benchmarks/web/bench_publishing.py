"""The status list of a day from the database, checks of an offline code, and the list as it is fetched, of a
million documents; the last two against bare Django doing as many queries on the same server.

`python -m benchmarks.web.bench_publishing`
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.web.bench_web import environment, row_of, seed
from benchmarks.web.load import Request, granian, measure

Row = dict[str, Any]
ROUNDS = 6
DOCUMENTS = 1_000_000


def run(scale: float = 1.0) -> list[Row]:
    """`scale` shortens each measurement, and lessens the documents."""
    seconds, documents = 0.8 * scale, int(DOCUMENTS * min(1.0, scale))
    with tempfile.TemporaryDirectory(prefix="juzhu-bench-") as folder:
        settings = environment(Path(folder))
        told = seed("benchmarks.web.publishing_seed", settings, str(documents))
        seed("benchmarks.web.bare.seed", settings)
        body = json.dumps({"code": told["code"]}).encode()
        check = Request("POST", "/api/v1/verify", {"Content-Type": "application/json"}, body)
        asked = [
            ("POST /api/v1/verify, an offline code", check, told["queries"]),
            ("GET /status/0, what the reader has not yet", Request("GET", "/status/0", {}), 1),
        ]
        with (
            granian("juzhu.config.wsgi:application", 1, settings) as ours,
            granian("benchmarks.web.bare.wsgi:application", 1, settings) as bare,
        ):
            rows = [_list(told, documents)]
            for name, request, queries in asked:
                peer = Request("GET", f"/json?queries={queries}", {})
                pairs = [
                    (measure(*ours, request, seconds), measure(*bare, peer, seconds)) for _ in range(ROUNDS)
                ]
                rows.append(row_of(name, queries, pairs))
    return rows


def _list(told: dict[str, Any], documents: int) -> Row:
    share = told["not_valid"] / documents
    return {
        "name": f"status list of a day, {documents:,} documents in SQLite",
        "ours": told["built_s"],
        "unit": "s of processor time",
        "note": f"{share:.0%} not valid, read in {told['read_s']:.2f} s; {told['bytes'] / 1000:.0f} kB",
    }


if __name__ == "__main__":
    for row in run():
        print(json.dumps(row))
