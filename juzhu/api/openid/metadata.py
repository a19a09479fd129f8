"""Metadata, as every wallet and checker may fetch it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from juzhu.api.openid.answers import endpoint, public
from juzhu.operations import clock
from juzhu.operations.rules import in_force
from juzhu.wallets import metadata


@endpoint("GET", "HEAD")
def issuer(request: HttpRequest) -> HttpResponse:
    """`/.well-known/openid-credential-issuer`."""
    return public(metadata.issuer(in_force(clock.today())))


@endpoint("GET", "HEAD")
def server(request: HttpRequest) -> HttpResponse:
    """`/.well-known/oauth-authorization-server`."""
    return public(metadata.server())


@endpoint("GET", "HEAD")
def type_metadata(request: HttpRequest) -> HttpResponse:
    """`/credentials/residence-permit`."""
    return public(metadata.type_metadata())


@endpoint("GET", "HEAD")
def issuer_keys(request: HttpRequest) -> HttpResponse:
    """`/.well-known/jwt-vc-issuer`."""
    return public(metadata.issuer_keys())


@endpoint("GET", "HEAD")
def did_document(request: HttpRequest) -> HttpResponse:
    """`/.well-known/did.json`."""
    return public(metadata.did_document())
