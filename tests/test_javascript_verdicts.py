"""The JavaScript module gives the verdicts of the Python package, and is as small as it says."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from juzhu.credentials.signing.status_list import compress
from juzhu.credentials.tests import vectors, world
from juzhu.credentials.tests.vectors import Case

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
from system import node  # noqa: E402, found only now

MODULE = ROOT / "juzhu" / "credentials" / "static" / "credentials" / "verify.js"
MOST = 30_000
DAMAGED = 600
LETTERS = "0123456789ABCXYZabcxyz-_~.:=$%+*/ \n居é🙂"


def verdicts(cases: Iterable[Case]) -> list[dict[str, Any]]:
    """What the module says of each, in one process."""
    lines = "".join(json.dumps(case.as_dict()) + "\n" for case in cases)
    runner = ROOT / "tests" / "javascript_verdicts.mjs"
    done = subprocess.run(
        [node(), str(runner), MODULE.as_uri()], input=lines, capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def differing(cases: list[Case]) -> list[tuple[str, str, Any, Any]]:
    """Name and text of each case that is judged otherwise, with both verdicts."""
    said = verdicts(cases)
    return [
        (case.name, case.data, answer, expected)
        for case, answer in zip(cases, said, strict=True)
        if answer != (expected := json.loads(json.dumps(case.verdict.as_dict())))
    ]


def damaged(case: Case, chance: random.Random) -> Case:
    """The case with one small thing in what is shown, or in a list, replaced, repeated or left out."""
    part = chance.choice(("data", "data", "data", "trust", "lists"))
    text = case.lists[0] if part == "lists" else getattr(case, part)
    start = chance.randrange(len(text) + 1)
    end = min(len(text), start + chance.choice((0, 1, 1, 1, 3, 40)))
    change = chance.choice(
        ("", chance.choice(LETTERS), text[start:end] * 2, text[max(0, start - 30) : start])
    )
    made = text[:start] + change + text[end:]
    return replace(case, **{part: (made,) if part == "lists" else made})


def wrong_shapes() -> Iterator[Case]:
    """What the issuer has truly signed, with one member of another kind."""
    values: list[Any] = [None, True, "", "x", 0, -1, 1.5, 2**53 - 1, [], ["x"], {}, {"status_list": {}}]
    for name in ("iss", "iat", "exp", "vct", "cnf", "status", "_sd", "_sd_alg"):
        for value in values:
            yield Case(f"{name}: {value!r}", world.signed(**{name: value}), "")
    for name in ("kty", "crv", "x"):
        for value in values:
            jwk = {**world.PHONE.public_jwk(), name: value}
            yield Case(f"jwk {name}: {value!r}", world.signed(cnf={"jwk": jwk}), "")
    spoken: list[Any] = [None, False, "", "x", 0, -1, 2932896, 2932897, 2**53 - 1, b"", b"x", [], {}, {1: 2}]
    for claim in world.code_payload():
        for value in spoken:
            yield Case(f"{claim}: {value!r}", world.raw_code({**world.code_payload(), claim: value}), "")
    for at, written in enumerate(
        (b"1e3", b"-0", b"01", b"NaN", b'"\\ud800"', b'{"a":1,"a":2}', b"9007199254740992")
    ):
        made = world.base64url(b'["YQ","name",' + written + b"]")
        digest = world.sd_jwt.digest(made)
        yield Case(f"disclosure {at}", world.signed(tail=f"~{made}~", _sd=[digest]), "")
    for name, value in (
        ("crit", ["exp"]),
        ("crit", None),
        ("kid", ""),
        ("kid", 7),
        ("alg", "toString"),
        ("typ", 1),
    ):
        yield Case(f"{name}: {value!r}", world.headed(world.document(), **{name: value}), "")
    yield Case(
        "a list of four bits", world.code(), "", lists=(world.packed_list(compress(b"\x21" * 600), 4),)
    )


def test_every_vector_has_the_same_verdict() -> None:
    assert differing(vectors.cases()) == []


def test_what_is_damaged_or_misshapen_has_the_same_verdict() -> None:
    chance, whole = random.Random(5), [case for case in vectors.cases() if len(case.data) < 20_000]
    whole = [case for case in whole if case.trust and case.lists]
    cases = [damaged(chance.choice(whole), chance) for _ in range(DAMAGED)]
    assert differing([*cases, *wrong_shapes()]) == []


@pytest.mark.parametrize(
    "data", ["undefined", "null", "7", "{}", "new Uint8Array([255, 254])", "'x'.repeat(1e6)"]
)
def test_nothing_that_is_shown_makes_it_throw(data: str) -> None:
    asked = (
        f"import({json.dumps(MODULE.as_uri())}).then(m => m.check({data})).then(v => console.log(v.outcome))"
    )
    done = subprocess.run([node(), "-e", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() in ("unreadable", "not_a_permit")


def test_it_is_small_and_needs_nothing() -> None:
    text = MODULE.read_text(encoding="utf-8")
    assert len(text.encode()) <= MOST
    assert not re.search(r"\bimport\b|\brequire\(|\beval\b|Function\(|fetch\(|XMLHttpRequest", text)
