"""Two bare views: a signed-in page, and JSON; each reads one row by its key as often as it is asked to."""

from django.contrib.auth.models import Permission
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path


def read(times: int) -> list[Permission]:
    """So many queries, each for one row by its primary key."""
    return [Permission.objects.get(pk=1 + number % 8) for number in range(times)]


def page(request: HttpRequest) -> HttpResponse:
    """A page for whoever is signed in. Session and user are two of the queries."""
    name = request.user.get_username()
    rows = read(int(request.GET["queries"]) - 2)
    return render(request, "page.html", {"name": name, "rows": rows})


def answer(request: HttpRequest) -> JsonResponse:
    """JSON for anybody."""
    rows = read(int(request.GET["queries"]))
    return JsonResponse({"names": [row.name for row in rows]})


urlpatterns = [path("page", page), path("json", answer)]
