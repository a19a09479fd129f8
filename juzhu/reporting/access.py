"""Who reports: the signed-in citizen, and the organisation that they have chosen to act for, or themself as a
private landlord. The choice lies in the session, and is looked at anew with every request.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from juzhu.operations.actors import Actor
from juzhu.people import organisations
from juzhu.people.models import Account, Membership, Organisation
from juzhu.registration.reporting.entries import Reporter

P = ParamSpec("P")
T = TypeVar("T")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
CHOSEN, KEPT, MOST_KEPT = "reporting_for", "reporting_kept", 20_000
NEVER_KEPT = ("csrfmiddlewaretoken", "identity_number")
ONESELF = 0

ROOMS: tuple[tuple[str, str | Promise, str | Promise, str], ...] = (
    ("home", gettext_lazy("报送"), gettext_lazy("报送"), "send"),
    ("sheets", gettext_lazy("传表格"), gettext_lazy("表格"), "files"),
    ("told", gettext_lazy("房东告知的"), gettext_lazy("告知"), "message"),
    ("who", gettext_lazy("单位和同事"), pgettext_lazy("reporting", "单位"), "building"),
)
"""Route, word, short word, icon. What landlords have told is for property firms alone."""


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody who reports, and for whom."""

    account: Account
    memberships: tuple[Membership, ...]
    membership: Membership | None

    @property
    def organisation(self) -> Organisation | None:
        """None: themself."""
        return self.membership.organisation if self.membership else None

    @property
    def actor(self) -> Actor:
        if self.membership is None:
            return self.account.actor
        organisation = self.membership.organisation_id
        return Actor("reporter", self.account.pk, role=self.membership.part, organisation_id=organisation)

    @property
    def reporter(self) -> Reporter:
        if self.membership is None:
            return Reporter(person=self.account.person)
        return Reporter(self.membership.organisation)

    @property
    def is_property_firm(self) -> bool:
        return self.organisation is not None and "property" in self.organisation.trades

    @property
    def is_manager(self) -> bool:
        return self.membership is not None and self.membership.part == "manager"


def reporter(view: View[P]) -> View[P]:
    """Let in a citizen whose real name is confirmed; for an officer the page does not exist. What is shown is
    kept by no cache. A form that arrives after the session ended is kept until after signing in.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            if request.method == "POST":
                _keep(request)
            return redirect_to_login(request.get_full_path(), reverse("portal:sign_in"))
        account = request.user
        if account.is_officer:
            raise Http404
        if account.person_id is None:
            return redirect(f"{reverse('portal:real_name')}?{urlencode({'next': request.get_full_path()})}")
        request.acting = _acting(request, account)  # type: ignore[attr-defined]
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    return cast(View[P], guarded)


def acting(request: HttpRequest) -> Acting:
    """Who reports, behind `reporter`."""
    return cast(Acting, request.acting)  # type: ignore[attr-defined]


def _acting(request: HttpRequest, account: Account) -> Acting:
    """The chosen one while it may be acted for, else the first, else oneself."""
    mine = tuple(organisations.memberships_of(account))
    chosen = request.session.get(CHOSEN)
    if chosen == ONESELF:
        return Acting(account, mine, None)
    found = next((row for row in mine if row.organisation_id == chosen), mine[0] if mine else None)
    return Acting(account, mine, found)


def choose(request: HttpRequest, organisation_id: int) -> None:
    """Act for this organisation from now on; 0: for oneself. 404 for one that may not be acted for."""
    if organisation_id not in {ONESELF, *(row.organisation_id for row in acting(request).memberships)}:
        raise Http404
    request.session[CHOSEN] = organisation_id


def whichever(request: HttpRequest, found: Callable[[Actor], T | None]) -> T | None:
    """What somebody may see as the one they act for, or else as another one, whom they act for from now on: a
    message leads here, whoever was chosen last.
    """
    who = acting(request)
    others = [Acting(who.account, who.memberships, row) for row in (*who.memberships, None)]
    for one in (who, *others):
        if (row := found(one.actor)) is not None:
            if one.membership != who.membership:
                choose(request, one.organisation.pk if one.organisation else ONESELF)
                request.acting = one  # type: ignore[attr-defined]
            return row
    return None


def _keep(request: HttpRequest) -> None:
    typed = request.POST.copy()
    for name in NEVER_KEPT:
        typed.pop(name, None)
    if typed and len(text := typed.urlencode()) <= MOST_KEPT:
        request.session[KEPT] = {"path": request.path, "typed": text}


def typed(request: HttpRequest) -> QueryDict | None:
    """What a form is to be bound to: what was sent; else what was typed on this very page when the session
    ended, once, with a word on it; else nothing.
    """
    if request.method == "POST":
        return request.POST
    found = request.session.get(KEPT, {})
    if found.get("path") != request.path:
        return None
    del request.session[KEPT]
    messages.info(request, _("这是您上次填的，还没有保存。看过没错，请再按一次。"))
    return QueryDict(found["typed"])


def page_number(request: HttpRequest) -> int:
    """Which page of a list is asked for; the first, for anything strange."""
    asked = request.GET.get("page", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, room: str = "home", status: int = 200
) -> HttpResponse:
    """Render a page in the reporters' frame. `room` is the one that it is in."""
    who = acting(request)
    shown = [row for row in ROOMS if row[0] != "told" or who.is_property_firm]
    frame = {
        "acting": who,
        "rooms": [(reverse(f"reporting:{name}"), word, short, mark, name == room)
                  for name, word, short, mark in shown],
    }  # fmt: skip
    return render(request, f"reporting/{template}.html", {**frame, **context}, status=status)
