"""登记码 for one's own house: a landlord prints the sheet for the door of what they let or look after."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from juzhu.documents import posters as sheets
from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.people.models import Account
from juzhu.people.organisations import memberships_of
from juzhu.portal.access import account_of, citizen, no_store
from juzhu.registration.doors import Door
from juzhu.registration.models import Dwelling


@require_safe
@citizen
def posters(request: HttpRequest) -> HttpResponse:
    """The houses of somebody, or of an organisation that they act for, each with its sheet."""
    context = {"nav": "tasks", "dwellings": list(_own(account_of(request))[:200])}
    return no_store(render(request, "portal/poster.html", context))


@require_safe
@citizen
def pdf(request: HttpRequest, number: str) -> HttpResponseBase:
    """The sheet of one house. Somebody else's house does not exist."""
    row = get_object_or_404(_own(account_of(request)), number=number)
    door = Door(row.subdistrict, row.community_id or "", row.address)
    try:
        return sheets.answer(sheets.render(door, clock.now()), f"door-{row.number}")
    except JuzhuError as error:
        messages.error(request, str(error.sentence))
        return redirect("portal:posters")


def _own(account: Account) -> QuerySet[Dwelling]:
    firms = memberships_of(account).values("organisation")
    mine = Q(owner=account.person_id) | Q(owner_organisation__in=firms) | Q(property_firm__in=firms)
    return Dwelling.objects.filter(mine, gone_on__isnull=True).select_related("community")
