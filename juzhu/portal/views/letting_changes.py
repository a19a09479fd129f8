"""What changes about a let dwelling: its rooms, the end of a lease, the end of letting, another owner."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from juzhu.design.forms import summary
from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.portal.access import citizen, no_store
from juzhu.portal.forms.letting import DayForm, DescriptionForm, Rooms, dwelling_said, one_more, rooms_of
from juzhu.portal.views.letting import lay, place_of
from juzhu.portal.views.letting_dwelling import addresses, lease_of
from juzhu.registration.dwellings import leases, letting, recording
from juzhu.registration.dwellings.capacity import capacity


@require_http_methods(["GET", "HEAD", "POST"])
@citizen
def rooms(request: HttpRequest, number: str) -> HttpResponse:
    """`/letting/<number>/rooms`: the rooms as they are, and what kind of dwelling it is."""
    place = place_of(request, number)
    dwelling, more = place.dwelling, request.POST.get("step") == "more"
    typed = one_more(request.POST, "rooms") if more else request.POST if request.method == "POST" else None
    known = dwelling.rooms.values("name", "designed_as", "square_metres", "let")
    form = DescriptionForm(typed, initial=DescriptionForm.initial_of(dwelling))
    rows = Rooms(typed, prefix="rooms", initial=None if typed else [*known, {"designed_as": "bedroom"}])
    faults: list[Any] = []
    if more:
        for each in (form, *rows.forms):
            each.full_clean()
            each.errors.clear()
    elif request.method == "POST":
        faults = [form, *rows.forms]
        if all([form.is_valid(), rows.is_valid()]):
            try:
                said = dwelling_said(form.cleaned_data, rooms_of(rows), dwelling)
                recording.amend(dwelling, said, actor=place.actor)
            except JuzhuError as error:
                lay(error, {"": form}, {"rooms": rows})
            else:
                messages.success(request, _("改好了。"))
                return redirect("portal:letting_dwelling", number)
    shown = summary(*faults)
    context = {"nav": "tasks", "dwelling": dwelling, "form": form, "rooms": rows}
    context |= {"faults": shown, "page_error": bool(shown)}
    return no_store(render(request, "portal/letting/rooms.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
@citizen
def lease(request: HttpRequest, number: str, lease: str) -> HttpResponse:
    """`/letting/<number>/leases/<lease>`: who is named, the scans, and ending it."""
    place, today = place_of(request, number), clock.today()
    row = lease_of(place, lease)
    form = DayForm(request.POST if request.method == "POST" else None, today=today, label=_("最后住到哪一天"))
    if request.method == "POST" and form.is_valid():
        try:
            leases.end(row, form.cleaned_data["on"], actor=place.actor, today=today)
        except JuzhuError as error:
            lay(error, {"": form})
        else:
            messages.success(request, _("合同结束了。承租人离开也一起报送给派出所了。"))
            return redirect("portal:letting_dwelling", number)
    fits = capacity(place.dwelling.rooms.all())
    context = {
        "nav": "tasks",
        "dwelling": place.dwelling,
        "lease": row,
        "tenants": list(row.tenants.order_by("pk")),
        "papers": addresses(row.files.all()),
        "fits": fits.room(row.room.name) if row.room else fits.people,
        "form": form,
        "today": today,
    }
    return no_store(render(request, "portal/letting/lease.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
@citizen
def close(request: HttpRequest, number: str) -> HttpResponse:
    """`/letting/<number>/close`: no longer let, gone, or of another owner."""
    place, today = place_of(request, number), clock.today()
    do = request.POST.get("do", "")
    form = DayForm(request.POST if do == "gone" else None, today=today, label=_("哪一天起没有了"))
    said = ""
    if request.method == "POST" and (do != "gone" or form.is_valid()):
        try:
            _close(place, do, form)
        except JuzhuError as error:
            said = str(error.sentence)
        else:
            messages.success(request, _("记下了。"))
            return redirect("portal:letting")
    context = {
        "nav": "tasks",
        "dwelling": place.dwelling,
        "recorded": place.dwelling.letting_records.filter(state__in=["filed", "recorded"]).exists(),
        "form": form,
        "said": said,
        "page_error": bool(said),
    }
    return no_store(render(request, "portal/letting/close.html", context))


def _close(place: Any, do: str, form: DayForm) -> None:
    today = clock.today()
    if do == "gone":
        recording.gone(place.dwelling, form.cleaned_data["on"], actor=place.actor, today=today)
    elif do == "sold":
        recording.give_up(place.dwelling, actor=place.actor, today=today)
    elif do == "stop":
        for row in place.dwelling.letting_records.filter(state__in=["filed", "recorded"]):
            letting.end(row, actor=place.actor, today=today)
