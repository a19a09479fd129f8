"""OAuth 2 for programs of departments and organisations: a token for their credentials, and who bears it.

The protocol is Authlib's: RFC 6749 section 4.4 with client_secret_basic and client_secret_post, RFC 6750 for
the bearer. Errors of the token endpoint have RFC 6749's own shape, everything else is a problem.
"""

from dataclasses import dataclass
from typing import Any

from authlib.integrations.django_oauth2 import AuthorizationServer
from authlib.integrations.django_oauth2.requests import DjangoOAuth2Payload, DjangoOAuth2Request
from authlib.oauth2.rfc6749 import ClientMixin, OAuth2Request, scope_to_list
from authlib.oauth2.rfc6749.errors import InvalidScopeError
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant
from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.security.base import AuthBase
from pydantic import BaseModel

from juzhu.api.problems import ApiError, Problem
from juzhu.evidence import clients
from juzhu.evidence.departments import GIVES, gives
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import AccessToken, Client
from juzhu.operations import clock

router = Router()
GRANT = "client_credentials"
WAYS = ["client_secret_basic", "client_secret_post"]
TOKEN_PATH = "/api/v1/oauth/token"  # noqa: S105, an address


class Registered(ClientMixin):  # type: ignore[misc] # Authlib has no types
    """A client as Authlib looks at it. `row` is None for an id that nobody has: its secret never fits."""

    def __init__(self, row: Client | None) -> None:
        self.row = row

    def get_allowed_scope(self, scope: str | None) -> str:
        asked = scope_to_list(scope) or self.scopes
        return " ".join(sorted(set(asked) & set(self.scopes)))

    @property
    def scopes(self) -> list[str]:
        """What the client is registered for."""
        return list(self.row.scopes) if self.row else []

    def check_client_secret(self, client_secret: str) -> bool:
        return clients.knows(self.row, client_secret)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in WAYS and endpoint == "token"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == GRANT


class OwnCredentials(ClientCredentialsGrant):  # type: ignore[misc] # Authlib has no types
    """A scope that the client is not registered for is an error, not left out in silence."""

    TOKEN_ENDPOINT_AUTH_METHODS = WAYS

    def validate_requested_scope(self) -> None:
        if not set(scope_to_list(self.request.payload.scope) or []) <= set(self.request.client.scopes):
            raise InvalidScopeError


class Posted(DjangoOAuth2Request):  # type: ignore[misc] # Authlib has no types
    """A request as Authlib reads it. That it came over TLS is for Django to see to: production redirects
    everything else before it arrives here, and in the demo Authlib's own check would refuse plain HTTP.
    """

    def __init__(self, request: HttpRequest) -> None:
        OAuth2Request.__init__(self, request.method, f"https://here{request.path}", headers=request.headers)
        self.payload = DjangoOAuth2Payload(request)
        self._request = request


class Server(AuthorizationServer):  # type: ignore[misc] # Authlib has no types
    """Authlib's server on our tables. Who is unknown gets the answer that a wrong secret gets."""

    def create_oauth2_request(self, request: HttpRequest) -> OAuth2Request:
        return Posted(request)

    def query_client(self, client_id: str) -> Registered:
        return Registered(clients.active(client_id))

    def save_token(self, token: dict[str, Any], request: OAuth2Request) -> None:
        clients.keep_token(
            request.client.row, token["access_token"], token.get("scope", "").split(), now=clock.now()
        )

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        """Nobody listens."""

    def load_config(self, config: dict[str, Any]) -> None:
        """An hour for a token, and no refresh: the client has its credentials."""
        hour = int(clients.TOKEN_LIFE.total_seconds())
        super().load_config({"token_expires_in": {GRANT: hour}})


server = Server(None, None)
server.register_grant(OwnCredentials)


class OAuthError(BaseModel):
    """RFC 6749 section 5.2."""

    error: str
    error_description: str = ""


class TokenAnswer(BaseModel):
    """RFC 6749 section 5.1. `expires_in` is in seconds."""

    token_type: str
    access_token: str
    expires_in: int
    scope: str = ""


FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "required": ["grant_type"],
                    "properties": {
                        "grant_type": {"type": "string", "enum": [GRANT]},
                        "scope": {"type": "string", "examples": ["attest:insurance"]},
                        "client_id": {"type": "string"},
                        "client_secret": {"type": "string"},
                    },
                }
            }
        },
    }
}


@router.post(
    "/oauth/token",
    response={200: TokenAnswer, 400: OAuthError, 401: OAuthError, 413: Problem, 500: Problem},
    summary="Get an access token",
    openapi_extra=FORM,
)
def token(request: HttpRequest) -> HttpResponse:
    """For a registered client's own credentials, by HTTP Basic or in the body. Good for an hour."""
    answer: HttpResponse = server.create_token_response(request)
    return answer


@dataclass(frozen=True, slots=True)
class Bearer:
    """The client whose token came with the request, the kinds that it may give, whether it may report, and
    whether it may ask holders who they are.
    """

    client: Client
    kinds: frozenset[Kind]
    reports: bool = False
    presentations: bool = False


class Programs(AuthBase):
    """Lets programs in by their token (RFC 6750). Without one, or with one that is over: 401."""

    openapi_type = "oauth2"
    openapi_flows: dict[str, Any] = {  # noqa: RUF012, read by django-ninja as it stands
        "clientCredentials": {
            "tokenUrl": TOKEN_PATH,
            "scopes": {
                clients.scope_of(kind): f"say `{kind.value}` of somebody"
                for kind in Kind
                if any(kind in gives(department) for department in GIVES)
            }
            | {clients.PRESENTATIONS: "ask holders for what says who they are"},
        }
    }

    def __call__(self, request: HttpRequest) -> Bearer:
        way, _space, text = request.headers.get("Authorization", "").partition(" ")
        if way.lower() != "bearer" or not text.strip():
            raise ApiError(401, "unauthorized", headers={"WWW-Authenticate": 'Bearer realm="juzhu"'})
        found: AccessToken | None = clients.bearer(text.strip(), now=clock.now())
        if found is None:
            challenge = 'Bearer realm="juzhu", error="invalid_token"'
            raise ApiError(401, "invalid_token", headers={"WWW-Authenticate": challenge})
        return Bearer(
            found.client,
            clients.permitted(found),
            clients.allows(found, clients.REPORTS),
            clients.allows(found, clients.PRESENTATIONS),
        )


programs = Programs()
