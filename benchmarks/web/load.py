"""A server under load on this machine: requests a second, and the server's CPU time a request."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Request:
    """One request, repeated."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True)
class Result:
    """What a load gave: `cpu_us` is the CPU time of all server processes a request, in microseconds."""

    per_second: float
    cpu_us: float


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def granian(application: str, threads: int, environment: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Serve a WSGI application by one granian process; gives its port and its process id."""
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", application, "--port", str(port),
        "--workers", "1", "--blocking-threads", str(threads), "--no-access-log", "--log-level", "error",
    ]  # fmt: skip
    server = subprocess.Popen(command, env={**os.environ, **environment}, stderr=subprocess.DEVNULL)
    try:
        for _attempt in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(timeout=20)


def measure(port: int, pid: int, request: Request, seconds: float, clients: int = 4) -> Result:
    """Repeat one request from several connections for some seconds. Raises when an answer is not 200."""
    call(port, request)
    counts = [0] * clients
    cpu, started = cpu_seconds(pid), time.perf_counter()
    until = started + seconds

    def work(index: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while time.perf_counter() < until:
            _exchange(connection, request)
            counts[index] += 1
        connection.close()

    threads = [threading.Thread(target=work, args=(index,)) for index in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - started
    done = sum(counts)
    return Result(done / took, (cpu_seconds(pid) - cpu) / done * 1e6)


def call(port: int, request: Request) -> bytes:
    """One request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    try:
        return _exchange(connection, request)
    finally:
        connection.close()


class Connection:
    """One client's connection, kept open, that takes the time of each answer."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port)

    def seconds(self, request: Request) -> float:
        """How long one answer takes, to its last byte."""
        started = time.perf_counter()
        _exchange(self.connection, request)
        return time.perf_counter() - started


def _exchange(connection: http.client.HTTPConnection, request: Request) -> bytes:
    connection.request(request.method, request.path, request.body or None, dict(request.headers))
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise RuntimeError(f"{request.method} {request.path} answered {response.status}: {body[:200]!r}")
    return body


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and all below it."""
    total = 0.0
    for each in tree(pid):
        fields = Path(f"/proc/{each}/stat").read_text().rsplit(")", 1)[1].split()
        total += (int(fields[11]) + int(fields[12])) / TICKS
    return total


def tree(pid: int) -> list[int]:
    """A process and its descendants."""
    children = [
        int(child)
        for task in Path(f"/proc/{pid}/task").glob("*/children")
        for child in task.read_text().split()
    ]
    return [pid, *[each for child in children for each in tree(child)]]
