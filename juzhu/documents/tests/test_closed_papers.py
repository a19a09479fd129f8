"""Applications that were closed without a decision: by the supplement's term, by a fact; and who is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from juzhu.documents import papers, queries, shelf
from juzhu.documents.issuing import issue
from juzhu.documents.models import IssuedDocument
from juzhu.documents.papers.remedies import litigation_ends, reconsideration_ends
from juzhu.documents.tests import cases
from juzhu.documents.tests.reading import bare, content_of, in_order, joined, read
from juzhu.law import policy
from juzhu.operations import tasks
from juzhu.operations.actors import SYSTEM
from juzhu.operations.writing import document_day
from juzhu.people.models import Account, Person
from juzhu.permits import actions, casework, moves
from juzhu.permits.models import Application
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.permits.window import cases as window

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


@pytest.mark.requirement("D04", "J17")
@pytest.mark.parametrize(
    ("day", "due"),
    [
        (TODAY, date(2026, 4, 9)),
        (date(2026, 9, 1), date(2026, 10, 8)),  # thirty days end in the National Day holiday
        (date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_a_supplement_that_never_came_closes_the_case_with_a_paper_whether_or_not_a_job_ran(on_day, day, due):
    on_day(day)
    case = cases.asked(day)
    row, closed = case.notices.get(), due + timedelta(days=1)
    assert papers.lapse(case, due, "zh") is None
    by_time = papers.lapse(case, closed, "zh")
    assert by_time is not None
    moves.catch_up(case, closed + timedelta(days=5))
    case = Application.objects.get(pk=case.pk)
    paper = papers.lapse(case, closed + timedelta(days=5), "zh")
    assert paper == by_time
    assert (paper.on, paper.due_on) == (case.decided_on, row.due_on) == (closed, due)
    rules = policy.load(case.policy_id)
    assert [remedy.last_day for remedy in paper.remedies] == [
        reconsideration_ends(closed, rules).day,
        litigation_ends(closed, rules).day,
    ]
    assert set(paper.cites) == {*rules.provisions["supplement_days"], *rules.acts["lapse"]}
    asked = papers.notice(row, "zh")
    text = read(paper)
    assert in_order(
        text,
        "申请终结告知书（补正期满）", case.person.name, case.number, document_day(row.issued_on, "zh"),
        bare(asked.number), f"期限到{document_day(due, 'zh')}",
        *(bare(item.name) for item in asked.needed),
        f"到{document_day(due, 'zh')}没有收到补正的材料，本件自{document_day(closed, 'zh')}起终结",
        "不是不予受理决定",
        "居住登记继续有效", f"居住时间从{document_day(date(day.year - 1, 7, 1), 'zh')}起算",
        "可以随时重新申请", "拱宸桥派出所",
        "市规定第十七条第一款第三项", "救济途径", "不服本次终结", "60日内", "6个月内",
    ), text  # fmt: skip
    assert "签名页没有拍到。" in text


@pytest.mark.parametrize(
    ("issued", "filed", "says"),
    [
        (TODAY, date(2027, 2, 20), "使用功能自2027年3月11日起中止。补办签注以后恢复"),
        # the day after the term is 10 April; the permit's own last day, a Saturday, moves to the 12th
        (date(2026, 4, 10), date(2027, 3, 10), "有效期到2027年4月10日。请在2027年4月12日前（含当日）"),
    ],
)
def test_a_lapsed_endorsement_says_what_becomes_of_the_permit(on_day, issued, filed, says):
    on_day(issued)
    account = make.eligible_account(issued)
    permit = make.issued(account, issued)
    on_day(filed)
    sent = actions.request_endorsement(permit, "employment", actor=account.actor, today=filed)
    casework.request_supplement(
        sent, {"other": "请补一份说明。"}, actor=make.make_officer().actor, today=filed
    )
    case = Application.objects.get(pk=sent.pk)
    day = case.supplement_by + timedelta(days=1)
    by_time = papers.lapse(case, day, "zh")
    moves.catch_up(case, day)
    paper = papers.lapse(Application.objects.get(pk=sent.pk), day, "zh")
    assert paper == by_time
    text = read(paper)
    assert says in text
    assert "省条例第十九条第二款" in text


def test_the_paper_is_made_by_the_event_and_can_be_checked(on_day):
    case = cases.asked()
    day = case.supplement_by + timedelta(days=1)
    on_day(day)
    moves.catch_up(case, day)
    tasks.run_all()
    document = IssuedDocument.objects.get(kind="lapse")
    assert queries.still_stands(document, day)
    assert "申请终结告知书" in joined(content_of(document))
    english = issue(cases.sheet(case, "lapse", day), "en")
    assert "Whatyoukeep" in joined(content_of(english))


@pytest.mark.requirement("D05", "J17")
def test_who_declares_not_to_complete_it_gets_a_decision_not_to_accept(on_day):
    case = cases.asked()
    window.decline(case, "本人说不再补。", actor=make.make_officer().actor, today=TODAY)
    tasks.run_all()
    document = IssuedDocument.objects.get(kind="refusal")
    text = joined(content_of(document))
    assert "不予受理决定书" in text
    assert "第十七条第一款第三项" in text
    assert "救济途径" in text
    assert not IssuedDocument.objects.filter(kind="lapse").exists()


@pytest.mark.requirement("E07", "J17")
def test_who_became_a_local_is_told_that_the_application_is_closed():
    case = make.submitted()
    Person.objects.filter(pk=case.person_id).update(local_since=date(2026, 3, 9))
    moves.end(moves.lock(case.pk), "local_household", SYSTEM, TODAY)
    tasks.run_all()
    document = IssuedDocument.objects.get(kind="ended")
    text = joined(content_of(document))
    assert in_order(
        text, "申请终结告知书", case.person.name, case.number, "2026年3月9日迁入杭州市区",
        "带户口簿到拱宸桥派出所更正", "市规定第二条第二款", "救济途径", "不服本次终结",
    ), text  # fmt: skip


def test_nobody_writes_to_the_dead_nor_of_a_draft():
    case = make.submitted()
    Person.objects.filter(pk=case.person_id).update(died_on=TODAY)
    ended = moves.end(moves.lock(case.pk), "death", SYSTEM, TODAY)
    assert shelf.of_case(ended, TODAY) == []
    asked = cases.asked()
    Person.objects.filter(pk=asked.person_id).update(died_on=TODAY)
    later = asked.supplement_by + timedelta(days=1)
    slugs = [sheet.slug for sheet in shelf.of_case(Application.objects.get(pk=asked.pk), later)]
    assert slugs == ["notice"]
    draft = make.draft(make.eligible_account())
    Person.objects.filter(pk=draft.person_id).update(local_since=TODAY)
    ended = moves.end(moves.lock(draft.pk), "local_household", SYSTEM, TODAY)
    assert shelf.of_case(ended, TODAY) == []
    tasks.run_all()
    assert not IssuedDocument.objects.exclude(kind__in=("notice", "registration")).exists()


def test_who_withdraws_has_decided_it_and_gets_no_paper():
    case = make.submitted()
    account = Account.objects.get(person=case.person)
    actions.withdraw(case, actor=account.actor, today=TODAY)
    assert shelf.of_case(Application.objects.get(pk=case.pk), TODAY) == []


@pytest.mark.requirement("D06", "D14")
def test_a_refusal_that_was_set_aside_stays_to_be_read_and_the_next_has_a_number_of_its_own():
    case = cases.refused()
    tasks.run_all()
    first = IssuedDocument.objects.get(kind="refusal", language="zh")
    Application.objects.filter(pk=case.pk).update(state="submitted", decided_on=None, reason="")
    again = Application.objects.get(pk=case.pk)
    (earlier,) = [sheet for sheet in shelf.of_case(again, TODAY) if sheet.kind == "refusal"]
    assert (earlier.stands, earlier.about) == (False, first.about)
    assert earlier.name("zh").endswith("（已不作数）")
    for lang in ("zh", "en"):
        assert issue(earlier, lang).sha256 in {
            row.sha256 for row in IssuedDocument.objects.filter(about=first.about)
        }
    clerk = make.make_officer("clerk")
    casework.refuse(again, "社会保险仍然没有缴满一年。", actor=clerk.actor, today=TODAY)
    tasks.run_all()
    numbers = set(
        IssuedDocument.objects.filter(kind="refusal", language="zh").values_list("number", flat=True)
    )
    assert len(numbers) == 2
    assert any("-2号" in number for number in numbers), numbers
