"""A wallet, for tests: a key, and what it sends."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.test import Client

from juzhu.credentials.addresses import origin
from juzhu.credentials.signing import holder, keys
from juzhu.credentials.signing.keys import SigningKey
from juzhu.credentials.tests.registered import published
from juzhu.credentials.verify import algorithms
from juzhu.credentials.verify.encoding import base64url, from_base64url, to_json
from juzhu.operations import clock, tasks
from juzhu.people.models import Account
from juzhu.permits.models import Permit
from juzhu.permits.tests import factories as make
from juzhu.wallets import offers
from juzhu.wallets.addresses import CONFIGURATION, client_id
from juzhu.wallets.proofs import TYPE


def permit() -> tuple[Permit, Account]:
    """A permit with its document and its lists, and its holder."""
    account = make.eligible_account()
    return published(account), account


def payload_of(token: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(from_base64url(token.split("~")[0].split(".")[1]))
    return said


class Wallet:
    """What a device does, step by step; `document` is what it has got."""

    def __init__(self, key: SigningKey | None = None) -> None:
        self.key = key or keys.new("ES256")
        self.http = Client()
        self.access = self.refresh = self.document = ""

    @property
    def thumbprint(self) -> str:
        return base64url(algorithms.thumbprint(self.key.public_jwk()))

    def post(self, address: str, said: Any, **headers: str) -> Any:
        return self.http.post(address, json.dumps(said), content_type="application/json", headers=headers)

    def form(self, address: str, said: dict[str, str]) -> Any:
        return self.http.post(address, urlencode(said), content_type="application/x-www-form-urlencoded")

    def redeem(self, offered: offers.Offered, tx_code: str | None = None) -> Any:
        """Fetch the offer, and exchange it."""
        found = self.http.get(urlsplit(offered.uri).path)
        code = (
            found.json()["grants"][offers.GRANT]["pre-authorized_code"] if found.status_code == 200 else "?"
        )
        return self.token(code, offered.tx_code if tx_code is None else tx_code)

    def token(self, code: str, tx_code: str) -> Any:
        said = {"grant_type": offers.GRANT, "pre-authorized_code": code, "tx_code": tx_code}
        return self._kept(self.form("/openid/token", said))

    def renew(self) -> Any:
        said = {"grant_type": offers.REFRESH, "refresh_token": self.refresh}
        return self._kept(self.form("/openid/token", said))

    def _kept(self, answer: Any) -> Any:
        if answer.status_code == 200:
            said = answer.json()
            self.access, self.refresh = said["access_token"], said["refresh_token"]
        return answer

    def nonce(self) -> str:
        nonce: str = self.http.post("/openid/nonce").json()["c_nonce"]
        return nonce

    def proof(self, key: SigningKey | None = None, head: dict[str, Any] | None = None, **said: Any) -> str:
        key = key or self.key
        jwk = {name: value for name, value in key.public_jwk().items() if name != "kid"}
        payload = {"aud": origin(), "iat": int(clock.now().timestamp()), **said}
        payload.setdefault("nonce", self.nonce())
        return signed(key, payload, {"alg": "ES256", "typ": TYPE, "jwk": jwk, **(head or {})})

    def ask(self, proof: str | None = None, **said: Any) -> Any:
        """Ask for the document."""
        body = {
            "credential_configuration_id": CONFIGURATION,
            "proofs": {"jwt": [self.proof() if proof is None else proof]},
            **said,
        }
        return self.post("/openid/credential", body, Authorization=f"Bearer {self.access}")

    def collect(self, transaction_id: str) -> Any:
        said = {"transaction_id": transaction_id}
        answer = self.post("/openid/deferred", said, Authorization=f"Bearer {self.access}")
        if answer.status_code == 200:
            self.document = answer.json()["credentials"][0]["credential"]
        return answer

    def load(self, offered: offers.Offered) -> str:
        """All of it: from the offer to the document."""
        assert self.redeem(offered).status_code == 200
        return self.fetch()

    def fetch(self) -> str:
        """Ask for the document; the worker signs; fetch it."""
        asked = self.ask()
        assert asked.status_code == 202, asked.content
        tasks.run_all()
        assert self.collect(asked.json()["transaction_id"]).status_code == 200
        return self.document

    def request(self, link: str) -> dict[str, Any]:
        """Follow a checker's link to the signed request, and read it."""
        tasks.run_all()
        where = parse_qs(urlsplit(link).query)
        answer = self.http.get(urlsplit(where["request_uri"][0]).path)
        assert answer.status_code == 200, answer.content
        said = payload_of(answer.content.decode())
        assert where["client_id"] == [said["client_id"]]
        return said

    def shown(self, said: dict[str, Any], *names: str, key: SigningKey | None = None, **other: Any) -> str:
        """What answers a request: the claims that it asks for, or these."""
        claims = said["dcql_query"]["credentials"][0].get("claims", [])
        document = other.pop("document", self.document)
        proved = {
            "audience": client_id(),
            "nonce": said["nonce"],
            "made_at": int(clock.now().timestamp()),
            **other,
        }
        wanted = names or [claim["path"][0] for claim in claims]
        return holder.present(document, wanted, key=key or self.key, **proved)

    def show(self, said: dict[str, Any], *names: str, **other: Any) -> Any:
        return self.send(said, self.shown(said, *names, **other))

    def send(self, said: dict[str, Any], token: str) -> Any:
        form = {"state": said["state"], "vp_token": json.dumps({"permit": [token]})}
        return self.form("/openid/answer", form)


def signed(key: SigningKey, payload: dict[str, Any], head: dict[str, Any]) -> str:
    """A JWS with just this header."""
    parts = f"{base64url(to_json(head))}.{base64url(to_json(payload))}"
    return f"{parts}.{base64url(key.sign(parts.encode()))}"
