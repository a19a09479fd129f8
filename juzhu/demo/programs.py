"""The stand-ins beside the demo's server: each a process of its own that stops with this one."""

import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import httpx

WAIT_S = 0.5


@dataclass(frozen=True, slots=True)
class Program:
    """One that runs: where it answers, what callers bear, its public keys."""

    process: subprocess.Popen[str]
    url: str
    token: str
    jwks: dict[str, Any]


@contextmanager
def beside(start: Callable[[], Program], complaint: str) -> Iterator[None]:
    """Let a program run for as long as the server does. If it can't be started, that is said, and the demo
    goes on without it.

    It stops with this process, whatever ends it: it reads from a pipe that is open as long as we live.
    """
    program = None
    try:
        program = start()
    except (OSError, ValueError, httpx.HTTPError) as error:
        click.echo(complaint % error, err=True)
    try:
        yield
    finally:
        if program is not None:
            _stop(program.process)


def started(name: str, key: Path, *options: str) -> Program:
    """Start `juzhu <name>` on a free port. Raises OSError, ValueError, httpx.HTTPError."""
    token = secrets.token_urlsafe(24)
    command = [sys.executable, "-m", "juzhu.cli", name, "--port", "0", "--until-eof", "--key", str(key)]
    process = subprocess.Popen(
        [*command, *options],
        env={**os.environ, f"{name.upper()}_TOKEN": token},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        url = _address(process.stdout.readline(), name)
        jwks = httpx.get(f"{url}/.well-known/jwks.json", timeout=WAIT_S).raise_for_status().json()
    except (OSError, ValueError, httpx.HTTPError):
        _stop(process)
        raise
    return Program(process, url, token, jwks)


def _address(said: str, name: str) -> str:
    """The address in the first line that it says. Raises ValueError when it said nothing of the kind."""
    found = next((word for word in said.split() if word.startswith("http://")), "")
    if not found:
        raise ValueError(f"it ended at once; `juzhu {name}` says why")
    return found


def _stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for end in (process.stdin, process.stdout):
        if end is not None:
            end.close()
