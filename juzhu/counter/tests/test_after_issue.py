"""证后 at the counter: corrections, checks, tips, cases, facts; for whom they exist and what they do."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from juzhu.operations.models import Event
from juzhu.people.models import Person, PopulationRecord
from juzhu.permits.after import corrections, fraud, post_checks
from juzhu.permits.after.measures import Measures
from juzhu.permits.models import Correction, FraudCase, PostCheck, Remedy, Tip
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
CHINESE = re.compile(r"[一-鿿]+")


@pytest.fixture
def account():
    return make.eligible_account()


@pytest.fixture
def permit(account):
    return make.issued(account)


@pytest.fixture
def correction(account, permit) -> Correction:
    proof = make.stored_picture(account.actor)
    return corrections.ask(permit, "name", "周小芸", "改过名", [proof], actor=account.actor, today=TODAY)


@pytest.fixture
def check(permit, clerk) -> PostCheck:
    return post_checks.plan(permit, "tip", [], actor=clerk.actor, today=TODAY, tip="早就不住这里了。")


@pytest.fixture
def case(permit, clerk) -> FraudCase:
    return fraud.open_case(
        permit.person, "租赁合同是假的。", TODAY, actor=clerk.actor, today=TODAY, permit=permit
    )


@pytest.fixture
def pages(account, permit, correction, check, case) -> list[str]:
    tip = post_checks.report(make.AREA, "姓周的", "早就不住这里了。", actor=account.actor)
    registration = account.person.registrations.get()
    return [
        *(f"/counter/after?tab={tab}" for tab in ("checks", "corrections", "tips", "cases")),
        f"/counter/after/corrections/{correction.number}",
        f"/counter/after/checks/{check.number}",
        f"/counter/after/tips/{tip.number}",
        f"/counter/after/cases/{case.number}",
        "/counter/after/tips/new",
        "/counter/after/draw",
        "/counter/after/hints",
        f"/counter/people/{registration.number}",
        f"/counter/people/{registration.number}/death",
        f"/counter/people/{registration.number}/household",
    ]


@pytest.mark.requirement("F09", "D10")
def test_the_chief_a_stranger_the_person_and_other_roles(sign_in, chief, stranger, account, pages, check):
    client = sign_in(chief)
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert answer.content.decode().count("<h1") == 1
    own = [page for page in pages if re.search(r"-20\d\d-|/DJ-|GZ-|HC-", page)]
    assert len(own) == 7
    for who in (stranger, account, make.make_officer("auditor")):
        client = sign_in(who)
        for page in own:
            assert client.get(page).status_code == 404, page
            assert client.post(page, {"do": "correct"}).status_code == 404, page
    assert check.number not in sign_in(stranger).get("/counter/after").content.decode()


def test_in_english_nothing_stays_chinese_but_what_people_wrote(sign_in, chief, pages):
    client = sign_in(chief)
    left = {}
    for page in pages:
        source = client.get(page, headers={"accept-language": "en"}).content.decode()
        source = re.sub(r"<(\w+)[^>]*lang=\"zh-CN\"[^>]*>.*?</\1>", " ", source, flags=re.S)
        source = re.sub(r"<option.*?</option>", " ", source)
        text = re.sub(r"[(（][一-鿿·]+[)）]", " ", re.sub(r"<[^>]+>", " ", source))
        if found := CHINESE.findall(text):
            left[page] = found
    assert {page: [word for word in found if word != "中文"] for page, found in left.items()} == {
        page: [] for page in left
    }


def test_a_number_is_never_shown_whole(sign_in, chief, account, pages):
    client = sign_in(chief)
    assert not [page for page in pages if account.person.identity_number in client.get(page).content.decode()]


@pytest.mark.requirement("D10")
def test_a_clerk_corrects_what_the_register_says_and_declines_with_reasons(
    sign_in, clerk, reviewer, account, correction
):
    url = f"/counter/after/corrections/{correction.number}"
    file = correction.files.get()
    assert sign_in(clerk).get(f"/files/{file.name}").status_code == 200
    assert sign_in(reviewer).post(url, {"do": "correct"}).status_code == 403
    refused = sign_in(clerk).post(url, {"do": "correct"})
    assert (refused.status_code, "人口库里不是这样写的" in refused.content.decode()) == (409, True)
    empty = sign_in(clerk).post(url, {"do": "decline", "reason": ""})
    assert "请写明理由" in empty.content.decode()
    PopulationRecord.objects.filter(identity_number=account.person.identity_number).update(name="周小芸")
    assert sign_in(clerk).post(url, {"do": "correct"}).status_code == 302
    assert sign_in(clerk).post(url, {"do": "correct"}).status_code == 302
    assert Person.objects.get(pk=account.person_id).name == "周小芸"
    assert Event.objects.filter(kind="correction.corrected").count() == 1


@pytest.mark.requirement("F09")
def test_a_check_is_recorded_in_the_street_with_a_photo_and_nothing_typed_is_lost(
    sign_in, clerk, stranger, check
):
    url = f"/counter/after/checks/{check.number}"
    client = sign_in(clerk)
    photo = SimpleUploadedFile("door.jpg", make.picture(), "image/jpeg")
    said = {"do": "record", "address": "false", "result": "changed", "note": "", "papers": photo}
    first = client.post(url, said).content.decode()
    assert "请写明不予的理由" not in first
    kept = re.search(r'name="kept" value="([^"]+)"', first)
    assert kept
    said = {**said, "note": "房东说上个月搬走了。", "papers": "", "kept": kept.group(1)}
    assert client.post(url, said).url == url
    check.refresh_from_db()
    assert (check.result, check.found["address"], check.photos.count()) == ("changed", "false", 1)
    shown = client.get(url).content.decode()
    assert "房东说上个月搬走了" in shown
    assert sign_in(stranger).get(f"/files/{check.photos.get().name}").status_code == 404


@pytest.mark.requirement("F09", "G03", "G05")
def test_from_the_street_to_a_decision_by_pages_alone(sign_in, clerk, chief, account, permit, check):
    said = {"do": "record", "address": "false", "result": "suspected", "note": "合同是假的，房东没有签。"}
    case_url = sign_in(clerk).post(f"/counter/after/checks/{check.number}", said).url
    case = FraudCase.objects.get()
    assert case_url == f"/counter/after/cases/{case.number}"
    office = sign_in(clerk)
    too_much = office.post(case_url, {"do": "tell", "tell-fine_yuan": "201"}).content.decode()
    assert "罚款最多 200 元" in too_much
    told = {"do": "tell", "tell-warning": "on", "tell-fine_yuan": "100", "tell-withdraw_permit": "on"}
    assert office.post(case_url, told).status_code == 302
    citizen = sign_in(account)
    assert citizen.post(f"/rights/{case.number}", {"do": "state", "statement": "我不知道合同是假的。"}).url
    decided = {
        "do": "decide", "decide-warning": "on", "decide-fine_yuan": "100", "decide-withdraw_permit": "on",
        "decide-reason": "认定使用虚假材料，酌情处理。",
    }  # fmt: skip
    assert office.post(case_url, decided).status_code == 302
    case.refresh_from_db()
    assert case.state == "heard"
    assert sign_in(chief).post(case_url, decided).status_code == 302
    case.refresh_from_db()
    permit.refresh_from_db()
    assert (case.state, case.fine_yuan, permit.termination_reason) == ("decided", 100, "fraud")


@pytest.mark.requirement("E07")
def test_a_fact_recorded_at_the_counter_is_on_the_next_page(sign_in, clerk, reviewer, account, permit):
    number = account.person.registrations.get().number
    url = f"/counter/people/{number}/death"
    day = {
        "on_year": "2026",
        "on_month": "3",
        "on_day": "9",
        "source": "死亡证明 12 号",
        "purpose": "家属来报",
    }
    assert sign_in(reviewer).get(url).status_code == 404
    empty = sign_in(clerk).post(url, {**day, "source": ""}).content.decode()
    assert "请写明凭什么记录" in empty
    assert sign_in(clerk).post(url, day).status_code == 302
    shown = sign_in(clerk).get(f"/counter/people/{number}").content.decode()
    assert "使用功能终止" in shown
    assert "持证人已经去世" in shown
    event = Event.objects.get(kind="person.died")
    assert event.data["source"] == "死亡证明 12 号 · 家属来报"


def test_the_draw_a_hint_and_a_tip_each_lead_to_a_check(sign_in, chief, clerk, account, permit, settings):
    settings.JUZHU_HINTS_FROM = {**settings.JUZHU_HINTS_FROM, "people_at_an_address": 1}
    assert sign_in(clerk).get("/counter/after/draw").status_code == 404
    assert permit.number in sign_in(clerk).get("/counter/after/hints").content.decode()
    sign_in(clerk).post("/counter/after/hints", {"number": permit.number})
    said = {"number": account.person.identity_number, "text": "邻居说早就搬走了。"}
    sign_in(clerk).post("/counter/after/tips/new", said)
    tip = post_checks.report(make.AREA, "姓周的", "早就不住这里了。", actor=account.actor)
    url = f"/counter/after/tips/{tip.number}"
    wrong = sign_in(clerk).post(url, {"do": "follow", "number": "33010500000000"}).content.decode()
    assert "您的辖区里没有这张居住证" in wrong
    sign_in(clerk).post(url, {"do": "follow", "number": permit.number})
    assert sorted(row.plan for row in PostCheck.objects.all()) == ["risk", "tip"]
    assert Tip.objects.get().state == "planned"
    PostCheck.objects.update(state="done")
    sign_in(chief).post("/counter/after/draw", {"area": make.AREA})
    assert PostCheck.objects.filter(plan="random").count() == 1


@pytest.mark.parametrize("count", [1, 5])
def test_a_list_takes_a_fixed_number_of_queries(sign_in, clerk, count, django_assert_num_queries):
    for _ in range(count):
        post_checks.plan(make.issued(), "tip", [], actor=clerk.actor, today=TODAY, tip="早就不住这里了。")
    client = sign_in(clerk)
    with django_assert_num_queries(7):
        assert client.get("/counter/after").status_code == 200


@pytest.mark.requirement("CF01", "E08")
def test_the_persons_page_says_both_counts_and_all_versions(sign_in, clerk, account, permit):
    number = account.person.registrations.get().number
    shown = sign_in(clerk).get(f"/counter/people/{number}").content.decode()
    for words in ("连续居住年限（服务用）", "累计居住年限（积分用）", "证的版本（1 个）", "签发"):
        assert words in shown


@pytest.mark.requirement("J17")
def test_a_remedy_against_a_penalty_is_recorded_on_its_own_page(
    sign_in, clerk, chief, stranger, account, permit
):
    actor = clerk.actor
    case = fraud.open_case(permit.person, "合同是假的。", TODAY, actor=actor, today=TODAY, permit=permit)
    url = f"/counter/after/cases/{case.number}/remedies"
    assert sign_in(chief).get(url).status_code == 404
    case = fraud.tell(case, Measures(warning=True), actor=actor, today=TODAY)
    case = fraud.waive(case, actor=account.actor, today=TODAY)
    fraud.decide(case, Measures(warning=True), "认定使用虚假材料。", actor=chief.actor, today=TODAY)
    FraudCase.objects.update(application=None)
    for other in (clerk, stranger, account):
        assert sign_in(other).get(url).status_code == 404
    client = sign_in(chief)
    assert url in client.get(f"/counter/after/cases/{case.number}").content.decode()
    filed = {"kind": "reconsideration", "authority": "拱墅区人民政府", "case_number": "1 号"}
    wrong = {"filed_on_year": "2026", "filed_on_month": "3", "filed_on_day": "9"}
    assert "不能早于决定" in client.post(url, {**filed, **wrong}).content.decode()
    assert client.post(url, {**filed, **wrong, "filed_on_day": "10"}).url == url
    remedy = Remedy.objects.get()
    ended = {
        "outcome": "overturned",
        "outcome_on_year": "2026", "outcome_on_month": "3", "outcome_on_day": "10",
    }  # fmt: skip
    assert client.post(f"{url}/{remedy.pk}", ended).status_code == 302
    assert "照结果办" in client.get(url).content.decode()
    assert "不能改" in client.get(f"{url}/{remedy.pk}").content.decode()
    assert sign_in(stranger).get(f"{url}/{remedy.pk}").status_code == 404
    assert "撤销，责令重新办理" in sign_in(account).get(f"/rights/{case.number}").content.decode()
