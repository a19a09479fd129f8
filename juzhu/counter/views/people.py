"""Finding people in the officer's area, and one person's record."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from juzhu.counter.access import CASEWORK, actor_of, officer, page, page_number, searched
from juzhu.counter.forms import SearchForm
from juzhu.counter.standing import Standing
from juzhu.intake.forms.particulars import shown
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.operations.rules import in_force
from juzhu.people import actions as people
from juzhu.people import duplicates, records
from juzhu.people.facts import UNDOES_FACTS
from juzhu.people.models import Fact, Merge, Person
from juzhu.permits import likenesses, segments, versions
from juzhu.permits.models import PERMIT_ENDINGS, Attendance, Permit
from juzhu.permits.queries import Filters, applications_for, permits_for, queue_page, with_open_pauses
from juzhu.permits.transitions import ALLOWED_ROLES
from juzhu.registration import particulars
from juzhu.registration import queries as registrations

FOUND = "counter_found"
MOST = 20
REGISTRATIONS_PAGE = 30


@officer(*CASEWORK)
def search(request: HttpRequest) -> HttpResponse:
    """People and cases at once. The text stays in the session, so that it never stands in an address."""
    if request.method == "POST":
        request.session[FOUND] = searched(request)
        return redirect("counter:search")
    actor, today = actor_of(request), clock.today()
    text = request.session.get(FOUND, "")
    cases = queue_page(actor, Filters(text=text), today, 0, MOST) if text else []
    return page(
        request,
        "search",
        {
            "form": SearchForm(initial={"text": text}),
            "text": text,
            "cases": [(case, Standing.of(case, today)) for case in cases],
            "registrations": list(registrations.find(actor, text, today)[:MOST]) if text else [],
            "may_merge": actor.role in duplicates.DECIDES,
            "duplicates": likenesses.waiting_for(actor),
        },
        room="search",
    )


@officer(*CASEWORK)
def person(request: HttpRequest, number: str) -> HttpResponse:
    """A person, by the number of a registration in the officer's area: so far as this officer may see."""
    actor, today = actor_of(request), clock.today()
    registration = (
        None if "\0" in number else registrations.visible_to(actor, today).filter(number=number).first()
    )
    if registration is None:
        raise Http404
    someone = registration.person
    people.log_reading(someone.pk, "person", actor=actor)
    permit = permits_for(actor, today).filter(person=someone).order_by("-issued_on", "-pk").first()
    return page(
        request,
        "person",
        {
            "person": someone,
            "at_window": actor.role in ALLOWED_ROLES["submit"],
            "today": today,
            "registrations": list(registrations.visible_to(actor, today).filter(person=someone)),
            "permit": permit,
            "number": number,
            "said": shown(particulars.of(someone, actor)),
            "may_record": actor.role in people.RECORDS_FACTS,
            "facts": list(
                Fact.objects.filter(records.of(someone.pk))
                .select_related("recorded_by", "undone__undone_by")
                .order_by("-pk")
            ),
            **_records(someone, actor),
            "may_undo": actor.role in UNDOES_FACTS,
            "attendances": list(
                Attendance.objects.filter(records.of(someone.pk), area__in=actor.areas).select_related(
                    "officer"
                )[:MOST]
            ),
            "guardianships": list(
                someone.guardianships.filter(ended_on=None, guardian__merged_into=None)
                .select_related("guardian")
                .order_by("pk")
            ),
            **_permit_now(permit, today),
            "cases": [
                (case, Standing.of(case, today))
                for case in with_open_pauses(applications_for(actor, today))
                .filter(person=someone)
                .order_by("-submitted_at")[:MOST]
            ],
        },
        room="search",
    )


def _records(someone: Person, actor: Actor) -> dict[str, Any]:
    """What was merged into this record, and what may be another of the same person's."""
    may_merge = actor.role in duplicates.DECIDES
    return {
        "may_merge": may_merge,
        "merges": [(row, likenesses.pair_of(row) if may_merge else None) for row in _merges(someone)],
        "alike": list(likenesses.open_of(actor, someone)) if may_merge else [],
    }


def _merges(someone: Person) -> list[Merge]:
    return list(likenesses.merges_into(someone)[:MOST])


def _permit_now(permit: Permit | None, today: date) -> dict[str, Any]:
    """How a permit stands: what it says, both counts, and why it ended where it has."""
    if permit is None:
        return {"status": None}
    rules = in_force(today)
    stretches, counted = segments.counted(permit, today)
    return {
        "status": permit.status(rules, today),
        "ended_why": PERMIT_ENDINGS.get(permit.end_reason, "—"),
        "face": versions.shown(permit),
        "versions": list(permit.versions.all()),
        "stretches": stretches,
        "counted": counted,
        "departure": registrations.departure(registrations.stays(permit.person_id), rules),
    }


@officer("subdistrict")
def registered(request: HttpRequest) -> HttpResponse:
    """Who is registered in a subdistrict officer's area now: to read and to search."""
    if request.method == "POST":
        request.session[FOUND] = searched(request)
        return redirect("counter:registrations")
    text = request.session.get(FOUND, "")
    number = page_number(request)
    start = REGISTRATIONS_PAGE * (number - 1)
    everybody = registrations.find(actor_of(request), text, clock.today())
    found = list(everybody[start : start + REGISTRATIONS_PAGE + 1])
    return page(
        request,
        "registrations",
        {
            "form": SearchForm(initial={"text": text}),
            "text": text,
            "registrations": found[:REGISTRATIONS_PAGE],
            "previous_url": f"?page={number - 1}" if number > 1 else "",
            "next_url": f"?page={number + 1}" if len(found) > REGISTRATIONS_PAGE else "",
        },
        room="registrations",
    )
