"""终结: a death or a local household ends what is not answered, whatever it waits for."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.operations import tasks
from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Event
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Message
from juzhu.permits import casework, pauses
from juzhu.permits.desk import endings
from juzhu.permits.errors import OutOfArea, ReasonMissing, TransitionForbidden
from juzhu.permits.models import Application
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


def draft() -> Application:
    return make.draft(make.eligible_account())


def accepted() -> Application:
    return make.accepted(make.make_officer("clerk"))


def asked() -> Application:
    case = make.submitted()
    casework.request_supplement(
        case, {"other": "请补照片。"}, actor=make.make_officer("clerk").actor, today=TODAY
    )
    return case


@pytest.mark.parametrize("begin", [draft, make.submitted, asked, accepted])
@pytest.mark.parametrize("reason", ["death", "local_household"])
def test_a_fact_ends_what_is_unfinished_and_says_so(begin, reason: str):
    case = begin()
    ended = endings.end(case, reason, actor=SYSTEM, today=TODAY)
    assert (ended.state, ended.decided_on, ended.decided_by) == ("ended", TODAY, None)
    assert str(ended.because).endswith("终结。")
    tasks.run_all()
    assert Message.objects.filter(person=case.person, kind="ended").count() == 1
    assert endings.end(case, reason, actor=SYSTEM, today=TODAY).state == "ended"
    assert Event.objects.filter(kind="application.ended").count() == 1


def test_it_ends_a_pause_with_it():
    case, reviewer = accepted(), make.make_officer("reviewer")
    pauses.pause(case, "appraisal", "请鉴定机构看签名。", 9, actor=reviewer.actor, today=TODAY)
    endings.end(case, "death", actor=SYSTEM, today=date(2026, 3, 15))
    assert case.pauses.get().ended_on == date(2026, 3, 15)


def test_a_chief_of_the_area_may_nobody_else():
    case = make.submitted()
    for role in ("clerk", "reviewer"):
        with pytest.raises(NotAllowed):
            endings.end(case, "death", actor=make.make_officer(role).actor, today=TODAY)
    with pytest.raises(OutOfArea):
        endings.end(case, "death", actor=make.make_officer("chief", (OTHER_AREA,)).actor, today=TODAY)
    with pytest.raises(NotAllowed):
        endings.end(case, "death", actor=make.make_account().actor, today=TODAY)
    assert endings.end(case, "death", actor=make.make_officer("chief").actor, today=TODAY).state == "ended"


def test_no_other_fact_ends_anything_and_what_was_answered_stays():
    with pytest.raises(ReasonMissing):
        endings.end(make.submitted(), "moved", actor=SYSTEM, today=TODAY)
    case = make.issued().applications.get()
    with pytest.raises(TransitionForbidden):
        endings.end(case, "death", actor=SYSTEM, today=TODAY)
