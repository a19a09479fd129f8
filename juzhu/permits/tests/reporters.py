"""Organisations and their people, for tests."""

from __future__ import annotations

import itertools
from typing import Any

from juzhu.operations.actors import Actor
from juzhu.people import organisations
from juzhu.people.credit_codes import check_character
from juzhu.people.models import Account, Organisation, OrganisationRecord
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import AREA, TODAY
from juzhu.registration.reporting.entries import Entry, Reporter

_order = itertools.count(1)


def credit_code() -> str:
    """A valid code that no organisation has."""
    body = f"91330105MA{next(_order):07d}"
    return body + check_character(body)


def record(head: Account, name: str = "运河服饰有限公司（示例）") -> OrganisationRecord:
    """An organisation in the register, with its legal representative."""
    assert head.person is not None
    return OrganisationRecord.objects.create(
        credit_code=credit_code(),
        name=name,
        head_name=head.person.name,
        head_number=head.person.identity_number,
    )


def enrolled(
    *trades: str, name: str = "运河服饰有限公司（示例）", area: str = AREA
) -> tuple[Organisation, Actor]:
    """An organisation that may report, and its manager."""
    head = make.make_account("钱有才")
    known = record(head, name)
    made = organisations.enrol(
        head, known.credit_code, known.name, trades or ("employer",), area, actor=head.actor, today=TODAY
    )
    return made, organisations.acting_for(head, made.pk)


def landlord(name: str = "房东甲") -> tuple[Reporter, Actor]:
    """A private landlord."""
    account = make.make_account(name, household_division="330106")
    return Reporter(person=account.person), account.actor


def entry(**about: Any) -> Entry:
    """Somebody was taken on today; override what matters."""
    known: dict[str, Any] = {
        "kind": "work",
        "phase": "began",
        "happened_on": TODAY,
        "name": "周晓芸",
        "phone": "13900001111",
    }
    return Entry(**known | about)


def let(**about: Any) -> Entry:
    """Somebody moved into a let dwelling today."""
    known = {"kind": "lease", "subdistrict": AREA, "address": "桥弄街 6 幢 2 单元 301 室（示例）"}
    return entry(**known | about)
