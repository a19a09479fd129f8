"""The OpenAPI document keeps its word: schemathesis asks, in-process over WSGI, and every check must pass."""

import json
import warnings
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, Phase, settings
from schemathesis.config import SchemathesisConfig

from juzhu.api.service import api

# 422 is a question of the declared shape that can't be true (a lease that ends before it begins); a question
# of the declared shape that is answered with 400 would be a lie of the document, and fails.
CONFIG = SchemathesisConfig.from_dict(
    {
        "seed": 20220101,
        "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "404", "422"]}},
    }
)


@cache
def _handler() -> WSGIHandler:
    with warnings.catch_warnings(action="ignore"):
        return WSGIHandler()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The service, made when it is first asked."""
    return _handler()(environ, start_response)


schema = schemathesis.openapi.from_dict(
    json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"))), config=CONFIG
)
schema.app = application


@pytest.mark.django_db
@schema.parametrize()
@settings(
    max_examples=100,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_the_document_keeps_its_word(case: schemathesis.Case) -> None:
    assert case.call_and_validate().status_code
