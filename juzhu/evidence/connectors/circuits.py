"""When a bureau is left in peace: a circuit breaker for each, and all questions of a moment at once.

The state is each process's own: a server of four processes finds out four times that a bureau is down, which
costs a few questions and needs no shared store. pybreaker counts; it is told of each outcome afterwards,
since its own `call` lets one caller through at a time.
"""

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta

import httpx
import structlog
from django.conf import settings
from pybreaker import STATE_CLOSED, STATE_OPEN, CircuitBreaker, CircuitBreakerError, CircuitMemoryStorage

from juzhu.evidence.connectors import lookups
from juzhu.evidence.connectors.addresses import Bureau
from juzhu.evidence.connectors.lookups import Fault, Found, Nothing, Question
from juzhu.evidence.kinds import Kind

log = structlog.get_logger(__name__)
Outcome = Found | Nothing | Fault


class Circuit:
    """The way to one bureau: its connections, and whether it is worth trying."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self.client = httpx.Client(headers={"User-Agent": "juzhu"})
        self._kept = CircuitMemoryStorage(STATE_CLOSED)
        self._breaker = CircuitBreaker(
            fail_max=bureau.breaker_faults,
            reset_timeout=bureau.breaker_rest_s,
            state_storage=self._kept,
            throw_new_error_on_trip=False,
        )
        self._trial = threading.Lock()

    @property
    def state(self) -> str:
        """closed: asked; open: left in peace. Once its rest is over the next question is a trial."""
        return str(self._breaker.current_state)

    def ask(self, question: Question) -> Outcome:
        """Ask unless the breaker is open. After its rest one question is let through, and decides."""
        if self._kept.state != STATE_OPEN:
            return self._asked(question)
        if not self._rested() or not self._trial.acquire(blocking=False):
            return Fault("breaker_open")
        try:
            return self._asked(question)
        finally:
            self._trial.release()

    def _asked(self, question: Question) -> Outcome:
        try:
            answer = lookups.ask(self.client, self.bureau, question)
        except Fault as fault:
            self._note(fault)
            log.warning("bureau_fault", department=self.bureau.department, fault=fault.code)
            return fault
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
        return since is None or datetime.now(UTC) >= since + timedelta(seconds=self.bureau.breaker_rest_s)


_circuits: dict[tuple[str, str], Circuit] = {}


def configured() -> list[Bureau]:
    """The bureaus that the settings name."""
    bureaus: list[Bureau] = settings.JUZHU_BUREAUS
    return bureaus


def bureau_for(kind: Kind) -> Bureau | None:
    """Whom to ask about a kind; None where no service is connected."""
    return next((bureau for bureau in configured() if kind in bureau.kinds), None)


def circuit_for(bureau: Bureau) -> Circuit:
    """This process's way to a bureau, made when it is first asked."""
    key = (bureau.department, bureau.url)
    return _circuits.get(key) or _circuits.setdefault(key, Circuit(bureau))


def ask_together(questions: Sequence[tuple[Bureau, Question]], *, within_s: float) -> list[Outcome]:
    """Ask all at once; who has not answered in time has timed out, whatever still comes."""
    if not questions:
        return []
    pool = ThreadPoolExecutor(max_workers=min(len(questions), 16), thread_name_prefix="bureau")
    ways = [(circuit_for(bureau), question) for bureau, question in questions]
    futures = [pool.submit(circuit.ask, question) for circuit, question in ways]
    wait(futures, timeout=within_s)
    pool.shutdown(wait=False, cancel_futures=True)
    return [_outcome(future) for future in futures]


def _outcome(future: "Future[Outcome]") -> Outcome:
    return future.result() if future.done() and not future.cancelled() else Fault("timeout")
