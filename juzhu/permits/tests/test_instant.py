"""自动办理: when the rules alone may answer, what they leave behind, and the right to a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext, override_settings

from juzhu.evidence import actions as evidence
from juzhu.evidence import inquiries
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Inquiry, Objection
from juzhu.operations import clock, events, tasks
from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Event
from juzhu.people import actions as people
from juzhu.people import staff
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Account, Message
from juzhu.permits import actions, casework, facts, instant, submission
from juzhu.permits.errors import TransitionForbidden
from juzhu.permits.models import Application, FraudCase, Permit, PostCheck, Representative
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
MOST_QUERIES = 75


@pytest.fixture(autouse=True)
def _on() -> Iterator[None]:
    with override_settings(
        JUZHU_INSTANT_APPROVAL=True,
        JUZHU_INSTANT_ROUTES=["employment", "dwelling", "study", "talent"],
        JUZHU_INSTANT_REVIEW_SHARE=0.0,
    ):
        yield


def filed(account: Account | None = None, **choices: Any) -> Application:
    account = account or make.eligible_account()
    return submission.file(make.draft(account), actor=account.actor, today=TODAY, key="key-1", **choices)


@pytest.mark.requirement("D02", "D07")
def test_accepted_approved_and_issued_at_submission_by_nobody():
    make.make_officer("clerk")
    case = filed()
    assert (case.state, case.automatic, case.assigned_to) == ("issued", True, None)
    assert (case.accepted_on, case.decided_on, case.accepted_by, case.decided_by) == (
        TODAY,
        TODAY,
        None,
        None,
    )
    assert case.permit == Permit.objects.get()
    assert [row.stage for row in case.decisions.all()] == ["submit", "accept", "approve"]
    assert [row.made_by_id for row in case.decisions.all()][1:] == [None, None]
    assert all(facts.replay(row) is None for row in case.decisions.all())
    kinds = list(Event.objects.filter(subject_id=str(case.pk), kind__startswith="application").order_by("pk"))
    assert [event.kind.partition(".")[2] for event in kinds] == [
        "started", "submitted", "accepted", "approved", "issued",
    ]  # fmt: skip
    assert [event.actor_kind for event in kinds[2:]] == ["system"] * 3
    assert all(event.data["automatic"] for event in kinds[2:])
    assert events.verify() == Event.objects.count()


def test_the_database_refuses_an_automatic_decision_with_an_officer():
    case, officer = filed(), make.make_officer("clerk")
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=case.pk).update(accepted_by=officer)


def test_one_message_says_that_no_person_decided():
    case = filed()
    tasks.run_all()
    told = Message.objects.filter(person=case.person, about__application=case.number)
    assert [message.kind for message in told] == ["issued_automatically"]


def test_it_takes_a_bounded_number_of_queries():
    filed()
    for _ in range(10):
        make.make_officer("clerk")
    account = make.eligible_account()
    draft = make.draft(account)
    with CaptureQueriesContext(connection) as seen:
        case = submission.file(draft, actor=account.actor, today=TODAY, key="key-1")
    assert case.automatic
    assert len(seen) <= MOST_QUERIES, [row["sql"][:60] for row in seen]


def test_pressed_twice_it_is_one():
    account = make.eligible_account()
    draft = make.draft(account)
    sent = [submission.file(draft, actor=account.actor, today=TODAY, key="key-1") for _ in range(2)]
    assert sent[0] == sent[1]
    assert Permit.objects.count() == 1


def test_off_unless_it_is_switched_on_and_for_named_routes_and_kinds_alone():
    with override_settings(JUZHU_INSTANT_APPROVAL=False):
        assert filed().state == "submitted"
    for routes, state in (
        (["study"], "submitted"),
        (["endorsement:employment"], "submitted"),
        (["first:employment"], "issued"),
    ):
        with override_settings(JUZHU_INSTANT_ROUTES=routes):
            assert filed().state == state


def an_upload(account: Account) -> None:
    person = account.person
    person.photo = None
    person.save()
    evidence.upload(person.pk, Kind.PHOTO, {}, [make.stored_picture()], actor=account.actor)


def an_objection(account: Account) -> None:
    word = account.person.evidence.get(kind="insurance")
    Objection.objects.create(
        number="YY-1", evidence=word, person=account.person, department="human_resources", text="不对",
        filed_at=clock.now(), filed_on=TODAY, due_on=TODAY,
    )  # fmt: skip


def a_silent_bureau(account: Account) -> None:
    Inquiry.objects.create(
        person=account.person,
        kind="insurance",
        department="human_resources",
        asked_at=clock.now() + timedelta(minutes=1),
    )


def an_officer_of_that_name(account: Account) -> None:
    administrator = make.make_officer("administrator", ())
    number = account.person.identity_number
    staff.set_staff_number(make.make_officer("reviewer"), number, actor=administrator.actor, today=TODAY)


def an_officers_relative(account: Account) -> None:
    officer = make.make_officer("clerk")
    staff.declare_relation(account.person.identity_number, "spouse", actor=officer.actor, today=TODAY)


def a_case_of_fraud(account: Account) -> None:
    FraudCase.objects.create(
        number="CF-1", person=account.person, area=make.AREA, facts="x", committed_on=TODAY,
        opened_on=TODAY, opened_by=make.make_officer("chief"), decide_by=TODAY,
    )  # fmt: skip


def a_planned_check(account: Account) -> None:
    permit = Permit.objects.create(
        number="1", public_id="x", person=account.person, issued_on=date(2024, 1, 1), area=make.AREA,
        cached_until=TODAY, terminated_on=date(2025, 1, 1),
    )  # fmt: skip
    instant.plan_look(permit, "tip", TODAY, 9)


def a_fraud_that_was_decided(account: Account) -> None:
    a_case_of_fraud(account)
    FraudCase.objects.update(state="decided", told_on=TODAY, heard_on=TODAY)


def a_check_that_found_it_false(account: Account) -> None:
    a_planned_check(account)
    PostCheck.objects.update(state="done", result="changed", done_on=TODAY)


DOUBTS: list[Callable[[Account], None]] = [
    an_upload, an_objection, a_silent_bureau, an_officer_of_that_name, an_officers_relative,
    a_case_of_fraud, a_fraud_that_was_decided, a_planned_check, a_check_that_found_it_false,
]  # fmt: skip


@pytest.mark.parametrize("doubt", DOUBTS, ids=lambda doubt: doubt.__name__)
def test_where_anything_is_in_doubt_a_person_looks(doubt: Callable[[Account], None]):
    account = make.eligible_account()
    doubt(account)
    case = filed(account)
    assert (case.state, case.automatic) == ("submitted", False)


def test_a_paper_that_an_officer_found_good_is_still_a_paper():
    account = make.eligible_account()
    an_upload(account)
    account.person.evidence.filter(source="upload").update(judgement="good")
    assert filed(account).state == "submitted"


def test_a_representative_is_looked_at_by_a_person():
    account, clerk = make.eligible_account(), make.make_officer("clerk")
    draft = make.draft(account)
    Representative.objects.create(
        application=draft, name="王强", identity_number=make.make_person("王强").identity_number,
        relation="child", ground="disabled", recorded_at=clock.now(), identity_shown=True,
    )  # fmt: skip
    assert submission.file(draft, actor=clerk.actor, today=TODAY).state == "submitted"


def test_what_the_rules_refuse_or_cannot_prove_waits_for_a_person():
    account = make.make_account(photo=make.stored_picture())
    make.register(account.person, TODAY)
    assert filed(account).state == "submitted"
    lacking = make.make_account()
    make.register(lacking.person, date(2025, 7, 1))
    assert filed(lacking).state == "submitted"


def test_a_supplement_was_asked_for_by_a_person_and_goes_to_one():
    account = make.eligible_account()
    with override_settings(JUZHU_INSTANT_APPROVAL=False):
        case = filed(account)
    clerk = make.make_officer("clerk")
    casework.request_supplement(case, {"other": "请补照片。"}, actor=clerk.actor, today=TODAY)
    again = submission.file(case, actor=account.actor, today=TODAY, key="key-2")
    assert (again.state, again.assigned_to_id) == ("submitted", clerk.pk)


@pytest.mark.requirement("J08")
def test_who_asks_for_a_person_gets_one():
    case = filed(wants_person=True)
    assert (case.state, case.wants_person, case.automatic) == ("submitted", True, False)


class TestEndorsement:
    DAY = date(2027, 2, 20)

    @pytest.fixture
    def held(self) -> tuple[Account, Permit]:
        account = make.eligible_account()
        permit = make.issued(account)
        make.attest_insurance(account.person, "2025-01", "2027-01")
        return account, permit

    def endorse(self, held: tuple[Account, Permit], **choices: Any) -> Application:
        account, permit = held
        return submission.endorse(
            permit, "employment", actor=account.actor, today=self.DAY, key="key-e", **choices
        )

    def test_another_year_at_once(self, held):
        case = self.endorse(held)
        assert (case.state, case.automatic, case.permit) == ("issued", True, held[1])
        assert held[1].endorsements.get().on == self.DAY
        tasks.run_all()
        assert Message.objects.filter(person=case.person, kind="endorsed_automatically").count() == 1

    def test_pressed_twice_it_is_one(self, held):
        assert self.endorse(held) == self.endorse(held)
        assert held[1].endorsements.count() == 1

    def test_with_a_person_if_asked_for(self, held):
        assert self.endorse(held, wants_person=True).state == "submitted"


@pytest.mark.requirement("J08")
class TestAPersonAfterwards:
    def test_the_applicant_asks_once_and_the_permit_stays_good(self):
        account, reviewer = make.eligible_account(), make.make_officer("reviewer")
        case = filed(account)
        look = instant.ask_person(case, actor=account.actor, today=TODAY)
        assert (look.plan, look.permit, look.due_on) == ("request", case.permit, date(2026, 3, 25))
        assert look.assigned_to_id == reviewer.pk
        assert instant.ask_person(case, actor=account.actor, today=TODAY) == look
        tasks.run_all()
        assert Message.objects.filter(person=case.person, kind="review_requested").count() == 1

    def test_only_after_an_automatic_answer_and_never_a_reviewer(self):
        account = make.eligible_account()
        case = make.issued(account).applications.get()
        with pytest.raises(TransitionForbidden):
            instant.ask_person(case, actor=account.actor, today=TODAY)
        with pytest.raises(NotAllowed):
            instant.ask_person(filed(), actor=make.make_officer("reviewer").actor, today=TODAY)


def test_a_share_is_looked_at_later_chosen_by_the_number_so_that_it_can_be_replayed():
    numbers = [f"GS-2026-{n:06d}" for n in range(4000)]
    with override_settings(JUZHU_INSTANT_REVIEW_SHARE=0.1):
        chosen = [number for number in numbers if instant.sampled(number)]
        assert [number for number in numbers if instant.sampled(number)] == chosen
    assert 320 < len(chosen) < 480
    with override_settings(JUZHU_INSTANT_REVIEW_SHARE=1.0):
        assert all(map(instant.sampled, numbers))
        case = filed()
    look = PostCheck.objects.get(plan="automatic")
    assert (look.permit, look.area, look.due_on) == (case.permit, case.area, date(2026, 4, 9))


def test_a_childs_case_needs_a_family_that_a_register_knows():
    guardian = make.eligible_account()
    permit = make.issued(guardian)
    child = make.make_person("周小芸", date(2018, 5, 1), photo=make.stored_picture())
    people.record_guardianship(guardian.person, child, "stated", actor=SYSTEM)
    make.register(child, date(2025, 7, 1))
    says = {"full_time": True, "school": "小学", "division": "330105", "enrolled_on": "2024-09-01"}
    evidence.attest(child.pk, Kind.STUDENT_RECORD, says, "education", actor=SYSTEM)
    evidence.attest(child.pk, Kind.STUDY_CONTINUITY, {}, "education", actor=SYSTEM)
    case = submission.file(make.draft(guardian, "study", of=child), actor=guardian.actor, today=TODAY)
    assert (case.state, facts.decide(case, TODAY)[0].outcome) == ("submitted", "accept")
    actions.withdraw(case, actor=guardian.actor, today=TODAY)
    guardian.person.wards.update(source="population_register")
    sent = submission.file(make.draft(guardian, "study", of=child), actor=guardian.actor, today=TODAY)
    assert sent.automatic, [finding["code"] for finding in sent.decisions.last().answer["findings"]]
    assert permit.person == guardian.person


def test_the_bureaus_are_asked_first_about_what_the_route_rests_on(monkeypatch: pytest.MonkeyPatch):
    asked: list[dict[int, set[Kind]]] = []
    monkeypatch.setattr(inquiries, "ask", lambda wanted, *, now: asked.append(wanted))
    account = make.eligible_account()
    filed(account)
    assert asked == [{account.person_id: {Kind.PHOTO, Kind.INSURANCE}}]
