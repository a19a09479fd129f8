"""The OpenAPI document keeps its word: schemathesis asks, in-process over WSGI, and every check must pass."""

import json
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.config import SchemathesisConfig

from juzhu.api.oauth import TOKEN_PATH
from juzhu.api.service import api
from juzhu.evidence import clients
from juzhu.evidence.tests import programs
from juzhu.operations.actors import SYSTEM
from juzhu.permits.tests import reporters

# 422 is a question of the declared shape that can't be true (a lease that ends before it begins), 403 a kind
# that the token is not for; a question of the declared shape that is answered with 400 would be a lie of the
# document, and fails. At the token endpoint, 401 is the answer to credentials that are nobody's, and 400 to
# ones that do not stand where they belong (RFC 6749 section 5.2).
RULES: dict[str, Any] = {
    "seed": 20220101,
    "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "403", "404", "422"]}},
}
TOKEN_RULES: dict[str, Any] = {
    "seed": 20220101,
    "checks": {"positive_data_acceptance": {"expected-statuses": ["400", "401"]}},
}
EXAMPLES = settings(
    max_examples=100,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """A request that ends would close the connection of the test's own transaction; Django's client sees to
    it the same way.
    """
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


@cache
def _handler() -> WSGIHandler:
    with warnings.catch_warnings(action="ignore"):
        return WSGIHandler()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The service, made when it is first asked."""
    return _handler()(environ, start_response)


def document(rules: dict[str, Any]) -> Any:
    written = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))
    read = schemathesis.openapi.from_dict(written, config=SchemathesisConfig.from_dict(rules))
    read.app = application
    return read


schema = document(RULES).exclude(path=TOKEN_PATH)
tokens = document(TOKEN_RULES).include(path=TOKEN_PATH)


@pytest.fixture
def token(db: None) -> str:
    """A program's, for all that its department gives."""
    return programs.token_of(programs.made()[0])


@pytest.fixture
def reports(db: None) -> str:
    """A token of an organisation's program."""
    made, _actor = reporters.enrolled("employer", "property", "hotel")
    return programs.token_of(clients.make_for(made, "人事系统（示例）", actor=SYSTEM)[0])


@schema.parametrize()
@EXAMPLES
def test_the_document_keeps_its_word(case: schemathesis.Case, token: str, reports: str) -> None:
    bearer = reports if "reports" in case.path else token
    asked = "attestations" in case.path or "reports" in case.path
    headers = {"Authorization": f"Bearer {bearer}"} if asked else {}
    assert case.call_and_validate(headers=headers).status_code


@pytest.mark.django_db
@tokens.parametrize()
@EXAMPLES
def test_the_token_endpoint_keeps_its_word(case: schemathesis.Case) -> None:
    assert case.call_and_validate().status_code in {400, 401, 405}
