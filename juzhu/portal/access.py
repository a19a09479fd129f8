"""Who may open a citizen's page, for whom they act on it, what was typed when a session ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.people.models import Account, Person
from juzhu.people.queries import circle_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

KEPT = "kept_form"
KEPT_FOR = timedelta(hours=2)
KEPT_MOST = 20_000
NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "password", "identity_number"})


def account_of(request: HttpRequest) -> Account:
    """The signed-in account. Only behind a check that somebody is signed in."""
    return cast(Account, request.user)


def viewer(request: HttpRequest) -> Actor:
    """Who looks, as actions and queries want to know it; a stranger is a citizen without a person."""
    return account_of(request).actor if request.user.is_authenticated else Actor("citizen")


def channel_of(request: HttpRequest) -> str:
    """掌上 or 网上: "mobile" where the browser says that it is a phone's, by its client hint or its name."""
    hint = request.headers.get("Sec-CH-UA-Mobile", "")
    phone = hint == "?1" or (not hint and "Mobi" in request.headers.get("User-Agent", ""))
    return "mobile" if phone else "web"


def citizen(view: View[P]) -> View[P]:
    """Let in a citizen whose real name is confirmed; lead everybody else to where they have to go first.

    A form that arrives after the session ended is kept, and shown again after signing in (`kept`).
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            if request.method == "POST":
                keep(request)
            return redirect_to_login(request.get_full_path(), reverse("portal:sign_in"))
        account = account_of(request)
        if account.is_officer:
            return redirect("counter:home")
        if account.person_id is None:
            return redirect(f"{reverse('portal:real_name')}?{urlencode({'next': request.get_full_path()})}")
        return view(request, *args, **kwargs)

    return cast(View[P], guarded)


@dataclass(frozen=True, slots=True)
class Circle:
    """The citizen and the children under 16 in their care. `index` says whom the page is about: 0 is oneself.

    A page carries the index as `?for=1`, never a name or a row's id.
    """

    people: tuple[Person, ...]
    index: int

    @property
    def person(self) -> Person:
        """Whom the page is about."""
        return self.people[self.index]

    @property
    def for_ward(self) -> bool:
        """Whether the citizen acts for a child."""
        return self.index > 0

    @property
    def suffix(self) -> str:
        """What links to the same person's other pages end with."""
        return f"?for={self.index}" if self.index else ""


def circle(request: HttpRequest) -> Circle:
    """Oneself and one's wards, and the one that `?for=` (or a form's `for`) names. Else 404. One query."""
    actor = viewer(request)
    own = sorted(
        circle_of(actor, clock.today()),
        key=lambda person: (person.pk != actor.person_id, person.born, person.pk),
    )
    wanted = request.GET.get("for") or request.POST.get("for") or "0"
    if not (wanted.isascii() and wanted.isdecimal()) or len(wanted) > 3 or int(wanted) >= len(own):
        raise Http404
    return Circle(tuple(own), int(wanted))


def index_of(request: HttpRequest, person_id: int) -> int:
    """The index under which `circle` lists somebody. 404 for anybody else. One query."""
    for index, person in enumerate(circle(request).people):
        if person.pk == person_id:
            return index
    raise Http404


def next_place(request: HttpRequest, fallback: str) -> str:
    """Where `next` leads when it stays on this host, else `fallback`, an address."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else fallback


def frame(request: HttpRequest) -> str:
    """The base template of an open page: with the four places for a citizen, without for all others."""
    known = request.user.is_authenticated and not account_of(request).is_officer
    return "design/base.html" if known else "design/base_public.html"


def keep(request: HttpRequest) -> datetime | None:
    """Keep what was typed into a form of ours in the session, until after signing in. Returns when, or None.

    Secrets and identity numbers are never kept, and nothing that another site has sent.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return None
    typed = request.POST.copy()
    for name in NEVER_KEPT & set(typed):
        del typed[name]
    text = typed.urlencode()
    if not text or len(text) > KEPT_MOST:
        return None
    now = clock.now()
    request.session[KEPT] = {"path": request.get_full_path(), "typed": text, "at": now.isoformat()}
    return now


def kept_at(request: HttpRequest) -> datetime | None:
    """When a form was kept in this session; None when there is none, or it is too old."""
    row: dict[str, Any] | None = request.session.get(KEPT)
    if row is None:
        return None
    at = datetime.fromisoformat(row["at"])
    return at if clock.now() - at < KEPT_FOR else None


def kept(request: HttpRequest) -> QueryDict | None:
    """What was typed on this very page when the session ended, once, and a word on it. Bind the form."""
    if kept_at(request) is None or request.session[KEPT]["path"] != request.get_full_path():
        return None
    row: dict[str, Any] = request.session.pop(KEPT)
    messages.info(request, _("这是您上次填的，还没有保存。看过没错，请再按一次。"))
    return QueryDict(row["typed"])


def no_store(response: HttpResponse) -> HttpResponse:
    """Keep a page with somebody's own data out of shared caches and the Back button after signing out."""
    response.headers["Cache-Control"] = "no-store"
    return response
