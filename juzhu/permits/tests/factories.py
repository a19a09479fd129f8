"""People and cases for tests, made through the same actions that the pages call."""

from __future__ import annotations

import io
from datetime import date, timedelta
from itertools import count
from typing import Any

from PIL import Image

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.law import calendar
from juzhu.operations.actors import SYSTEM, Actor
from juzhu.operations.files import check, keep
from juzhu.operations.models import StoredFile
from juzhu.people import actions as people
from juzhu.people.identity_numbers import complete
from juzhu.people.identity_provider import ConfirmedIdentity
from juzhu.people.models import Account, Guardianship, Person, PopulationRecord
from juzhu.permits import actions, casework
from juzhu.permits.models import Application, Permit
from juzhu.registration import actions as registration
from juzhu.registration.models import Registration

TODAY = date(2026, 3, 10)
AREA = "330105005"
OTHER_AREA = "330105010"
PASSWORD = "correct-horse-battery-9"
_order = count(1)


def picture(colour: str = "#336677", size: tuple[int, int] = (60, 80), kind: str = "JPEG") -> bytes:
    """A small picture's bytes."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def stored_picture(actor: Actor = SYSTEM) -> StoredFile:
    """A picture that was uploaded."""
    return keep(check(picture(), "photo.jpg"), "photo.jpg", actor=actor)


def identity(name: str = "周晓芸", born: date = date(1993, 8, 17), **about: Any) -> ConfirmedIdentity:
    """An invented person with a valid number, entered into the population register."""
    prefix = about.pop("household_division", "341221")
    number = complete(prefix, born, next(_order) % 1000)
    while PopulationRecord.objects.filter(identity_number=number).exists():
        born += timedelta(days=1)  # a thousand numbers fit on a day
        number = complete(prefix, born, next(_order) % 1000)
    record = PopulationRecord.objects.create(
        identity_number=number,
        name=name,
        sex=1 if int(number[16]) % 2 else 2,
        born=born,
        household_division=prefix,
        household_address=about.pop("household_address", "安徽省阜阳市临泉县（示例）"),
        photo=about.pop("photo", None),
        **about,
    )
    return ConfirmedIdentity(
        number, name, record.sex, record.ethnic_group, born, prefix, record.household_address,
        "population_register", record.photo_id,
    )  # fmt: skip


def make_person(name: str = "周晓芸", born: date = date(1993, 8, 17), **about: Any) -> Person:
    """A person whose identity is confirmed, without an account."""
    return people.record_person(identity(name, born, **about), actor=SYSTEM)


def child_of(parent: Account, name: str = "周小满", born: date = date(2018, 5, 1), **about: Any) -> Person:
    """A child on record, whose guardian by the police's word is the account's person."""
    child = make_person(name, born, **about)
    Guardianship.objects.create(guardian=parent.person, child=child, source="police")
    return child


def make_account(name: str = "周晓芸", born: date = date(1993, 8, 17), **about: Any) -> Account:
    """A citizen's account, bound to a person; its password is PASSWORD."""
    known = identity(name, born, **about)
    account = people.open_account(f"138{next(_order):08d}", PASSWORD)
    people.bind_person(account, name, known.identity_number)
    return Account.objects.select_related("person").get(pk=account.pk)


def account_of(person: Person) -> Account:
    """An account bound to somebody who is on record already, such as a child who has grown up."""
    account = people.open_account(f"138{next(_order):08d}", PASSWORD)
    Account.objects.filter(pk=account.pk).update(person=person)
    return Account.objects.select_related("person").get(pk=account.pk)


def make_officer(
    role: str = "clerk", areas: tuple[str, ...] = (AREA,), name: str = "徐静", **about: Any
) -> Account:
    """An officer's account; its password is PASSWORD."""
    return Account.objects.create_account(
        f"P{next(_order):06d}", PASSWORD, role=role, areas=list(areas), staff_name=name, **about
    )


def stay(**about: Any) -> registration.Stay:
    """A stay in Gongchenqiao."""
    return registration.Stay(
        **{
            "subdistrict": AREA,
            "community": "",
            "address": "桥弄街 6 幢 2 单元 301 室（示例）",
            "since": TODAY,
            "reason": "work",
            "dwelling_kind": "rented",
            "workplace": "",
            **about,
        }
    )


def register(person: Person, on: date, *, actor: Actor = SYSTEM, **about: Any) -> Registration:
    """Register somebody as if that day were today."""
    return registration.register(person, stay(**{"since": on, **about}), actor=actor, today=on)


def attest_insurance(person: Person, first: str, last: str) -> None:
    """Let the social-insurance bureau say that these months, both included, were paid."""
    run = {
        "from": first,
        "to": last,
        "division": "330100",
        "back_paid": False,
        "employer": "运河服饰有限公司（示例）",
    }
    evidence.attest(person.pk, Kind.INSURANCE, {"runs": [run]}, "human_resources", actor=SYSTEM)


def eligible_account(today: date = TODAY, **about: Any) -> Account:
    """Somebody who can have a permit by employment: all of it attested, and a photo in the register."""
    account = make_account(**{"photo": stored_picture(), **about})
    assert account.person is not None
    register(account.person, calendar.add_months(today, -8))
    month = calendar.add_months(today, -14)
    attest_insurance(account.person, f"{month:%Y-%m}", f"{calendar.add_months(today, -1):%Y-%m}")
    return account


def draft(
    account: Account, route: str = "employment", today: date = TODAY, *, of: Person | None = None
) -> Application:
    """A draft with every step filled in, the account's own or that of a child."""
    person = of or account.person
    assert person is not None
    application = actions.start(person, route, actor=account.actor, today=today)
    for step, answers in {
        "place": {"confirmed": True},
        "declaration": {"agreed": True},
        "form": {"phone": account.login},
        "materials": {"seen": True},
    }.items():
        application = actions.save_step(application, step, answers, actor=account.actor, route=route)
    return application


def submitted(account: Account | None = None, route: str = "employment", today: date = TODAY) -> Application:
    """An application that was filed."""
    account = account or eligible_account(today)
    return actions.submit(draft(account, route, today), actor=account.actor, today=today, key="key-1")


def accepted(clerk: Account, account: Account | None = None, today: date = TODAY) -> Application:
    """An application that a clerk accepted."""
    return casework.accept(submitted(account, today=today), actor=clerk.actor, today=today)


def issued(account: Account | None = None, today: date = TODAY) -> Permit:
    """A permit, issued on that day by two officers."""
    clerk, reviewer = make_officer("clerk"), make_officer("reviewer", name="林海峰")
    application = casework.approve(accepted(clerk, account, today), actor=reviewer.actor, today=today)
    assert application.permit is not None
    return application.permit


def not_endorsed(filed: Application, on: date, reason: str = "社保已经停缴，不再符合条件。") -> Application:
    """An endorsement that one officer accepted and another refused on that day."""
    clerk, reviewer = make_officer("clerk"), make_officer("reviewer", name="林海峰")
    accepted_on = min(on, filed.examine_by or on)
    casework.accept(filed, actor=clerk.actor, today=accepted_on)
    return casework.refuse(filed, reason, actor=reviewer.actor, today=on)


def days(count_of: int) -> timedelta:
    """So many days."""
    return timedelta(days=count_of)
