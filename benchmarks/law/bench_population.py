"""A population at once: Polars folds the tree over ten million people, OpenFisca the same over one million.

`python -m benchmarks.law.bench_population`. Each side has a process of its own, for its own peak of memory.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from benchmarks.law.crowd import AS_OF, crowd, frame
from benchmarks.law.openfisca_rules import simulation, system

Row = dict[str, Any]
OURS, PEERS = 10_000_000, 1_000_000
SAMPLE = 200_000
ROUNDS = 5
PAIRS = 3
WORDS = {True: "accept", None: "supplement", False: "refuse"}


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_polars(people: int) -> dict[str, Any]:
    """Seconds from a table in memory to the outcome."""
    from juzhu.law.columns import holds
    from juzhu.law.policy import load

    expression = holds(load("gongshu-2022"), AS_OF, "employment")
    table = frame(crowd(people)).rechunk()
    before = _peak_mib()
    seconds = []
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        table.lazy().select(expression).collect()
        seconds.append(time.perf_counter() - began)
    sample = frame(crowd(SAMPLE, seed=2)).select(expression).to_series().value_counts()
    return {
        "seconds": median(seconds[1:]),
        "peak": _peak_mib(),
        "before": before,
        "sample": {WORDS[truth]: count for truth, count in sample.iter_rows()},
    }


def measure_openfisca(people: int) -> dict[str, Any]:
    """Seconds from arrays in memory to the outcome, inputs set and calculated; and `calculate` alone."""
    built, inputs, day = system(), crowd(people), AS_OF.isoformat()
    before = _peak_mib()
    seconds, alone = [], []
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        asked = simulation(built, inputs, AS_OF)
        ready = time.perf_counter()
        asked.calculate("outcome", day)
        seconds.append(time.perf_counter() - began)
        alone.append(time.perf_counter() - ready)
    codes, counts = np.unique(
        simulation(built, crowd(SAMPLE, seed=2), AS_OF).calculate("outcome", day), return_counts=True
    )
    truths = {0: False, 1: None, 2: True}
    sample = {WORDS[truths[int(code)]]: int(count) for code, count in zip(codes, counts, strict=True)}
    took = {"seconds": median(seconds[1:]), "alone": median(alone[1:])}
    return took | {"peak": _peak_mib(), "before": before, "sample": sample}


def _in_a_process(side: str, people: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.law.bench_population", side, str(people)]
    done = subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parents[2])
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


def run(scale: float = 1.0) -> list[Row]:
    """People per second of both, and what the fold adds to the memory that the inputs take."""
    ours_people, peers_people = (max(1000, round(people * scale)) for people in (OURS, PEERS))
    pairs = [
        (_in_a_process("polars", ours_people), _in_a_process("openfisca", peers_people)) for _ in range(PAIRS)
    ]
    for ours, peer in pairs:
        assert ours["sample"] == peer["sample"], (ours["sample"], peer["sample"])
    ours, peer = (min(side, key=lambda measured: measured["seconds"]) for side in zip(*pairs, strict=True))
    speed, peers_speed = (
        median(people / measured["seconds"] for measured in side)
        for people, side in zip((ours_people, peers_people), zip(*pairs, strict=True), strict=True)
    )
    added = {
        side: measured["peak"] - measured["before"] for side, measured in (("ours", ours), ("peer", peer))
    }
    return [
        {
            "name": "law: a population decided, employment route",
            "ours": round(speed),
            "peer": round(peers_speed),
            "ratio": round(speed / peers_speed, 1),
            "goal": 20,
            "unit": "people/s",
            "note": f"median of {PAIRS} pairs of processes; at best {ours_people:,} people in"
            f" {ours['seconds']:.3f} s, OpenFisca {peers_people:,} in {peer['seconds']:.3f} s"
            f" ({peer['alone']:.3f} s for `calculate` alone); same outcomes on {SAMPLE:,}",
        },
        {
            "name": "law: peak memory of the same",
            "ours": round(ours["peak"]),
            "peer": round(peer["peak"]),
            "ratio": round((peer["peak"] / peers_people) / (ours["peak"] / ours_people), 1),
            "goal": None,
            "unit": "MiB, ratio a person",
            "note": f"the whole process, inputs made and held; the fold itself added {added['ours']:.0f} MiB"
            f" and OpenFisca's {added['peer']:.0f} MiB",
        },
    ]


if __name__ == "__main__":
    if len(sys.argv) == 3:
        measure = measure_polars if sys.argv[1] == "polars" else measure_openfisca
        print(json.dumps(measure(int(sys.argv[2]))))
    else:
        for line in run():
            print(json.dumps(line, ensure_ascii=False))
