"""A pause past its day promises that day no more, to nobody."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.operations import tasks
from juzhu.permits import pauses
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.portal.tests.browsing import signed_in, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day"), pytest.mark.requirement("D07")]


@pytest.mark.parametrize(("day", "late"), [(date(2026, 3, 19), False), (date(2026, 3, 20), True)])
def test_the_page_the_message_and_the_officers_page_say_whether_the_day_has_passed(day, late, on_day):
    account, reviewer = make.eligible_account(), make.make_officer("reviewer")
    case = make.accepted(make.make_officer("clerk"), account)
    pauses.pause(case, "appraisal", "请鉴定机构看签名。", 9, actor=reviewer.actor, today=TODAY)
    tasks.run_all()
    on_day(day)
    shown = words(signed_in(account).get(f"/applications/{case.number}"))
    assert ("预计 2026-03-19 恢复" in shown) is not late
    assert ("已经过了。这是我们的责任" in shown) is late
    message = account.person.messages.get(kind="paused")
    letter = words(signed_in(account).get(f"/messages/{message.pk}"))
    assert ("已经过了" in letter) is late
    client = signed_in(reviewer)
    assert ("已经过了告诉申请人的那天" in words(client.get(f"/counter/cases/{case.number}"))) is late
    assert ("中止太久" in words(client.get("/counter/?tab=to_review"))) is late
