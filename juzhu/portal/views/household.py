"""一家人一起登记: oneself and one's children on one page; another adult confirms on their own phone."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from juzhu.intake.forms.household import HouseholdForm, home_of
from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.operations.rules import in_force
from juzhu.people.models import Person
from juzhu.portal.access import channel_of, circle, citizen, kept, no_store, viewer
from juzhu.registration import doors, households
from juzhu.registration.doors import Door
from juzhu.registration.errors import LinkInvalid
from juzhu.registration.models import Community, Registration
from juzhu.registration.queries import visible_to
from juzhu.registration.subdistricts import CODES


@require_http_methods(["GET", "POST"])
@citizen
def household(request: HttpRequest) -> HttpResponse:
    """Everybody who moves in, at one address, with one button. `?door=` fills the address in."""
    today = clock.today()
    if number := households.sent_before(request.POST.get("key", "")[:64], viewer(request)):
        return redirect("portal:household_done", number)
    people = [row for row in circle(request).people if not _local(row, today)]
    if not people:
        return redirect("portal:register")
    own = visible_to(viewer(request), today).filter(person__in=people, ended_on=None)
    registered = list(own)
    form = _form(request, people, registered, today)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            made = households.register(
                form.members,
                form.stay,
                actor=viewer(request),
                today=today,
                channel=channel_of(request),
                key=_key(request),
            )
        except JuzhuError as error:
            status = error.status
            field = str(error.about.get("field", ""))
            form.add_error(form.whose(error.about.get("person"), field), str(error.sentence))
        else:
            return redirect("portal:household_done", made[0].household)
    context = {"nav": "tasks", "form": form, "key": _key(request), "alone": len(people) == 1}
    return no_store(render(request, "portal/registration/household.html", context, status=status))


def _form(
    request: HttpRequest, people: list[Person], registered: list[Registration], today: date
) -> HouseholdForm:
    return HouseholdForm(
        request.POST if request.method == "POST" else kept(request),
        people=people,
        registered=registered,
        areas=CODES,
        answers={},
        today=today,
        communities=Community.objects.order_by("subdistrict", "code"),
        initial=_address(request, people, registered, today),
    )


def _address(
    request: HttpRequest, people: list[Person], registered: list[Registration], today: date
) -> dict[str, Any]:
    """Where the page begins: at a door that was scanned, else at the home to which somebody comes; nowhere
    for a family that is registered and moves.
    """
    if token := request.GET.get("door"):
        try:
            door = doors.read(token, today)
        except LinkInvalid:
            return {}
        return {"subdistrict": door.subdistrict, "community": door.community, "address": door.address}
    if not registered or len(registered) == len(people):
        return {}
    own = viewer(request).person_id
    home = next((row for row in registered if row.person_id == own), registered[0])
    return home_of(home)


def _local(person: Person, today: date) -> bool:
    return person.household_division in in_force(today).parameters.urban_divisions


def _key(request: HttpRequest) -> str:
    return request.POST.get("key", "")[:64] or uuid4().hex


@require_safe
@citizen
def done(request: HttpRequest, number: str) -> HttpResponse:
    """Everybody's number and certificate; and the link by which another adult joins, on their own phone."""
    today = clock.today()
    rows = list(visible_to(viewer(request), today).filter(household=number).order_by("pk"))
    if not rows:
        raise Http404
    first = rows[0]
    door = Door(first.subdistrict, first.community_id or "", first.address, number)
    url = settings.JUZHU_PUBLIC_URL + reverse("portal:door", args=[doors.of_family(door, today)])
    context = {"nav": "tasks", "rows": rows, "first": first, "number": number, "join_url": url}
    return no_store(render(request, "portal/registration/household_done.html", context))
