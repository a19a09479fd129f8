"""What a paper says is what its decision says: numbers, days, articles; over holidays and leap days."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.documents import papers
from juzhu.documents.papers.remedies import litigation_ends, reconsideration_ends
from juzhu.documents.tests import cases
from juzhu.documents.tests.reading import bare, in_order, read
from juzhu.law import policy
from juzhu.operations.actors import SYSTEM
from juzhu.operations.writing import document_day
from juzhu.people import actions as people
from juzhu.people.models import Account
from juzhu.permits import actions, casework, moves
from juzhu.permits.models import Application, Pause, Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


@pytest.mark.requirement("D02", "D07")
@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 9, 30), "2026年10月15日"),  # before the National Day holiday
        (date(2026, 2, 13), "2026年2月28日"),  # before Spring Festival
        (date(2024, 2, 14), "2024年2月29日"),
        (date(2028, 2, 14), "2028年2月29日"),
        (date(2028, 2, 29), "2028年3月15日"),
    ],
)
def test_a_receipt_says_when_and_by_when_over_holidays_and_leap_days(on_day, day, due):
    on_day(day)
    case = cases.accepted(day)
    paper = papers.receipt(case, day, "zh")
    assert paper is not None
    assert (paper.accepted_on, paper.due_on) == (case.accepted_on, case.due_on)
    assert document_day(paper.due_on, "zh") == due
    assert in_order(
        read(paper),
        "受理回执",
        "申请人", case.person.name,
        "办件编号", case.number,
        "受理日期", document_day(day, "zh"),
        "办结期限", due,
        "社会保险参保证明", "人力社保局",
        f"受理之日起15日内，也就是{due}前（含当日）",
        "省条例第十八条",
        "杭州市公安局拱墅区分局", "拱宸桥派出所",
    ), read(paper)  # fmt: skip


@pytest.mark.requirement("D04")
@pytest.mark.parametrize(
    ("day", "examine_by"),
    [
        (date(2026, 9, 30), date(2026, 10, 13)),
        (TODAY, date(2026, 3, 17)),
        (date(2024, 2, 26), date(2024, 3, 4)),
    ],
)
def test_deemed_acceptance_counts_five_working_days_and_dates_back_to_the_receipt(on_day, day, examine_by):
    on_day(day)
    case = make.submitted(make.eligible_account(day), today=day)
    assert case.examine_by == examine_by
    assert papers.receipt(case, examine_by, "zh") is None
    next_day = examine_by + make.days(1)
    paper = papers.receipt(case, next_day, "zh")
    assert paper is not None
    assert (paper.kind, paper.accepted_on) == ("deemed", day)
    text = read(paper)
    assert in_order(
        text, "视为受理告知书", f"在{document_day(examine_by, 'zh')}前审查完", document_day(day, "zh")
    )
    assert "行政许可法第三十二条" in text
    moves.catch_up(case, next_day)
    assert papers.receipt(Application.objects.get(pk=case.pk), next_day, "zh") == paper


@pytest.mark.requirement("D04")
@pytest.mark.parametrize(
    ("day", "due"),
    [
        (TODAY, date(2026, 4, 9)),
        (date(2026, 9, 1), date(2026, 10, 8)),  # thirty days end on 1 October, a holiday
        (date(2024, 1, 30), date(2024, 2, 29)),
        (date(2028, 1, 31), date(2028, 3, 1)),
    ],
)
def test_a_notice_has_everything_once_with_the_articles_of_its_decision(on_day, day, due):
    on_day(day)
    case = cases.asked(day)
    row = case.notices.get()
    paper = papers.notice(row, "zh")
    assert paper.due_on == row.due_on == due
    decision = case.decisions.get(stage="request_supplement")
    assert [item.code for item in paper.needed] == [item["code"] for item in row.items]
    assert {item.code for item in paper.needed} >= set(decision.answer["missing"])
    cites = {found["code"]: found["cites"] for found in decision.answer["findings"]}
    text = read(paper)
    for item in paper.needed:
        assert list(item.cites) == cites[item.code]
        assert in_order(text, bare(item.name), bare(item.material), bare(item.fix), bare(item.who))
        for cite in item.cites:
            assert bare(policy.cite_label(cite, "zh")) in text
    assert f"请在{document_day(due, 'zh')}前（含当日）一次补齐" in text
    assert "签名页没有拍到。" in text
    assert "不再要求别的材料" in text


@pytest.mark.requirement("D04")
def test_a_second_notice_of_a_case_has_a_number_of_its_own_and_an_extended_one_says_so(on_day):
    case = cases.asked()
    account = Account.objects.get(person=case.person)
    first = papers.notice(case.notices.get(), "zh")
    actions.extend_supplement(case, actor=account.actor, today=TODAY)
    longer = papers.notice(case.notices.get(), "zh")
    assert first.number == longer.number
    assert (first.extended, first.due_on, longer.due_on) == ("", date(2026, 4, 9), date(2026, 5, 9))
    assert "期限已应您的请求延长一次，到2026年5月9日。" in read(longer)
    case.refresh_from_db()
    sent = actions.submit(case, actor=account.actor, today=TODAY, key="key-2")
    casework.request_supplement(
        sent,
        {row["code"]: "" for row in case.notices.get().items},
        actor=make.make_officer().actor,
        today=TODAY,
    )
    again = papers.notice(sent.notices.first(), "zh")
    assert again.number.endswith("-2号")


@pytest.mark.requirement("D06", "J17")
@pytest.mark.parametrize(
    ("day", "sixty_days", "six_months"),
    [
        (TODAY, date(2026, 5, 9), date(2026, 9, 10)),  # 9 May 2026 is a make-up working Saturday
        (date(2026, 8, 3), date(2026, 10, 8), date(2027, 2, 3)),  # sixty days end on 2 October
        (date(2026, 9, 30), date(2026, 11, 30), date(2027, 3, 30)),  # sixty days end on a Sunday
        (date(2023, 12, 31), date(2024, 2, 29), date(2024, 7, 1)),
        (date(2023, 8, 31), date(2023, 10, 30), date(2024, 2, 29)),  # no 31 February: its last day
        (date(2024, 2, 29), date(2024, 4, 29), date(2024, 8, 29)),
    ],
)
def test_remedies_end_on_a_working_day_and_on_the_corresponding_day(day, sixty_days, six_months):
    rules = policy.load("gongshu-2022")
    assert reconsideration_ends(day, rules).day == sixty_days
    assert litigation_ends(day, rules).day == six_months


@pytest.mark.requirement("D06", "J17")
@pytest.mark.parametrize("day", [TODAY, date(2026, 9, 30), date(2024, 2, 29)])
def test_a_refusal_gives_facts_reasons_articles_and_remedies_of_its_decision(on_day, day):
    on_day(day)
    case = cases.refused(day)
    decision = case.decisions.get(stage="refuse")
    rules = policy.load(case.policy_id)
    paper = papers.refusal(case, "zh")
    assert paper is not None
    assert {item.code for item in paper.unmet} == set(decision.answer["unmet"])
    for item in paper.unmet:
        (found,) = (row for row in decision.answer["findings"] if row["code"] == item.code)
        assert (item.message, list(item.cites)) == (found["message"]["zh"], found["cites"])
    text = read(paper)
    assert in_order(
        text,
        "不予受理决定书",
        "事实", f"按{document_day(decision.as_of, 'zh')}的情况",
        *(bare(item.message) for item in paper.unmet),
        "理由", case.reason,
        "决定", "决定不予受理",
        "救济途径",
        "行政复议", "60日内，向拱墅区人民政府申请", document_day(reconsideration_ends(day, rules).day, "zh"),
        "行政诉讼", "6个月内", document_day(litigation_ends(day, rules).day, "zh"),
        document_day(day, "zh"),
    ), text  # fmt: skip
    for cite in paper.cites:
        label = policy.cite_label(cite, "zh")
        assert bare(label.split(" ", 1)[1]) in text
    assert "《中华人民共和国行政许可法》第三十八条" in text


@pytest.mark.requirement("D06")
def test_after_acceptance_it_is_a_refusal_of_the_matter_itself():
    clerk = make.make_officer()
    case = make.accepted(clerk)
    Application.objects.filter(pk=case.pk).update(reason="不再符合条件。")
    case.refresh_from_db()
    from_decision = case.decisions.get(stage="accept")
    from_decision.pk, from_decision.stage = None, "refuse"
    from_decision.save(force_insert=True)
    Application.objects.filter(pk=case.pk).update(decided_on=TODAY, state="refused")
    paper = papers.refusal(Application.objects.get(pk=case.pk), "zh")
    assert paper is not None
    assert paper.title == "不予办理决定书"


@pytest.mark.requirement("E03", "J17")
def test_a_non_endorsement_says_that_the_permit_ends_and_from_when(on_day):
    account = make.eligible_account()
    permit = make.issued(account)
    on_day(date(2027, 2, 20))
    sent = actions.request_endorsement(permit, "employment", actor=account.actor, today=date(2027, 2, 20))
    make.not_endorsed(sent, date(2027, 2, 21), "社保已经停缴。")
    case = Application.objects.get(pk=sent.pk)
    paper = papers.refusal(case, "zh")
    ended = Permit.objects.get(pk=permit.pk)
    assert paper is not None
    assert in_order(
        read(paper),
        "不予签注决定书", "持证人", "社保已经停缴。", "决定不予签注",
        f"居住证（编号{permit.number}）的使用功能自2027年2月21日起终止", "行政复议", "2027年4月22日",
        "行政诉讼", "2027年8月23日", "放假安排公布后，遇放假可能顺延",
    ), read(paper)  # fmt: skip
    end = papers.termination(ended, "zh")
    assert in_order(
        read(end),
        "终止告知书",
        permit.number,
        "2026年3月10日",
        "2027年2月21日",
        "未予签注",
        "市规定第二十一条",
    )


def test_a_pause_says_why_and_how_long():
    case = cases.accepted()
    row = Pause.objects.create(
        application=case,
        reason="inspection",
        cites=["licensing-law:45"],
        note="房屋安全鉴定。",
        began_on=date(2026, 3, 12),
        expected_days=20,
        began_by=make.make_officer("reviewer"),
    )
    text = read(papers.pause(row, "zh"))
    assert in_order(
        text,
        "办理期限中止告知书", "于2026年3月10日受理", "自2026年3月12日起中止", "需要检验",
        "房屋安全鉴定。", "20日", "2026年4月1日", "2026年3月25日", "行政许可法第四十五条",
    ), text  # fmt: skip


@pytest.mark.requirement("D10")
@pytest.mark.parametrize(("state", "title"), [("corrected", "更正告知书"), ("declined", "不予更正决定书")])
def test_a_correction_says_what_it_said_and_what_it_says(state, title):
    permit = make.issued()
    row = cases.correction(permit, state)
    text = read(papers.correction(row, "zh"))
    assert in_order(
        text, title, "GZ-2026-000001", "姓名", "周晓芸", "周𠅤芸", "户口簿上是“𠅤”。", "2026年3月12日"
    )


def test_a_change_shows_only_what_differs():
    permit = make.issued()
    moved = cases.version(
        permit,
        2,
        "moved",
        residence_address="半山街道半山路 1 号",
        made_on=date(2026, 4, 1),
        workplace=permit.versions.get().workplace,
    )
    paper = papers.change(moved, "zh")
    assert paper is not None
    assert [row.entry for row in paper.changes] == ["居住地住址"]
    assert in_order(read(paper), "变更告知书", "桥弄街6幢", "半山路1号", "住址变更", "第2版")
    assert (
        papers.change(
            cases.version(
                permit, 3, "endorsed", residence_address="半山街道半山路 1 号", workplace=moved.workplace
            ),
            "zh",
        )
        is None
    )


@pytest.mark.parametrize("make_one", [cases.accepted, cases.asked, cases.refused])
def test_the_reading_version_has_no_chinese_but_names_notes_and_terms(make_one):
    case = make_one()
    slug = {
        "accepted": "receipt",
        "submitted": "receipt",
        "supplement_requested": "notice",
        "refused": "refusal",
    }
    paper = cases.sheet(case, slug[case.state]).make("en")
    assert paper is not None
    text = read(paper)
    assert case.person.name in text
    assert document_day(paper.on, "en").replace(" ", "") in text
    assert "Gongshu" in text
    assert SYSTEM.name not in text


@pytest.mark.requirement("E07", "J17")
def test_an_end_by_a_household_tells_the_remedies_and_one_by_death_tells_nobody_of_them(on_day):
    day, chief = date(2026, 5, 20), make.make_officer("chief").actor
    for fact in ("household", "death"):
        permit = make.issued()
        on_day(day)
        if fact == "death":
            people.record_death(permit.person, day, "死亡医学证明", actor=chief, today=day)
        else:
            people.record_household(
                permit.person, "330105", "新址（示例）", day, "户口簿和准迁证", actor=chief, today=day
            )
        end = papers.termination(Permit.objects.get(pk=permit.pk), "zh")
        said = in_order(
            read(end), "终止告知书", "行政复议", "不服本次终止", "60日",
            "2026年7月20日", "行政诉讼", "2026年11月20日",
        )  # fmt: skip
        assert said == (fact == "household")
        on_day(TODAY)
