"""The button for a case's electronic archive: a chief's, on an answered case."""

from __future__ import annotations

import pytest

from juzhu.documents import archive_check
from juzhu.operations.models import Event
from juzhu.permits import casework
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY
from juzhu.portal.tests.browsing import signed_in, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day"), pytest.mark.requirement("D14")]
BUTTON = "导出电子档案"


def test_a_chief_takes_the_package_of_an_answered_case_and_it_is_logged():
    clerk, reviewer, chief = (make.make_officer(role) for role in ("clerk", "reviewer", "chief"))
    case = make.accepted(clerk)
    page = f"/counter/cases/{case.number}"
    assert BUTTON not in words(signed_in(chief).get(page))
    assert signed_in(chief).post(f"{page}/archive").status_code == 302, "not answered yet"
    casework.approve(case, actor=reviewer.actor, today=TODAY)
    assert BUTTON in words(signed_in(chief).get(page))
    assert BUTTON not in words(signed_in(clerk).get(page))
    sent = signed_in(chief).post(f"{page}/archive")
    assert (sent.status_code, sent.headers["Content-Type"]) == (200, "application/zip")
    assert case.number in sent.headers["Content-Disposition"]
    assert archive_check.faults(sent.content) == []
    assert Event.objects.filter(kind="person.read", data__page="archive", actor_account_id=chief.pk).exists()
    for stranger in (clerk, make.make_officer("chief", (OTHER_AREA,))):
        assert signed_in(stranger).post(f"{page}/archive").status_code == 404
    assert signed_in(chief).get(f"{page}/archive").status_code == 405
