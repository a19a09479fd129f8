"""安全排查 on the spot: the subdistrict's queue, filling one in, and the page that works without reception.

What is filled in on the device comes by `send`, under the key that the device has made; the bare form does
the same with a key of ours, so that a second press is the same inspection.
"""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from juzhu.counter.access import actor_of, addresses, officer, page, page_number
from juzhu.counter.forms_dwellings import InspectionForm
from juzhu.counter.views.decisions import attempt
from juzhu.counter.views.dwellings import READERS, answers_in_words, found_dwelling, housing_only
from juzhu.design import letting_words, shell
from juzhu.design.forms import summary
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.operations.errors import JuzhuError
from juzhu.registration.dwellings import inspections, queries
from juzhu.registration.dwellings.capacity import capacity
from juzhu.registration.models import Inspection

PAGE, CARRIED = 50, 200
ASSETS = ("counter/inspection.css", "counter/inspection.js")


@officer("subdistrict")
def queue(request: HttpRequest) -> HttpResponse:
    """Inspections that are owed, what has waited longest first; failed ones that no second look followed."""
    actor, today = actor_of(request), clock.today()
    mending = request.GET.get("tab") == "mending"
    number = page_number(request)
    rows = queries.mending(actor) if mending else queries.inspections_asked(actor)
    found = list(rows[(number - 1) * PAGE : number * PAGE + 1])
    tab = "tab=mending&" if mending else ""
    context = {
        "mending": mending,
        "rows": [(row, (today - row.asked_on).days) for row in found[:PAGE]],
        "today": today,
        "previous_url": f"?{tab}page={number - 1}" if number > 1 else "",
        "next_url": f"?{tab}page={number + 1}" if len(found) > PAGE else "",
    }
    return page(request, "dwellings/inspections", context, room="inspections")


@officer("subdistrict")
@require_POST
def plan(request: HttpRequest, number: str) -> HttpResponse:
    """Put a dwelling on the subdistrict's own list."""
    actor = actor_of(request)
    row = found_dwelling(actor, number)
    error = attempt(lambda: inspections.ask(row, actor=actor, today=clock.today()))
    if error is not None:
        messages.error(request, str(error.sentence))
        return redirect("counter:dwelling", number)
    messages.success(request, _("列入排查了。"))
    return redirect("counter:inspections")


@officer(*READERS)
def inspection(request: HttpRequest, number: str) -> HttpResponse:
    """One inspection: to be filled in by the subdistrict, or what was found."""
    actor, today = housing_only(request), clock.today()
    row = _found(actor, number)
    if row.state != "asked" or actor.role != "subdistrict":
        return _result(request, row)
    form = InspectionForm(
        request.POST if request.method == "POST" else None,
        today=today,
        initial={"key": secrets.token_hex(16)},
    )
    error = None
    if request.method == "POST":
        error = _keep(request, row, form, today)
        if error is None and not form.errors:
            messages.success(request, _("排查结果记下了。房东会收到消息。"))
            return redirect("counter:inspection", number)
        if error is not None:
            _lay(error, form)
    context = {
        "row": row,
        "dwelling": row.dwelling,
        "capacity": capacity(row.dwelling.rooms.all()),
        "to_mend": letting_words.to_mend(row.again.to_mend) if row.again else [],
        "form": form,
        "today": today,
    }
    return page(
        request, "dwellings/inspect", context, room="inspections", status=error.status if error else 200
    )


def _found(actor: Actor, number: str) -> Inspection:
    row = None if "\0" in number else queries.inspections_seen(actor).filter(number=number).first()
    if row is None:
        raise Http404
    return row


def _result(request: HttpRequest, row: Inspection) -> HttpResponse:
    context = {
        "row": row,
        "dwelling": row.dwelling,
        "answers": answers_in_words(row.answers),
        "to_mend": letting_words.to_mend(row.to_mend),
        "photos": addresses(row.photos.all()),
        "followed_by": Inspection.objects.filter(again=row).first(),
        "today": clock.today(),
    }
    room = "inspections" if actor_of(request).role == "subdistrict" else "dwellings"
    return page(request, "dwellings/inspection", context, room=room)


def _keep(request: HttpRequest, row: Inspection, form: InspectionForm, today: date) -> JuzhuError | None:
    """Keep what was filled in; what came before under the same key is left as it is, photos and all."""
    actor, key = actor_of(request), request.POST.get("key", "").replace("\0", "")[:40]
    if inspections.known(row, key):
        return None
    form.take(request.FILES.getlist("papers"), actor=actor)
    if not form.is_valid():
        return None
    return attempt(lambda: inspections.record(row, form.found, key, actor=actor, today=today))


def _lay(error: JuzhuError, form: InspectionForm) -> None:
    field = str(error.about.get("field", ""))
    form.add_error(field if field in form.fields and field != "key" else None, str(error.sentence))


@officer("subdistrict")
@require_POST
def send(request: HttpRequest, number: str) -> JsonResponse:
    """What a device has kept until now. Sent twice, it is kept once.

    200 {"kept": true}; 422 {"faults": […]} with sentences; 409 {"faults": […]} when somebody else has done
    it; 404 when it is not of the officer's area.
    """
    row = _found(actor_of(request), number)
    today = clock.today()
    form = InspectionForm(request.POST, today=today)
    error = _keep(request, row, form, today)
    if error is not None:
        return JsonResponse({"faults": [str(error.sentence)]}, status=error.status)
    if form.is_bound and form.errors and not inspections.known(row, request.POST.get("key", "")):
        return JsonResponse({"faults": [text for _target, text in summary(form)]}, status=422)
    return JsonResponse({"kept": True})


@officer("subdistrict")
@require_safe
def device(request: HttpRequest) -> HttpResponse:
    """The page that a phone keeps: it says nothing of any dwelling; what it shows lies on the device."""
    form = InspectionForm(today=clock.today())
    context = {"form": form, "officer": actor_of(request).account_id, "amiss": inspections.AMISS}
    return page(request, "dwellings/device", context, room="inspections")


@officer("subdistrict")
@require_safe
def carried(request: HttpRequest) -> JsonResponse:
    """The open inspections of the officer's areas, as a device takes them along: where, how many rooms, what
    had to be mended. No names of tenants.
    """
    actor, today = actor_of(request), clock.today()
    rows = queries.inspections_asked(actor).prefetch_related("dwelling__rooms")[:CARRIED]
    return JsonResponse({"officer": actor.account_id, "rows": [_carried(row, today) for row in rows]})


def _carried(row: Inspection, today: date) -> dict[str, Any]:
    fits = capacity(row.dwelling.rooms.all())
    mend = letting_words.to_mend(row.again.to_mend) if row.again else []
    return {
        "number": row.number,
        "address": row.dwelling.full_address,
        "days": (today - row.asked_on).days,
        "fits": fits.people,
        "rooms": [
            f"{one.room.name} {one.room.get_designed_as_display()} {one.room.square_metres} m²"  # type: ignore[attr-defined]
            for one in fits.rooms
        ],
        "again": [str(line) for line in mend],
        "url": reverse("counter:inspection_send", args=[row.number]),
    }


@officer("subdistrict")
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: it keeps the device's page and its files, and nothing else."""
    return shell.worker(request, "inspections", reverse("counter:inspection_device"), ASSETS)
