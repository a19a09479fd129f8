"""Letting: a landlord's dwellings, recording one, and the one page on which everything of it is handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.forms.formsets import BaseFormSet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from juzhu.design import letting_words
from juzhu.design.forms import summary
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.operations.errors import JuzhuError
from juzhu.people import organisations
from juzhu.people.models import Membership
from juzhu.portal.access import account_of, citizen, kept, no_store, viewer
from juzhu.portal.forms.letting import DwellingForm, Rooms, TitleForm, dwelling_said, one_more, rooms_of
from juzhu.registration.dwellings import owed, queries, recording
from juzhu.registration.dwellings.recording import Recorded
from juzhu.registration.dwellings.rights import LETS, Landlord
from juzhu.registration.dwellings.titles import TitleSaid
from juzhu.registration.models import Dwelling

PAGE = 20
FIRST_ROOMS: list[dict[str, Any]] = [
    {"name": "主卧", "designed_as": "bedroom", "let": True},
    {"name": "次卧", "designed_as": "bedroom", "let": True},
    {"designed_as": "living"},
]


@dataclass(frozen=True, slots=True)
class Place:
    """A dwelling of the landlord's, and as whom they act on it."""

    dwelling: Dwelling
    actor: Actor


def firms_of(request: HttpRequest) -> list[Membership]:
    """The organisations that let and for which the citizen acts."""
    rows = organisations.memberships_of(account_of(request)).filter(organisation__closed_on__isnull=True)
    return [row for row in rows if LETS & set(row.organisation.trades)]


def acting(request: HttpRequest) -> list[Actor]:
    """As whom a citizen may let: themself, and each organisation."""
    account = account_of(request)
    return [
        account.actor,
        *(organisations.acting_for(account, row.organisation_id) for row in firms_of(request)),
    ]


def place_of(request: HttpRequest, number: str) -> Place:
    """A dwelling of the citizen's or of an organisation's for which they act. 404 for any other."""
    for actor in [] if "\0" in number else acting(request):
        found = queries.own(actor).filter(number=number).first()
        if found is not None:
            return Place(found, actor)
    raise Http404


@require_safe
@citizen
def dwellings(request: HttpRequest) -> HttpResponse:
    """`/letting/`: the dwellings, whose turn it is with how many things; what was claimed and waits. Queries:
    as many for a page as for one, and a few for each organisation that the citizen acts for.
    """
    today, actors = clock.today(), acting(request)
    found = Dwelling.objects.none()
    for actor in actors:
        found |= queries.own(actor)
    shown = Paginator(owed.with_papers(found.order_by("subdistrict", "address", "pk")), PAGE)
    page = shown.get_page(request.GET.get("page"))
    claims = [claim for actor in actors for claim in queries.claimed(actor)[:PAGE]]
    context = {
        "nav": "tasks",
        "rows": [_row(dwelling, today) for dwelling in page],
        "page": page,
        "claims": claims,
        "today": today,
    }
    return no_store(render(request, "portal/letting/dwellings.html", context))


def _row(dwelling: Dwelling, today: date) -> dict[str, Any]:
    things = (
        [] if dwelling.gone_on else [letting_words.shown(row, today) for row in owed.things(dwelling, today)]
    )
    return {
        "dwelling": dwelling,
        "mine": sum(row.mine for row in things),
        "waiting": sum(row.thing.state == "waiting" for row in things),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@citizen
def record(request: HttpRequest) -> HttpResponse:
    """`/letting/new`: the dwelling, its rooms and the title, on one page."""
    firms, account = firms_of(request), account_of(request)
    assert account.person is not None
    typed = request.POST if request.method == "POST" else kept(request)
    step = request.POST.get("step", "")
    if step == "more":
        typed = one_more(request.POST, "rooms")
    form = DwellingForm(typed, name=account.person.name, firms=firms)
    rooms = Rooms(typed, prefix="rooms", initial=None if typed else FIRST_ROOMS)
    title = TitleForm(typed)
    if request.method == "POST":
        files = title.take(request.FILES.getlist("papers"), actor=viewer(request))
        title.fields["papers"].help_text = _("已经收到 %(n)s 份，可以再加。") % {"n": len(files)}
    faults: list[forms.BaseForm] = []
    if request.method == "POST" and step != "more":
        faults = [form, *rooms.forms, title]
        if all([form.is_valid(), rooms.is_valid(), title.is_valid()]):
            made = _record(request, form, rooms, title)
            if made is not None:
                return _recorded(request, made)
    context = {"nav": "tasks", "form": form, "rooms": rooms, "title": title, "more": step == "more"}
    context["faults"] = summary(*faults)
    context["page_error"] = bool(context["faults"])
    if step == "more":
        _forget(form, *rooms.forms, title)
    return no_store(render(request, "portal/letting/record.html", context))


def _forget(*given: forms.BaseForm) -> None:
    """Show what was typed without finding fault with it yet."""
    for form in given:
        form.full_clean()
        form.errors.clear()


def _record(
    request: HttpRequest, form: DwellingForm, rooms: BaseFormSet[Any], title: TitleForm
) -> Recorded | None:
    account, found = account_of(request), form.cleaned_data
    landlord, actor = Landlord(person=account.person), account.actor
    if chosen := found.get("landlord"):
        actor = organisations.acting_for(account, int(chosen))
        landlord = Landlord(
            organisation=organisations.memberships_of(account).get(organisation=chosen).organisation
        )
    said = dwelling_said(found, rooms_of(rooms))
    shown = TitleSaid(title.cleaned_data["right"], title.stored, title.cleaned_data["certificate_number"])
    try:
        return recording.record(landlord, said, shown, actor=actor, today=clock.today())
    except JuzhuError as error:
        lay(error, {"": form, "right": title, "papers": title}, {"rooms": rooms})
        return None


def _recorded(request: HttpRequest, made: Recorded) -> HttpResponse:
    if made.new:
        messages.success(
            request, _("登记好了，编号 %(number)s。产权证明正在核对。") % {"number": made.dwelling.number}
        )
        return redirect("portal:letting_dwelling", made.dwelling.number)
    messages.success(
        request,
        _("这个地址已经登记过。您的产权证明交上去了，编号 %(number)s，核对好就归到您名下。")
        % {"number": made.claim.number},
    )
    return redirect("portal:letting")


def lay(
    error: JuzhuError, on: dict[str, forms.BaseForm], sets: dict[str, BaseFormSet[Any]] | None = None
) -> None:
    """Lay what an action refused where it belongs: a field, a row of a set ("tenants-1-phone"), or on top.

    `on`: the form of each field; "" is the form of all others.
    """
    name, sentence = str(error.about.get("field", "")), str(error.sentence)
    prefix, _dash, rest = name.partition("-")
    at, _dash, field = rest.partition("-")
    rows = (sets or {}).get(prefix)
    if rows is not None and rows.forms:
        form = rows.forms[min(int(at) if at.isdecimal() else 0, len(rows.forms) - 1)]
        form.add_error(field if field in form.fields else next(iter(form.fields)), sentence)
        return
    form = on.get(name, on[""])
    form.add_error(name if name in form.fields else None, sentence)
