"""终结: a death or a local household ends what is not answered, whatever it waits for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from juzhu.operations import tasks
from juzhu.operations.models import Event
from juzhu.people.errors import DivisionUnknown, FactDayInvalid, NotAllowed, SourceMissing
from juzhu.people.models import Message, Person
from juzhu.permits import actions, casework, pauses
from juzhu.permits.desk import endings
from juzhu.permits.errors import OutOfArea, TransitionForbidden
from juzhu.permits.models import Application, Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
FACTS = {
    "death": endings.Fact("death", TODAY, "死亡证明 12 号"),
    "local_household": endings.Fact("local_household", TODAY, "户口簿和准迁证", "330105", "新址（示例）"),
}


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
    ended = endings.end(case, FACTS[reason], actor=make.make_officer("chief").actor, today=TODAY)
    assert (ended.state, ended.decided_on, ended.decided_by) == ("ended", TODAY, None)
    assert str(ended.because).endswith("终结。")
    tasks.run_all()
    told = Message.objects.filter(person=case.person, kind="ended").count()
    assert told == (0 if reason == "death" else 1), "the dead are told nothing"
    with pytest.raises(TransitionForbidden):
        endings.end(case, FACTS[reason], actor=make.make_officer("chief").actor, today=TODAY)
    assert Event.objects.filter(kind="application.ended").count() == 1


def test_it_ends_a_pause_with_it():
    case, reviewer = accepted(), make.make_officer("reviewer")
    pauses.pause(case, "appraisal", "请鉴定机构看签名。", 9, actor=reviewer.actor, today=TODAY)
    endings.end(case, FACTS["death"], actor=make.make_officer("chief").actor, today=date(2026, 3, 15))
    assert case.pauses.get().ended_on == date(2026, 3, 15)


def test_a_chief_of_the_area_may_nobody_else():
    case = make.submitted()
    for role in ("clerk", "reviewer"):
        with pytest.raises(NotAllowed):
            endings.end(case, FACTS["death"], actor=make.make_officer(role).actor, today=TODAY)
    with pytest.raises(OutOfArea):
        endings.end(case, FACTS["death"], actor=make.make_officer("chief", (OTHER_AREA,)).actor, today=TODAY)
    with pytest.raises(NotAllowed):
        endings.end(case, FACTS["death"], actor=make.make_account().actor, today=TODAY)
    assert (
        endings.end(case, FACTS["death"], actor=make.make_officer("chief").actor, today=TODAY).state
        == "ended"
    )


def test_what_was_answered_stays():
    case = make.issued().applications.get()
    with pytest.raises(TransitionForbidden):
        endings.end(case, FACTS["death"], actor=make.make_officer("chief").actor, today=TODAY)


@pytest.mark.requirement("E07")
@pytest.mark.parametrize("reason", list(FACTS))
def test_a_chief_who_ends_a_case_records_the_fact_and_the_permit_ends_with_it(reason: str, on_day):
    account = make.eligible_account()
    permit = make.issued(account)
    filed = date(2027, 3, 1)
    on_day(filed)
    case = actions.request_endorsement(permit, "employment", actor=account.actor, today=filed)
    on = date(2027, 2, 25)
    chief = make.make_officer("chief")
    endings.end(case, replace(FACTS[reason], on=on), actor=chief.actor, today=filed)
    person = Person.objects.get(pk=account.person_id)
    assert (person.died_on or person.local_since) == on
    read = Permit.objects.select_related("person").get()
    assert (read.ended_on, read.end_reason) == (on, reason), "before any worker ran"
    tasks.run_all()
    assert Permit.objects.get().terminated_on == on


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"source": " "}, SourceMissing),
        ({"on": TODAY + make.days(1)}, FactDayInvalid),
        ({"division": "341221"}, DivisionUnknown),
    ],
)
def test_a_fact_without_proof_or_day_or_from_elsewhere_ends_nothing(change: dict[str, Any], error):
    case, chief = make.submitted(), make.make_officer("chief")
    with pytest.raises(error):
        endings.end(case, replace(FACTS["local_household"], **change), actor=chief.actor, today=TODAY)
    assert Application.objects.get(pk=case.pk).state == "submitted"
    assert Person.objects.get(pk=case.person_id).local_since is None
