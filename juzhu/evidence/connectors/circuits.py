"""When a bureau is left in peace: a circuit breaker for each (`operations.outside`), and all questions of a
moment at once.
"""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait

import httpx
import structlog
from django.conf import settings

from juzhu.evidence.connectors import lookups
from juzhu.evidence.connectors.addresses import Bureau
from juzhu.evidence.connectors.lookups import Found, Nothing, Question
from juzhu.evidence.kinds import Kind
from juzhu.operations.outside import Breaker, Fault

log = structlog.get_logger(__name__)
Outcome = Found | Nothing | Fault


class Circuit:
    """The way to one bureau: its connections, and whether it is worth trying."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self.client = httpx.Client(headers={"User-Agent": "juzhu"})
        self.breaker = Breaker(bureau.breaker_faults, bureau.breaker_rest_s)

    @property
    def state(self) -> str:
        """closed: asked; open: left in peace."""
        return self.breaker.state

    def ask(self, question: Question) -> Outcome:
        """Ask unless the breaker is open."""
        try:
            return self.breaker.ask(lambda: lookups.ask(self.client, self.bureau, question))
        except Fault as fault:
            if fault.code != "breaker_open":
                log.warning("bureau_fault", department=self.bureau.department, fault=fault.code)
            return fault


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
