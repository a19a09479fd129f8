"""Whether or not a job ever runs, every read is the same: random histories of one holder, lived twice."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from juzhu.credentials import checks
from juzhu.operations import clock, tasks
from juzhu.operations.actors import SYSTEM
from juzhu.operations.errors import JuzhuError
from juzhu.people import actions as people
from juzhu.people.models import Account, Person
from juzhu.permits import actions, casework, facts, notices
from juzhu.permits.models import Application, Permit
from juzhu.permits.queries import Filters, current_permit, queue, tab_counts, unfinished_application
from juzhu.permits.tests import factories as make
from juzhu.permits.timing import Standing
from juzhu.portal.views.home import standing_of
from juzhu.registration import actions as registration
from tests.scenarios.makers import RULES, child, guard, holder, person_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("on_day"),
    pytest.mark.requirement("E01", "E02", "E07"),
]
ISSUED = date(2026, 3, 10)
WINDOW = date(2027, 2, 12)
TABS = ("to_examine", "to_review", "waiting", "done")
PROOF = "户口簿和准迁证"
STEPS, HISTORIES = 7, 14
OF_A_CASE = (*["ask"] * 3, "supplement", "extend", "withdraw", "accept", "approve", "household in")
OF_A_LIFE = (*["endorse"] * 5, "household in", "household in", "household out", "leave", "register", "start")


class Life:
    """One holder, the officers of their station, and a child whose case would rest on their permit."""

    def __init__(self) -> None:
        self.account, self.permit = holder(ISSUED)
        self.person = person_of(self.account)
        self.clerk, self.reviewer, self.chief = (
            make.make_officer(role) for role in ("clerk", "reviewer", "chief")
        )
        self.child = child(date(2019, 5, 1), ISSUED)
        guard(self.account, self.child)

    @property
    def case(self) -> Application:
        """The latest case."""
        return Application.objects.filter(person=self.person).exclude(number=None).latest("pk")

    def deeds(self, today: date) -> dict[str, Callable[[], Any]]:
        """What may be tried on a day."""
        own, permit = self.account.actor, Permit.objects.filter(person=self.person).latest("pk")
        return {
            "endorse": lambda: actions.request_endorsement(permit, "employment", actor=own, today=today),
            "ask": lambda: casework.request_supplement(
                self.case, {"other": "请带劳动合同"}, actor=self.clerk.actor, today=today
            ),
            "supplement": lambda: actions.submit(self.case, actor=own, today=today),
            "extend": lambda: actions.extend_supplement(self.case, actor=own, today=today),
            "withdraw": lambda: actions.withdraw(self.case, actor=own, today=today),
            "accept": lambda: casework.accept(self.case, actor=self.clerk.actor, today=today),
            "approve": lambda: casework.approve(self.case, actor=self.reviewer.actor, today=today),
            "household in": lambda: self.household("330105", today),
            "household out": lambda: self.household("341221", today),
            "leave": lambda: registration.leave(self.person, today, actor=SYSTEM, today=today),
            "register": lambda: make.register(Person.objects.get(pk=self.person.pk), today),
            "start": lambda: actions.start(
                Person.objects.get(pk=self.person.pk), "employment", actor=own, today=today
            ),
        }

    def running(self, today: date) -> bool:
        """Whether a case is in hand."""
        return unfinished_application(Person.objects.get(pk=self.person.pk), today) is not None

    def household(self, division: str, today: date) -> None:
        people.record_household(
            self.person, division, "新址（示例）", today, PROOF, actor=self.chief.actor, today=today
        )

    def read(self, today: date) -> dict[str, Any]:
        """Everything that anybody would be shown."""
        person = Person.objects.get(pk=self.person.pk)
        permit = current_permit(person)
        assert permit is not None
        found = checks.check(checks.show(permit, clock.now()), clock.now())
        path = standing_of(person, today).path
        running = unfinished_application(person, today)
        rows = Application.objects.select_related("person").filter(person=person).order_by("pk")
        tabs: dict[str, list[str]] = {
            tab: [row.number or "" for row in queue(self.chief.actor, Filters(tab=tab), today)]  # type: ignore[arg-type]
            for tab in TABS
        }
        return {
            "status": permit.status(RULES, today).as_json(),
            "ended": (permit.ended_on, permit.end_reason),
            "verify": (found.outcome, found.since, found.under_review, found.because),
            "tabs": {tab: sorted(numbers) for tab, numbers in tabs.items()},
            "counts": tab_counts(self.chief.actor, today),
            "home": (path.stage, path.step.title, path.step.place, path.step.text),
            "running": running.number if running else None,
            "cases": [str(Standing.of(row, today).state) for row in rows],
            "guardian": facts.situation(self.child, RULES, today).facts.guardians[0].permit_status,
        }


def lived(seed: int, on_day: Callable[[date], None], *, job: bool) -> list[Any]:
    """One history, day by day: what was tried, what came of it, and what everybody read then."""
    chance = random.Random(seed)
    life, day, told = Life(), WINDOW, []
    for _step in range(STEPS):
        on_day(day)
        if job:
            notices.daily({"day": day.isoformat()})
            tasks.run_all()
        deeds = life.deeds(day)
        name = chance.choice(OF_A_CASE if life.running(day) and chance.random() < 0.8 else OF_A_LIFE)
        try:
            with transaction.atomic():
                deeds[name]()
            came = "done"
        except JuzhuError as error:
            came = error.code
        except Application.DoesNotExist:
            came = "no case"
        if job:
            tasks.run_all()
        told.append((day, name, came, life.read(day)))
        day += timedelta(days=chance.choice([0, 1, 3, 8, 20, 40]))
        on_day(day)
        if job:
            notices.daily({"day": day.isoformat()})
            tasks.run_all()
        told.append((day, "later", "", life.read(day)))
    return told


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_every_read_is_the_same_with_and_without_the_job(seed: int, on_day):
    histories = []
    for job in (True, False):
        with transaction.atomic():
            histories.append(lived(seed, on_day, job=job))
            transaction.set_rollback(True)
    for (*deed, with_job), (*same, without) in zip(*histories, strict=True):
        assert deed == same
        differs = {
            name: (with_job[name], without[name]) for name in with_job if with_job[name] != without[name]
        }
        assert differs == {}, deed


def test_the_histories_reach_what_they_are_about(on_day):
    reached: set[str] = set()
    for seed in range(HISTORIES):
        with transaction.atomic():
            for _day, _name, _came, read in lived(seed, on_day, job=False):
                reached |= {read["verify"][0], *read["cases"], read["home"][0]}
            transaction.set_rollback(True)
    assert {"valid", "suspended", "terminated", "lapsed", "ended", "withdrawn", "supplement"} <= reached
    assert Account.objects.count() == 0
