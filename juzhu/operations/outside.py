"""Asking somebody else's service over HTTP: once, within its time, and not at all while it is down.

A breaker's state is each process's own: a server of four processes finds out four times that a service is
down, which costs a few questions and needs no shared store. pybreaker counts; it is told of each outcome
afterwards, since its own `call` lets one caller through at a time.
"""

import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, TypeVar

import httpx
from pybreaker import STATE_CLOSED, STATE_OPEN, CircuitBreaker, CircuitBreakerError, CircuitMemoryStorage

T = TypeVar("T")
FaultCode = Literal["timeout", "unreachable", "refused", "broken_answer", "breaker_open"]


class Fault(Exception):
    """A service did not answer, or not so that it could be used: never the person's fault."""

    def __init__(self, code: FaultCode) -> None:
        self.code: FaultCode = code
        super().__init__(code)


def post(
    client: httpx.Client, url: str, body: Mapping[str, Any], *, token: str, timeout_s: float, largest: int
) -> bytes:
    """The body of a 200, of at most so many bytes. A service that drips is cut off when its time is over, one
    that floods at once; a redirect is followed nowhere.

    Raises Fault.
    """
    ends = time.monotonic() + timeout_s
    headers = {"Authorization": f"Bearer {token}"}
    content = b""
    try:
        with client.stream("POST", url, json=body, headers=headers, timeout=timeout_s) as response:
            if response.status_code != httpx.codes.OK:
                raise Fault("refused")
            for part in response.iter_bytes():
                content += part
                if time.monotonic() > ends:
                    raise Fault("timeout")
                if len(content) > largest:
                    raise Fault("broken_answer")
    except httpx.TimeoutException as error:
        raise Fault("timeout") from error
    except httpx.HTTPError as error:
        raise Fault("unreachable") from error
    return content


class Breaker:
    """Whether a service is worth asking: so many faults in a row, and it is left in peace for so long."""

    def __init__(self, faults: int, rest_s: float) -> None:
        self.rest_s = rest_s
        self._kept = CircuitMemoryStorage(STATE_CLOSED)
        self._breaker = CircuitBreaker(
            fail_max=faults,
            reset_timeout=rest_s,
            state_storage=self._kept,
            throw_new_error_on_trip=False,
        )
        self._trial = threading.Lock()

    @property
    def state(self) -> str:
        """closed: asked; open: left in peace. Once its rest is over the next question is a trial."""
        return str(self._breaker.current_state)

    def ask(self, question: Callable[[], T]) -> T:
        """Ask unless the breaker is open. After its rest one question is let through, and decides.

        Raises Fault: the question's own, or "breaker_open".
        """
        if self._kept.state != STATE_OPEN:
            return self._asked(question)
        if not self._rested() or not self._trial.acquire(blocking=False):
            raise Fault("breaker_open")
        try:
            return self._asked(question)
        finally:
            self._trial.release()

    def _asked(self, question: Callable[[], T]) -> T:
        try:
            answer = question()
        except Fault as fault:
            self._note(fault)
            raise
        self._note(None)
        return answer

    def _note(self, fault: Fault | None) -> None:
        def outcome() -> None:
            if fault is not None:
                raise fault

        try:
            self._breaker.call(outcome)
        except (Fault, CircuitBreakerError):
            return  # counted; or another question has opened the breaker meanwhile

    def _rested(self) -> bool:
        since = self._kept.opened_at
        return since is None or datetime.now(UTC) >= since + timedelta(seconds=self.rest_s)
