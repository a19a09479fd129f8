"""Reports: a sheet from its upload to its receipt against the same rows written bare; and through the API.

`python -m benchmarks.web.bench_reports`. The sheet is read, looked at, kept for mending, matched and filed
with its invitations, until its receipt is there; the SMS that go out then are a row of their own. The peer is
`executemany` (SQLite) or `COPY` (PostgreSQL) of the reports alone, of values that are ready, into the same
table with the same indexes, the best of three.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.web.load import granian

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
from postgres import server

Row = dict[str, Any]
COUNT, CLIENTS = 50_000, 4
GOAL, MOST_SECONDS, MOST_MEMORY = 0.25, 60, 400
ENVIRONMENT = {
    "JUZHU_MODE": "test",
    "JUZHU_SECRET_KEY": "benchmark-secret-that-protects-nothing-0123456789abcdef0123456789",
    "JUZHU_LOG_LEVEL": "ERROR",
}


def run(scale: float = 1.0) -> list[Row]:
    """Seven rows a database."""
    count = max(2000, int(COUNT * scale))
    with tempfile.TemporaryDirectory(prefix="juzhu-reports-") as folder:
        rows = _rows("SQLite", count, {**ENVIRONMENT, "JUZHU_DATA_DIR": folder, "DATABASE_URL": ""})
    with tempfile.TemporaryDirectory(prefix="juzhu-reports-") as folder, server(durable=True) as address:
        rows += _rows("PostgreSQL", count, {**ENVIRONMENT, "JUZHU_DATA_DIR": folder, "DATABASE_URL": address})
    return rows


def _rows(database: str, count: int, environment: dict[str, str]) -> list[Row]:
    command = [sys.executable, "-m", "benchmarks.web.reports_import", str(count)]
    env = {**os.environ, **environment}
    done = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE)
    found = json.loads(done.stdout.splitlines()[-1])
    new, (file, worked), (ask, _worked) = found["new"], found["file"], found["ask"]
    whole, worked_in_all = (sum(pair) for pair in zip(found["read"], found["file"], strict=True))
    bare, bare_worked = found["bare"]
    note = (
        f"{new:,} filed, {found['wrong']:,} sent back; read {whole - file:.1f} s, file {file:.1f} s; "
        f"in processors' seconds {worked_in_all:.2f}, {bare_worked / worked_in_all:.2f} of the peer"
    )
    of_filing = f"in processors' seconds {worked:.2f}, {bare_worked / worked:.2f} of the peer"
    told = f"after the receipt: everybody is asked by SMS, a task each, in {ask:.0f} s"
    most = MOST_SECONDS * count / COUNT
    rows = [
        _row(f"a sheet of {count:,}, whole way, {database}", new / whole, new / bare, "rows/s", GOAL, note),
        _row(f"its filing alone, {database}", new / file, new / bare, "rows/s", GOAL, of_filing),
        _limit(f"its seconds, {database}", whole, most, "s"),
        _limit(f"its peak memory, {database}", found["peak"], MOST_MEMORY, "MiB",
               f"{found['before']} before it began"),
        _row(f"the people it names asked, {database}", new / ask, None, "reports/s", note=told),
    ]  # fmt: skip
    with granian("juzhu.config.wsgi:application", CLIENTS, environment) as (port, _pid):
        for size in (1, 1000):
            sent = max(CLIENTS, min(400, count // 40)) if size == 1 else max(CLIENTS, count // 5000)
            speed = _through_the_api(port, found["token"], sent, size)
            rows.append(
                _row(f"reports through the API, {size:,} a request, {database}", speed, None, "reports/s")
            )
    return rows


def _row(
    name: str, ours: float, peer: float | None, unit: str, goal: float | None = None, note: str = ""
) -> Row:
    ratio = ours / peer if peer else None
    return {
        "name": name,
        "ours": ours,
        "peer": peer,
        "ratio": ratio,
        "goal": goal,
        "unit": unit,
        "note": note,
    }


def _limit(name: str, ours: float, most: float, unit: str, note: str = "") -> Row:
    """A figure that may not be larger than another: its ratio is what is left of it."""
    return {
        "name": name,
        "ours": ours,
        "peer": most,
        "ratio": most / ours,
        "goal": 1.0,
        "unit": unit,
        "note": note,
    }


def _bodies(sent: int, size: int) -> Iterator[bytes]:
    """Requests about people who all differ."""
    from juzhu.config.commands import django_ready

    django_ready()
    from juzhu.registration.tests.report_sheets import person

    each = iter(range(sent * size))
    while some := list(islice(each, size)):
        told = []
        for n in some:
            name, number = person(n)
            told.append(
                {"kind": "work", "phase": "began", "happened_on": date.today().isoformat(), "name": name,  # noqa: DTZ011
                 "identity_number": number, "phone": f"138{n:08d}", "post": str(size)}
            )  # fmt: skip
        yield json.dumps({"reports": told}).encode()


def _through_the_api(port: int, token: str, sent: int, size: int) -> float:
    """Reports a second, from several connections."""
    waiting, lock = list(_bodies(sent, size)), threading.Lock()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    faults: list[str] = []

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while True:
            with lock:
                if not waiting:
                    return connection.close()
                body, key = waiting.pop(), f"{size}-{len(waiting)}"
            connection.request("POST", "/api/v1/reports", body, {**headers, "Idempotency-Key": key})
            answer = connection.getresponse()
            if answer.status != 201:
                faults.append(f"{answer.status} {answer.read()[:200]!r}")
            else:
                answer.read()

    started = time.perf_counter()
    threads = [threading.Thread(target=work) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise RuntimeError(f"{len(faults)} requests failed, the first: {faults[0]}")
    return sent * size / (time.perf_counter() - started)


if __name__ == "__main__":
    for row in run(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0):
        print(json.dumps(row, ensure_ascii=False))
