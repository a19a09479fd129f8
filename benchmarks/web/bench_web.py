"""Signed-in pages and the verify call, against bare Django doing as many queries on the same server.

`python -m benchmarks.web.bench_web`
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.web.load import Request, Result, granian, measure
from juzhu.credentials import live_code

Row = dict[str, Any]
ROUNDS = 12
GOAL = 0.6
SECRET = "benchmark-secret-that-protects-nothing-0123456789abcdef0123456789"


def run(scale: float = 1.0) -> list[Row]:
    """One row a page and one for the verify call; `scale` shortens each measurement."""
    seconds = 0.8 * scale
    with tempfile.TemporaryDirectory(prefix="juzhu-bench-") as folder:
        settings = environment(Path(folder))
        asked = seed("benchmarks.web.seed", settings)
        bare_session = seed("benchmarks.web.bare.seed", settings)["session"]
        with (
            granian("juzhu.config.wsgi:application", 1, settings) as ours,
            granian("benchmarks.web.bare.wsgi:application", 1, settings) as bare,
        ):
            rows = []
            for name, page in asked["pages"].items():
                mine = Request("GET", page["path"], {"Cookie": page["cookies"]})
                path = f"/page?queries={page['queries']}"
                peer = Request("GET", path, {"Cookie": f"sessionid={bare_session}"})
                pairs = [
                    (measure(*ours, mine, seconds), measure(*bare, peer, seconds)) for _ in range(ROUNDS)
                ]
                rows.append(row_of(f"page: {name}", page["queries"], pairs))
            queries = asked["verify"]["queries"]
            peer = Request("GET", f"/json?queries={queries}", {})
            pairs = [
                (measure(*ours, _verify(asked["public_id"]), seconds), measure(*bare, peer, seconds))
                for _ in range(ROUNDS)
            ]
            rows.append(row_of("POST /api/v1/verify", queries, pairs))
    return rows


def environment(folder: Path) -> dict[str, str]:
    """The settings of both servers, with their data in a folder."""
    return {
        "JUZHU_MODE": "test",
        "JUZHU_SECRET_KEY": SECRET,
        "JUZHU_DATA_DIR": str(folder / "ours"),
        "JUZHU_LOG_LEVEL": "INFO",
        "BARE_DATABASE": str(folder / "bare.sqlite3"),
        "DATABASE_URL": "",
    }


def seed(module: str, settings: dict[str, str], *arguments: str) -> dict[str, Any]:
    """Fill a database by a module run as a process of its own; what it prints last."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, env={**os.environ, **settings}, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _verify(public_id: str) -> Request:
    """The call with a code of this moment; a code lives for 30 seconds at least."""
    key = hmac.new(SECRET.encode(), b"juzhu live code v1", hashlib.sha256).digest()
    body = json.dumps({"code": live_code.make(public_id, key, datetime.now(UTC))}).encode()
    return Request("POST", "/api/v1/verify", {"Content-Type": "application/json"}, body)


def row_of(name: str, queries: int, pairs: list[tuple[Result, Result]]) -> Row:
    """Ours against the peer, by the medians of rounds that took turns."""
    cpu = median(peer.cpu_us / ours.cpu_us for ours, peer in pairs)
    return {
        "name": name,
        "ours": median(ours.per_second for ours, _peer in pairs),
        "peer": median(peer.per_second for _ours, peer in pairs),
        "ratio": median(ours.per_second / peer.per_second for ours, peer in pairs),
        "goal": GOAL,
        "unit": "requests/s",
        "note": f"{queries} queries each; by CPU time a request {cpu:.2f}",
    }


if __name__ == "__main__":
    for row in run():
        print(json.dumps(row))
