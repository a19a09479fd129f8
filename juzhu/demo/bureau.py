"""The reference bureau beside the demo's server: a process of its own, asked over real HTTP, that knows of
some people what nobody has attested yet. A visitor can let it be down.
"""

import json
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx
from django.conf import settings

from juzhu.demo import programs
from juzhu.demo.cast_of_cases import CASES
from juzhu.demo.identities import Character
from juzhu.demo.programs import WAIT_S, Program, started
from juzhu.evidence.connectors.addresses import Bureau
from juzhu.evidence.kinds import Kind
from juzhu.law.calendar import month_start
from juzhu.operations import clock
from juzhu.operations.models import Task

OURS = "JUZHU_DEMO_BUREAU"
"""The variable by which the server knows which of its bureaus is this one: its address."""
INSURED_SINCE = {"bureau": ("2024-09", "运河服饰有限公司"), "unreached": ("2024-11", "桥西精密仪器厂")}
"""Of whom the books speak: the first month that was paid, and by whom. Paid ever since."""
FRESH_H = 31 * 24
"""Others' months are posted once a month; only what nobody has posted is asked for."""
REST_S = 5


@dataclass(frozen=True, slots=True)
class Health:
    """How the bureau does: `up`, down on demand, or not there at all. `asked`: questions so far."""

    there: bool = False
    up: bool = False
    asked: int = 0

    @property
    def whom(self) -> list[Character]:
        """Of whom it knows something."""
        return [one for one in CASES if one.key in INSURED_SINCE]


def beside() -> AbstractContextManager[None]:
    """Let the bureau run for as long as the server does; where another is connected, that one is asked."""
    if settings.JUZHU_BUREAUS:
        return nullcontext()
    return programs.beside(_started, "The bureau of the demo can't be started (%s): nobody is asked.")


def _started() -> Program:
    """Start it, and tell our children of it by their environment."""
    write_books(clock.today())
    program = started("bureau", _books().with_name("bureau-key.json"), "--records", str(_books()))
    address = {
        "department": "human_resources", "kinds": [Kind.INSURANCE.value], "url": program.url,
        "token": program.token, "jwks": program.jwks, "max_age_h": FRESH_H, "breaker_rest_s": REST_S,
    }  # fmt: skip
    os.environ.update({"JUZHU_BUREAUS": json.dumps([address]), OURS: program.url})
    return program


def _books() -> Path:
    folder: Path = settings.JUZHU_FILES.parent
    return folder / "bureau.jsonl"


def write_books(today: date) -> None:
    """What the bureau knows on a day: everything paid up to last month. It reads the file anew."""
    lines = [json.dumps(record, ensure_ascii=False) for record in records(today)]
    _books().parent.mkdir(parents=True, exist_ok=True)
    fresh = _books().with_suffix(".new")
    fresh.write_text("\n".join(lines) + "\n", encoding="utf-8")
    fresh.replace(_books())


def follow(day: date) -> None:
    """Let the books that lie beside this server say what is so on a day to which the date was moved."""
    if _ours() is not None:
        write_books(day)


def records(today: date) -> Iterator[dict[str, Any]]:
    """The lines of its books."""
    last = f"{month_start(today, -1):%Y-%m}"
    for one in CASES:
        if one.key in INSURED_SINCE:
            first, employer = INSURED_SINCE[one.key]
            run = {"from": first, "to": last, "division": "330100", "employer": employer}
            yield {
                "identity_number": one.number, "name": one.name, "kind": Kind.INSURANCE.value,
                "says": {"runs": [run]},
            }  # fmt: skip


def health() -> Health:
    """How it does now."""
    ours = _ours()
    if ours is None:
        return Health()
    try:
        said = httpx.get(f"{ours.url}/livez", timeout=WAIT_S).raise_for_status().json()
        return Health(there=True, up=said["mode"] != "down", asked=int(said["asked"]))
    except (httpx.HTTPError, ValueError, KeyError):
        return Health()


def switch(*, up: bool) -> None:
    """Open it, or let it be down. Once it is open, who waits for its answer is asked for again at once.

    Raises httpx.HTTPError when it is not there.
    """
    ours = _ours()
    if ours is None:
        raise httpx.ConnectError("there is no bureau")
    httpx.post(
        f"{ours.url}/v1/mode",
        json={"mode": "up" if up else "down"},
        headers={"Authorization": f"Bearer {ours.token.get_secret_value()}"},
        timeout=WAIT_S,
    ).raise_for_status()
    if up:
        waiting = Task.objects.filter(kind="evidence.ask_again", done_at=None, dead_at=None)
        waiting.update(run_at=datetime.now(UTC))


def _ours() -> Bureau | None:
    """The bureau that runs beside this server; None where it does not, and where another one is connected."""
    bureaus: list[Bureau] = settings.JUZHU_BUREAUS
    return next((one for one in bureaus if one.url == os.environ.get(OURS)), None)
