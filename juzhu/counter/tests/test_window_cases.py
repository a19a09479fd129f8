"""At the window for somebody else, and what is done to a filed case on its person's word."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from juzhu.counter import visits
from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.operations import tasks
from juzhu.operations.models import Event, Task
from juzhu.people.models import Account, Guardianship, Message, Person
from juzhu.permits import casework, facts
from juzhu.permits.models import Application, Representative
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import AREA, TODAY
from juzhu.permits.window import mending
from juzhu.registration.models import Registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
CHILD, OLD = date(2015, 6, 1), date(1950, 6, 1)
STAY = {
    "subdistrict": AREA,
    "address": "桥弄街 6 幢 2 单元 301 室（示例）",
    "since_year": "2026",
    "since_month": "3",
    "since_day": "9",
    "reason": "family",
    "dwelling_kind": "rented",
}


def page_of(account: Account, person: Person, step: str = "") -> str:
    return f"/counter/window/v/{visits.begin(account, person)}" + (f"/{step}" if step else "")


def name_agent(client: Client, base: str, relation: str, ground: str, **more: object) -> object:
    """Somebody's relative stands here, with their own document and the applicant's."""
    known = make.identity("吴小明", date(1980, 1, 2))
    said = {
        "name": known.name,
        "identity_number": known.identity_number,
        "relation": relation,
        "ground": ground,
        "identity_shown": "on",
        "applicants_identity_shown": "on",
        **more,
    }
    return client.post(f"{base}/agent", said)


def case_of(account: Account, client: Client, person: Person, route: str) -> Application:
    base = page_of(account, person)
    client.post(f"{base}/apply", {"route": route})
    client.post(f"{base}/form", {"signed": "on"})
    client.post(f"{base}/materials", {"next": "1"})
    client.post(f"{base}/confirm", {"key": "k"})
    return Application.objects.get(person=person)


@pytest.mark.requirement("C10")
def test_the_documents_a_representative_showed_are_opened_from_the_case(sign_in, clerk):
    person = make.make_person("吴阿婆", OLD, photo=make.stored_picture())
    make.register(person, date(2025, 7, 1))
    client = sign_in(clerk)
    scan = SimpleUploadedFile("card.jpg", make.picture(), "image/jpeg")
    base = page_of(clerk, person)
    name_agent(client, base, "child", "elderly", **{"agent-files": scan})
    case = case_of(clerk, client, person, "dwelling")
    address = f"/files/{case.representative.files.get().name}"
    shown = client.get(f"/counter/cases/{case.number}").content.decode()
    assert f'href="{address}">证件照片 1</a>' in shown
    assert client.get(address).headers["Content-Type"] == "image/jpeg"


@pytest.mark.requirement("C10", "A07")
def test_a_daughter_registers_and_files_for_her_mother_and_every_paper_names_her(sign_in, clerk):
    person = make.make_person("吴阿婆", OLD, photo=make.stored_picture())
    client = sign_in(clerk)
    base = page_of(clerk, person)
    assert name_agent(client, base, "child", "elderly").headers["Location"] == base
    client.post(f"{base}/register", {**STAY, "key": "r"})
    row = Registration.objects.get(person=person)
    assert (row.representative.name, row.representative.relation) == ("吴小明", "child")
    assert "吴小明" in client.get(f"{base}/certificate").content.decode()
    Registration.objects.update(registered_on=date(2025, 7, 1), arrived_on=date(2025, 7, 1))
    case = case_of(clerk, client, person, "dwelling")
    shown = case.representative
    assert (shown.identity_shown, shown.applicants_identity_shown, shown.recorded_by_id) == (
        True,
        True,
        clerk.pk,
    )
    for page in (f"/counter/window/receipts/{case.number}", f"/counter/cases/{case.number}"):
        said = client.get(page).content.decode()
        assert "吴小明" in said
        assert "子女" in said
        assert shown.identity_number not in said


@pytest.mark.requirement("C10", "F07")
def test_news_goes_to_the_phone_of_who_acts_for_them(sign_in, clerk):
    person = make.make_person("吴阿婆", OLD)
    make.register(person, date(2025, 7, 1))
    client = sign_in(clerk)
    name_agent(client, page_of(clerk, person), "child", "elderly", phone="13700000001")
    case_of(clerk, client, person, "dwelling")
    tasks.run_all()
    sent = Task.objects.filter(kind="permits.sms", payload__kind="received")
    assert [task.payload["phone"] for task in sent] == ["13700000001"]


@pytest.mark.requirement("C10", "A06")
def test_a_child_comes_with_a_guardian_who_can_go_on_online(sign_in, clerk):
    child = make.make_person("周小宝", CHILD)
    client = sign_in(clerk)
    base = page_of(clerk, child)
    alone = client.post(f"{base}/register", {**STAY, "key": "r"})
    assert alone.headers["Location"] == f"{base}/agent"
    assert not Registration.objects.exists()
    name_agent(client, base, "parent", "minor", guardianship_shown="on")
    guardianship = Guardianship.objects.get(child=child)
    assert (guardianship.guardian.name, guardianship.source) == ("吴小明", "window")
    client.post(f"{base}/register", {**STAY, "key": "r"})
    assert Registration.objects.get(person=child).representative.ground == "minor"


@pytest.mark.requirement("C10")
@pytest.mark.parametrize(
    ("relation", "ground", "born", "why"),
    [
        ("guardian", "minor", date(1990, 1, 1), "已满 16 周岁"),
        ("child", "elderly", date(1990, 1, 1), "60 周岁"),
        ("guardian", "disabled", date(1990, 1, 1), "不由监护人代办"),
    ],
)
def test_who_may_not_act_is_told_why_and_nothing_is_kept(sign_in, clerk, relation, ground, born, why):
    person = make.make_person("周晓芸", born)
    client = sign_in(clerk)
    said = name_agent(client, page_of(clerk, person), relation, ground).content.decode()
    assert why in said
    assert 'value="吴小明"' in said
    assert "吴小明" not in client.get(page_of(clerk, person)).content.decode()


def test_the_applicant_comes_after_all(sign_in, clerk):
    person = make.make_person("吴阿婆", OLD)
    make.register(person, date(2025, 7, 1))
    client = sign_in(clerk)
    base = page_of(clerk, person)
    name_agent(client, base, "child", "elderly")
    client.post(f"{base}/apply", {"route": "dwelling"})
    assert Representative.objects.filter(application__person=person).exists()
    client.post(f"{base}/agent", {"alone": "1"})
    assert not Representative.objects.exists()


def leased_case() -> tuple[Application, object]:
    account = make.eligible_account()
    says = {"from": "2026-06-01", "to": "2027-05-31", "commodity_housing": False}
    files = [make.stored_picture(account.actor)]
    piece = evidence.upload(account.person_id, Kind.LEASE, says, files, actor=account.actor)
    return make.submitted(account, "dwelling"), piece


@pytest.mark.requirement("D03")
def test_the_form_is_mended_on_the_spot(sign_in, clerk, chief, reviewer, stranger):
    case = make.submitted()
    address = f"/counter/cases/{case.number}/mend"
    typed = {"phone": "13900000001", "workplace": "", "how": "present", "note": "少打一位"}
    assert sign_in(reviewer).post(address, typed).status_code == 404
    assert sign_in(stranger).post(address, typed).status_code == 404
    assert "请选凭什么改" in sign_in(clerk).post(address, {**typed, "how": ""}).content.decode()
    assert sign_in(clerk).post(address, typed).status_code == 302
    assert sign_in(chief).post(address, {**typed, "phone": "13900000002"}).status_code == 302
    case.refresh_from_db()
    assert case.answers["form"]["phone"] == "13900000002"
    assert case.answers["corrected"][0]["reason"] == "present 少打一位"
    page = sign_in(clerk).get(f"/counter/cases/{case.number}").content.decode()
    assert "当场更正" in page
    assert "手机号" in page
    casework.accept(case, actor=clerk.actor, today=TODAY)
    late = sign_in(clerk).get(address).content.decode()
    assert "不能当场更正" in late


@pytest.mark.requirement("D03")
def test_what_was_typed_about_a_paper_is_mended(sign_in, clerk):
    case, piece = leased_case()
    client = sign_in(clerk)
    assert "改“房屋租赁合同”的内容" in client.get(f"/counter/cases/{case.number}/mend").content.decode()
    address = f"/counter/cases/{case.number}/mend/{piece.pk}"
    assert 'type="file"' not in client.get(address).content.decode()
    typed = {
        "lease-from_day_year": "2025",
        "lease-from_day_month": "6",
        "lease-from_day_day": "1",
        "lease-to_day_year": "2027",
        "lease-to_day_month": "5",
        "lease-to_day_day": "31",
        "lease-commodity": "no",
        "how": "paper",
    }
    backwards = client.post(address, {**typed, "lease-to_day_year": "2020"}).content.decode()
    assert "结束的日期不能早于开始的日期" in backwards
    assert client.post(address, typed).status_code == 302
    (now,) = case.person.evidence.filter(kind="lease", withdrawn_at=None)
    assert now.says["from"] == "2025-06-01"
    assert client.get(address).status_code == 404


@pytest.mark.requirement("D03")
def test_the_applicant_mends_their_own_form_until_it_is_accepted(sign_in, clerk):
    account = make.eligible_account()
    case = make.submitted(account)
    client = sign_in(account)
    assert "填错了，自己改" in client.get(f"/applications/{case.number}").content.decode()
    address = f"/applications/{case.number}/mend"
    assert client.post(address, {"phone": "1390"}).status_code == 200
    client.post(address, {"phone": "13900000001"})
    case.refresh_from_db()
    assert case.answers["form"]["phone"] == "13900000001"
    other = sign_in(make.eligible_account())
    assert other.post(address, {"phone": "13900000003"}).status_code == 404
    casework.accept(case, actor=clerk.actor, today=TODAY)
    assert client.get(address).status_code == 302


@pytest.mark.requirement("F07")
def test_an_officer_takes_a_case_back_for_who_stands_there(sign_in, clerk, stranger):
    case = make.submitted()
    address = f"/counter/cases/{case.number}/withdraw"
    assert sign_in(stranger).post(address, {"asked": "on"}).status_code == 404
    client = sign_in(clerk)
    assert "请先问清楚" in client.post(address, {}).content.decode()
    client.post(address, {"asked": "on"})
    case.refresh_from_db()
    assert case.state == "withdrawn"
    assert "徐静" in client.get(f"/counter/cases/{case.number}").content.decode()


def told() -> Application:
    """Somebody without an account for the portal's message, told once of all that is missing."""
    account = make.make_account()
    make.register(account.person, date(2025, 7, 1))
    case = make.submitted(account, "dwelling")
    answer, _seen = facts.decide(case, TODAY)
    casework.request_supplement(
        case, dict.fromkeys(answer.missing, ""), actor=make.make_officer("chief").actor, today=TODAY
    )
    return case


@pytest.mark.requirement("D05")
def test_who_declares_not_to_complete_gets_a_decision_with_remedies(sign_in, clerk):
    case = told()
    client = sign_in(clerk)
    address = f"/counter/cases/{case.number}/decline"
    words = "本人在窗口说明不再补材料。"
    assert "明确说不补" in client.post(address, {"reason": words}).content.decode()
    assert client.post(address, {"reason": words, "declared": "on"}).status_code == 302
    case.refresh_from_db()
    assert case.state == "refused"
    tasks.run_all()
    assert Message.objects.filter(person=case.person, kind="declined").count() == 1
    own = sign_in(case.person.account)
    page = own.get(f"/applications/{case.number}/refusal").content.decode()
    for said in (
        "这次不予受理",
        "不予受理决定书",
        words,
        "申请人说明不再补",
        "行政复议",
        "行政诉讼",
        "产权",
        "第十七条",
    ):
        assert said in page
    assert "使用功能终止" not in page


def test_papers_are_completed_over_the_counter(sign_in, clerk):
    case = told()
    client = sign_in(clerk)
    base = client.post("/counter/window/receive", {"what": "case", "which": case.number}).headers["Location"]
    assert "交要补的材料" in client.get(base).content.decode()
    assert "房东的房屋产权证明" in client.get(f"{base}/supplement").content.decode()
    client.post(f"{base}/supplement", {"next": "1", "key": "k2"})
    case.refresh_from_db()
    assert case.state == "submitted"
    event = Event.objects.get(kind="application.supplemented")
    assert (event.actor_kind, event.actor_account_id) == ("staff", clerk.pk)


def test_a_visit_is_read_and_logged_once(sign_in, clerk):
    person = make.make_person()
    client = sign_in(clerk)
    for _time in range(2):
        client.get(page_of_same(client, clerk, person))
    read = Event.objects.filter(kind="person.read", person_id=person.pk)
    assert [event.data["page"] for event in read] == ["window"]


def page_of_same(client: Client, account: Account, person: Person) -> str:
    """The address that the session has seen before, if it has."""
    return f"/counter/window/v/{client.session.get('window_read') or visits.begin(account, person)}"


def test_the_citizens_own_mending_is_no_news(sign_in):
    account = make.eligible_account()
    case = make.submitted(account)
    mending.correct(case, "form", {"phone": "13900000001"}, actor=account.actor, today=TODAY)
    tasks.run_all()
    assert not Message.objects.filter(kind="corrected").exists()
