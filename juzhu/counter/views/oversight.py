"""Two who see no cases: auditors the trail, administrators the accounts. (Departments have their own.)"""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juzhu.counter import words
from juzhu.counter.access import actor_of, officer, page
from juzhu.counter.forms import TrailForm
from juzhu.evidence.kinds import DEPARTMENTS
from juzhu.operations import clock, events
from juzhu.operations.errors import ChainBroken
from juzhu.operations.queries import Trail, last_position, trail
from juzhu.people import records
from juzhu.people.queries import colleagues as staff
from juzhu.registration.subdistricts import SUBDISTRICTS

PAGE = 50
MOST_VERIFIED = 20_000
"""Rows of the trail that a page may walk while somebody waits; the command line walks longer ones."""


@officer("auditor")
def audit(request: HttpRequest) -> HttpResponse:
    """The trail, newest first; pages are found by position, so the last is as quick as the first."""
    kinds = [*words.EVENTS.items(), *words.OTHER_EVENTS.items()]
    this_year = clock.today().year
    form = TrailForm(request.GET or None, kinds=kinds, years=range(this_year, this_year - 6, -1))
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 18 else None
    wanted = {name: said[name] for name in ("kind", "account", "subject", "day") if said.get(name)}
    if said.get("person"):
        wanted["people"] = records.ids(said["person"])
    found = list(trail(actor_of(request), Trail(**wanted, before=before))[: PAGE + 1])
    query = {name: value for name, value in request.GET.items() if name != "before" and value}
    older = {"before": str(found[PAGE - 1].position)} if len(found) > PAGE else {}
    return page(
        request,
        "audit",
        {
            "form": form,
            "events": [(event, words.event_word(event)) for event in found[:PAGE]],
            "next_url": f"?{urlencode(query | older)}" if older else "",
            "newest_url": f"?{urlencode(query)}" if before else "",
            "length": last_position(),
            "most": MOST_VERIFIED,
        },
        room="audit",
    )


@require_POST
@officer("auditor")
def verify(request: HttpRequest) -> HttpResponse:
    """Walk the chain now, when it is short enough for a page."""
    if last_position() > MOST_VERIFIED:
        messages.warning(request, _("记录太多，网页上验不完。请运行 juzhu audit verify。"))
        return redirect("counter:audit")
    try:
        length = events.verify()
    except ChainBroken as broken:
        messages.error(request, _("第 %(n)s 条对不上：记录被改过。") % {"n": broken.about.get("position")})
    else:
        messages.success(request, _("%(n)s 条记录首尾相连，没有被改过。") % {"n": length})
    return redirect("counter:audit")


@officer("administrator")
def colleagues(request: HttpRequest) -> HttpResponse:
    """Staff accounts: who works here, as what, and where. No cases (three administrators, three powers)."""
    accounts = [
        (account, [SUBDISTRICTS[code] for code in account.areas if code in SUBDISTRICTS])
        for account in staff(actor_of(request))
    ]
    return page(request, "colleagues", {"accounts": accounts, "departments": DEPARTMENTS}, room="colleagues")
