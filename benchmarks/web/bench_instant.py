"""From the applicant's last press to the permit, by the rules alone: over HTTP, on both databases.

`python -m benchmarks.web.bench_instant`. The peer is the same press with instant approval switched off, by
which a case is only filed and waits for two officers.
"""

from __future__ import annotations

import json
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from tests.crash import Draft, environment, run_module, serving, submit

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
from postgres import server

Row = dict[str, Any]
CLIENTS = 8
GOAL = 0.5
"""Accepting, approving and issuing as well may take as long again as the filing itself."""


@dataclass(frozen=True)
class Presses:
    """What came of many presses: how many a second, each one's seconds, and how the cases stand after it."""

    per_second: float
    seconds: list[float]
    states: dict[str, int]
    chain_intact: bool


def run(scale: float = 1.0) -> list[Row]:
    """One row a database. Raises RuntimeError when a press did not lead to a permit."""
    count = max(60, int(600 * scale))
    rows = [row("SQLite", press(count, "", instant=True), press(count, "", instant=False))]
    with server(durable=True) as one, server(durable=True) as other:
        ours, peer = press(count, one, instant=True), press(count, other, instant=False)
    return [*rows, row("PostgreSQL with fsync", ours, peer)]


def press(count: int, database_url: str, *, instant: bool) -> Presses:
    """Let so many applicants press at once, eight at a time, and look at what stands in the database."""
    with tempfile.TemporaryDirectory(prefix="juzhu-instant-") as folder:
        env = {**environment(Path(folder), database_url), "JUZHU_INSTANT_APPROVAL": str(instant).lower()}
        drafts = [Draft(**row) for row in run_module("tests.crash_seed", env, str(count))]
        with serving(env) as (port, _kill):
            submit(port, drafts.pop())
            started = time.perf_counter()
            seconds = _send(port, drafts)
            took = time.perf_counter() - started
        found = run_module("benchmarks.web.instant_check", env)
    return Presses(len(drafts) / took, seconds, found["states"], found["chain_intact"])


def _send(port: int, drafts: list[Draft]) -> list[float]:
    waiting, lock, seconds, faults = list(drafts), threading.Lock(), list[float](), list[Exception]()

    def work() -> None:
        while True:
            with lock:
                if not waiting or faults:
                    return
                draft = waiting.pop()
            started = time.perf_counter()
            try:
                submit(port, draft)
            except Exception as error:
                faults.append(error)
                return
            seconds.append(time.perf_counter() - started)

    threads = [threading.Thread(target=work) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return seconds


def row(database: str, ours: Presses, peer: Presses) -> Row:
    """The row of one database."""
    count = len(ours.seconds) + 1
    if ours.states != {"issued": count}:
        raise RuntimeError(f"not every press led to a permit: {ours.states}")
    if peer.states != {"submitted": count}:
        raise RuntimeError(f"without instant approval a press files, and no more: {peer.states}")
    if not (ours.chain_intact and peer.chain_intact):
        raise RuntimeError("the chain of events is broken")
    p99 = quantiles(ours.seconds, n=100)[98]
    return {
        "name": f"from the last press to an issued permit, against filing alone, {database}",
        "ours": ours.per_second,
        "peer": peer.per_second,
        "ratio": ours.per_second / peer.per_second,
        "goal": GOAL,
        "unit": "applications/s",
        "note": f"{count} permits; median {median(ours.seconds) * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms "
        f"with {CLIENTS} at once, 2 processes",
    }


if __name__ == "__main__":
    for each in run(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0):
        print(json.dumps(each, ensure_ascii=False))
