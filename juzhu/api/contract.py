"""The API object: problems for errors, and an OpenAPI document that says so."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from juzhu.api.problems import MEDIA_TYPE, problem

View = Callable[..., HttpResponse]


class ContractApi(NinjaAPI):
    """django-ninja with RFC 9457 throughout: for a forbidden method too, and in the document."""

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        patterns = super()._get_urls()
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = _with_problem(pattern.callback)
        return [*patterns, path("<path:rest>", elsewhere)]

    def get_openapi_schema(self, **about: Any) -> OpenAPISchema:
        """The document, with problem+json as the media type of every error but OAuth's own."""
        document = super().get_openapi_schema(**about)
        for operations in document["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400 and "content" in response and not _is_oauths(response):
                        response["content"] = {MEDIA_TYPE: next(iter(response["content"].values()))}
        return document


def _is_oauths(response: dict[str, Any]) -> bool:
    """Whether it is an error of RFC 6749, whose shape every OAuth client knows."""
    schema = next(iter(response["content"].values()))["schema"]
    return str(schema.get("$ref", "")).endswith("/OAuthError")


@csrf_exempt
def elsewhere(request: HttpRequest, rest: str) -> HttpResponse:
    """Every other address below the API's, in its own words instead of a page's."""
    return problem(404, "not_found")


def _with_problem(view: View) -> View:
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        told = problem(405, "method_not_allowed")
        told.headers["Allow"] = response.headers["Allow"]
        return told

    answered.csrf_exempt = True  # type: ignore[attr-defined]
    return answered
