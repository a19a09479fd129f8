"""Which test proves which rule: docs/requirements.md, from docs/requirements.toml and the tests' marks.

`--check` changes nothing; it fails when the page is out of date, when a row of C, D or E has no test, or
when a test names a row that there is not. Tests are read, not run: `@pytest.mark.requirement("C01", "C02")`
on a function or in a parameter's marks, or in a module's `pytestmark`.
"""

import ast
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ROWS = ROOT / "docs" / "requirements.toml"
PAGE = ROOT / "docs" / "requirements.md"
MUST_BE_PROVED = ("C", "D", "E")
HEAD = """\
# What the rules ask, and which test proves it

Made by `make requirements` from [requirements.toml](requirements.toml) and the marks in the tests.
`make lint` fails while a row of C, D or E has no test. The rules stand here in our own words, and are cited
by article; what counts is their text.
"""


def marked(node: ast.AST) -> Iterator[str]:
    """The ids of every `mark.requirement(...)` in a piece of code. Raises ValueError for what is no text."""
    for call in ast.walk(node):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            continue
        if call.func.attr != "requirement" or not ast.unparse(call.func.value).endswith("mark"):
            continue
        for argument in call.args:
            if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
                raise ValueError(f"line {call.lineno}: a row is named by a plain text")
            yield argument.value


def tests_in(path: Path) -> Iterator[tuple[str, set[str]]]:
    """Every test of a file with the rows it proves."""
    source = path.read_text()
    if "requirement(" not in source:
        return
    tree = ast.parse(source)
    everywhere: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
            everywhere |= set(marked(node.value))
    for owner in [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef))]:
        prefix, theirs = "", set(everywhere)
        if isinstance(owner, ast.ClassDef):
            prefix = f"{owner.name}::"
            theirs |= {row for decorator in owner.decorator_list for row in marked(decorator)}
        for node in owner.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
                own = {row for decorator in node.decorator_list for row in marked(decorator)}
                yield f"{path.relative_to(ROOT).as_posix()}::{prefix}{node.name}", theirs | own


def proofs() -> dict[str, list[str]]:
    """The tests that prove each row."""
    found: dict[str, list[str]] = defaultdict(list)
    for folder in ("juzhu", "tests"):
        for path in sorted((ROOT / folder).rglob("test_*.py")):
            for test, rows in tests_in(path):
                for row in rows:
                    found[row].append(test)
    return found


def section_of(row: str) -> str:
    """The letters that a row's id begins with."""
    return re.match(r"[A-Z]+", row).group()  # type: ignore[union-attr]


def cited(source: str, names: dict[str, dict[str, str]]) -> str:
    """A provision in words, in both languages."""
    place, _, article = source.partition(":")
    name = names[place]
    return f"{name['zh']} {article} ({name['en']})".replace("  ", " ")


def page(table: dict[str, Any], found: dict[str, list[str]]) -> str:
    """The whole page."""
    rows = {key: row for key, row in table.items() if key not in {"sections", "sources"}}
    parts = [HEAD]
    for section, title in table["sections"].items():
        parts.append(f"\n## {section} {title['zh']} · {title['en']}\n")
        parts.append("| row | rule | source | proved by |\n|---|---|---|---|\n")
        for key, row in rows.items():
            if section_of(key) != section:
                continue
            source = "<br>".join(cited(source, table["sources"]) for source in row["source"])
            proved = "<br>".join(f"`{test}`" for test in found.get(key, []))
            if "no_test" in row:
                proved += f"{row['no_test']['zh']} {row['no_test']['en']}"
            parts.append(f"| {key} | {row['zh']}<br>{row['en']} | {source} | {proved or 'no test yet'} |\n")
    return "".join(parts).rstrip() + "\n"


def faults(table: dict[str, Any], found: dict[str, list[str]]) -> Iterator[str]:
    """What is wrong with table and tests."""
    rows = {key: row for key, row in table.items() if key not in {"sections", "sources"}}
    for key in sorted(found.keys() - rows.keys()):
        yield f"{found[key][0]} names row {key}, which is not in {ROWS.name}"
    for key, row in rows.items():
        if section_of(key) not in table["sections"]:
            yield f"row {key} is in no section of {ROWS.name}, so that the page leaves it out"
        if section_of(key) not in MUST_BE_PROVED:
            continue
        if "no_test" in row:
            yield f"row {key} must be proved by a test"
        elif not found.get(key):
            yield f"row {key} has no test: {row['en']}"


def main() -> None:
    table, found = tomllib.loads(ROWS.read_text()), proofs()
    wrong = list(faults(table, found))
    wanted = page(table, found)
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(wanted)
    elif not PAGE.exists() or PAGE.read_text() != wanted:
        wrong.append("docs/requirements.md is out of date: make requirements")
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
