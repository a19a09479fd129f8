"""Issuing: offer, token, nonce, document (OpenID4VCI 1.0, pre-authorised code flow)."""

from __future__ import annotations

import time
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

from juzhu.api.openid.answers import LARGEST, endpoint, form, json, missing
from juzhu.credentials.verify import Refused
from juzhu.credentials.verify.encoding import from_json_object
from juzhu.operations import clock
from juzhu.wallets import issuing, offers, secrets
from juzhu.wallets.addresses import CONFIGURATION
from juzhu.wallets.errors import (
    InvalidCredentialRequest,
    InvalidDetails,
    InvalidEncryption,
    InvalidProof,
    InvalidRequest,
    InvalidToken,
    InvalidTransaction,
    UnknownConfiguration,
    UnknownIdentifier,
    UnsupportedGrant,
)
from juzhu.wallets.models import Issuance, Loading

PARAMETERS = (
    "grant_type", "pre-authorized_code", "tx_code", "refresh_token", "authorization_details",
)  # fmt: skip
TOKEN_HINTED = ("token", "token_type_hint")
PATIENCE_S = 0.8 if connection.vendor == "sqlite" else 2.0
"""How long a request waits for the worker before it is answered as deferred. On SQLite a server has one
thread, and whoever waits keeps all others waiting.
"""
STEP_S = 0.05
INTERVAL_S = 2
"""What a wallet is told to wait before it asks again."""


@endpoint("GET")
def offer(request: HttpRequest, reference: str) -> HttpResponse:
    """`/openid/offers/<reference>`: a credential offer."""
    found = offers.fetched(reference, clock.now())
    return missing() if found is None else json(found)


@endpoint("POST")
def token(request: HttpRequest) -> HttpResponse:
    """`/openid/token`: tokens for a pre-authorised code, or for a refresh token."""
    said = form(request, PARAMETERS)
    if "authorization_details" in said:
        raise InvalidDetails
    match said:
        case {"grant_type": offers.GRANT, "pre-authorized_code": code}:
            tokens = offers.redeem(code, said.get("tx_code", ""), clock.now())
        case {"grant_type": offers.REFRESH, "refresh_token": refresh}:
            tokens = offers.refresh(refresh, clock.now())
        case {"grant_type": offers.GRANT | offers.REFRESH}:
            raise InvalidRequest("Send what the grant type asks for.")
        case {"grant_type": _}:
            raise UnsupportedGrant
        case _:
            raise InvalidRequest("Send a grant_type.")
    return json(
        {
            "access_token": tokens.access,
            "token_type": "Bearer",
            "expires_in": int(offers.GOOD_FOR.total_seconds()),
            "refresh_token": tokens.refresh,
        }
    )


@endpoint("POST")
def nonce(request: HttpRequest) -> HttpResponse:
    """`/openid/nonce`: a challenge for a proof of possession."""
    return json({"c_nonce": secrets.nonce(clock.now())})


@endpoint("POST")
def credential(request: HttpRequest) -> HttpResponse:
    """`/openid/credential`: the document, bound to the key of the proof."""
    loading = _bearer(request)
    said = _body(request)
    transaction_id, made = issuing.request(loading, _proof(said), clock.now())
    _wait(made)
    return _answer(made, transaction_id)


@endpoint("POST")
def deferred(request: HttpRequest) -> HttpResponse:
    """`/openid/deferred`: a document that was not signed yet when it was asked for."""
    loading = _bearer(request)
    said = _body(request)
    if "credential_response_encryption" in said:
        raise InvalidEncryption
    transaction_id = said.get("transaction_id")
    if not isinstance(transaction_id, str):
        raise InvalidTransaction
    return _answer(issuing.find(loading, transaction_id), transaction_id)


@endpoint("GET")
def offline_code(request: HttpRequest) -> HttpResponse:
    """`/openid/offline-code`: beside the standard, the code that stands on paper too, for a wallet that shows
    it without reception. With the access token by which the document was fetched.
    """
    return json({"offline_code": issuing.code_for(_bearer(request))})


@endpoint("POST")
def revocation(request: HttpRequest) -> HttpResponse:
    """`/openid/revocation`: a wallet without the permit gives its refresh token back (RFC 7009)."""
    issuing.give_up(form(request, TOKEN_HINTED).get("token", ""), clock.now())
    return json({})


@endpoint("POST")
def introspection(request: HttpRequest) -> HttpResponse:
    """`/openid/introspection`: whether a refresh token is good (RFC 7662). It is not used up by this."""
    return json({"active": issuing.is_held(form(request, TOKEN_HINTED).get("token", ""))})


def _bearer(request: HttpRequest) -> Loading:
    way, _space, text = request.headers.get("Authorization", "").partition(" ")
    if way.lower() != "bearer" or not text.strip():
        raise InvalidToken
    return issuing.bearer(text.strip(), clock.now())


def _body(request: HttpRequest) -> dict[str, Any]:
    """Raises InvalidCredentialRequest for what is no JSON object."""
    if request.content_type != "application/json" or len(request.body) > LARGEST:
        raise InvalidCredentialRequest("Send a JSON object as application/json.")
    try:
        return from_json_object(request.body)
    except Refused as refused:
        raise InvalidCredentialRequest("The body is no JSON object.") from refused


def _proof(said: dict[str, Any]) -> str:
    """The one proof of a request for the one kind of document there is (section 8.2)."""
    if "credential_response_encryption" in said:
        raise InvalidEncryption
    if "credential_identifier" in said:
        raise UnknownIdentifier
    if not isinstance(said.get("credential_configuration_id"), str):
        raise InvalidCredentialRequest("Name the credential_configuration_id.")
    if said["credential_configuration_id"] != CONFIGURATION:
        raise UnknownConfiguration
    match said.get("proofs"):
        case {"jwt": [str() as proof], **others} if not others:
            return proof
    raise InvalidProof("Send proofs with one proof, of the type jwt.")


def _wait(made: Issuance) -> None:
    until = time.monotonic() + PATIENCE_S
    while not issuing.settled(made) and time.monotonic() < until:
        time.sleep(STEP_S)


def _answer(made: Issuance, transaction_id: str) -> HttpResponse:
    document = issuing.fetch(made, clock.now())
    if document:
        return json({"credentials": [{"credential": document}]})
    return json({"transaction_id": transaction_id, "interval": INTERVAL_S}, 202)
