"""The district in figures: who sees which, the table under every picture, and every picture as .csv."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest

from juzhu.operations.csv_files import as_csv
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import AREA, OTHER_AREA
from juzhu.registration.models import Community

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
PAGES = ("/counter/district", "/counter/district/dwellings")
FILES = ("areas", "weeks", "last-week", "ways", "reasons", "by-week", "states", "parts")


@pytest.fixture
def planner():
    return make.make_officer("planner", areas=(), name="苗青")


def some(how_many: int, area: str = AREA, on: date = date(2026, 3, 3), **about) -> None:
    for _turn in range(how_many):
        make.register(make.make_person("周晓芸"), on, subdistrict=area, **about)


def rows_of(response) -> list[list[str]]:
    assert response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def text_of(response) -> str:
    """What is read on a page; the number to quote of an error is of each request's own."""
    return re.sub(r"<[^>]+>|[0-9a-f]{16}", "", response.content.decode())


def test_the_planner_arrives_there_and_sees_no_person(sign_in, planner):
    some(12)
    client = sign_in(planner)
    assert client.get("/counter/", follow=True).redirect_chain[-1][0] == "/counter/district"
    shown = client.get("/counter/district").content.decode()
    assert "拱宸桥街道最多，有 12 人" in shown
    assert "周晓芸" not in shown
    for closed in ("search", "registrations", "dwellings", "duties", "window", "audit", "colleagues"):
        assert client.get(f"/counter/{closed}").status_code == 404


def test_an_officer_sees_their_own_area_and_another_one_is_not_found(sign_in, clerk, stranger):
    Community.objects.create(code=f"{AREA}901", subdistrict=AREA, name="善和社区")
    some(12, community=f"{AREA}901")
    some(13, OTHER_AREA)
    own, other = sign_in(clerk), sign_in(stranger)
    assert "12" in text_of(own.get("/counter/district"))
    for code in (AREA, f"{AREA}901"):
        for page in PAGES:
            assert own.get(f"{page}?area={code}").status_code == 200
            refused = other.get(f"{page}?area={code}")
            nowhere = other.get(f"{page}?area=330105999")
            assert refused.status_code == nowhere.status_code == 404
            assert text_of(refused) == text_of(nowhere)
        assert other.get(f"/counter/district/weeks.csv?area={code}").status_code == 404
    assert "善和" not in other.get("/counter/district").content.decode()


@pytest.mark.parametrize("role", ["department", "auditor", "administrator"])
def test_there_is_no_such_page_for_others(sign_in, role):
    client = sign_in(make.make_officer(role, department="housing" if role == "department" else ""))
    for address in (*PAGES, *(f"/counter/district/{name}.csv" for name in FILES)):
        assert client.get(address).status_code == 404


def test_a_citizen_has_no_such_page_and_a_stranger_signs_in_first(sign_in, client):
    assert sign_in(make.make_account()).get("/counter/district").status_code == 404
    assert client.get("/counter/district").url.startswith("/sign-in")


def test_every_picture_has_its_table_in_the_page_and_as_csv(sign_in, planner):
    some(60)
    some(30, OTHER_AREA)
    client = sign_in(planner)
    pages = "".join(client.get(page).content.decode() for page in PAGES)
    figures = re.findall(r'<figure class="chart" data-chart=.*?</figure>', pages, re.S)
    assert len(figures) == 7
    for figure in figures:
        address = re.search(r'href="(/counter/district/[^"]+\.csv[^"]*)"', figure)
        assert address and "<details open>" in figure and '<th scope="row"' in figure
        found = client.get(address[1].replace("&amp;", "&"))
        assert found.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert found.headers["Cache-Control"] == "no-store"
        head, *lines = rows_of(found)
        shown = [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", figure)]
        unit = "%" if head[-1] == "%" else ""
        assert shown == [re.sub(r"^(\d+)$", rf"\1{unit}", number) for line in lines for number in line[1:]]


def test_all_weeks_of_all_areas_are_a_file(sign_in, planner):
    some(60)
    some(30, OTHER_AREA)
    head, *lines = rows_of(sign_in(planner).get("/counter/district/by-week.csv?weeks=26"))
    assert head == ["从周一起的一周", "街道", "新来", "离开"]
    assert len(lines) == 26 * 18
    assert ["2026-03-02", "拱宸桥街道", "60", "0"] in lines
    assert sign_in(planner).get("/counter/district/nothing.csv").status_code == 404


def test_small_figures_are_words_and_their_reason_is_told(sign_in, planner):
    some(60)
    some(2, OTHER_AREA)
    client = sign_in(planner)
    shown = client.get("/counter/district").content.decode()
    assert "不显示" in shown
    assert "小于 5 的数不显示" in shown
    lines = dict(line[:2] for line in rows_of(client.get("/counter/district/areas.csv"))[1:])
    assert lines["康桥街道"] == lines["拱宸桥街道"] == "不显示"
    assert lines["米市巷街道"] == "0"


def test_the_threshold_is_the_district_s_to_set(sign_in, planner, settings):
    settings.JUZHU_SMALLEST_COUNT = 2
    some(60)
    some(2, OTHER_AREA)
    assert "小于 2 的数不显示" in sign_in(planner).get("/counter/district").content.decode()
    lines = dict(line[:2] for line in rows_of(sign_in(planner).get("/counter/district/areas.csv"))[1:])
    assert (lines["康桥街道"], lines["拱宸桥街道"]) == ("2", "60")


def test_a_past_day_is_asked_for_and_one_to_come_is_refused(sign_in, planner):
    some(7, on=date(2026, 1, 5))
    some(8)
    client = sign_in(planner)
    asked = "/counter/district?day_year=2026&day_month={}&day_day={}&weeks=26"
    assert "拱宸桥街道最多，有 7 人" in client.get(asked.format(2, 1)).content.decode()
    refused = client.get(asked.format(3, 11)).content.decode()
    assert "错误：" in refused
    assert refused.count("这一天还没有到。请选今天，或者以前的一天。") == 2
    assert "拱宸桥街道最多，有 15 人" in refused
    assert "这一天日历上没有" in client.get(asked.format(2, 30)).content.decode()
    assert client.get("/counter/district?weeks=999&area=%00").status_code == 200


def test_only_these_pages_load_the_chart_library(sign_in, clerk):
    client = sign_in(clerk)
    assert all("vendor/chart.js" in client.get(page).content.decode() for page in PAGES)
    assert "chart.js" not in client.get("/counter/").content.decode()


def test_english_names_are_english(sign_in, planner):
    Community.objects.create(code=f"{AREA}901", subdistrict=AREA, name="善和社区")
    some(60, community=f"{AREA}901")
    client = sign_in(planner)
    client.cookies["django_language"] = "en"
    shown = client.get(f"/counter/district?area={AREA}").content.decode()
    assert 'Most live in <span lang="zh-CN">善和社区</span>: 60' in shown
    assert "Gongchenqiao Subdistrict" in shown
    assert rows_of(client.get("/counter/district/areas.csv"))[0][0] == "Subdistrict"


def test_a_page_takes_as_many_queries_whatever_there_is(sign_in, planner, django_assert_max_num_queries):
    client = sign_in(planner)
    client.get("/counter/district")
    with django_assert_max_num_queries(8):
        client.get("/counter/district")
    some(12)
    with django_assert_max_num_queries(8):
        client.get("/counter/district")
    with django_assert_max_num_queries(15):
        client.get(f"/counter/district?area={AREA}")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_nothing_that_a_spreadsheet_computes_goes_out(cell):
    assert as_csv([[cell, 1]]).decode("utf-8-sig").lstrip('"').startswith("'")
    assert as_csv([["甲", -1]]) == b"\xef\xbb\xbf" + "甲,-1\r\n".encode()
