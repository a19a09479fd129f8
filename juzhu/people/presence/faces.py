"""The port to a certified provider of face verification with liveness, and its adapter over HTTP.

The provider sees the person and compares them with the state's own photograph; no image passes through here.
What comes back is an outcome, a level, and the hash by which the provider finds its evidence again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar
from urllib.parse import quote, urlsplit

import httpx
import structlog
from django.conf import settings
from django.utils.module_loading import import_string
from joserfc import jws
from joserfc.errors import JoseError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from juzhu.operations.outside import Breaker, Fault, post
from juzhu.operations.public_keys import key_set
from juzhu.people.presence.addresses import FaceProvider

T = TypeVar("T")
log = structlog.get_logger(__name__)
LARGEST = 64 * 1024
ALGORITHM = "ES256"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom the provider is to see."""

    name: str
    identity_number: str


@dataclass(frozen=True, slots=True)
class Errand:
    """What for, and where the person goes afterwards: to `return_url`, with `state` and a code."""

    purpose: str
    state: str
    return_url: str
    language: str


class Started(BaseModel):
    """A session of the provider's, and its page."""

    session: str = Field(pattern=r"^[A-Za-z0-9._~-]{16,200}$")
    url: str = Field(max_length=2000)


class FaceResult(BaseModel):
    """What the provider says of one session; what it says besides is not read.

    `liveness`: 0 none, 1 to 3 the level to which the provider was tested against photographs, screens and
    masks (ISO/IEC 30107-3). `evidence`: SHA-256 of what the provider keeps of it, in hexadecimal.
    """

    model_config = ConfigDict(strict=True)

    session: str
    finished: bool
    """False when the person went back without being seen."""
    match: bool = False
    score: float = Field(default=0, ge=0, le=1)
    liveness: int = Field(default=0, ge=0, le=3)
    provider: str = Field(pattern=r"^[A-Za-z0-9._-]{1,40}$")
    evidence: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")


class FaceAnswer(BaseModel):
    """How it says so: signed or not."""

    result: FaceResult | None = None
    record: str = ""


class FaceCheck(Protocol):
    """Send a person to the provider, and learn what came of it. Raises Fault when it does not answer, or not
    so that it could be used.
    """

    def start(self, subject: Subject, errand: Errand) -> Started: ...

    def result(self, session: str, code: str) -> FaceResult:
        """`code` came with the person's browser: without it somebody could send their own session to the
        person, let them be seen there, and take the result up elsewhere.
        """
        ...


class HttpFaceCheck:
    """A provider behind HTTP, as docs/presence.md describes it."""

    def __init__(self, provider: FaceProvider) -> None:
        self.provider = provider
        self.client = httpx.Client(headers={"User-Agent": "juzhu"})
        self.breaker = Breaker(provider.breaker_faults, provider.breaker_rest_s)

    def start(self, subject: Subject, errand: Errand) -> Started:
        body = {
            "name": subject.name,
            "identity_number": subject.identity_number,
            "purpose": errand.purpose,
            "state": errand.state,
            "return_url": errand.return_url,
            "language": errand.language,
        }
        return self._asked(lambda: self._started(self._post("/v1/sessions", body)))

    def result(self, session: str, code: str) -> FaceResult:
        path = f"/v1/sessions/{quote(session, safe='')}/result"
        return self._asked(lambda: self._read(self._post(path, {"code": code}), session))

    def _asked(self, ask: Callable[[], T]) -> T:
        try:
            return self.breaker.ask(ask)
        except Fault as fault:
            log.warning("face_provider_fault", fault=fault.code)
            raise

    def _post(self, path: str, body: Mapping[str, str]) -> bytes:
        provider = self.provider
        return post(
            self.client,
            provider.url.rstrip("/") + path,
            body,
            token=provider.token.get_secret_value(),
            timeout_s=provider.timeout_s,
            largest=LARGEST,
        )

    def _started(self, content: bytes) -> Started:
        """A page elsewhere than the provider's is none."""
        try:
            started = Started.model_validate_json(content)
            parts = urlsplit(started.url)
        except ValueError as error:
            raise Fault("broken_answer") from error
        if f"{parts.scheme}://{parts.netloc}" != self.provider.origin:
            raise Fault("broken_answer")
        return started

    def _read(self, content: bytes, session: str) -> FaceResult:
        """Where keys are registered only what is signed counts, and whatever stands beside it does not."""
        try:
            answer = FaceAnswer.model_validate_json(content)
            said = answer.result
            if self.provider.jwks:
                opened = jws.deserialize_compact(
                    answer.record, key_set(self.provider.jwks), algorithms=[ALGORITHM]
                )
                said = FaceResult.model_validate_json(opened.payload)
        except (ValidationError, JoseError, ValueError, TypeError, KeyError) as error:
            raise Fault("broken_answer") from error
        if said is None or said.session != session:
            raise Fault("broken_answer")
        return said


def provider() -> FaceProvider | None:
    """The provider that the settings connect."""
    found: FaceProvider | None = settings.JUZHU_FACE_PROVIDER
    return found


_ways: dict[tuple[str, str], FaceCheck] = {}


def face_check(connected: FaceProvider) -> FaceCheck:
    """This process's way to a provider, by the adapter that the settings name."""
    key = (settings.JUZHU_FACE_CHECK, connected.url)
    if key not in _ways:
        adapter: Callable[[FaceProvider], FaceCheck] = import_string(settings.JUZHU_FACE_CHECK)
        _ways.setdefault(key, adapter(connected))
    return _ways[key]
