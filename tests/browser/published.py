"""What a district publishes, from memory, in place of what its worker would sign: a test's routes."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from juzhu.config.urls import handler400, handler403, handler404, handler500  # noqa: F401

FILES: dict[str, str] = {}
"""Texts by path; what is not there is answered with 404."""


def served(request: HttpRequest, **_: object) -> HttpResponse:
    text = FILES.get(request.path)
    return HttpResponse(
        text or "", status=404 if text is None else 200, headers={"Cache-Control": "no-store"}
    )


urlpatterns = [
    path(".well-known/juzhu-trust-list", served),
    path("status/<int:shard>", served),
    path("", include("juzhu.config.urls")),
]
