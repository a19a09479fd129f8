"""An OAuth 2 client that knows nothing of us, over real HTTP against granian: it gets a token for its own
credentials, pushes a word that its department has signed, and takes it back.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session

from juzhu.bureau.seal import Seal
from tests.databases import fresh

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
from postgres import free_port  # noqa: E402, found only now

pytestmark = [pytest.mark.slow, pytest.mark.database, pytest.mark.requirement("D08")]
NUMBER = "11010519491231002X"
PERSON = (
    "from datetime import date; from juzhu.people.models import Person; "
    f"Person.objects.create(identity_number='{NUMBER}', name='周晓芸', born=date(1949, 12, 31), "
    "household_division='110105')"
)
KEPT = (
    "from juzhu.evidence.models import Evidence; e = Evidence.objects.get(); "
    "print(e.way, e.certainty, e.department, bool(e.withdrawn_at))"
)
SAID = {
    "identity_number": NUMBER,
    "name": "周晓芸",
    "kind": "insurance",
    "says": {"runs": [{"from": "2025-01", "to": "2026-02", "division": "330100", "employer": "示例",
                       "back_paid": False}]},
}  # fmt: skip


@dataclass
class Server:
    """A running service, and its commands."""

    url: str
    environment: dict[str, str]

    def juzhu(self, *arguments: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "juzhu.cli", *arguments],
            env=self.environment, cwd=ROOT, capture_output=True, check=True, text=True,
        ).stdout  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    address, port = os.environ.get("DATABASE_URL", ""), free_port()
    environment = {
        **os.environ,
        "JUZHU_MODE": "test",
        "JUZHU_DATA_DIR": str(tmp_path_factory.mktemp("service")),
        "DATABASE_URL": fresh(address) if address else "",
        "DJANGO_SETTINGS_MODULE": "juzhu.config.settings",
    }
    service = Server(f"http://127.0.0.1:{port}", environment)
    service.juzhu("manage", "migrate", "--verbosity", "0")
    service.juzhu("manage", "shell", "-v", "0", "-c", PERSON)
    process = subprocess.Popen(
        [sys.executable, "-m", "juzhu.cli", "serve", "--port", str(port)],
        env=environment, cwd=ROOT, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _attempt in range(200):
            try:
                if httpx.get(f"{service.url}/livez").status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.1)
        yield service
    finally:
        process.terminate()
        process.wait(timeout=15)


@pytest.fixture(scope="module")
def seal() -> Seal:
    return Seal.made()


@pytest.fixture(scope="module")
def credentials(server: Server, seal: Seal, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    import json

    keys = tmp_path_factory.mktemp("keys") / "jwks.json"
    keys.write_text(json.dumps(seal.jwks))
    said = server.juzhu(
        "manage", "attestation_client", "new", "--name", "社保系统", "--department", "human_resources",
        "--kind", "insurance", "--jwks", str(keys),
    )  # fmt: skip
    rows = dict(line.split()[:2] for line in said.splitlines())
    return rows["client_id"], rows["client_secret"]


@pytest.mark.parametrize("way", ["client_secret_basic", "client_secret_post"])
def test_a_client_by_the_book_gets_in(server: Server, seal: Seal, credentials: tuple[str, str], way: str):
    with OAuth2Session(*credentials, scope="attest:insurance", token_endpoint_auth_method=way) as client:
        token = client.fetch_token(f"{server.url}/api/v1/oauth/token", grant_type="client_credentials")
        assert token["scope"] == "attest:insurance"
        address = f"{server.url}/api/v1/attestations"
        key = {"Idempotency-Key": f"the-same-word-{way}"}
        answers = [
            client.post(address, json={**SAID, "record": seal.sign(SAID)}, headers=key) for _n in range(1)
        ]
        assert [answer.status_code for answer in answers] == [202]
        if way == "client_secret_basic":
            kept = server.juzhu("manage", "shell", "-v", "0", "-c", KEPT)
            assert kept.split() == ["push", "signed", "human_resources", "False"]
        gone = client.delete(f"{address}/{answers[0].json()['id']}")
        assert gone.status_code == 204
        many = {"attestations": [SAID, {**SAID, "kind": "title"}]}
        batch = client.post(f"{address}/batch", json=many, headers={"Idempotency-Key": uuid4().hex})
        assert [row["status"] for row in batch.json()["answers"]] == [202, 403]


def test_a_client_with_a_wrong_secret_is_told_in_the_protocols_own_words(
    server: Server, credentials: tuple[str, str]
):
    with OAuth2Session(credentials[0], "wrong") as client, pytest.raises(OAuthError) as refused:
        client.fetch_token(f"{server.url}/api/v1/oauth/token", grant_type="client_credentials")
    assert refused.value.error == "invalid_client"


def test_the_commands_list_rotate_and_revoke(server: Server):
    said = server.juzhu(
        "manage", "attestation_client", "new", "--name", "住建系统", "--department", "housing"
    )
    client_id, secret = (line.split()[1] for line in said.splitlines()[:2])
    listed = server.juzhu("manage", "attestation_client", "list")
    assert client_id in listed and secret not in listed
    rotated = server.juzhu("manage", "attestation_client", "rotate", client_id).split()[1]
    address = f"{server.url}/api/v1/oauth/token"
    form = {"grant_type": "client_credentials"}
    assert httpx.post(address, data=form, auth=(client_id, secret)).status_code == 401
    assert httpx.post(address, data=form, auth=(client_id, rotated)).status_code == 200
    server.juzhu("manage", "attestation_client", "revoke", client_id)
    assert httpx.post(address, data=form, auth=(client_id, rotated)).status_code == 401
    assert "revoked" in server.juzhu("manage", "attestation_client", "list")
    with pytest.raises(subprocess.CalledProcessError):
        server.juzhu("manage", "attestation_client", "rotate", client_id)
