"""Pages for everybody, made from what the program runs on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from juzhu.law import policy
from juzhu.people import actions as people
from juzhu.permits.tests import factories as make
from juzhu.portal import rules
from juzhu.portal.tests.browsing import chinese_left, html, primary_buttons, signed_in, stranger, words
from juzhu.registration.subdistricts import SUBDISTRICTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
OPEN = [
    "/rules",
    "/rules/hangzhou-2018",
    "/rules/hangzhou-2023",
    "/rules?with=hangzhou-2018",
    "/counters",
    "/accessibility",
]


@pytest.mark.parametrize("page", OPEN)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_open_pages_need_no_account_and_speak_both_languages(page: str, language: str):
    response = stranger(language).get(page)
    assert response.status_code == 200
    assert primary_buttons(response) == 1
    assert html(response).count("<h1") == 1
    if language == "en":
        assert chinese_left(response) == []


@pytest.mark.parametrize("pack", policy.available())
def test_every_pack_is_shown_whole(pack: str):
    page = html(stranger().get(f"/rules/{pack}"))
    loaded = policy.load(pack)
    for reading in loaded.interpretations:
        assert reading.reading.zh in page
    for source in loaded.sources:
        assert source.title.zh in page
    assert str(rules.STATUS_WORDS[loaded.status]) in page


@pytest.mark.parametrize("pack", policy.available())
def test_every_article_that_is_linked_has_its_place_on_the_page(pack: str):
    page = html(stranger().get(f"/rules/{pack}"))
    loaded = policy.load(pack)
    cited = {cite for cites in (*loaded.provisions.values(), *loaded.cites.values()) for cite in cites}
    for cite in cited | {cite for reading in loaded.interpretations for cite in reading.cites}:
        anchor = cite.replace(":", "-").replace(".", "-")
        assert page.count(f'id="{anchor}"') == 1


def test_every_parameter_has_a_name_and_a_value():
    for pack in map(policy.load, policy.available()):
        for row in rules.parameters(pack):
            assert str(row.name)
            assert row.value
            assert row.value not in {"True", "False"}


def test_a_draft_says_that_it_is_one():
    assert "征求意见稿，还没有正式施行" in words(stranger().get("/rules"))
    assert "待与正式文本核对" in words(stranger().get("/rules/hangzhou-2023"))


def test_two_packs_side_by_side_show_what_differs_and_nothing_else():
    running = policy.load("gongshu-2022")
    rows = rules.difference(running, policy.load("hangzhou-2023"))
    assert [(row.change, row.value, row.other) for row in rows] == [
        ("chg", "监护人都要有", "一个监护人有就可以")
    ]
    assert rules.difference(running, running) == []
    page = words(stranger().get("/rules?with=hangzhou-2018"))
    for said in ("改动", "新增", "取消", "只减去中止的天数"):
        assert said in page


def test_articles_of_another_pack_lead_to_its_own_page():
    page = html(stranger().get("/rules?with=hangzhou-2023"))
    assert 'href="/rules/hangzhou-2023#hangzhou-2023-33"' in page
    assert 'href="/rules#notice-2-1-2"' in page
    assert 'href="/rules/hangzhou-2018#hangzhou-2018-16"' in html(stranger().get("/rules/hangzhou-2018"))


def test_a_pack_that_does_not_exist_is_a_404():
    assert stranger().get("/rules/atlantis-1").status_code == 404
    assert stranger().get("/rules?with=atlantis-1").status_code == 404


def test_all_eighteen_stations_are_listed():
    page = words(stranger().get("/counters"))
    assert len(SUBDISTRICTS) == 18
    assert all(place.station_zh in page for place in SUBDISTRICTS.values())


def test_citizens_keep_their_four_places_on_open_pages():
    assert 'class="dock"' in html(signed_in(make.make_account()).get("/rules"))
    assert 'class="dock"' not in html(stranger().get("/rules"))


def test_one_sees_who_read_ones_record_and_nobody_elses():
    owner, other, officer = make.make_account(), make.make_account("陈一"), make.make_officer(name="徐静")
    people.log_reading(owner.person_id, "case", actor=officer.actor)
    people.reveal_identity_number(owner.person, "核对原件", actor=officer.actor)
    page = words(signed_in(owner).get("/who-used"))
    assert "看了资料" in page
    assert "受理岗位" in page
    assert "拱宸桥派出所" in page
    assert "徐静" not in page
    assert "核对原件" in html(signed_in(owner).get("/who-used"))
    assert "还没有人看过" in words(signed_in(other).get("/who-used"))
    assert signed_in(officer).get("/who-used").status_code == 302
    assert stranger().get("/who-used").status_code == 302


def test_who_used_in_english():
    owner, officer = make.make_account(), make.make_officer(areas=tuple(SUBDISTRICTS))
    people.log_reading(owner.person_id, "case", actor=officer.actor)
    response = signed_in(owner, "en").get("/who-used")
    assert chinese_left(response) == []
    assert "18 subdistricts" in words(response)


def test_who_used_has_a_fixed_number_of_queries():
    owner = make.make_account()
    counts = []
    for _ in range(2):
        for _ in range(5):
            people.log_reading(owner.person_id, "case", actor=make.make_officer().actor)
        client = signed_in(owner)
        with CaptureQueriesContext(connection) as seen:
            client.get("/who-used")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 5
