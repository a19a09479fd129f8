"""One's own cases, in hand and answered; and a refusal that one sees first."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.permits import casework
from juzhu.permits.models import Application
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.portal.tests.browsing import html, signed_in, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


def refused() -> Application:
    account = make.make_account(photo=make.stored_picture())
    make.register(account.person, date(2026, 2, 10))
    make.attest_insurance(account.person, "2025-01", "2026-02")
    case = make.submitted(account)
    clerk = make.make_officer("clerk")
    return casework.refuse(case, "居住还不满半年。", actor=clerk.actor, today=TODAY)


@pytest.mark.requirement("D06", "J17")
def test_who_was_refused_sees_it_first_until_the_last_remedy_has_run(on_day):
    case = refused()
    client = signed_in(case.person.account)
    assert f'href="/applications/{case.number}/refusal"' in html(client.get("/"))
    on_day(date(2026, 9, 10))
    assert "不予办理" in words(client.get("/"))
    on_day(date(2026, 9, 11))
    assert "不予办理" not in words(client.get("/"))


def test_a_new_application_takes_the_refusal_s_place(on_day):
    case = refused()
    make.draft(case.person.account)
    assert "决定不予办理" not in words(signed_in(case.person.account).get("/"))


def test_each_sees_their_own_cases_and_no_others():
    case, other = refused(), make.submitted()
    page = html(signed_in(case.person.account).get("/applications"))
    assert case.number in page
    assert other.number not in page
    officer = signed_in(make.make_officer("clerk"))
    assert officer.get("/applications").status_code in {302, 403, 404}
    assert "还没有提交过申请" in words(signed_in(make.make_account()).get("/applications"))
