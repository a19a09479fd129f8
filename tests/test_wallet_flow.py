"""A standard wallet loads the permit and shows it: somebody else's code, over HTTP, against a running service
with its worker.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from unittest.mock import ANY
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.db import connection

from tests.foreign_verifiers import Foreign
from tests.wallet_service import Service

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="nothing here is another on PostgreSQL"),
]


@pytest.fixture(scope="module")
def service(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Service]:
    """On a copy of the tests' own empty database: to make its tables anew takes longer than all the rest."""
    folder = tmp_path_factory.mktemp("service")
    with django_db_blocker.unblock(), closing(sqlite3.connect(folder / "juzhu.sqlite3")) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    made = Service(folder)
    try:
        made.work()
        yield made
    finally:
        made.close()


@pytest.fixture(scope="module")
def wallet() -> Iterator[Foreign]:
    process = Foreign("wallet.mjs")
    yield process
    process.close()


@pytest.fixture(scope="module")
def held(service: Service) -> dict[str, Any]:
    made: dict[str, Any] = service.inside("permit")
    service.until(lambda: service.get("/status/0").status_code == 200)
    return made


def done(wallet: Foreign, job: str, **given: Any) -> dict[str, Any]:
    """What the wallet says of a job that it did."""
    answer = wallet.ask(job=job, **given)
    assert "said" in answer, answer
    said: dict[str, Any] = answer["said"]
    return said


def told(wallet: Foreign, job: str, **given: Any) -> str:
    """The error that the wallet was told."""
    answer = wallet.ask(job=job, **given)
    assert "refused" in answer, answer
    return str((answer["told"] or {}).get("error"))


def ask(service: Service, *items: str, token: str = "") -> tuple[str, str]:
    """A checker's request: its id and its link."""
    body = {"ask": items, "purpose": "入学报名", **({} if token else {"name": "运河小学"})}
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = service.post("/api/v1/presentations", json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"], answer.json()["link"]


def result(service: Service, key: str, token: str = "") -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer: dict[str, Any] = service.get(f"/api/v1/presentations/{key}", headers=headers).json()
    return answer


def test_a_wallet_loads_the_permit_and_its_library_accepts_it(
    service: Service, wallet: Foreign, held: dict[str, Any]
) -> None:
    offered = service.inside("offer", permit=held["permit"])
    given = {"name": "phone", "offer": offered["link"]}
    assert told(wallet, "load", **given, tx_code="000000x") == "invalid_grant"
    said = done(wallet, "load", **given, tx_code=offered["tx_code"], status=True)
    payload = said["payload"]
    assert (payload["name"], payload["permit_number"]) == (held["name"], held["number"])
    assert (payload["lives_in"], payload["age_over_18"], payload["residence_years_ge_1"]) == (
        "330100",
        True,
        False,
    )
    assert payload["photo"].startswith("data:image/jpeg;base64,")
    assert payload["cnf"]["jwk"] == said["jwk"]
    assert payload["vct"] == f"{service.url}/credentials/residence-permit"
    assert service.get(urlsplit(payload["vct"]).path).json()["vct"] == payload["vct"]
    assert told(wallet, "load", name="thief", offer=offered["by_value"], tx_code=offered["tx_code"]) == (
        "invalid_grant"
    ), "an offer is redeemed once"


def test_it_shows_a_stranger_what_says_yes_and_no_more(
    service: Service, wallet: Foreign, held: dict[str, Any]
) -> None:
    key, link = ask(service, "lives_in_city", "age_over_16")
    assert result(service, key) == {"state": "waiting"}
    shown = done(wallet, "show", name="phone", link=link)
    assert (shown["status"], shown["prefix"]) == (200, "decentralized_identifier")
    assert shown["request"]["verifier_info"][0]["data"]["purpose"] == "入学报名"
    came = result(service, key)
    assert (came["outcome"], came["proved"]) == ("valid", True)
    assert came["claims"] == {"lives_in": "330100", "age_over_16": True}
    used = parse_qs(urlsplit(link).query)["request_uri"][0]
    assert httpx.get(used).status_code == 404, "an answered request is closed"
    assert service.inside("log", permit=held["permit"])[0] == {
        "checker": "运河小学", "confirmed": False, "purpose": "入学报名", "given": ["住在杭州", "满 16 周岁"],
        "outcome": "valid", "device": "旧手机",
    }  # fmt: skip


def test_a_presentation_is_good_for_one_request(service: Service, wallet: Foreign) -> None:
    _key, link = ask(service, "lives_in_city")
    shown = done(wallet, "show", name="phone", link=link)
    form = {"state": shown["request"]["state"], "vp_token": json.dumps({"permit": [shown["presentation"]]})}
    assert service.post("/openid/answer", data=form).json()["error"] == "invalid_request"
    key, link = ask(service, "lives_in_city")
    reference = httpx.get(parse_qs(urlsplit(link).query)["request_uri"][0]).text
    state = json.loads(_decoded(reference.split(".")[1]))["state"]
    assert service.post("/openid/answer", data={**form, "state": state}).status_code == 200
    came = result(service, key)
    assert (came["outcome"], came["because"], came["claims"]) == ("forged", "holder", {})


def test_who_somebody_is_goes_to_an_account_alone(
    service: Service, wallet: Foreign, held: dict[str, Any]
) -> None:
    body = {"ask": ["name_and_photo"], "purpose": "入学报名", "name": "运河小学"}
    refused = service.post("/api/v1/presentations", json=body)
    assert (refused.status_code, refused.json()["code"]) == (403, "account_needed")
    token = service.inside("program")
    key, link = ask(service, "name_and_photo", token=token)
    shown = done(wallet, "show", name="phone", link=link)
    assert shown["request"]["verifier_info"][0]["data"]["confirmed"] is True
    assert result(service, key)["code"] == "not_found", "the id alone does not read it"
    claims = result(service, key, token)["claims"]
    assert claims["name"] == held["name"] and claims["photo"].startswith("data:image/jpeg")


def test_a_newer_version_is_loaded_without_anybody_being_asked(
    service: Service, wallet: Foreign, held: dict[str, Any]
) -> None:
    service.inside("change_workplace", permit=held["permit"])
    service.until(lambda: service.inside("superseded", permit=held["permit"]) == 1)
    assert _outcome(service, wallet) == "stale"
    renewed = done(wallet, "renew", name="phone")
    assert renewed["payload"]["version"] == 2
    assert renewed["payload"]["workplace"] == "北站仓储（示例）"
    assert _outcome(service, wallet) == "valid"


def test_a_revoked_device_is_refused_and_gets_no_other_document(
    service: Service, wallet: Foreign, held: dict[str, Any]
) -> None:
    assert service.inside("revoke", permit=held["permit"]) == 1
    assert _outcome(service, wallet) == "device_revoked"
    assert told(wallet, "renew", name="phone") == "invalid_grant"


def test_a_worker_that_is_killed_while_it_signs_leaves_nothing_half(
    service: Service, wallet: Foreign
) -> None:
    """The key is a pipe: the worker is stuck in the middle of signing when it is killed."""
    held = service.inside("permit")
    service.until(lambda: service.inside("signing") == [] and service.get("/readyz").status_code == 200)
    service.kill()
    before = service.inside("counts")
    offered = service.inside("offer", permit=held["permit"])
    given = {"name": "other", "offer": offered["by_value"], "tx_code": offered["tx_code"], "patient": False}
    assert done(wallet, "load", **given) == {"deferred": 2, "jwk": ANY}
    assert done(wallet, "collect", name="other") == {"deferred": 2}
    pem = service.folder / "keys" / f"{service.keys['permit']}.pem"
    kept = pem.read_bytes()
    pem.unlink()
    os.mkfifo(pem)
    service.work()
    pipe = os.open(pem, os.O_WRONLY)  # it opens when the worker reads
    service.until(lambda: [row["attempts"] for row in service.inside("signing")] == [1])
    service.kill()
    os.close(pipe)
    pem.unlink()
    pem.write_bytes(kept)
    assert service.inside("signing") == [{"attempts": 1, "credential": ""}]
    assert service.inside("counts") == before
    assert service.inside("lease_runs_out") >= 1
    service.work()
    service.until(lambda: service.inside("signing") == [])
    assert done(wallet, "collect", name="other")["document"].startswith("eyJ")
    assert told(wallet, "collect", name="other") == "invalid_transaction_id"
    assert service.inside("counts") == {name: count + 1 for name, count in before.items()}


def _outcome(service: Service, wallet: Foreign) -> str:
    key, link = ask(service, "lives_in_city")
    done(wallet, "show", name="phone", link=link)
    outcome: str = result(service, key)["outcome"]
    return outcome


def _decoded(part: str) -> bytes:
    from juzhu.credentials.verify.encoding import from_base64url

    return from_base64url(part)
