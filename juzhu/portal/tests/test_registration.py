"""Registering, moving, changing the workplace, leaving: question by question, once, and by nobody else."""

from datetime import date, timedelta

import pytest
from django.test import Client

from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Event
from juzhu.people.models import Guardianship
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.portal.tests.browsing import chinese_left, html, primary_buttons, signed_in, stranger, words
from juzhu.registration import actions as registration
from juzhu.registration.models import Community, Registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]

ANSWERS = {
    "place": {"subdistrict": "330105009"},
    "address": {"address": "古墩路 1 号 2 幢 301 室"},
    "since": {"since_year": "2026", "since_month": "3", "since_day": "9"},
    "reason": {"reason": "work"},
    "dwelling": {"dwelling_kind": "rented"},
    "until": {"stay_months": "12"},
    "workplace": {"workplace": "运河服饰有限公司"},
}


def answered(client: Client, way: str = "/register", suffix: str = "", **changed: dict[str, str]) -> None:
    for step, given in {**ANSWERS, **changed}.items():
        response = client.post(f"{way}/{step}{suffix}", given)
        assert response.status_code == 302, (step, words(response))


def sent(client: Client, way: str = "/register", suffix: str = "") -> str:
    page = html(client.get(f"{way}/check{suffix}"))
    key = page.split('name="key" value="')[1].split('"')[0]
    response = client.post(f"{way}/check{suffix}", {"key": key})
    assert response.status_code == 302, words(response)
    return key


def test_one_question_after_the_other_to_a_number_at_once():
    account = make.make_account()
    client = signed_in(account)
    assert client.get("/register").headers["Location"] == "/register/place"
    answered(client)
    assert client.get("/register").headers["Location"] == "/register/check"
    sent(client)
    row = Registration.objects.get()
    assert (row.subdistrict, row.arrived_on, row.registered_on) == ("330105009", date(2026, 3, 9), TODAY)
    assert row.stay_until == date(2027, 3, 10)
    assert (row.reason, row.dwelling_kind, row.workplace) == ("work", "rented", "运河服饰有限公司")
    page = words(client.get(f"/registration/{row.number}/done"))
    assert row.number in page
    assert "按时办的" in page
    assert "满 6 个月" in page


def test_lateness_is_told_and_does_no_harm():
    client = signed_in(make.make_account())
    answered(client, since={"since_year": "2026", "since_month": "2", "since_day": "24"})
    sent(client)
    row = Registration.objects.get()
    late = (row.registered_on - row.due_on).days
    page = words(client.get(f"/registration/{row.number}/done"))
    assert f"晚了 {late} 天" in page
    assert "已收下" in page


def test_pressing_twice_registers_once_and_shows_the_same():
    client = signed_in(make.make_account())
    answered(client)
    key = sent(client)
    again = client.post("/register/check", {"key": key})
    number = Registration.objects.get().number
    assert again.headers["Location"] == f"/registration/{number}/done"
    assert Event.objects.filter(kind="registration.opened").count() == 1


def test_nothing_typed_is_lost_between_the_steps():
    client = signed_in(make.make_account())
    answered(client)
    assert "古墩路 1 号" in html(client.get("/register/address"))
    assert 'value="2026" selected' in html(client.get("/register/since"))
    page = words(client.get("/register/check"))
    for said in ("祥符街道", "古墩路 1 号", "2026-03-09", "工作", "租的房子"):
        assert said in html(client.get("/register/check")) or said in page


def test_another_subdistrict_asks_for_the_address_again():
    Community.objects.create(code="330105009001", subdistrict="330105009", name="花园岗社区")
    client = signed_in(make.make_account())
    answered(client, address={"community": "330105009001", "address": "古墩路 1 号"})
    client.post("/register/place", {"subdistrict": "330105005"})
    assert client.get("/register").headers["Location"] == "/register/address"
    client.post("/register/address", {"address": "桥弄街 6 幢"})
    sent(client)
    assert Registration.objects.get().community is None


def test_communities_are_offered_where_the_district_has_loaded_them():
    Community.objects.create(code="330105009001", subdistrict="330105009", name="花园岗社区")
    client = signed_in(make.make_account())
    answered(client, address={"community": "330105009001", "address": "古墩路 1 号"})
    sent(client)
    assert Registration.objects.get().full_address == "祥符街道花园岗社区古墩路 1 号"


@pytest.mark.parametrize(
    ("step", "given", "sentence"),
    [
        ("place", {}, "请选街道"),
        ("place", {"subdistrict": "330105006"}, "请从列表里选街道"),
        ("address", {"address": ""}, "要写到门牌号"),
        ("address", {"address": "一号"}, "地址太短了"),
        ("since", {}, "年月日都要选"),
        ("since", {"since_year": "2026", "since_month": "2", "since_day": "30"}, "没有这一天"),
        ("since", {"since_year": "2026", "since_month": "3", "since_day": "11"}, "这一天还没有到"),
        ("reason", {}, "请选一项"),
        ("dwelling", {"dwelling_kind": "castle"}, ""),
        ("until", {}, "说不准"),
    ],
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_fault_names_the_field_and_says_what_to_do(step, given, sentence, language):
    client = signed_in(make.make_account(), language)
    client.post("/register/place", ANSWERS["place"])
    response = client.post(f"/register/{step}", given)
    assert response.status_code == 200
    assert 'class="error-sum"' in html(response)
    if language == "en":
        assert [text for text in chinese_left(response) if text not in str(given)] == []
    else:
        assert sentence in words(response)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_all_pages_in_both_languages(language: str):
    client = signed_in(make.make_account(), language)
    client.post("/register/place", ANSWERS["place"])
    pages = [client.get(f"/register/{step}") for step in ANSWERS]
    answered(client)
    pages.append(client.get("/register/check"))
    sent(client)
    number = Registration.objects.get().number
    own = ["done", "certificate"]
    pages += [client.get(f"/registration/{number}/{page}") for page in own]
    pages += [client.get(f"/registration{page}") for page in ("", "/workplace", "/leave", "/move/place")]
    for response in pages:
        assert response.status_code == 200
        assert primary_buttons(response) == 1
        assert html(response).count("<h1") == 1
        if language == "en":
            assert chinese_left(response) == [], response.request["PATH_INFO"]


def test_a_guardian_registers_the_child():
    guardian, child = make.make_account(), make.make_person("周小满", date(2018, 5, 1))
    Guardianship.objects.create(guardian=guardian.person, child=child, source="police")
    client = signed_in(guardian)
    assert client.get("/register?for=1").headers["Location"] == "/register/place?for=1"
    answered(client, suffix="?for=1")
    sent(client, suffix="?for=1")
    row = Registration.objects.get()
    assert row.person == child
    assert Event.objects.get(kind="registration.opened").actor_account_id == guardian.pk
    assert 'href="/?for=1"' in html(client.get(f"/registration/{row.number}/done"))


def test_the_childs_and_ones_own_answers_are_kept_apart():
    guardian, child = make.make_account(), make.make_person("周小满", date(2018, 5, 1))
    Guardianship.objects.create(guardian=guardian.person, child=child, source="police")
    client = signed_in(guardian)
    answered(client)
    assert client.get("/register?for=1").headers["Location"] == "/register/place?for=1"


def test_locals_are_told_that_they_need_none():
    response = signed_in(make.make_account(household_division="330106")).get("/register")
    assert "不用办居住登记" in words(response)


def test_who_is_registered_moves_and_who_is_not_registers():
    account = make.make_account()
    client = signed_in(account)
    assert client.get("/registration/move").headers["Location"] == "/register"
    assert client.get("/registration/workplace").headers["Location"] == "/register"
    assert client.get("/registration/leave").headers["Location"] == "/register"
    make.register(account.person, TODAY - timedelta(days=30))
    assert client.get("/register").headers["Location"] == "/registration"


def test_a_move_closes_the_old_registration_and_the_residence_goes_on():
    account = make.make_account()
    old = make.register(account.person, date(2025, 11, 1))
    client = signed_in(account)
    answered(client, "/registration/move")
    key = sent(client, "/registration/move")
    new = Registration.objects.get(ended_on=None)
    old.refresh_from_db()
    assert (old.ended_on, old.end_reason, new.follows_id) == (TODAY, "moved", old.pk)
    assert "接着算" in words(client.get(f"/registration/{new.number}/done"))
    again = client.post("/registration/move/check", {"key": key})
    assert again.headers["Location"] == f"/registration/{new.number}/done"
    assert Registration.objects.count() == 2


def test_a_move_before_the_last_arrival_is_refused_at_its_question():
    account = make.make_account()
    make.register(account.person, date(2025, 11, 1))
    given = {"since_year": "2025", "since_month": "10", "since_day": "1"}
    response = signed_in(account).post("/registration/move/since", given)
    assert "不能早于" in words(response)


def test_a_refusal_of_the_action_is_shown_on_the_page_with_a_link_to_the_question():
    account = make.make_account()
    client = signed_in(account)
    answered(client)
    session = client.session
    draft = session["registration_drafts"][f"register:{account.person_id}"]
    draft["answers"]["since"] = "2026-03-11"
    session.save()
    response = client.post("/register/check", {"key": draft["key"]})
    assert 'href="/register/since"' in html(response)
    assert "这一天还没有到" in words(response)
    assert "<title>错误：" in html(response)
    assert Registration.objects.count() == 0


def test_a_new_workplace_leaves_all_else():
    account = make.make_account()
    row = make.register(account.person, date(2025, 11, 1))
    client = signed_in(account)
    assert '<option value="10" selected>' in html(client.get("/registration/workplace"))
    since = {"since_year": "2026", "since_month": "3", "since_day": "2"}
    for _ in range(2):
        response = client.post("/registration/workplace", {"workplace": "钱塘纸业", **since})
        assert response.headers["Location"] == "/registration"
    row.refresh_from_db()
    assert (row.workplace, row.workplace_since, row.ended_on) == ("钱塘纸业", date(2026, 3, 2), None)
    assert Event.objects.filter(kind="registration.workplace").count() == 1
    assert "2026-03-02 起" in words(client.get("/registration"))
    for day, fault in (("11", "这一天还没有到"), ("1", "不能早于上一次登记或变更的那天")):
        response = client.post("/registration/workplace", {"workplace": "别处", **since, "since_day": day})
        assert fault in words(response)
        assert "别处" in html(response)


def test_leaving_warns_what_it_costs_and_needs_a_tick():
    account = make.make_account()
    row = make.register(account.person, date(2025, 11, 1))
    client = signed_in(account)
    assert "要从头算半年" in words(client.get("/registration/leave"))
    day = {"left_on_year": "2026", "left_on_month": "3", "left_on_day": "8", "destination": "000000"}
    assert "请先勾选" in words(client.post("/registration/leave", day))
    assert client.post("/registration/leave", {**day, "understood": "on"}).status_code == 302
    row.refresh_from_db()
    assert (row.ended_on, row.end_reason) == (date(2026, 3, 8), "left")


def test_leaving_on_a_day_that_cannot_be_says_so():
    account = make.make_account()
    make.register(account.person, date(2026, 3, 1))
    given = {"left_on_year": "2026", "left_on_month": "2", "left_on_day": "8", "understood": "on"}
    given["destination"] = "330106"
    assert "要在登记之后" in words(signed_in(account).post("/registration/leave", given))


def test_only_the_person_and_their_guardian_see_a_registration():
    account = make.make_account()
    row = make.register(account.person, date(2025, 11, 1))
    for page in ("certificate", "done"):
        url = f"/registration/{row.number}/{page}"
        assert signed_in(account).get(url).status_code == 200
        assert signed_in(make.make_account("陈一")).get(url).status_code == 404
        assert signed_in(make.make_officer()).get(url).status_code == 302
        assert stranger().get(url).status_code == 302


def test_the_certificate_shows_a_masked_number_and_can_be_printed():
    account = make.make_account()
    row = make.register(account.person, date(2025, 11, 1))
    page = html(signed_in(account).get(f"/registration/{row.number}/certificate"))
    assert account.person.identity_number not in page
    assert account.person.identity_number[-4:] in page
    assert 'class="doc"' in page
    assert "拱宸桥派出所" in page


def test_a_strange_step_does_not_exist():
    assert signed_in(make.make_account()).get("/register/castle").status_code == 404


def test_earlier_registrations_stay_to_be_seen():
    account = make.make_account()
    make.register(account.person, date(2025, 11, 1))
    registration.leave(account.person, date(2026, 1, 1), actor=SYSTEM, today=date(2026, 1, 1))
    page = words(signed_in(account).get("/registration"))
    assert "现在没有居住登记" in page
    assert "离开了" in page
