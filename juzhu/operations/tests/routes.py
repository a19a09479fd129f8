"""Pages that fail as badly as pages can: with what somebody typed in the exception."""

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path


def fails(request: HttpRequest, word: str) -> HttpResponse:
    raise ValueError(f"{request.GET['q']} {request.POST.get('name')} {word}")


def suspects(request: HttpRequest, word: str) -> HttpResponse:
    raise SuspiciousOperation(f"{request.GET['q']} {word}")


def lost(request: HttpRequest, word: str) -> HttpResponse:
    raise Http404(word)


def works(request: HttpRequest, word: str) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [
    path("fails/<str:word>", fails),
    path("suspects/<str:word>", suspects),
    path("lost/<str:word>", lost),
    path("works/<str:word>", works),
]
