"""Let dwellings for officers: what waits for their office, the lists of what is amiss, one dwelling."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from juzhu.counter.access import actor_of, addresses, officer, page, page_number
from juzhu.counter.forms_dwellings import QUESTIONS, BackForm
from juzhu.counter.views.decisions import attempt
from juzhu.design import letting_words
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.operations.errors import JuzhuError
from juzhu.people import actions as people
from juzhu.registration.dwellings import filings, homes, letting, owed, queries
from juzhu.registration.dwellings.capacity import capacity
from juzhu.registration.dwellings.rights import offices_of
from juzhu.registration.models import Dwelling, Inspection, Lease, LeaseFiling, Registration

READERS = ("clerk", "reviewer", "chief", "subdistrict", "department")
PAGE = 50
TABS: dict[str, Any] = {
    "work": gettext_lazy("等我们办"),
    "all": gettext_lazy("全部"),
    "crowded": gettext_lazy("住得太满"),
    "unrecorded": gettext_lazy("没有出租登记"),
    "ending": gettext_lazy("合同快到期"),
    "lapsing": gettext_lazy("排查快到期"),
}


def housing_only(request: HttpRequest) -> Actor:
    """Who reads. Of the departments only housing has to do with dwellings: for others there is no page."""
    actor = actor_of(request)
    if actor.role == "department" and actor.department != "housing":
        raise Http404
    return actor


@officer(*READERS)
def dwellings(request: HttpRequest) -> HttpResponse:
    """`/counter/dwellings`: by tab, a page at a time."""
    actor, today = housing_only(request), clock.today()
    tabs = {name: word for name, word in TABS.items() if name != "work" or offices_of(actor)}
    asked = request.GET.get("tab", "")
    tab = asked if asked in tabs else next(iter(tabs))
    text = request.GET.get("text", "").replace("\0", "").strip()[:60]
    number = page_number(request)
    if tab == "work":
        rows = work(actor, today, number * PAGE + 1)
        found = rows[(number - 1) * PAGE : number * PAGE + 1]
    else:
        found = [
            _row(row, today)
            for row in _list(actor, tab, text, today)[(number - 1) * PAGE : number * PAGE + 1]
        ]
    about = {"tab": tab, **({"text": text} if text else {})}
    context = {
        "tab": tab,
        "tabs": [(name, word, f"?{urlencode({'tab': name})}") for name, word in tabs.items()],
        "rows": found[:PAGE],
        "text": text,
        "today": today,
        "previous_url": f"?{urlencode({**about, 'page': number - 1})}" if number > 1 else "",
        "next_url": f"?{urlencode({**about, 'page': number + 1})}" if len(found) > PAGE else "",
    }
    return page(request, "dwellings/list", context, room="dwellings")


def work(actor: Actor, today: date, most: int) -> list[dict[str, Any]]:
    """What waits for this officer's office, what has waited longest first; the first `most` at least."""
    waiting: list[tuple[str, str, Dwelling, date, str]] = []
    for title in queries.titles_asked(actor)[:most]:
        waiting.append(("title", title.number, title.dwelling, title.asked_on, title.name))
    for record in queries.lettings_asked(actor)[:most]:
        waiting.append(("letting", record.number, record.dwelling, record.filed_on, ""))
    for lease in queries.leases_asked(actor)[:most]:
        waiting.append(("lease", lease.number, lease.dwelling, localtime(lease.handed_in_at).date(), ""))
    for filing in queries.filings_asked(actor)[:most]:
        waiting.append(("filing", filing.number, filing.lease.dwelling, filing.asked_on, ""))
    return sorted((_waiting(*about, today) for about in waiting), key=lambda row: row["on"])


def _waiting(
    kind: str, number: str, dwelling: Dwelling, since: date, who: str, today: date
) -> dict[str, Any]:
    words = {**letting_words.NAMES, "filing": _("租赁备案")}
    return {
        "dwelling": dwelling,
        "url": reverse("counter:letting_answer", args=[kind, number]),
        "number": number,
        "what": words[kind],
        "who": who or dwelling.owner_name,
        "days": (today - since).days,
        "on": since,
    }


def _list(actor: Actor, tab: str, text: str, today: date) -> QuerySet[Any]:
    lists: dict[str, Callable[[], QuerySet[Any]]] = {
        "all": lambda: queries.find(actor, text),
        "crowded": lambda: queries.crowded(actor, today),
        "unrecorded": lambda: queries.without_record(actor, today),
        "ending": lambda: queries.leases_ending(actor, today),
        "lapsing": lambda: queries.inspections_lapsing(actor, today),
    }
    return lists[tab]()


def _row(row: Any, today: date) -> dict[str, Any]:
    dwelling = row if isinstance(row, Dwelling) else row.dwelling
    shown: dict[str, Any] = {"dwelling": dwelling, "number": dwelling.number, "on": None}
    shown["who"] = dwelling.owner_name
    shown["url"] = reverse("counter:dwelling", args=[dwelling.number])
    if isinstance(row, Lease):
        shown |= {"on": row.until_on, "what": row.room.name if row.room else _("整套")}
    elif isinstance(row, Inspection):
        shown |= {"on": row.valid_until, "what": row.number}
    elif (living := getattr(row, "living", None)) is not None:
        shown["what"] = _("住 %(n)s 人，最多 %(fits)s 人") % {"n": living, "fits": row.fits}
    else:
        shown["what"] = row.get_land_display()
    if shown["on"]:
        left = (shown["on"] - today).days
        shown["left"] = _left(left)
        shown["tone"] = "bad" if left < 0 else "warn"
    return shown


def _left(days: int) -> str:
    if days < 0:
        return ngettext("过了 %(n)s 天", "过了 %(n)s 天", -days) % {"n": -days}
    return ngettext("还有 %(n)s 天", "还有 %(n)s 天", days) % {"n": days}


def found_dwelling(actor: Actor, number: str) -> Dwelling:
    """A dwelling that the officer may see. 404 for any other."""
    row = None if "\0" in number else queries.for_officers(actor).filter(number=number).first()
    if row is None:
        raise Http404
    return row


@officer(*READERS)
def dwelling(request: HttpRequest, number: str) -> HttpResponse:
    """`/counter/dwellings/<number>`: everything that is known of it; striking off what was recorded."""
    actor, today = housing_only(request), clock.today()
    row = found_dwelling(actor, number)
    shown = {one.person_id for one in living(actor, row)} | ({row.owner_id} if row.owner_id else set())
    for person_id in sorted(shown):
        people.log_reading(person_id, "dwelling", actor=actor)
    do = request.POST.get("do", "")
    form = BackForm(request.POST if do == "take_back" else None)
    error = _do(request, row, do, form, actor, today)
    if do and error is None and not form.errors:
        messages.success(request, _("办好了。"))
        return redirect("counter:dwelling", number)
    things = [letting_words.shown(thing, today) for thing in owed.things(row, today)]
    fits = capacity(row.rooms.all())
    context = {
        "dwelling": row,
        "things": things,
        "capacity": fits,
        "living": living(actor, row),
        "elsewhere": queries.registered_elsewhere(actor, row),
        "may_place": actor.role in homes.OFFICERS,
        "leases": _leases(row),
        "inspections": row.inspections.exclude(state="dropped"),
        "claims": row.claims.exclude(state="ended"),
        "offices": offices_of(actor),
        "recorded": row.letting_records.filter(state="recorded").first(),
        "filed": LeaseFiling.objects.filter(lease__dwelling=row, state="filed").select_related("lease"),
        "may_plan": "subdistrict" in offices_of(actor) and not row.inspections.filter(state="asked").exists(),
        "form": form,
        "today": today,
        "page_error": error.sentence if error else "",
    }
    status = error.status if error else 200
    return page(request, "dwellings/dwelling", context, room="dwellings", status=status)


def living(actor: Actor, row: Dwelling) -> Sequence[Registration]:
    """Who is registered there, to those who may see registrations."""
    if actor.role not in queries.READERS:
        return ()
    return list(
        row.registrations.filter(ended_on__isnull=True).select_related("person").order_by("registered_on")
    )


def _leases(row: Dwelling) -> list[dict[str, Any]]:
    rows = row.leases.select_related("room").prefetch_related("tenants", "files")
    return [{"lease": lease, "papers": addresses(lease.files.all())} for lease in rows]


def _do(
    request: HttpRequest, row: Dwelling, do: str, form: BackForm, actor: Actor, today: date
) -> JuzhuError | None:
    if do == "strike":
        record = row.letting_records.filter(state="recorded").first()
        if record is None:
            raise Http404
        return attempt(lambda: letting.end(record, actor=actor, today=today))
    if do == "place":
        number = request.POST.get("registration", "").replace("\0", "")
        home = queries.registered_elsewhere(actor, row).filter(number=number).first()
        if home is None:
            raise Http404
        return attempt(lambda: homes.same_place(home, row, actor=actor))
    if do == "take_back" and form.is_valid():
        number = request.POST.get("filing", "").replace("\0", "")
        filing = LeaseFiling.objects.filter(lease__dwelling=row, number=number).first()
        if filing is None:
            raise Http404
        return attempt(lambda: filings.take_back(filing, form.cleaned_data["said"], actor=actor, today=today))
    return None


def answers_in_words(answers: dict[str, Any]) -> list[tuple[Any, str]]:
    """The questions of an inspection with their answers."""
    return [
        (label, _("是") if answers.get(code) else _("否"))
        for code, label in QUESTIONS.items()
        if code in answers
    ]
