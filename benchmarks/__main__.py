"""`make bench`: one table of ours against peers, each pair measured in the same run. Only ratios count.

`make bench ARGS="--scale 0.2 law web"` is quicker and rougher. Parts: law, population,
web, writes, queue, instant, reports, documents, seals, credentials, district, publishing, wallets.
"""

from __future__ import annotations

import argparse
import json
from importlib import import_module
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

PARTS = {
    "law": "benchmarks.law.bench_decide",
    "population": "benchmarks.law.bench_population",
    "documents": "benchmarks.documents",
    "seals": "benchmarks.seals",
    "credentials": "benchmarks.credentials",
    "web": "benchmarks.web.bench_web",
    "writes": "benchmarks.web.bench_writes",
    "queue": "benchmarks.web.bench_queue",
    "instant": "benchmarks.web.bench_instant",
    "reports": "benchmarks.web.bench_reports",
    "district": "benchmarks.web.bench_district",
    "publishing": "benchmarks.web.bench_publishing",
    "wallets": "benchmarks.web.bench_wallets",
}


def figure(value: float | None) -> str:
    """A number with as many digits as can be trusted."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def table_of(rows: list[dict[str, Any]]) -> Table:
    """The rows as one table."""
    table = Table(title="juzhu against its peers, side by side", show_lines=False)
    words = {"what", "unit", "", "note"}
    for title in ("what", "ours", "peer", "unit", "ratio", "goal", "", "note"):
        table.add_column(title, justify="left" if title in words else "right")
    for row in rows:
        goal = row.get("goal")
        ratio = row.get("ratio")
        reached = "" if goal is None or ratio is None else "✓" if ratio >= goal else "below"
        table.add_row(
            row["name"], figure(row["ours"]), figure(row.get("peer")), row["unit"],
            figure(row.get("ratio")), figure(goal), reached, row.get("note", ""),
        )  # fmt: skip
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all of them without one")
    parser.add_argument("--scale", type=float, default=1.0, help="how large; 0.1 is a quick look")
    parser.add_argument("--json", type=Path, help="also write the rows to this file")
    options = parser.parse_args()
    rows: list[dict[str, Any]] = []
    console = Console(width=160)
    for part in options.parts or PARTS:
        with console.status(f"measuring {part} …"):
            rows += import_module(PARTS[part]).run(options.scale)
    console.print(table_of(rows))
    if options.json:
        options.json.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
