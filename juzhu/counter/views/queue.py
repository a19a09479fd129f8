"""The officer's first page: what waits, by what falls due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast, get_args
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from juzhu.counter.access import (
    CASEWORK,
    ROOMS,
    account_of,
    actor_of,
    officer,
    page,
    page_number,
    searched,
)
from juzhu.counter.standing import Standing
from juzhu.design.findings import counts_of
from juzhu.operations import clock
from juzhu.people.models import Account
from juzhu.permits import rota
from juzhu.permits.models import ROUTES, Application
from juzhu.permits.queries import MOST_COUNTED, Filters, latest_answers, queue_page, tab_counts
from juzhu.permits.tabs import Tab
from juzhu.registration.subdistricts import SUBDISTRICTS

PAGE = 20
MOST_PAGES = 50
"""Who reaches the last of them narrows the list instead of turning on."""
TABS: dict[Tab, object] = {
    "to_examine": _("等受理"),
    "to_review": _("等审核"),
    "waiting": _("等补正"),
    "done": _("已办结"),
}
CHANNELS = {"web": _("网上"), "mobile": _("掌上"), "window": _("窗口")}
TEXT, SHOWN, READ = "counter_text", "counter_shown", "counter_read"
"""Session keys: what was searched for, the numbers of the rows shown last, the case that was read last."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A case in the table."""

    case: Application
    standing: Standing
    counts: dict[str, int]
    mine: bool
    holder: Account | None = None
    in_my_hands: bool = False

    @property
    def channel(self) -> object:
        """Where it was filed."""
        return CHANNELS.get(self.case.channel, self.case.channel)


@officer()
def home(request: HttpRequest) -> HttpResponse:
    """The queue for caseworkers; everybody else is led to their own room."""
    account = account_of(request)
    if account.role not in CASEWORK:
        return redirect(f"counter:{ROOMS[account.role][0][0]}")
    if request.method == "POST":
        return _searched(request)
    today = clock.today()
    filters = _filters(request, account)
    number = min(page_number(request), MOST_PAGES)
    start = PAGE * (number - 1)
    found = queue_page(account.actor, filters, today, start, PAGE + 1)
    answers = latest_answers(found[:PAGE])
    away = rota.stand_ins(today)
    mine = {account.pk, *(officer for officer, has in away.items() if has == account.pk)}
    rows = [_row(case, answers.get(case.pk, {}), today, account, mine) for case in found[:PAGE]]
    request.session[SHOWN] = [row.case.number for row in rows]
    request.session.pop(READ, None)
    return page(
        request,
        "queue",
        {
            "today": today,
            "rows": rows,
            "filters": filters,
            "tabs": _tabs(request, filters, today),
            "routes": ROUTES,
            "channels": CHANNELS.items(),
            "kinds": Application._meta.get_field("kind").choices,
            "areas": [SUBDISTRICTS[code] for code in account.areas if code in SUBDISTRICTS],
            "soon": [row for row in rows if row.standing.by and 0 <= (row.standing.by - today).days <= 3],
            "over": [row for row in rows if row.standing.by and row.standing.by < today],
            "whose": _whose(request, filters),
            "next_case": _next_case(rows),
            "first": start + 1,
            "last": start + len(rows),
            "previous_url": _page_url(request, number - 1) if start else "",
            "next_url": _page_url(request, number + 1) if len(found) > PAGE and number < MOST_PAGES else "",
            "cut_off": PAGE * MOST_PAGES if len(found) > PAGE and number == MOST_PAGES else 0,
        },
    )


def _row(
    case: Application, answer: dict[str, Any], today: date, account: Account, mine: set[int]
) -> QueueRow:
    standing = Standing.of(case, today)
    return QueueRow(
        case,
        standing,
        counts_of(answer or {"findings": []}),
        case.accepted_by_id == account.pk,
        None if standing.done else case.assigned_to,
        case.assigned_to_id in mine,
    )


def _next_case(rows: list[QueueRow]) -> Application | None:
    """The first that waits and is in the officer's hands; else the first that is in nobody's, else any."""
    open_rows = [row for row in rows if not row.mine and not row.standing.done and not row.standing.pause]
    ranked = sorted(open_rows, key=lambda row: (not row.in_my_hands, row.holder is not None))
    return ranked[0].case if ranked else None


def _whose(request: HttpRequest, filters: Filters) -> list[dict[str, object]]:
    """The two links of the filter by hands."""
    query = request.GET.copy()
    for name in ("page", "mine"):
        query.pop(name, None)
    rest = query.urlencode()
    mine = f"{rest}&mine=1" if rest else "mine=1"
    return [
        {"label": _("全部"), "url": f"?{rest}", "here": not filters.mine, "key": ""},
        {"label": _("我的"), "url": f"?{mine}", "here": filters.mine, "key": "m"},
    ]


def _searched(request: HttpRequest) -> HttpResponse:
    """Keep the text in the session, so that no name and no number stands in an address; the rest may."""
    text = searched(request)
    request.session[TEXT] = text
    kept = {name: request.POST.get(name, "") for name in ("tab", "route", "kind", "area", "channel", "mine")}
    query = {name: value for name, value in kept.items() if value} | ({"found": "1"} if text else {})
    return redirect(f"{reverse('counter:home')}?{urlencode(query)}")


def _filters(request: HttpRequest, account: Account) -> Filters:
    asked = request.GET
    standard: Tab = "to_review" if account.role == "reviewer" else "to_examine"
    tab = asked.get("tab", "")
    area = asked.get("area", "")
    return Filters(
        tab=cast(Tab, tab) if tab in get_args(Tab) else standard,
        text=request.session.get(TEXT, "") if asked.get("found") else "",
        route=asked.get("route", "") if asked.get("route") in dict(ROUTES) else "",
        kind=asked.get("kind", "") if asked.get("kind") in {"first", "endorsement"} else "",
        area=area if area in account.areas else "",
        channel=asked.get("channel", "") if asked.get("channel") in CHANNELS else "",
        mine=asked.get("mine") == "1",
    )


def _tabs(request: HttpRequest, filters: Filters, today: date) -> list[dict[str, object]]:
    counts = tab_counts(actor_of(request), today)
    kept = {name: getattr(filters, name) for name in ("route", "kind", "area", "channel")}
    query = {name: value for name, value in kept.items() if value} | ({"mine": "1"} if filters.mine else {})
    return [
        {
            "label": label,
            "count": _count(counts[tab]) if tab in counts else None,
            "url": f"?{urlencode({'tab': tab} | query)}",
            "here": tab == filters.tab and not filters.text,
        }
        for tab, label in TABS.items()
    ]


def _count(cases: int) -> str:
    return str(cases) if cases <= MOST_COUNTED else f"{MOST_COUNTED}+"


def _page_url(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"
