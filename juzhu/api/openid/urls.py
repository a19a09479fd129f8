"""Where wallets speak with the service; the addresses are those that the metadata names."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import path
from django.urls.resolvers import URLPattern

from juzhu.api.openid import issuing, metadata, presenting
from juzhu.credentials.verify.sd_jwt import VCT_PATH
from juzhu.wallets import addresses

app_name = "openid"


def _at(address: str, view: Callable[..., HttpResponse]) -> URLPattern:
    return path(address.removeprefix("/"), view, name=view.__name__)


urlpatterns = [
    _at(addresses.ISSUER_METADATA, metadata.issuer),
    _at(addresses.SERVER_METADATA, metadata.server),
    _at(addresses.KEYS_METADATA, metadata.issuer_keys),
    _at(addresses.DID_DOCUMENT, metadata.did_document),
    _at(VCT_PATH, metadata.type_metadata),
    _at(addresses.OFFERS + "<slug:reference>", issuing.offer),
    _at(addresses.TOKEN, issuing.token),
    _at(addresses.NONCE, issuing.nonce),
    _at(addresses.CREDENTIAL, issuing.credential),
    _at(addresses.DEFERRED, issuing.deferred),
    _at(addresses.OFFLINE_CODE, issuing.offline_code),
    _at(addresses.REVOCATION, issuing.revocation),
    _at(addresses.INTROSPECTION, issuing.introspection),
    _at(addresses.REQUESTS + "<slug:reference>", presenting.request_object),
    _at(addresses.ANSWER, presenting.answer),
]
