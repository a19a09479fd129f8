"""People who come to the service, with what departments say of them, through the real actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.law import calendar, eligibility, policy
from juzhu.operations.actors import SYSTEM, Actor
from juzhu.people import actions as people
from juzhu.people.models import Account, Person
from juzhu.permits import actions, casework, facts
from juzhu.permits.models import Application, Permit
from juzhu.permits.tests import factories as make

RULES = policy.load("gongshu-2022")
RENTAL = (Kind.TITLE, Kind.LEASE, Kind.RENTAL_REGISTRATION, Kind.LEASE_FILING, Kind.SAFETY_INSPECTION)


def newcomer(registered_on: date, **about: Any) -> Account:
    """Somebody who has registered, and of whom no department has said anything."""
    where = {name: about.pop(name) for name in ("dwelling_kind", "workplace") if name in about}
    account = make.make_account(**{"photo": make.stored_picture(), **about})
    assert account.person is not None
    make.register(account.person, registered_on, **where)
    return account


def person_of(account: Account) -> Person:
    """Whose account it is."""
    assert account.person is not None
    return account.person


def insure(person: Person, *runs: tuple[str, str] | tuple[str, str, dict[str, Any]]) -> None:
    """Let the social-insurance bureau say which months were paid."""
    rows = []
    for first, last, *rest in runs:
        about = rest[0] if rest else {}
        rows.append({"from": first, "to": last, "division": "330100", "back_paid": False, **about})
    evidence.attest(person.pk, Kind.INSURANCE, {"runs": rows}, "human_resources", actor=SYSTEM)


def rent(person: Person, first: date, last: date, *, without: Sequence[Kind] = (), **says: Any) -> None:
    """Let every department say what makes a rented dwelling lawful; `without` what they do not say."""
    answers: dict[Kind, tuple[dict[str, Any], str]] = {
        Kind.TITLE: ({"holder": "landlord"}, "housing"),
        Kind.LEASE: (
            {"from": str(first), "to": str(last), "commodity_housing": says.get("commodity_housing", True)},
            "housing",
        ),
        Kind.RENTAL_REGISTRATION: ({}, "police"),
        Kind.LEASE_FILING: ({}, "housing"),
        Kind.SAFETY_INSPECTION: (
            {
                "illegal_construction": False,
                "dangerous_building": says.get("dangerous_building", False),
                "changed_use": False,
                "inspected_on": str(first),
            },
            "subdistrict",
        ),
    }
    for kind in RENTAL:
        if kind not in without:
            content, department = answers[kind]
            evidence.attest(person.pk, kind, content, department, actor=SYSTEM)


def enrol(person: Person, enrolled_on: date, **says: Any) -> None:
    """Let the education bureau say where somebody goes to school, and since when."""
    record = {
        "school": "拱宸桥小学（示例）",
        "full_time": True,
        "division": "330105",
        "enrolled_on": str(enrolled_on),
        **says,
    }
    evidence.attest(person.pk, Kind.STUDENT_RECORD, record, "education", actor=SYSTEM)
    evidence.attest(person.pk, Kind.STUDY_CONTINUITY, {}, "education", actor=SYSTEM)


def guard(guardian: Account, child: Person) -> None:
    """Record who a child's guardian is."""
    people.record_guardianship(person_of(guardian), child, "household_register", actor=SYSTEM)


def child(born: date, registered_on: date, **about: Any) -> Person:
    """A child who lives here."""
    small = make.make_person(about.pop("name", "周小宝"), born, photo=make.stored_picture())
    make.register(small, registered_on, **about)
    return small


def filed(person: Person, route: str, *, by: Actor, on: date) -> Application:
    """An application, walked through every step and handed in on a day."""
    draft = actions.start(person, route, actor=by, today=on)
    for step in actions.STEPS:
        actions.save_step(draft, step, {"done": True}, actor=by, route=route)
    return actions.submit(draft, actor=by, today=on)


def answer(application: Application, on: date) -> eligibility.Answer:
    """What the rules say of an application on a day."""
    return facts.decide(application, on)[0]


def state(application: Application, code: str, on: date) -> str:
    """How one condition stands."""
    return next(finding.state for finding in answer(application, on).findings if finding.code == code)


def decided(application: Application, on: date) -> Application:
    """Accepted by a clerk and approved by a reviewer on one day."""
    clerk, reviewer = make.make_officer("clerk"), make.make_officer("reviewer", name="林海峰")
    accepted = casework.accept(application, actor=clerk.actor, today=on)
    return casework.approve(accepted, actor=reviewer.actor, today=on)


def holder(issued_on: date, **about: Any) -> tuple[Account, Permit]:
    """Somebody whose permit was issued on a day, and who has been insured ever since."""
    account = newcomer(calendar.add_months(issued_on, -8), **about)
    insure(person_of(account), (f"{calendar.add_months(issued_on, -14):%Y-%m}", "2035-12"))
    application = decided(filed(person_of(account), "employment", by=account.actor, on=issued_on), issued_on)
    assert application.permit is not None
    return account, application.permit


def again(permit: Permit) -> Permit:
    """The permit as it stands in the database."""
    return Permit.objects.get(pk=permit.pk)


def status(permit: Permit, on: date) -> Any:
    """What the permit is on a day."""
    return again(permit).status(RULES, on)


def endorse(account: Account, permit: Permit, on: date, *, decided_on: date | None = None) -> Application:
    """File for another year and have it approved."""
    application = actions.request_endorsement(again(permit), "employment", actor=account.actor, today=on)
    return decided(application, decided_on or on)
