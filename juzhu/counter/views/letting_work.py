"""What a landlord handed in, before the office that answers: done, or back with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juzhu.counter.access import actor_of, addresses, kept, officer, page
from juzhu.counter.forms_dwellings import BackForm, FilingForm
from juzhu.counter.views.decisions import attempt
from juzhu.counter.views.dwellings import living
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.operations.errors import JuzhuError, Sentence
from juzhu.operations.models import StoredFile
from juzhu.people import actions as people
from juzhu.registration.dwellings import filings, leases, letting, queries, titles
from juzhu.registration.dwellings.capacity import capacity
from juzhu.registration.models import Dwelling, Lease


@dataclass(frozen=True, slots=True)
class Errand:
    """One kind of thing that is answered: where it waits, what a yes is called, and what both answers do."""

    title: Sentence
    yes: Sentence
    rows: Callable[[Actor], QuerySet[Any]]
    accept: Callable[..., object]
    give_back: Callable[..., object]


ERRANDS: dict[str, Errand] = {
    "title": Errand(
        gettext_lazy("核对产权证明"), gettext_lazy("核对无误"),
        queries.titles_asked, titles.confirm, titles.give_back,
    ),
    "letting": Errand(
        gettext_lazy("办出租登记"), gettext_lazy("登记"),
        queries.lettings_asked, letting.record, letting.give_back,
    ),
    "lease": Errand(
        gettext_lazy("核对租赁合同"), gettext_lazy("核对无误"),
        queries.leases_asked, leases.see, leases.give_back,
    ),
    "filing": Errand(
        gettext_lazy("租赁备案"), gettext_lazy("备案"), queries.filings_asked, filings.file, filings.give_back
    ),
}  # fmt: skip


@officer("clerk", "chief", "subdistrict", "department")
def answer(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """`/counter/letting/<kind>/<number>`: what was handed in, and the two answers."""
    actor, today = actor_of(request), clock.today()
    errand = ERRANDS.get(kind)
    row = errand.rows(actor).filter(number=number).first() if errand and "\0" not in number else None
    if errand is None or row is None:
        raise Http404
    whose = row.person_id if kind == "title" else None
    if whose is not None:
        people.log_reading(whose, "title", actor=actor)
    do = request.POST.get("do", "")
    back = BackForm(request.POST if do == "back" else None, initial=kept(request))
    filing = FilingForm(request.POST if do == "yes" else None, today=today) if kind == "filing" else None
    error = _do(row, errand, do, back, filing, actor, today)
    dwelling: Dwelling = row.lease.dwelling if kind == "filing" else row.dwelling
    if do and error is None and not back.errors and not (filing and filing.errors):
        messages.success(request, _("办好了。房东会收到消息。"))
        return redirect("counter:dwellings")
    lease: Lease | None = {"lease": row, "filing": getattr(row, "lease", None)}.get(kind)
    context = {
        "errand": errand,
        "kind": kind,
        "row": row,
        "dwelling": dwelling,
        "lease": lease,
        "tenants": list(lease.tenants.order_by("pk")) if lease else [],
        "papers": _papers(kind, row, dwelling, lease),
        "capacity": capacity(dwelling.rooms.all()),
        "living": living(actor, dwelling),
        "claims": dwelling.claims.filter(state__in=["asked", "confirmed"]),
        "back": back,
        "filing": filing,
        "today": today,
        "page_error": error.sentence if error else "",
    }
    status = error.status if error else 200
    return page(request, "dwellings/answer", context, room="dwellings", status=status)


def _do(
    row: Any, errand: Errand, do: str, back: BackForm, filing: FilingForm | None, actor: Actor, today: date
) -> JuzhuError | None:
    if do == "back" and back.is_valid():
        return attempt(lambda: errand.give_back(row, back.cleaned_data["said"], actor=actor, today=today))
    if do == "yes" and filing is not None:
        if not filing.is_valid():
            return None
        said = filing.cleaned_data
        return attempt(
            lambda: errand.accept(row, said["filing_number"], said["on"], actor=actor, today=today)
        )
    if do == "yes":
        return attempt(lambda: errand.accept(row, actor=actor, today=today))
    return None


def _papers(kind: str, row: Any, dwelling: Dwelling, lease: Lease | None) -> list[tuple[StoredFile, str]]:
    """The scans that the answer rests on: of a letting the title's, of a lease its own."""
    if lease is not None:
        return addresses(lease.files.all())
    if kind == "title":
        return addresses(row.files.all())
    claims = dwelling.claims.filter(state__in=["asked", "confirmed"]).prefetch_related("files")
    return [paper for claim in claims for paper in addresses(claim.files.all())]
