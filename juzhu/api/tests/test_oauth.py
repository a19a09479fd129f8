"""Tokens for clients' own credentials, as RFC 6749 has it; and nothing that helps somebody who guesses."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from django.test import Client as Browser

from juzhu.evidence.models import AccessToken, Client
from juzhu.evidence.tests import programs

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("D08")]
URL = "/api/v1/oauth/token"
GRANT = {"grant_type": "client_credentials"}


def basic(client_id: str, secret: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()}


def ask(body: dict[str, str], headers: dict[str, str] | None = None) -> Any:
    return Browser(enforce_csrf_checks=True).post(URL, body, headers=headers or {})


def test_credentials_by_header_or_in_the_body_get_a_token():
    client, secret = programs.made()
    by_header = ask(GRANT, basic(client.client_id, secret))
    in_body = ask({**GRANT, "client_id": client.client_id, "client_secret": secret})
    for response in (by_header, in_body):
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store"
        answer = response.json()
        assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 3600)
        assert answer["scope"] == "attest:insurance attest:labour_contract"
        assert "refresh_token" not in answer
    assert AccessToken.objects.count() == 2


def test_neither_secret_nor_token_is_in_the_database():
    client, secret = programs.made()
    token = ask(GRANT, basic(client.client_id, secret)).json()["access_token"]
    stored = str(list(Client.objects.values())) + str(list(AccessToken.objects.values()))
    assert secret not in stored and token not in stored


def test_a_scope_narrows_a_token_and_a_strange_one_is_an_error():
    client, secret = programs.made()
    narrow = ask({**GRANT, "scope": "attest:insurance"}, basic(client.client_id, secret))
    assert narrow.json()["scope"] == "attest:insurance"
    for strange in ("attest:title", "attest:insurance attest:title", "everything"):
        refused = ask({**GRANT, "scope": strange}, basic(client.client_id, secret))
        assert (refused.status_code, refused.json()["error"]) == (400, "invalid_scope")


def test_an_unknown_client_a_wrong_secret_and_a_revoked_one_look_alike():
    client, secret = programs.made()
    gone, gone_secret = programs.made()
    Client.objects.filter(pk=gone.pk).update(revoked_at="2026-01-01T00:00:00Z")
    pairs = [
        ("nobody", secret), (client.client_id, "wrong"), (gone.client_id, gone_secret),
        ("x" * 400, "y"), ("a\0b", "y"), (client.client_id, ""),
    ]  # fmt: skip
    answers = [ask(GRANT, basic(*pair)) for pair in pairs]
    assert {(answer.status_code, answer.json()["error"]) for answer in answers} == {(401, "invalid_client")}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].headers["WWW-Authenticate"].startswith("Basic")
    in_body = [ask({**GRANT, "client_id": a, "client_secret": b}) for a, b in pairs]
    assert {answer.json()["error"] for answer in in_body} == {"invalid_client"}


@pytest.mark.parametrize("grant", ["password", "authorization_code", "refresh_token", ""])
def test_no_other_grant_is_given(grant: str):
    client, secret = programs.made()
    refused = ask({"grant_type": grant}, basic(client.client_id, secret))
    assert (refused.status_code, refused.json()["error"]) == (400, "unsupported_grant_type")


def test_a_token_is_never_given_for_a_look_with_get():
    assert Browser().get(URL).json()["code"] == "method_not_allowed"


def test_tokens_that_are_long_over_are_swept():
    client, secret = programs.made()
    ask(GRANT, basic(client.client_id, secret))
    AccessToken.objects.update(expires_at="2020-01-01T00:00:00Z")
    ask(GRANT, basic(client.client_id, secret))
    assert AccessToken.objects.count() == 1
