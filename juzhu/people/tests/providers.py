"""The stand-in for a provider of face verification as tests use it, over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from django.test.utils import override_settings

from juzhu.bureau.desk import Conduct
from juzhu.bureau.seal import Seal
from juzhu.faces.service import Service
from juzhu.people.presence import faces
from juzhu.people.presence.addresses import FaceProvider

TOKEN = "faces-token-for-tests"


class Running:
    """A provider that serves from a thread, and the person who stands before it."""

    def __init__(self) -> None:
        self.service = Service(("127.0.0.1", 0), Seal.made(), TOKEN, Conduct())

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.service.server_address[1]}"

    def behave(self, mode: str) -> None:
        assert self.service.conduct.change({"mode": mode})

    def address(self, **about: Any) -> FaceProvider:
        """How the service is told of it."""
        return FaceProvider.model_validate(
            {
                "name": {"zh": "示例核验", "en": "Sample check"},
                "contact": "0571-0000 0000",
                "keeps_days": 3,
                "url": self.url,
                "token": TOKEN,
                "jwks": self.service.seal.jwks,
                "timeout_s": 0.5,
                "breaker_rest_s": 0.3,
                **about,
            }
        )

    @staticmethod
    def answered(page: str, seen: str = "me") -> dict[str, str]:
        """What a person's browser brings back who has chosen this on the provider's page."""
        answer = httpx.post(page, data={"seen": seen})
        assert answer.status_code == 303
        query = parse_qs(urlsplit(answer.headers["Location"]).query)
        return {name: values[0] for name, values in query.items()}


@contextmanager
def running() -> Iterator[Running]:
    """A provider on its best behaviour."""
    provider = Running()
    thread = Thread(target=provider.service.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield provider
    finally:
        provider.service.shutdown()
        thread.join()
        provider.service.server_close()


@contextmanager
def connected(provider: Running, **about: Any) -> Iterator[None]:
    """The settings name it."""
    faces._ways.clear()
    with override_settings(JUZHU_FACE_PROVIDER=provider.address(**about)):
        yield
    for way in faces._ways.values():
        assert isinstance(way, faces.HttpFaceCheck)
        way.client.close()
    faces._ways.clear()
