"""The real-name check, embedded and over HTTP; the HTTP one talks to a real server in a thread."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.test.utils import override_settings

from juzhu.people.errors import IdentityNotConfirmed, IdentityProviderDown
from juzhu.people.identity_provider import (
    ConfirmedIdentity,
    HttpIdentityProvider,
    PopulationRegisterProvider,
    folded,
    provider,
)
from juzhu.permits.tests import factories as make

NUMBER = "11010519491231002X"
KNOWN = {
    "name": "周晓芸",
    "sex": 2,
    "ethnic_group": "01",
    "born": "1949-12-31",
    "household_division": "110105",
    "household_address": "北京市朝阳区（示例）",
    "of_no_interest": True,
}


class Register(ThreadingHTTPServer):
    """A provider's server: `answer` is what it says, `asked` what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.answer: tuple[int, bytes] = (200, json.dumps(KNOWN).encode())
        self.silent_for = 0.0
        self.asked: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/confirm"


class Asked(BaseHTTPRequestHandler):
    server: Register

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append({**body, "token": self.headers["Authorization"], "path": self.path})
        time.sleep(self.server.silent_for)
        status, content = self.server.answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def handle(self) -> None:
        with suppress(OSError):  # the client stopped waiting
            super().handle()


@pytest.fixture
def register() -> Iterator[Register]:
    server = Register()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    with override_settings(
        JUZHU_IDENTITY_PROVIDER="juzhu.people.identity_provider.HttpIdentityProvider",
        JUZHU_IDENTITY_PROVIDER_URL=server.url,
        JUZHU_IDENTITY_PROVIDER_TOKEN="t-123",
        JUZHU_IDENTITY_PROVIDER_TIMEOUT_S=0.3,
    ):
        yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_confirmed_name_comes_back_with_what_the_register_knows(register: Register):
    assert provider().confirm("周晓芸", NUMBER) == ConfirmedIdentity(
        NUMBER, "周晓芸", 2, "01", date(1949, 12, 31), "110105", "北京市朝阳区（示例）", "http"
    )
    assert register.asked == [
        {"name": "周晓芸", "identity_number": NUMBER, "token": "Bearer t-123", "path": "/confirm"}
    ]


def test_not_found_is_not_confirmed(register: Register):
    register.answer = (404, b"")
    with pytest.raises(IdentityNotConfirmed):
        provider().confirm("周晓芸", NUMBER)


def without(name: str) -> bytes:
    return json.dumps({key: value for key, value in KNOWN.items() if key != name}).encode()


def changed(**about: Any) -> bytes:
    return json.dumps({**KNOWN, **about}).encode()


@pytest.mark.parametrize(
    "answer",
    [
        (500, b"oops"),
        (503, b""),
        (401, b"{}"),
        (302, b""),
        (204, b""),
        (200, b""),
        (200, b"<html>a proxy's sign-in page</html>"),
        (200, b"[]"),
        (200, b"null"),
        (200, b"\xff\xfe"),
        (200, without("name")),
        (200, without("born")),
        (200, changed(name="")),
        (200, changed(name="长" * 101)),
        (200, changed(sex=3)),
        (200, changed(ethnic_group="99")),
        (200, changed(born="31.12.1949")),
        (200, changed(household_division="北京")),
    ],
)
def test_any_other_answer_is_an_outage_and_nobodys_fault(register: Register, answer: tuple[int, bytes]):
    register.answer = answer
    with pytest.raises(IdentityProviderDown) as down:
        provider().confirm("周晓芸", NUMBER)
    assert down.value.status == 503


def test_silence_is_an_outage(register: Register):
    register.silent_for = 1.0
    started = time.perf_counter()
    with pytest.raises(IdentityProviderDown):
        provider().confirm("周晓芸", NUMBER)
    assert time.perf_counter() - started < 0.9


def test_nobody_there_is_an_outage(register: Register):
    nobody = override_settings(JUZHU_IDENTITY_PROVIDER_URL="http://127.0.0.1:9/confirm")
    with nobody, pytest.raises(IdentityProviderDown):
        HttpIdentityProvider().confirm("周晓芸", NUMBER)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("registered", "typed"),
    [
        ("周晓芸", "周晓芸"),
        ("周晓芸", " 周 晓芸 "),
        ("买买提·艾力", "买买提•艾力"),
        ("买买提·艾力", "买买提・艾力"),
        ("买买提·艾力", "买买提．艾力"),
        ("𫖯䶮", "𫖯䶮"),
    ],
)
def test_the_embedded_register_knows_names_however_they_are_typed(registered: str, typed: str):
    known = make.identity(registered)
    assert PopulationRegisterProvider().confirm(typed, known.identity_number) == known


@pytest.mark.django_db
def test_the_embedded_register_does_not_say_which_of_the_two_is_wrong():
    known = make.identity("周晓芸")
    told: list[tuple[str, object]] = []
    asks: list[Callable[[], object]] = [
        lambda: PopulationRegisterProvider().confirm("周晓云", known.identity_number),
        lambda: PopulationRegisterProvider().confirm("周晓芸", NUMBER),
    ]
    for ask in asks:
        with pytest.raises(IdentityNotConfirmed) as refusal:
            ask()
        told.append((str(refusal.value.sentence), refusal.value.about))
    assert told[0] == told[1]


def test_dots_differ_and_names_do_not():
    assert folded("买买提·艾力") != folded("买买提艾力")
    assert len({folded(f"买买提{dot}艾力") for dot in "·•‧∙・.．"}) == 1
