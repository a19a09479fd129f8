"""A paper is made once, by its event or at first demand, and is the same for ever."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from juzhu.documents import codes, issuing, queries, shelf
from juzhu.documents.errors import GlyphMissing
from juzhu.documents.issuing import issue
from juzhu.documents.models import IssuedDocument
from juzhu.documents.tests import cases
from juzhu.documents.tests.reading import content_of, joined, words
from juzhu.operations import events, tasks
from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Event, Task
from juzhu.people.models import Account, Message, Person
from juzhu.permits import actions, casework
from juzhu.permits import issuing as permits
from juzhu.permits.models import Application, Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


def test_a_paper_is_made_once_and_has_the_same_bytes_for_ever(on_day):
    case = cases.accepted()
    first = issue(cases.sheet(case, "receipt"), "zh")
    bytes_then = content_of(first)
    Person.objects.filter(pk=case.person_id).update(name="周改名")
    on_day(date(2026, 3, 20))
    again = issue(cases.sheet(case, "receipt", date(2026, 3, 20)), "zh")
    assert (again, content_of(again)) == (first, bytes_then)
    assert IssuedDocument.objects.count() == 1
    english = issue(cases.sheet(case, "receipt"), "en")
    assert english.code != first.code
    assert Event.objects.filter(kind="document.issued").count() == 2
    events.verify()


def test_it_bears_the_code_under_which_it_is_found():
    document = issue(cases.sheet(cases.accepted(), "receipt"), "zh")
    text = words(content_of(document))
    assert codes.written(document.code) in text
    assert document.number in text
    assert queries.issued_under(document.code) == document
    assert document.sha256 == document.file.sha256


@pytest.mark.requirement("D02", "D04", "D06")
def test_events_have_the_official_paper_made():
    accepted, asked, refused = cases.accepted(), cases.asked(), cases.refused()
    tasks.run_all()
    of_cases = IssuedDocument.objects.exclude(application=None)
    made = {(row.application_id, row.kind, row.language) for row in of_cases}
    assert made == {
        (accepted.pk, "receipt", "zh"),
        (asked.pk, "notice", "zh"),
        (refused.pk, "refusal", "zh"),
    }


@pytest.mark.requirement("E03")
def test_the_end_of_a_permit_has_its_notice_made():
    permit = make.issued()
    permits.terminate(permit, "local_household", actor=SYSTEM, on=date(2026, 5, 1))
    tasks.run_all()
    document = IssuedDocument.objects.get(kind="termination")
    assert "已转为杭州市区常住户口" in words(content_of(document))


@pytest.mark.requirement("D10")
def test_corrections_and_changes_have_their_notices_made():
    permit = make.issued()
    row = cases.correction(permit, "corrected")
    cases.version(permit, 2, "moved", residence_address="半山街道半山路 1 号")
    actor = make.make_officer().actor
    events.append("correction.corrected", actor=actor, subject=row, person_id=permit.person_id)
    events.append("permit.version_made", actor=SYSTEM, subject=permit, version=2)
    tasks.run_all()
    made = IssuedDocument.objects.filter(kind="correction", permit=permit).values_list("about", flat=True)
    assert len(made) == 2


@pytest.mark.parametrize(
    ("fact", "reason"), [("died_on", "持证人死亡"), ("local_since", "已转为杭州市区常住户口")]
)
def test_a_fact_ends_a_permit_though_nobody_wrote_it_down(fact, reason):
    permit = make.issued()
    Person.objects.filter(pk=permit.person_id).update(**{fact: date(2026, 4, 1)})
    permit = Permit.objects.select_related("person").get(pk=permit.pk)
    sheet = shelf.named(shelf.of_permit(permit), "termination")
    assert sheet is not None
    text = joined(content_of(issue(sheet, "zh")))
    assert reason in text
    assert "2026年4月1日" in text
    assert ("的近亲属" in text) == (fact == "died_on")


def test_a_name_that_cannot_be_set_keeps_no_message_back():
    account = make.eligible_account()
    Person.objects.filter(pk=account.person_id).update(name="周😀")
    account.person.refresh_from_db()
    case = cases.accepted(account=account)
    tasks.run_all()
    assert Message.objects.filter(person=account.person_id, kind="receipt").exists()
    assert not IssuedDocument.objects.exists()
    papers = Task.objects.filter(kind="documents.issue")
    assert {"application" in task.payload for task in papers} == {True, False}
    assert {(task.error, task.done_at) for task in papers} == {("GlyphMissing", None)}
    with pytest.raises(GlyphMissing):
        issue(cases.sheet(case, "receipt"), "zh")


def test_an_extended_notice_is_a_paper_of_its_own_and_the_first_one_stays():
    case = cases.asked()
    first = issue(cases.sheet(case, "notice"), "zh")
    account = Account.objects.get(person=case.person)
    actions.extend_supplement(case, actor=account.actor, today=TODAY)
    longer = issue(cases.sheet(case, "notice"), "zh")
    assert longer != first
    assert not queries.still_stands(first, TODAY)
    assert queries.still_stands(longer, TODAY)


def test_a_receipt_whose_acceptance_was_taken_back_no_longer_stands():
    case = cases.accepted()
    document = issue(cases.sheet(case, "receipt"), "zh")
    assert queries.still_stands(document, TODAY)
    reviewer = make.make_officer("reviewer")
    casework.request_supplement(case, {"other": "请补身份证背面。"}, actor=reviewer.actor, today=TODAY)
    document = queries.issued_under(document.code)
    assert document is not None
    assert not queries.still_stands(document, TODAY)


def test_the_database_refuses_to_change_or_delete_a_paper():
    document = issue(cases.sheet(cases.accepted(), "receipt"), "zh")
    for change in (
        lambda: IssuedDocument.objects.filter(pk=document.pk).update(number="x"),
        lambda: IssuedDocument.objects.filter(pk=document.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_task_about_what_no_longer_stands_makes_nothing():
    case = make.submitted()
    issuing.issue_by_event({"application": str(case.pk), "slug": "receipt", "day": TODAY.isoformat()})
    permit = make.issued()
    issuing.issue_by_event({"permit": str(permit.pk), "slug": "termination", "day": TODAY.isoformat()})
    assert not IssuedDocument.objects.exists()
    assert Application.objects.get(pk=case.pk).state == "submitted"
    assert Permit.objects.get(pk=permit.pk).terminated_on is None


@pytest.mark.parametrize("spoil", [0, 7, 14])
def test_a_code_finds_one_wrong_character_and_two_exchanged(spoil):
    code = codes.new()
    assert codes.read(codes.written(code).lower()) == code
    other = "2" if code[spoil] != "2" else "3"
    assert codes.read(code[:spoil] + other + code[spoil + 1 :]) is None
    if code[spoil] != code[spoil + 1] and spoil < 13:
        swapped = code[:spoil] + code[spoil + 1] + code[spoil] + code[spoil + 2 :]
        assert codes.read(swapped) is None
    assert codes.read("") is None
    assert codes.read("O" * 16) is None
