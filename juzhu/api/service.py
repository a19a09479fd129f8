"""The JSON API: what it is called, what it answers to, and how it speaks of errors."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja.errors import HttpError
from ninja.errors import ValidationError as Invalid

from juzhu.api import attestations, law, oauth, presentations, problems, reports, verify
from juzhu.api.bodies import JsonParser
from juzhu.api.contract import ContractApi
from juzhu.law.errors import LawError
from juzhu.operations.errors import JuzhuError

api = ContractApi(
    title="juzhu",
    version="1.0.0",
    description=(
        "Check an electronic residence permit, ask its holder to show it; ask the rules of the notice: no "
        "account, no cookies. "
        "Departments' own systems say what they know of people, organisations' report: OAuth 2 client "
        "credentials."
    ),
    urls_namespace="api",
    parser=JsonParser(),
    docs_url=None,
    openapi_extra={"info": {"license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}}},
)
api.add_router("", verify.router, tags=["permit"])
api.add_router("", presentations.router, tags=["permit"])
api.add_router("", law.router, tags=["law"])
api.add_router("", oauth.router, tags=["departments"])
api.add_router("", attestations.router, tags=["departments"])
api.add_router("", reports.router, tags=["reporters"])

HANDLERS: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    problems.ApiError: problems.on_api_error,
    Invalid: problems.on_invalid,
    HttpError: problems.on_http_error,
    LawError: problems.on_law_error,
    JuzhuError: problems.on_refused,
    Http404: problems.on_not_found,
    RequestDataTooBig: problems.on_too_large,
    Exception: problems.on_any,
}
for kind, handler in HANDLERS.items():
    api.add_exception_handler(kind, handler)
