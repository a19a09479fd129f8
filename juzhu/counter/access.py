"""Who may open an officer's page, and what frames it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from juzhu.design.context import places
from juzhu.design.formats import language
from juzhu.evidence.kinds import DEPARTMENTS
from juzhu.operations.actors import Actor
from juzhu.operations.models import StoredFile
from juzhu.people.models import Account, Role
from juzhu.registration.subdistricts import SUBDISTRICTS

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
CASEWORK = ("clerk", "reviewer", "chief")
KEPT, MOST_KEPT = "counter_kept", 20_000

ROOMS: dict[str, tuple[tuple[str, str | Promise], ...]] = {
    **dict.fromkeys(
        CASEWORK,
        (
            ("home", _("办件")),
            ("search", _("找人")),
            ("after_issue", _("证后")),
            ("absences", _("在岗")),
            ("relations", _("回避登记")),
            ("dwellings", _("出租房屋")),
            ("district", _("统计")),
        ),
    ),
    **dict.fromkeys(
        ("clerk", "chief"),
        (
            ("home", _("办件")),
            ("window", _("窗口")),
            ("search", _("找人")),
            ("duties", _("报送")),
            ("after_issue", _("证后")),
            ("absences", _("在岗")),
            ("relations", _("回避登记")),
            ("dwellings", _("出租房屋")),
            ("district", _("统计")),
        ),
    ),
    "subdistrict": (
        ("duties", _("报送")),
        ("registrations", _("登记名册")),
        ("give", _("提供证明")),
        ("attested", _("本部门证明")),
        ("objections", _("异议")),
        ("inspections", _("安全排查")),
        ("dwellings", _("出租房屋")),
        ("help_calls", _("租客求助")),
        ("district", _("统计")),
        ("relations", _("回避登记")),
    ),
    "planner": (("district", _("统计")),),
    "department": (
        ("attested", _("本部门证明")),
        ("give", _("提供证明")),
        ("objections", _("异议")),
        ("dwellings", _("出租房屋")),
        ("relations", _("回避登记")),
    ),
    "auditor": (("audit", _("审计记录")),),
    "administrator": (("colleagues", _("工作人员")),),
}
"""The rooms of each role: a route's name and the word in the bar. The first is where they arrive."""
HOUSING_ALONE = "dwellings"
"""The room that of all departments only housing has."""


def officer(*roles: str) -> Callable[[View[P]], View[P]]:
    """Let in officers of these roles (all of them without any); for everybody else the page does not exist.

    Nothing that an officer reads is kept by a browser's or a proxy's cache.
    """

    def wrap(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                if request.method == "POST":
                    keep(request)
                return redirect_to_login(request.get_full_path(), resolve_url("portal:sign_in"))
            role = account_of(request).role
            if not role or (roles and role not in roles):
                raise Http404
            response = view(request, *args, **kwargs)
            response.headers["Cache-Control"] = "no-store"
            return response

        return guarded

    return wrap


def account_of(request: HttpRequest) -> Account:
    """The officer's account, behind `officer`."""
    return cast(Account, request.user)


def actor_of(request: HttpRequest) -> Actor:
    """Who acts, behind `officer`."""
    return account_of(request).actor


def keep(request: HttpRequest) -> None:
    """Keep what an officer typed when their session had ended, until they have signed in again."""
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    if len(text := typed.urlencode()) <= MOST_KEPT:
        request.session[KEPT] = {"path": request.path, "typed": text}


def kept(request: HttpRequest) -> dict[str, Any]:
    """What was kept of this very page, once; empty when there is nothing."""
    found = request.session.get(KEPT, {})
    if request.method != "GET" or found.get("path") != request.path:
        return {}
    del request.session[KEPT]
    return QueryDict(found["typed"]).dict()


def addresses(files: Iterable[StoredFile]) -> list[tuple[StoredFile, str]]:
    """Stored files, each with where it is opened."""
    return [(file, reverse("portal:file", args=[file.name])) for file in files]


def searched(request: HttpRequest) -> str:
    """The text of a search form; a database refuses NUL."""
    return request.POST.get("text", "").replace("\0", "").strip()[:60]


def page_number(request: HttpRequest) -> int:
    """Which page of a list is asked for; the first, for anything strange."""
    asked = request.GET.get("page", "")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else 1


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, room: str = "home", status: int = 200
) -> HttpResponse:
    """Render a page in the officer's frame, with the rooms of their role. `room` is the one they are in."""
    account = account_of(request)
    shown = places()
    if account.role not in CASEWORK:
        shown.pop("search", None)
    housing = account.role != "department" or account.department == "housing"
    rooms = [row for row in ROOMS[account.role] if housing or row[0] != HOUSING_ALONE]
    frame = {
        "places": shown,
        "rooms": [(reverse(f"counter:{name}"), word, name == room) for name, word in rooms],
        "officer_name": account.staff_name,
        "officer_role": Role(account.role).label,
        "station": station(account),
    }
    return render(request, f"counter/{template}.html", {**frame, **context}, status=status)


def station(account: Account) -> str:
    """The police station, the subdistrict, the department, or for how many subdistricts an officer works."""
    if account.role == "department":
        return str(DEPARTMENTS.get(account.department, account.department))
    known = [SUBDISTRICTS[code] for code in account.areas if code in SUBDISTRICTS]
    if len(known) == 1:
        return known[0].station(language()) if account.role in CASEWORK else known[0].name(language())
    if known:
        return ngettext("%(n)s 个街道", "%(n)s 个街道", len(known)) % {"n": len(known)}
    return ""
