"""Take-back, pause and approval at once, on PostgreSQL: first without the lock, then with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from juzhu.operations import events
from juzhu.operations.models import Event
from juzhu.people.models import Account
from juzhu.permits import casework, facts, pauses, submission
from juzhu.permits.desk import assignment
from juzhu.permits.errors import ClockPaused, TransitionForbidden
from juzhu.permits.models import Application, Pause, Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from tests.test_races import approving, at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="locks of rows are PostgreSQL's"),
    pytest.mark.usefixtures("committed_db", "on_day"),
]
ROUNDS = 25
Deed = Callable[[], Any]


def taking_back(case: Application, chief: Account) -> Deed:
    return lambda: casework.take_back(case, "材料有疑问。", actor=chief.actor, today=TODAY)


def pausing(case: Application, officer: Account) -> Deed:
    return lambda: pauses.pause(case, "appraisal", "请鉴定机构看签名。", 9, actor=officer.actor, today=TODAY)


@pytest.fixture
def staff() -> dict[str, Account]:
    return {
        "clerk": make.make_officer("clerk"),
        "reviewer": make.make_officer("reviewer"),
        "chief": make.make_officer("chief"),
        "other": make.make_officer("chief"),
    }


@pytest.fixture
def no_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the lock of the application away."""
    lock = QuerySet.select_for_update

    def unlocked(rows: QuerySet[Any], **options: Any) -> QuerySet[Any]:
        return rows if rows.model is Application else lock(rows, **options)

    monkeypatch.setattr(QuerySet, "select_for_update", unlocked)


def meet_before(monkeypatch: pytest.MonkeyPatch, *places: tuple[Any, str]) -> None:
    """Let both have read the case before either goes on."""
    both_have_read = Barrier(2)

    def waiting(then: Callable[..., Any]) -> Callable[..., Any]:
        def wait(*args: Any, **options: Any) -> Any:
            both_have_read.wait(timeout=10)
            return then(*args, **options)

        return wait

    for module, name in places:
        monkeypatch.setattr(module, name, waiting(getattr(module, name)))


@pytest.mark.usefixtures("no_lock")
def test_without_the_lock_what_was_taken_back_is_issued_all_the_same(staff, monkeypatch):
    case = make.accepted(staff["clerk"])
    meet_before(monkeypatch, (facts, "decide"), (casework, "_clear_acceptance"))
    outcomes = at_once(taking_back(case, staff["chief"]), approving(case, staff["reviewer"].actor))
    assert outcomes == ["won", "won"]
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"application.taken_back", "application.approved"} <= kinds
    assert Permit.objects.count() == 1


def test_with_the_lock_it_is_taken_back_or_approved(staff):
    for _round in range(ROUNDS):
        case = make.accepted(staff["clerk"])
        outcomes = at_once(taking_back(case, staff["chief"]), approving(case, staff["reviewer"].actor))
        assert Counter(outcomes) == {"won": 1, TransitionForbidden.__name__: 1}
        case.refresh_from_db()
        assert (case.state, case.permit is None) in {("submitted", True), ("issued", False)}
    events.verify()


@pytest.mark.usefixtures("no_lock")
def test_without_the_lock_a_permit_is_issued_while_its_clock_stands_still(staff, monkeypatch):
    case = make.accepted(staff["clerk"])
    meet_before(monkeypatch, (facts, "decide"), (Pause.objects, "create"))
    outcomes = at_once(pausing(case, staff["chief"]), approving(case, staff["reviewer"].actor))
    assert outcomes == ["won", "won"]
    case.refresh_from_db()
    assert (case.state, case.open_pause is None) == ("issued", False)


def test_with_the_lock_it_is_paused_or_approved(staff):
    for _round in range(ROUNDS):
        case = make.accepted(staff["clerk"])
        outcomes = at_once(pausing(case, staff["chief"]), approving(case, staff["reviewer"].actor))
        assert Counter(outcomes) in (
            {"won": 1, TransitionForbidden.__name__: 1},
            {"won": 1, ClockPaused.__name__: 1},
        )
        case.refresh_from_db()
        assert (case.state, case.open_pause is None) in {("accepted", False), ("issued", True)}


@pytest.mark.usefixtures("no_lock")
def test_without_the_lock_two_chiefs_take_back_the_same_acceptance_twice(staff, monkeypatch):
    case = make.accepted(staff["clerk"])
    meet_before(monkeypatch, (casework, "_clear_acceptance"))
    outcomes = at_once(taking_back(case, staff["chief"]), taking_back(case, staff["other"]))
    assert outcomes == ["won", "won"]
    assert Event.objects.filter(kind="application.taken_back").count() == 2


def test_with_the_lock_one_of_two_chiefs_takes_it_back(staff):
    for _round in range(ROUNDS):
        case = make.accepted(staff["clerk"])
        outcomes = at_once(taking_back(case, staff["chief"]), taking_back(case, staff["other"]))
        assert Counter(outcomes) == {"won": 1, TransitionForbidden.__name__: 1}
    assert Event.objects.filter(kind="application.taken_back").count() == ROUNDS


def test_two_chiefs_assign_one_after_the_other_and_the_trail_says_in_which_order(staff):
    first, second = make.make_officer("clerk"), make.make_officer("clerk")

    def assigning(case: Application, to: Account, chief: Account) -> Deed:
        return lambda: assignment.assign(case, to, "他手上最空。", actor=chief.actor, today=TODAY)

    for _round in range(ROUNDS):
        case = make.submitted()
        outcomes = at_once(assigning(case, first, staff["chief"]), assigning(case, second, staff["other"]))
        assert outcomes == ["won", "won"]
        case.refresh_from_db()
        trail = Event.objects.filter(kind="application.assigned", subject_id=str(case.pk)).order_by(
            "position"
        )
        one, two = list(trail)
        assert two.data["was"] == one.data["to"]
        assert case.assigned_to_id == two.data["to"]


def test_instant_approvals_and_officers_approvals_wait_for_each_other_and_never_for_ever(staff, settings):
    settings.JUZHU_INSTANT_APPROVAL, settings.JUZHU_INSTANT_REVIEW_SHARE = True, 1.0
    for _round in range(10):
        accounts = [make.eligible_account() for _ in range(3)]
        drafts = [make.draft(account) for account in accounts]
        case = make.accepted(staff["clerk"])
        filings = [
            lambda draft=draft, account=account: submission.file(
                draft, actor=account.actor, today=TODAY, key=f"key-{draft.pk}"
            )
            for draft, account in zip(drafts, accounts, strict=True)
        ]
        assert at_once(*filings, approving(case, staff["reviewer"].actor)) == ["won"] * 4
    assert Permit.objects.count() == 40
    events.verify()


def test_the_same_form_sent_four_times_at_once_is_one_permit(settings):
    settings.JUZHU_INSTANT_APPROVAL = True
    account = make.eligible_account()
    draft = make.draft(account)
    assert (
        at_once(*[lambda: submission.file(draft, actor=account.actor, today=TODAY, key="key-1")] * 4)
        == ["won"] * 4
    )
    assert Permit.objects.count() == 1
