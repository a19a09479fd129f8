"""One dwelling: everything to hand in, and what each office still owes. All of it is handed in here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from juzhu.design import letting_words
from juzhu.design.forms import summary
from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError, Sentence
from juzhu.operations.models import StoredFile
from juzhu.portal.access import citizen, kept, no_store
from juzhu.portal.forms.letting import LeaseForm, Tenants, TitleForm, one_more, tenants_of
from juzhu.portal.views.letting import Place, lay, place_of
from juzhu.registration.dwellings import filings, inspections, leases, letting, owed, sayings, titles
from juzhu.registration.dwellings.capacity import capacity
from juzhu.registration.dwellings.leases import LeaseSaid
from juzhu.registration.dwellings.titles import TitleSaid
from juzhu.registration.models import Lease

FIRST_TENANTS: list[dict[str, Any]] = [{"part": "tenant"}, {"part": "tenant"}]


@dataclass
class Page:
    """The page's forms, and what was sent with which fault. `opened`: the part that stands open."""

    title: TitleForm
    lease: LeaseForm
    tenants: Any
    opened: str = ""
    faults: list[forms.BaseForm] = field(default_factory=list)
    said: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@citizen
def dwelling(request: HttpRequest, number: str) -> HttpResponse:
    """`/letting/<number>`."""
    place = place_of(request, number)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    shown = _page(request, place, do)
    if do and (done := _DONE.get(do)) is not None:
        sentence = done(request, place, shown)
        if sentence:
            messages.success(request, str(sentence))
            return redirect(reverse("portal:letting_dwelling", args=[number]))
    return no_store(render(request, "portal/letting/dwelling.html", _context(place, shown)))


def _page(request: HttpRequest, place: Place, do: str) -> Page:
    again = kept(request)
    typed = request.POST if do else again
    if do == "more":
        typed = one_more(request.POST, "tenants")
    about = typed.get("do", "") if typed is not None else ""
    for_lease = typed if about in {"lease", "more"} else None
    rooms = list(place.dwelling.rooms.all())
    initial = None if for_lease is not None else FIRST_TENANTS
    shown = Page(
        TitleForm(typed if about == "title" else None),
        LeaseForm(for_lease, rooms=rooms, today=clock.today(), auto_id="lease_%s"),
        Tenants(for_lease, prefix="tenants", initial=initial),
        {"more": "lease"}.get(about, about),
    )
    if do == "more":
        _take(request, place, shown.lease)
        for form in (shown.lease, *shown.tenants.forms):
            form.full_clean()
            form.errors.clear()
    return shown


def _take(request: HttpRequest, place: Place, form: TitleForm | LeaseForm) -> None:
    files = form.take(request.FILES.getlist("papers"), actor=place.actor)
    form.fields["papers"].help_text = _("已经收到 %(n)s 份，可以再加。") % {"n": len(files)}


def _title(request: HttpRequest, place: Place, shown: Page) -> Sentence:
    form = shown.title
    _take(request, place, form)
    shown.faults = [form]
    if not form.is_valid():
        return ""
    said = TitleSaid(form.cleaned_data["right"], form.stored, form.cleaned_data["certificate_number"])
    try:
        titles.show_again(place.dwelling, said, actor=place.actor, today=clock.today())
    except JuzhuError as error:
        lay(error, {"": form})
        return ""
    return _("产权证明交上去了。核对好就告诉您。")


def _lease(request: HttpRequest, place: Place, shown: Page) -> Sentence:
    form, tenants = shown.lease, shown.tenants
    _take(request, place, form)
    shown.faults = [form, *tenants.forms]
    if not all([form.is_valid(), tenants.is_valid()]):
        return ""
    found = form.cleaned_data
    said = LeaseSaid(
        found["from_on"], found["until_on"], tenants_of(tenants), form.stored, found["room"], form.rent_fen
    )
    try:
        made = leases.hand_in(place.dwelling, said, actor=place.actor, today=clock.today())
        if place.dwelling.land == "state":
            filings.ask(made, actor=place.actor, today=clock.today())
    except JuzhuError as error:
        lay(error, {"": form}, {"tenants": tenants})
        return ""
    if place.dwelling.land == "state":
        return _("合同交上去了，已请住建局备案。承租人也一起报送给派出所了。")
    return _("合同交上去了，街道会核对。承租人也一起报送给派出所了。")


def _simply(act: Callable[[Place, HttpRequest], object], sentence: Callable[[], str]) -> Any:
    """A button without a form: what can't be done is said on top."""

    def run(request: HttpRequest, place: Place, shown: Page) -> Sentence:
        try:
            act(place, request)
        except JuzhuError as error:
            shown.said = str(error.sentence)
            return ""
        return sentence()

    return run


def lease_of(place: Place, number: str) -> Lease:
    """A lease of the dwelling. 404 for any other."""
    rows = Lease.objects.filter(dwelling=place.dwelling, number=number.replace("\0", ""))
    found = rows.select_related("room").first()
    if found is None:
        raise Http404
    return found


_DONE: dict[str, Callable[[HttpRequest, Place, Page], Sentence]] = {
    "title": _title,
    "lease": _lease,
    "letting": _simply(
        lambda place, request: letting.file(place.dwelling, actor=place.actor, today=clock.today()),
        lambda: _("出租登记交上去了。派出所登记好就告诉您。"),
    ),
    "inspection": _simply(
        lambda place, request: inspections.ask(place.dwelling, actor=place.actor, today=clock.today()),
        lambda: _("已请街道来排查。街道会和您约时间。"),
    ),
    "filing": _simply(
        lambda place, request: filings.ask(
            lease_of(place, request.POST.get("lease", "")), actor=place.actor, today=clock.today()
        ),
        lambda: _("已请住建局备案。"),
    ),
}


def _context(place: Place, shown: Page) -> dict[str, Any]:
    today, dwelling = clock.today(), place.dwelling
    things = [letting_words.shown(row, today) for row in owed.things(dwelling, today)]
    last = sayings.decisive(dwelling)
    faults = summary(*shown.faults)
    mine = [row for row in things if row.mine]
    return {
        "nav": "tasks",
        "place": place,
        "dwelling": dwelling,
        "rooms": list(dwelling.rooms.all()),
        "capacity": capacity(dwelling.rooms.all()),
        "things": [] if dwelling.gone_on else things,
        "mine": mine,
        "waiting": [row for row in things if row.thing.state == "waiting"],
        "leases": [row for row in things if row.thing.lease],
        "last": last,
        "to_mend": letting_words.to_mend(last.to_mend) if last else [],
        "photos": addresses(last.photos.all()) if last else [],
        "title": shown.title,
        "lease": shown.lease,
        "tenants": shown.tenants,
        "opened": shown.opened or (mine[0].thing.what if mine else ""),
        "faults": faults,
        "page_error": bool(faults or shown.said),
        "said": shown.said,
        "today": today,
    }


def addresses(files: Any) -> list[tuple[StoredFile, str]]:
    """Stored files, each with where it is opened."""
    return [(file, reverse("portal:file", args=[file.name])) for file in files]
