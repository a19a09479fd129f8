"""可解释的风险提示: figures that a person may want to look at, each with what it rests on.

A hint is a hint to a person and never a decision: nothing but the officer's pages and the plan of post-checks
reads this module, and no rule does.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count

from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Evidence
from juzhu.law.calendar import add_months
from juzhu.people.models import Person
from juzhu.permits.models import Permit
from juzhu.registration.models import Registration

MOST_LOOKED_AT = 500
"""How many of an area's latest permits are compared with their insurance, at most."""


@dataclass(frozen=True, slots=True)
class Hint:
    """`about` are the figures; the sentence is made of them when somebody reads it."""

    code: str
    about: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "about": self.about}


Place = tuple[str, str | None, str]


def of(permit: Permit, today: date) -> list[Hint]:
    """The hints of one permit."""
    found = _hints(Permit.objects.filter(pk=permit.pk).select_related("person"), today)
    return found[0][1] if found else []


def in_areas(areas: Collection[str], today: date) -> list[tuple[Permit, list[Hint]]]:
    """The latest permits of these areas that have hints, most hints first. A fixed number of queries."""
    rows = Permit.objects.filter(area__in=areas, terminated_on=None).select_related("person")
    standing = rows.filter(person__died_on=None, person__local_since=None).order_by("-pk")[:MOST_LOOKED_AT]
    return sorted(_hints(standing, today), key=lambda found: (-len(found[1]), found[0].pk))


def _hints(permits: Iterable[Permit], today: date) -> list[tuple[Permit, list[Hint]]]:
    held = {permit.person_id: permit for permit in permits}
    homes = {
        row.person_id: row for row in Registration.objects.filter(person_id__in=held, ended_on__isnull=True)
    }
    crowds, phones = _crowds(homes.values()), _phones(held.values())
    insured = _insured(held)
    found = []
    for person_id, permit in held.items():
        home = homes.get(person_id)
        hints = [
            *_crowded(home, crowds),
            *_shared(permit.person, phones),
            *_unheard(home, insured.get(person_id), today),
        ]
        if hints:
            found.append((permit, hints))
    return found


def _crowds(homes: Collection[Registration]) -> dict[Place, int]:
    """How many people are registered at each of these addresses now."""
    rows = (
        Registration.objects.filter(ended_on__isnull=True, address__in={row.address for row in homes})
        .order_by()
        .values("subdistrict", "community_id", "address")
        .annotate(people=Count("pk"))
    )
    return {(row["subdistrict"], row["community_id"], row["address"]): row["people"] for row in rows}


def _crowded(home: Registration | None, crowds: dict[Place, int]) -> list[Hint]:
    if home is None:
        return []
    people = crowds.get((home.subdistrict, home.community_id, home.address), 0)
    start = settings.JUZHU_HINTS_FROM["people_at_an_address"]
    return [Hint("crowded", {"people": people, "from": start})] if people >= start else []


def _phones(permits: Iterable[Permit]) -> dict[str, int]:
    """Of how many people each of these phones is; a guardian's phone is their children's as well."""
    known = {permit.person.phone for permit in permits} - {""}
    rows = (
        Person.objects.filter(phone__in=known, merged_into__isnull=True)
        .order_by()
        .values("phone")
        .annotate(people=Count("pk"))
    )
    return {row["phone"]: row["people"] for row in rows}


def _shared(person: Person, phones: dict[str, int]) -> list[Hint]:
    people, start = phones.get(person.phone, 0), settings.JUZHU_HINTS_FROM["people_of_a_phone"]
    return [Hint("shared_phone", {"people": people, "from": start})] if people >= start else []


def _insured(people: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The last run of months that the bureau knows of each of them."""
    rows = Evidence.objects.filter(
        person_id__in=list(people), kind=Kind.INSURANCE.value, source="attestation", withdrawn_at__isnull=True
    ).order_by("pk")
    runs = {row.person_id: row.says.get("runs") or [] for row in rows}
    return {
        person_id: max(known, key=lambda run: str(run["to"])) for person_id, known in runs.items() if known
    }


def _unheard(home: Registration | None, run: dict[str, Any] | None, today: date) -> list[Hint]:
    """Somebody who says where they work, and whose insurance ended some months ago or comes from
    elsewhere.
    """
    if home is None or not home.workplace or run is None:
        return []
    months = settings.JUZHU_HINTS_FROM["months_without_insurance"]
    last = str(run["to"])
    if last < f"{add_months(today, -months):%Y-%m}":
        return [Hint("not_insured", {"last": last, "months": months})]
    employer = str(run.get("employer") or "")
    return [Hint("insured_elsewhere", {"last": last})] if employer and employer != home.workplace else []
