"""Pages for everybody: the running rules, the counters, accessibility; and who used one's record."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from juzhu.design.context import places
from juzhu.intake.uses import uses
from juzhu.law import policy
from juzhu.operations import clock
from juzhu.operations.rules import in_force
from juzhu.people.queries import uses_of_my_record
from juzhu.portal import rules as packs
from juzhu.portal.access import citizen, frame, no_store, viewer
from juzhu.registration.subdistricts import SUBDISTRICTS


@require_safe
def rules(request: HttpRequest, policy_id: str = "") -> HttpResponse:
    """A pack as it runs, read from the program itself; with `?with=` what differs from the running one."""
    known, today = policy.available(), clock.today()
    running = in_force(today)
    shown = policy_id or running.id
    beside = request.GET.get("with", "")
    if shown not in known or (beside and beside not in known):
        raise Http404
    pack = policy.load(shown)
    other = policy.load(beside) if beside and beside != shown else None
    context = {
        "frame": frame(request),
        "pack": pack,
        "running": pack is running,
        "runs": packs.runs(today),
        "status": packs.STATUS_WORDS[pack.status],
        "others": [
            (each, packs.STATUS_WORDS[each.status]) for each in map(policy.load, known) if each.id != shown
        ],
        "conditions": packs.conditions(pack),
        "parameters": packs.parameters(pack),
        "sources": [(source, packs.provisions(pack, source.id)) for source in pack.sources],
        "other": other,
        "difference": packs.difference(pack, other) if other else [],
        "places": _places_of(pack, running),
        "other_places": _places_of(other, running) if other else {},
    }
    return render(request, "portal/open/rules.html", context)


def _places_of(pack: policy.Policy, running: policy.Policy) -> dict[str, str]:
    """The pages' places, with articles leading to this pack's own page."""
    here = reverse("portal:rules_of", args=[pack.id])
    return {**places(), **({} if pack is running else {"rules": here})}


@require_safe
def counters(request: HttpRequest) -> HttpResponse:
    """Where the windows are: the police station of each subdistrict."""
    context = {"frame": frame(request), "stations": list(SUBDISTRICTS.values())}
    return render(request, "portal/open/counters.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works, what was not checked, and whom to tell."""
    return render(request, "portal/open/accessibility.html", {"frame": frame(request)})


@require_safe
@citizen
def who_used(request: HttpRequest) -> HttpResponse:
    """Each reading of one's record by staff: when, in which role, what for; no officer's name."""
    rows = uses(uses_of_my_record(viewer(request)))
    return no_store(render(request, "portal/open/who_used.html", {"rows": rows}))
