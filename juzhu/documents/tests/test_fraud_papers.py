"""A case of fraud on paper: what is told before, what is decided, what is dropped."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.documents import issuing, papers, queries, shelf
from juzhu.documents.issuing import issue
from juzhu.documents.models import IssuedDocument
from juzhu.documents.papers.remedies import litigation_ends, reconsideration_ends
from juzhu.documents.tests.reading import bare, content_of, in_order, joined, read
from juzhu.law import policy
from juzhu.operations import tasks
from juzhu.operations.rules import in_force
from juzhu.operations.writing import document_day
from juzhu.people.models import Account
from juzhu.permits.after import fraud, post_checks
from juzhu.permits.after.measures import Measures
from juzhu.permits.after.post_checks import Found
from juzhu.permits.desk.remedies import Filed, conclude, record
from juzhu.permits.models import FraudCase
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
FACTS = "租赁合同是假的，房东𠅤堃没有签过。"
SAID = "合同是中介䶮㛃给我的，我不知道。"
REASON = "房东的陈述和核查一致；当事人说不知情，没有证据，不能推翻，但从轻。"
ALL = Measures(warning=True, fine_yuan=150, withdraw_permit=True)
ONLY_WITHDRAWN = Measures(withdraw_permit=True)


def opened(day: date = TODAY, account: Account | None = None) -> FraudCase:
    permit = make.issued(account or make.eligible_account(day), day)
    clerk = make.make_officer("clerk", name="立案人")
    return fraud.open_case(permit.person, FACTS, day, actor=clerk.actor, today=day, permit=permit)


def told(day: date = TODAY, measures: Measures = ALL, account: Account | None = None) -> FraudCase:
    return fraud.tell(opened(day, account), measures, actor=make.make_officer().actor, today=day)


def decided(day: date, measures: Measures = ALL, account: Account | None = None) -> FraudCase:
    case = fraud.hear(told(day, measures, account), SAID, actor=make.make_officer().actor, today=day)
    return fraud.decide(case, measures, REASON, actor=make.make_officer("chief").actor, today=day)


@pytest.mark.requirement("G05")
@pytest.mark.parametrize(
    ("day", "by"),
    [
        (TODAY, date(2026, 3, 16)),  # the fifth day is a Sunday
        (date(2026, 9, 30), date(2026, 10, 8)),  # the fifth day lies in the National Day holiday
        (date(2028, 2, 24), date(2028, 2, 29)),
        (date(2028, 2, 25), date(2028, 3, 1)),
    ],
)
def test_before_a_penalty_the_person_is_told_all_and_until_when_they_are_heard(on_day, day, by):
    on_day(day)
    case = told(day)
    paper = papers.fraud_notice(case, "zh")
    assert paper is not None
    assert (paper.statement_by, paper.on) == (case.statement_by, case.told_on) == (by, day)
    text = read(paper)
    assert in_order(
        text,
        "行政处罚事先告知书", "拱居罚告", case.person.name,
        "《中华人民共和国行政处罚法》第四十四条、第四十五条",
        "居住证编号", case.permit.number, "案件编号", case.number, "行为日期", document_day(day, "zh"),
        "事实", bare(FACTS), "证据", case.application.number,
        "打算怎样处理", "第十八条第一项、第十九条第二款", "第三十六条",
        "警告", "罚款150元（法定幅度为200元以下）", f"收缴居住证（编号{case.permit.number}）",
        "5年内不能申请居住证积分",
        "您的权利", f"请在{document_day(by, 'zh')}前（含当日）提出", "拱宸桥派出所",
        "不会因为您陈述、申辩而处罚更重", "申请回避", "《中华人民共和国行政处罚法》第六十三条",
    ), text  # fmt: skip
    assert "救济途径" not in text


@pytest.mark.requirement("G01", "G03", "G05", "G06", "J17")
@pytest.mark.parametrize("day", [TODAY, date(2026, 9, 30), date(2028, 2, 29)])
def test_a_decision_says_what_its_row_says_with_the_remedies_of_its_day(on_day, day):
    on_day(day)
    case, rules = decided(day), in_force(day)
    paper = papers.fraud_decision(case, "zh")
    assert paper is not None
    assert paper.points_barred_until == case.points_barred_until
    last_days = [reconsideration_ends(day, rules).day, litigation_ends(day, rules).day]
    assert [remedy.last_day for remedy in paper.remedies] == last_days
    text = read(paper)
    assert in_order(
        text,
        "行政处罚决定书", "当事人", case.person.name, "住址", "桥弄街6幢2单元301室",
        "事实", bare(FACTS), "证据", "当事人的陈述、申辩",
        "陈述、申辩", document_day(case.told_on, "zh"), document_day(case.statement_by, "zh"), bare(SAID),
        "复核意见和理由", bare(REASON),
        "决定", "第五十七条第一款第一项", "警告", f"罚款{case.fine_yuan}元（法定幅度为200元以下）",
        f"其使用功能自{document_day(day, 'zh')}起终止",
        "15日内", "百分之3", "第六十六条第二款、第六十七条第三款、第七十二条第一款第一项",
        "流动人口综合信息平台", f"在{document_day(case.points_barred_until, 'zh')}前不能申请居住证积分",
        "处罚不停止执行",
        "救济途径", "60日内", "第二十条、第二十四条", document_day(last_days[0], "zh"),
        "6个月内", "第四十六条", document_day(last_days[1], "zh"),
    ), text  # fmt: skip


@pytest.mark.requirement("G05")
def test_withdrawing_alone_is_no_penalty_and_is_not_called_one():
    case = opened()
    case.person.born = date(2013, 1, 1)
    case.person.save(update_fields=["born"])
    clerk, chief = make.make_officer().actor, make.make_officer("chief").actor
    case = fraud.tell(case, ONLY_WITHDRAWN, actor=clerk, today=TODAY)
    case = fraud.hear(case, SAID, actor=clerk, today=TODAY)
    case = fraud.decide(case, ONLY_WITHDRAWN, REASON, actor=chief, today=TODAY)
    for paper in (papers.fraud_notice(case, "zh"), papers.fraud_decision(case, "zh")):
        text = read(paper)
        assert paper.title in {"拟处理告知书", "处理决定书"}
        assert "行政处罚决定书" not in text
        assert "罚款" not in text
        assert "不满十四周岁，不予行政处罚" in text
    assert [one.text for one in papers.fraud_decision(case, "en").measures] == [
        f"The residence permit (number {case.permit.number}) is withdrawn; its functions end on 10 March 2026"
    ]


@pytest.mark.requirement("G05")
def test_who_was_under_18_reads_the_lighter_range():
    account = make.eligible_account(born=date(2009, 1, 1))
    text = read(papers.fraud_notice(told(TODAY, Measures(fine_yuan=100), account), "zh"))
    assert "法定幅度为100元以下" in text
    assert "不满十八周岁" in text


def test_silence_is_written_down_as_silence():
    case = told()
    day = date(2026, 3, 17)
    case = fraud.waive(case, actor=make.make_officer().actor, today=day)
    case = fraud.decide(case, ALL, REASON, actor=make.make_officer("chief").actor, today=day)
    text = read(papers.fraud_decision(case, "zh"))
    assert "当事人没有陈述、申辩（2026年3月17日记录）" in text
    assert "证据" in text


@pytest.mark.requirement("G05", "F09")
def test_what_a_check_found_stands_among_the_evidence():
    permit, clerk = make.issued(), make.make_officer()
    check = post_checks.plan(permit, "tip", [], actor=clerk.actor, today=TODAY)
    found = Found({"address": "false", "work": "true"}, "suspected", FACTS, [make.stored_picture()])
    post_checks.record(check, found, actor=clerk.actor, today=TODAY)
    case = fraud.tell(FraudCase.objects.get(), ALL, actor=clerk.actor, today=TODAY)
    evidence = papers.fraud_notice(case, "zh").evidence
    assert f"2026年3月10日核查记录（编号{check.number}）：登记的住址不属实，现场照片1张" in evidence


@pytest.mark.requirement("G05", "J17")
@pytest.mark.parametrize("was_told", [True, False])
def test_a_case_that_is_dropped_says_so_to_whom_it_was_about(was_told):
    account = make.eligible_account()
    case = told(account=account) if was_told else opened(account=account)
    done = fraud.close(case, "房东找到了合同原件。", actor=make.make_officer("chief").actor, today=TODAY)
    text = read(papers.fraud_closure(done, "zh"))
    assert in_order(
        text, "不予行政处罚决定书", bare(FACTS), "理由", "房东找到了合同原件。",
        "《中华人民共和国行政处罚法》第五十七条第一款，决定不予行政处罚",
        "不影响您的居住证", "救济途径",
    ), text  # fmt: skip
    assert "陈述、申辩" not in text
    tasks.run_all()
    message = account.person.messages.get(kind="fraud_closed")
    assert message.about["number"] == done.number
    made = IssuedDocument.objects.filter(person=account.person, about__startswith="fraud:")
    assert {row.kind for row in made} == {"fraud_closure", *(["fraud_notice"] if was_told else [])}


@pytest.mark.requirement("G05")
def test_events_have_the_papers_made_and_a_notice_told_anew_replaces_the_one_before():
    case, clerk = told(), make.make_officer().actor
    tasks.run_all()
    first = IssuedDocument.objects.get(kind="fraud_notice")
    assert queries.still_stands(first, TODAY)
    case = fraud.hear(case, SAID, actor=clerk, today=TODAY)
    case = fraud.tell(case, Measures(True, 200, True), actor=clerk, today=TODAY)
    tasks.run_all()
    assert not queries.still_stands(first, TODAY)
    second = IssuedDocument.objects.exclude(pk=first.pk).get(kind="fraud_notice")
    assert queries.still_stands(second, TODAY)
    assert second.number == first.number.replace("号", "-2号")
    case = fraud.hear(case, SAID, actor=clerk, today=TODAY)
    fraud.decide(case, ALL, REASON, actor=make.make_officer("chief").actor, today=TODAY)
    tasks.run_all()
    decision = IssuedDocument.objects.get(kind="fraud_decision")
    assert queries.still_stands(decision, TODAY)
    assert queries.still_stands(second, TODAY)
    text = joined(content_of(decision))
    for sign in "䶮㛃𠅤堃":
        assert sign in text


@pytest.mark.requirement("J17")
def test_a_decision_that_was_set_aside_reads_as_it_did_and_no_longer_stands():
    case, chief = decided(TODAY), make.make_officer("chief").actor
    paper = papers.fraud_decision(case, "zh")
    tasks.run_all()
    document = IssuedDocument.objects.get(kind="fraud_decision")
    filed = Filed("reconsideration", "拱墅区人民政府", "", TODAY)
    remedy = record(case.application, filed, actor=chief, today=TODAY, against=case)
    conclude(remedy, "overturned", TODAY, actor=chief, today=TODAY)
    done = fraud.set_aside(case, "照复议决定办。", actor=chief, today=TODAY)
    assert papers.fraud_decision(done, "zh") == paper
    assert not queries.still_stands(document, TODAY)
    assert [sheet.slug for sheet in shelf.of_fraud(done)] == ["notice", "decision"]


def test_the_page_and_the_reading_version_show_the_same_content():
    case = decided(TODAY)
    english = papers.fraud_decision(case, "en")
    text = read(english)
    assert in_order(
        text, "Decisiononanadministrativepenalty", bare(FACTS), bare(SAID), bare(REASON), "150yuan",
        "atmost200yuan", "Remedies", "60days", "art.20andart.24", "6months", "art.46",
    ), text  # fmt: skip
    issued = issue(shelf.named(shelf.of_fraud(case), "decision"), "en")
    assert issued.number == "Gong-Ju-Fa-Jue [2026] No. " + case.number[-6:]


def test_other_terms_and_articles_in_a_pack_print_others(monkeypatch):
    case = decided(TODAY)
    text = policy.files("juzhu.law").joinpath("policies", "gongshu-2022.toml").read_text(encoding="utf-8")
    other = policy.parse(
        text.replace("length = 60,", "length = 90,")
        .replace('"reconsideration-law:20"', '"reconsideration-law:21"')
        .replace('penalty = ["state-council-663:18.0.1"', 'penalty = ["state-council-663:19.0.1"')
    )
    monkeypatch.setattr("juzhu.documents.papers.fraud.in_force", lambda day: other)
    paper = papers.fraud_decision(case, "zh")
    assert "90日内" in paper.remedies[0].text
    assert "第二十一条" in paper.remedies[0].text
    assert paper.remedies[0].last_day == date(2026, 6, 8)
    assert paper.measures[0].cites[0] == "state-council-663:19.0.1"
    assert "第十九条第一项" in issuing.as_json(paper, "zh")["measures"][0]["cites"][0]
