"""The best answer first: where another route would do, one button changes to it and nothing is retyped."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.utils import override_settings

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Evidence
from juzhu.operations.actors import SYSTEM
from juzhu.people import actions as people
from juzhu.people.models import Account
from juzhu.permits import actions, casework
from juzhu.permits.models import Application, Decision
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.portal.tests.browsing import chinese_left, html, primary_buttons, signed_in, stranger, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


def in_supplement(account: Account) -> Application:
    case = make.submitted(account, "dwelling")
    notes = dict.fromkeys(Decision.objects.get(application=case).answer["missing"], "")
    casework.request_supplement(case, notes, actor=make.make_officer("clerk").actor, today=TODAY)
    case.refresh_from_db()
    return case


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_last_look_offers_the_route_that_would_be_accepted(language: str):
    account = make.eligible_account()
    draft = make.draft(account, "dwelling")
    client = signed_in(account, language)
    page = client.get("/apply/confirm")
    assert page.context["instead"].route == "employment"
    assert primary_buttons(page) == 1
    assert not (language == "en" and chinese_left(page))
    answer = client.post("/apply/switch", {"route": "employment"})
    assert answer.url == "/apply/confirm"
    fresh = Application.objects.get(pk=draft.pk)
    assert (fresh.route, fresh.answers) == ("employment", draft.answers)
    page = client.get("/apply/confirm")
    assert page.context["instead"] is None
    assert page.context["option"].accepted


def test_a_route_that_would_be_refused_gives_way_to_one_that_can_be_filed():
    account = make.make_account(photo=make.stored_picture())
    make.register(account.person, date(2025, 7, 1))
    evidence.attest(account.person_id, Kind.INSURANCE, {"runs": []}, "human_resources", actor=SYSTEM)
    make.draft(account, "employment")
    page = signed_in(account).get("/apply/confirm")
    assert page.context["option"].refused
    assert "今天就可以提交" in words(page)


def test_where_nothing_is_better_nothing_is_offered():
    account = make.eligible_account()
    make.draft(account)
    assert "/apply/switch" not in html(signed_in(account).get("/apply/confirm"))


def test_a_submission_is_switched_on_its_page_until_somebody_has_looked():
    account = make.eligible_account()
    case = make.submitted(account, "dwelling")
    client = signed_in(account)
    page = client.get(f"/applications/{case.number}")
    assert "按“合法稳定住所”，还有 6 条没有证明" in words(page)
    assert "换成“合法稳定就业”" in words(page)
    assert client.post(f"/applications/{case.number}/switch", {"route": "employment"}).status_code == 302
    case.refresh_from_db()
    assert (case.route, case.state) == ("employment", "submitted")
    page = client.get(f"/applications/{case.number}")
    assert "换了途径" in words(page)
    assert "换成“" not in words(page).replace("已换成", "")


def test_a_page_that_is_old_says_so_and_changes_nothing():
    account = make.eligible_account()
    case = make.submitted(account)
    casework.accept(case, actor=make.make_officer("clerk").actor, today=TODAY)
    client = signed_in(account)
    answer = client.post(f"/applications/{case.number}/switch", {"route": "study"}, follow=True)
    assert "状态已经变了" in words(answer)
    case.refresh_from_db()
    assert case.route == "employment"


def test_a_supplement_can_be_answered_by_another_route():
    account = make.eligible_account()
    case = in_supplement(account)
    client = signed_in(account)
    here = f"/applications/{case.number}/supplement"
    assert client.get(here).context["offer"].instead.route == "employment"
    sent = client.post(f"/applications/{case.number}/switch", {"route": "employment", "back": "supplement"})
    assert sent.url == here
    page = client.get(here)
    assert page.context["papers"].items == []
    assert "没有要您上传的了" in words(page)
    client.post(here, {"next": "1", "key": page.context["key"]})
    case.refresh_from_db()
    assert (case.state, case.route) == ("submitted", "employment")
    assert Decision.objects.filter(application=case).last().outcome == "accept"


@override_settings(JUZHU_INSTANT_APPROVAL=True, JUZHU_INSTANT_ROUTES=["employment"])
@pytest.mark.parametrize("wants", [True, False])
def test_where_all_is_attested_the_switch_issues_the_permit_unless_a_person_is_asked_for(wants: bool):
    account = make.eligible_account()
    case = in_supplement(account)
    client = signed_in(account)
    page = client.get(f"/applications/{case.number}/supplement")
    assert "请工作人员办，不要自动办理" in words(page)
    sent = {"route": "employment", "back": "supplement"} | ({"wants_person": "on"} if wants else {})
    answer = client.post(f"/applications/{case.number}/switch", sent, follow=True)
    case.refresh_from_db()
    if wants:
        assert (case.state, case.wants_person) == ("supplement_requested", True)
        return
    assert (case.state, case.automatic) == ("issued", True)
    assert answer.redirect_chain[-1][0] == f"/applications/{case.number}"
    assert "已经自动办好" in words(answer)
    assert "请人工复核" in words(answer)


def test_owner_stranger_and_officer():
    account = make.eligible_account()
    case = make.submitted(account, "dwelling")
    url = f"/applications/{case.number}/switch"
    assert stranger().post(url, {"route": "employment"}).status_code == 302
    other = signed_in(make.eligible_account(name="李明"))
    assert other.post(url, {"route": "employment"}).status_code == 404
    assert other.post("/apply/switch", {"route": "employment"}).url == "/apply"
    assert signed_in(make.make_officer()).post(url, {"route": "employment"}).url == "/counter/"
    owner = signed_in(account)
    assert owner.get(url).status_code == 405
    assert owner.post(url, {"route": "investment"}).status_code == 404
    case.refresh_from_db()
    assert case.route == "dwelling"


def test_a_guardian_switches_for_a_child():
    guardian = make.make_account("周建国", date(1985, 2, 2))
    child = make.make_person("周小宝", date(2017, 5, 1), photo=make.stored_picture())
    make.register(child, date(2025, 7, 1), dwelling_kind="owned")
    people.record_guardianship(guardian.person, child, "household_register", actor=SYSTEM)
    draft = actions.start(child, "dwelling", actor=guardian.actor, today=TODAY)
    answer = signed_in(guardian).post("/apply/switch?for=1", {"route": "study"})
    assert answer.url == "/apply/confirm?for=1"
    draft.refresh_from_db()
    assert draft.route == "study"


# Papers of other homes, work and lists


RENTED = ["title_landlord", "lease", "rental_registration", "lease_filing", "safety_inspection"]


@pytest.fixture
def latest(settings: Any) -> None:
    settings.JUZHU_POLICY = "hangzhou-2024"


def at_materials(kind: str, route: str = "dwelling", language: str = "zh-hans"):
    account = make.make_account(photo=make.stored_picture())
    make.register(account.person, date(2025, 7, 1), dwelling_kind=kind)
    make.draft(account, route)
    return account, signed_in(account, language)


def picture():
    return SimpleUploadedFile("证明.jpg", make.picture(), "image/jpeg")


@pytest.mark.usefixtures("latest")
@pytest.mark.requirement("CF06")
@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("owned", ["title_self"]),
        (
            "rented",
            [*RENTED, "public_rental"],
        ),
        ("relative", ["title_relative", "kinship", "lodging"]),
        ("dormitory", ["dormitory", "lodging"]),
        (
            "other",
            ["title_self", *RENTED, "kinship", "public_rental", "dormitory", "lodging"],
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_kind_of_home_has_its_own_papers(kind: str, keys: list[str], language: str):
    _account, client = at_materials(kind, language=language)
    page = client.get("/apply/materials")
    assert [item.key for item in page.context["papers"].items] == keys
    assert not (language == "en" and chinese_left(page))
    assert ("住处是哪一种" in words(page)) == (kind == "other" and language != "en")


@pytest.mark.usefixtures("latest")
@pytest.mark.requirement("CF06")
@pytest.mark.parametrize(
    ("kind", "sent", "says"),
    [
        (
            "relative",
            {"kinship-relative_name": "周建国", "kinship-relation": "parent"},
            {"relative_name": "周建国", "relation": "parent"},
        ),
        (
            "dormitory",
            {"dormitory-employer": "运河服饰", "dormitory-title": "yes", "dormitory-commitment": "no"},
            {"employer": "运河服饰", "title_shown": True, "commitment_shown": None},
        ),
        ("other", {"lodging-owner": "李明"}, {"owner": "李明"}),
        ("rented", {"public_rental-number": "公-1"}, {"number": "公-1"}),
    ],
)
def test_a_paper_of_another_home_is_taken_in_and_shown_again(
    kind: str, sent: dict[str, str], says: dict[str, Any]
):
    account, client = at_materials(kind)
    key = next(iter(sent)).partition("-")[0]
    client.post("/apply/materials", {**sent, f"{key}-files": [picture()], "stay": "1"})
    piece = Evidence.objects.get(person=account.person)
    assert says.items() <= piece.says.items()
    page = client.get("/apply/materials")
    item = next(item for item in page.context["papers"].items if item.key == key)
    assert item.handed_in
    name = next(iter(sent)).partition("-")[2]
    assert item.form[name].value() == sent[f"{key}-{name}"]


@pytest.mark.usefixtures("latest")
@pytest.mark.requirement("CF05", "CF15")
@pytest.mark.parametrize(
    ("route", "sent", "says"),
    [
        (
            "employment",
            {
                "labour_contract-employer": "运河服饰",
                "labour_contract-from_day_year": "2025",
                "labour_contract-from_day_month": "6",
                "labour_contract-from_day_day": "1",
            },
            {"employer": "运河服饰", "from": "2025-06-01", "to": None},
        ),
        (
            "employment",
            {
                "business_licence-name": "周氏面馆",
                "business_licence-report": "yes",
                "business_licence-abnormal": "no",
            },
            {"name": "周氏面馆", "annual_report_filed": True, "on_abnormal_list": False},
        ),
        (
            "talent",
            {"talent_listing-list_name": "引进人才名单"},
            {"list_name": "引进人才名单", "listed_until": None},
        ),
    ],
)
def test_one_paper_of_several_is_enough_and_the_page_says_so(
    route: str, sent: dict[str, str], says: dict[str, Any]
):
    account, client = at_materials("rented", route)
    assert "下面几样，有一样就可以" in words(client.get("/apply/materials"))
    key = next(iter(sent)).partition("-")[0]
    answer = client.post("/apply/materials", {**sent, f"{key}-files": [picture()], "next": "1"})
    assert answer.url == "/apply/confirm"
    assert says.items() <= Evidence.objects.get(person=account.person).says.items()
    assert client.get("/apply/confirm").context["option"].accepted


@pytest.mark.requirement("CF06")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_under_the_notice_a_relatives_home_is_refused_in_words(language: str):
    _account, client = at_materials("relative", language=language)
    page = client.get("/apply/confirm")
    assert page.context["option"].refused
    assert (
        "不能按“合法稳定住所”申领" if language == "zh-hans" else "does not open the dwelling route"
    ) in words(page)
