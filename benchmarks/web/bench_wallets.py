"""Documents issued a second, from the refresh token to the signed document, and presentations taken a second:
over HTTP, with server and worker, by several wallets at once.

`python -m benchmarks wallets`; on PostgreSQL with DATABASE_URL.
"""

from __future__ import annotations

import http.client
import json
import os
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from juzhu.credentials.signing import holder, keys
from juzhu.credentials.verify.encoding import base64url, from_base64url, to_json
from tests.databases import fresh
from tests.wallet_service import Service

WALLETS, SECONDS, PRESENTATIONS, COUNT = 6, 10, 240, 100
FORM = "application/x-www-form-urlencoded"
GRANT = "urn:ietf:params:oauth:grant-type:pre-authorized_code"


class Phone:
    """A wallet with a connection that stays open."""

    def __init__(self, url: str) -> None:
        self.origin, self.key = url, keys.new("ES256")
        self.http = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
        self.access = self.refresh = self.document = ""

    def ask(self, way: str, path: str, body: str = "", kind: str = FORM, token: str = "") -> Any:
        headers = {"Content-Type": kind} | ({"Authorization": f"Bearer {token}"} if token else {})
        self.http.request(way, path, body, headers)
        answer = self.http.getresponse()
        text = answer.read()
        assert answer.status < 300, (path, answer.status, text)
        kind = answer.headers["Content-Type"]
        return json.loads(text) if kind.startswith("application/json") else text.decode()

    def tokens(self, **said: str) -> None:
        given = self.ask("POST", "/openid/token", urlencode(said))
        self.access, self.refresh = given["access_token"], given["refresh_token"]

    def fetch(self) -> None:
        """The signed document for the access token, however long it takes."""
        proof = self.proof(self.nonce())
        body = json.dumps({"credential_configuration_id": "residence-permit", "proofs": {"jwt": [proof]}})
        given = self.ask("POST", "/openid/credential", body, "application/json", self.access)
        while "credentials" not in given:
            waiting = json.dumps({"transaction_id": given["transaction_id"]})
            given = self.ask("POST", "/openid/deferred", waiting, "application/json", self.access)
        self.document = given["credentials"][0]["credential"]

    def nonce(self) -> str:
        nonce: str = self.ask("POST", "/openid/nonce")["c_nonce"]
        return nonce

    def proof(self, nonce: str) -> str:
        said = {"aud": self.origin, "iat": int(time.time()), "nonce": nonce}
        jwk = {name: value for name, value in self.key.public_jwk().items() if name != "kid"}
        head = {"alg": "ES256", "typ": "openid4vci-proof+jwt", "jwk": jwk}
        signed = f"{base64url(to_json(head))}.{base64url(to_json(said))}"
        return f"{signed}.{base64url(self.key.sign(signed.encode()))}"

    def load(self, offered: dict[str, str]) -> None:
        offer = json.loads(parse_qs(urlsplit(offered["by_value"]).query)["credential_offer"][0])
        code = offer["grants"][GRANT]["pre-authorized_code"]
        said = {"grant_type": GRANT, "pre-authorized_code": code, "tx_code": offered["tx_code"]}
        self.tokens(**said)
        self.fetch()

    def renew(self) -> None:
        self.tokens(grant_type="refresh_token", refresh_token=self.refresh)
        self.fetch()

    def answer(self, link: str) -> str:
        """What a checker's request is answered with, ready to be sent."""
        address = parse_qs(urlsplit(link).query)["request_uri"][0]
        token = self.ask("GET", urlsplit(address).path)
        said = json.loads(from_base64url(token.split(".")[1]))
        shown = holder.present(
            self.document, ["lives_in", "age_over_16"], key=self.key,
            audience=said["client_id"], nonce=said["nonce"], made_at=int(time.time()),
        )  # fmt: skip
        return urlencode({"state": said["state"], "vp_token": json.dumps({"permit": [shown]})})


def run(scale: float = 1.0) -> list[dict[str, Any]]:
    """`scale` shortens the measurement."""
    address = os.environ.get("DATABASE_URL", "")
    with tempfile.TemporaryDirectory(prefix="juzhu-bench-") as folder:
        service = Service(Path(folder), fresh(address) if address else "", empty=True)
        try:
            service.work()
            phones = [Phone(service.url) for _n in range(WALLETS)]
            for phone in phones:
                permit = service.inside("permit")["permit"]
                phone.load(service.inside("offer", permit=permit))
            issued, took = _for_a_while(phones, SECONDS * scale)
            token = service.inside("program")
            answers = _answers(phones, token, max(WALLETS, int(PRESENTATIONS * scale)))
            taken = _all_at_once(phones, answers)
            service.kill()
            own = _processor(service, phones, token, max(20, int(COUNT * scale)))
        finally:
            service.close()
    where = "PostgreSQL" if address else "SQLite"
    return [
        _row(f"documents issued in wallets, {WALLETS} at once, {where}", issued / took,
             f"token, nonce, proof, signature by one worker, fetched; {took / issued * WALLETS:.2f} s each"),
        _row("the same, in the processor's own time of one core", own[0], "without HTTP"),
        _row(f"presentations taken, {WALLETS} at once, {where}", len(answers) / taken,
             "both signatures and the register's status checked, written down"),
        _row("the same, in the processor's own time of one core", own[1], "without HTTP"),
    ]  # fmt: skip


def _processor(service: Service, phones: list[Phone], token: str, count: int) -> tuple[float, float]:
    """Documents issued and presentations taken a second of this process's own time, without HTTP."""
    answers = [dict(parse_qsl(answer)) for answer in _answers_signed_here(service, phones, token, count)]
    from juzhu.operations import clock, tasks
    from juzhu.wallets import issuing, offers, presenting

    for phone in phones:
        phone.http.close()
    begun = time.process_time()
    for n in range(count):
        phone = phones[n % len(phones)]
        given = offers.refresh(phone.refresh, clock.now())
        phone.refresh = given.refresh
        loading = issuing.bearer(given.access, clock.now())
        _transaction, made = issuing.request(loading, phone.proof(phone.nonce()), clock.now())
        tasks.run_all()
        assert issuing.fetch(made, clock.now())
    issued = time.process_time() - begun
    begun = time.process_time()
    for answer in answers:
        assert presenting.take(answer, clock.now()).outcome == "valid"
    return count / issued, count / (time.process_time() - begun)


def _answers_signed_here(service: Service, phones: list[Phone], token: str, count: int) -> list[str]:
    """Answers to requests that this process has signed itself, as the worker does."""
    os.environ.update(service.environment)
    import django

    django.setup()
    from juzhu.operations import tasks

    links = _asked(phones[0], token, count)
    tasks.run_all()
    return [phones[n % len(phones)].answer(link) for n, link in enumerate(links)]


def _row(name: str, rate: float, note: str) -> dict[str, Any]:
    return {"name": name, "ours": rate, "peer": None, "unit": "/s", "ratio": None, "note": note}


def _at_once(phones: list[Phone], work: Callable[[Phone], None]) -> float:
    """Let every wallet work in a thread of its own; the seconds until the last one is done. The server may
    have closed a connection that was not used meanwhile.
    """
    for phone in phones:
        phone.http.close()
    threads = [threading.Thread(target=work, args=(phone,)) for phone in phones]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - begun


def _for_a_while(phones: list[Phone], seconds: float) -> tuple[int, float]:
    """How many documents were issued, and in how many seconds."""
    until, counts = time.perf_counter() + seconds, []

    def work(phone: Phone) -> None:
        done = 0
        while time.perf_counter() < until:
            phone.renew()
            done += 1
        counts.append(done)

    took = _at_once(phones, work)
    return sum(counts), took


def _answers(phones: list[Phone], token: str, count: int) -> list[str]:
    """Answers to so many requests, which live for five minutes."""
    links = _asked(phones[0], token, count)
    return [phones[n % len(phones)].answer(link) for n, link in enumerate(links)]


def _asked(phone: Phone, token: str, count: int) -> list[str]:
    """The links of so many requests of a checker."""
    body = json.dumps({"ask": ["lives_in_city", "age_over_16"], "purpose": "measuring"})
    phone.http.close()
    given = [
        phone.ask("POST", "/api/v1/presentations", body, "application/json", token) for _n in range(count)
    ]
    return [each["link"] for each in given]


def _all_at_once(phones: list[Phone], answers: list[str]) -> float:
    waiting, lock = list(answers), threading.Lock()

    def work(phone: Phone) -> None:
        while True:
            with lock:
                if not waiting:
                    return
                answer = waiting.pop()
            phone.ask("POST", "/openid/answer", answer)

    return _at_once(phones, work)
