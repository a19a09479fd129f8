"""Where wallets and checkers find what. Relative to the issuer's origin."""

from urllib.parse import quote, urlsplit

from juzhu.credentials.addresses import origin
from juzhu.credentials.verify.sd_jwt import VCT_PATH

CONFIGURATION = "residence-permit"
ISSUER_METADATA = "/.well-known/openid-credential-issuer"
SERVER_METADATA = "/.well-known/oauth-authorization-server"
KEYS_METADATA = "/.well-known/jwt-vc-issuer"
DID_DOCUMENT = "/.well-known/did.json"
OFFERS = "/openid/offers/"
TOKEN = "/openid/token"  # noqa: S105, an address
NONCE = "/openid/nonce"
CREDENTIAL = "/openid/credential"
DEFERRED = "/openid/deferred"
OFFLINE_CODE = "/openid/offline-code"
REVOCATION = "/openid/revocation"
INTROSPECTION = "/openid/introspection"
REQUESTS = "/openid/requests/"
ANSWER = "/openid/answer"
PAGE = "/permit/show/"
"""The web wallet's page on which the holder of a request's link is asked."""


def vct() -> str:
    """The type of the document, and where its metadata is."""
    return origin() + VCT_PATH


def did() -> str:
    """This service as a did:web, by the host that its certificate is for."""
    return "did:web:" + quote(urlsplit(origin()).netloc, safe="")


def client_id() -> str:
    """As whom this service asks wallets (OpenID4VP 1.0 section 5.9)."""
    return f"decentralized_identifier:{did()}"
