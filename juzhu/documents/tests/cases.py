"""Cases with papers, made by the same actions that the pages call."""

from __future__ import annotations

from datetime import date

from juzhu.documents import shelf
from juzhu.documents.shelf import Sheet
from juzhu.people.models import Account
from juzhu.permits import casework, facts
from juzhu.permits.models import Application, Correction, Permit, PermitVersion
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY


def accepted(today: date = TODAY, account: Account | None = None) -> Application:
    """Accepted by a clerk on that day."""
    return make.accepted(make.make_officer(), account or make.eligible_account(today), today)


def asked(today: date = TODAY) -> Application:
    """Asked once for all that is missing of a rented dwelling."""
    account = make.make_account(photo=make.stored_picture())
    make.register(account.person, date(today.year - 1, 7, 1))
    case = make.submitted(account, route="dwelling", today=today)
    answer, _seen = facts.decide(case, today)
    notes = {**dict.fromkeys(answer.missing, ""), "lease_one_year": "签名页没有拍到。"}
    casework.request_supplement(case, notes, actor=make.make_officer().actor, today=today)
    return Application.objects.get(pk=case.pk)


def refused(today: date = TODAY) -> Application:
    """Refused before acceptance: two months of residence and of insurance."""
    account = make.make_account(photo=make.stored_picture())
    since = today.replace(day=1)
    make.register(account.person, since)
    make.attest_insurance(account.person, f"{since:%Y-%m}", f"{since:%Y-%m}")
    case = make.submitted(account, today=today)
    reason = "居住登记不满半年，社保不满一年。"
    return casework.refuse(case, reason, actor=make.make_officer().actor, today=today)


def sheet(case: Application, slug: str, today: date = TODAY) -> Sheet:
    """A paper of a case."""
    found = shelf.named(shelf.of_case(Application.objects.get(pk=case.pk), today), slug)
    assert found is not None, slug
    return found


def version(permit: Permit, number: int = 1, reason: str = "issued", **about: object) -> PermitVersion:
    """A version of a permit, as issuing makes it."""
    person = permit.person
    said = {
        "name": person.name,
        "sex": person.sex,
        "ethnic_group": person.ethnic_group,
        "born": person.born,
        "household_division": person.household_division,
        "household_address": person.household_address,
        "identity_number": person.identity_number,
        "photo": person.photo,
        "residence_address": "拱宸桥街道桥弄街 6 幢 2 单元 301 室（示例）",
        "workplace": "运河服饰有限公司（示例）",
        "issued_on": permit.issued_on,
        "valid_until": permit.cached_until,
        "made_on": permit.issued_on,
        "made_at": person.created_at,
    }
    return PermitVersion.objects.create(permit=permit, number=number, reason=reason, **{**said, **about})


def correction(permit: Permit, state: str) -> Correction:
    """A correction of the name that was decided."""
    return Correction.objects.create(
        number="GZ-2026-000001",
        permit=permit,
        area=permit.area,
        field="name",
        was="周晓芸",
        wanted="周𠅤芸",
        state=state,
        filed_at=permit.person.created_at,
        filed_on=TODAY,
        due_on=TODAY,
        decided_on=date(2026, 3, 12),
        reason="户口簿上是“𠅤”。",
    )
