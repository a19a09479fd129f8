"""The reporters' pages: three people for each, and nothing on any of them about what became of a report."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from juzhu.operations import tasks
from juzhu.people import organisations
from juzhu.people.models import Account, Membership, Organisation
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import reporters
from juzhu.permits.tests.factories import AREA, TODAY
from juzhu.portal.tests.browsing import html, primary_buttons, signed_in, words
from juzhu.registration.models import Report, Sheet
from juzhu.registration.reporting import filing, sheets
from juzhu.registration.reporting.entries import LEASE, WORK, Reporter
from juzhu.registration.tests import report_sheets
from juzhu.registration.tests.report_sheets import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
NAME = "运河服饰有限公司（示例）"


def firm(*trades: str, name: str = NAME) -> tuple[Organisation, Account, Client]:
    made, actor = reporters.enrolled(*trades, name=name)
    head = Account.objects.get(pk=actor.account_id)
    return made, head, signed_in(head)


def worker(n: int = 0, **about: str) -> dict[str, str]:
    name, number = person(n)
    day = {f"happened_on_{part}": str(getattr(TODAY, part)) for part in ("year", "month", "day")}
    return {"name": name, "identity_number": number, "phone": "13900001111", "phase": "began"} | day | about


def tenant(n: int = 0, **about: str) -> dict[str, str]:
    return worker(n, subdistrict=AREA, address="桥弄街 6 幢 2 单元 301 室（示例）", **about)


def url(name: str, *args: Any) -> str:
    return reverse(f"reporting:{name}", args=args)


def upload(browser: Client, content: bytes, kind: str = WORK) -> Any:
    return browser.post(url("upload", kind), {"sheet": SimpleUploadedFile("花名册.xlsx", content)})


def lease_sheet(count: int = 40, share: float = 0.1) -> bytes:
    return report_sheets.as_xlsx(report_sheets.lines(count, TODAY, share))


# Who may come in


@pytest.mark.parametrize("name", ["home", "who", "enrol", "sheets", "firm"])
def test_who_is_not_signed_in_signs_in_first_and_for_officers_there_is_no_such_page(name: str):
    assert Client().get(url(name)).headers["Location"].startswith("/sign-in")
    nameless = Account.objects.create_account("13912345678", None)
    assert signed_in(nameless).get(url(name)).headers["Location"].startswith("/real-name")
    assert signed_in(make.make_officer("chief")).get(url(name)).status_code == 404
    response = signed_in(make.make_account("林海峰")).get(url(name))
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    assert primary_buttons(response) <= 1


def test_what_was_typed_when_the_session_ended_is_there_after_signing_in():
    account = make.make_account("林海峰")
    browser = Client()
    browser.post(url("one", LEASE), tenant())
    browser.force_login(account, "juzhu.people.backends.Accounts")
    shown = html(browser.get(url("one", LEASE)))
    assert person(0)[0] in shown
    assert f'<option value="{TODAY.year}" selected' in shown and "这是您上次填的" in shown
    assert person(0)[1] not in shown  # identity numbers are not kept
    assert "这是您上次填的" not in html(browser.get(url("one", LEASE)))


# Organisations and their people


def test_the_head_lets_an_organisation_in_and_nobody_else_does():
    head, stranger = make.make_account("钱有才"), make.make_account("路人")
    known = reporters.record(head, "桥西精密仪器厂（示例）")
    said = {"credit_code": known.credit_code, "name": known.name, "trades": ["employer"], "subdistrict": AREA}
    refused = signed_in(stranger).post(url("enrol"), said)
    assert "法定代表人" in words(refused) and not Organisation.objects.exists()
    wrong = signed_in(head).post(url("enrol"), said | {"name": "别的厂"})
    assert "对不上" in words(wrong) and f'value="{known.credit_code}"' in html(wrong)
    browser = signed_in(head)
    assert browser.post(url("enrol"), said).headers["Location"] == url("home")
    assert "桥西精密仪器厂" in html(browser.get(url("home")))


def test_a_manager_lets_colleagues_in_and_takes_them_out_and_a_reporter_does_not():
    made, _head, manager = firm()
    her, other = make.make_account("林海峰"), make.make_account("陈一")
    said = {"phone": her.login, "name": "林海峰", "part": "reporter"}
    assert "对不上" in words(manager.post(url("colleagues"), said | {"name": "王五"}))
    manager.post(url("colleagues"), said)
    hers = signed_in(her)
    assert made.name in html(hers.get(url("home")))
    assert "管理员" in words(hers.get(url("colleagues")))
    assert (
        hers.post(url("colleagues"), {"phone": other.login, "name": "陈一", "part": "reporter"}).status_code
        == 404
    )
    managers = Membership.objects.get(part="manager")
    assert hers.post(url("take_out", managers.pk)).status_code == 404
    assert signed_in(other).post(url("take_out", managers.pk)).status_code == 404
    manager.post(url("take_out", managers.pk))
    assert Membership.objects.get(pk=managers.pk).ended_at is None  # the last manager stays
    manager.post(url("take_out", Membership.objects.get(account=her).pk))
    assert made.name not in html(hers.get(url("home")))
    assert hers.post(url("choose"), {"for": made.pk}).status_code == 404


def test_one_chooses_for_whom_and_sees_only_that_one_s_reports():
    made, head, browser = firm()
    browser.post(url("one", WORK), worker())
    browser.post(url("choose"), {"for": "0"})
    assert "自己（房东）" in html(browser.get(url("home")))
    assert "BS-2026" not in html(browser.get(url("home")))
    assert browser.get(url("one", WORK)).status_code == 404
    browser.post(url("choose"), {"for": made.pk})
    assert "BS-2026-000001" in html(browser.get(url("home")))
    assert browser.post(url("choose"), {"for": "9999"}).status_code == 404
    assert organisations.memberships_of(head).count() == 1


# One person


@pytest.mark.requirement("B01")
def test_one_person_is_reported_once_however_often_the_button_is_pressed():
    _made, _head, browser = firm()
    first = browser.post(url("one", WORK), worker(post="缝纫"))
    again = browser.post(url("one", WORK), worker(post="缝纫"))
    assert first.headers["Location"] == again.headers["Location"] == url("report", "BS-2026-000001")
    row = Report.objects.get()
    assert (row.channel, row.about, row.area) == ("page", {"post": "缝纫"}, AREA)
    shown = words(browser.get(url("report", row.number)))
    assert "期限内" in shown and "以前报过" in shown  # what the second press was told


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_is_kept():
    _made, _head, browser = firm()
    response = browser.post(url("one", WORK), worker(phone="1", name="周晓芸2", phase=""))
    shown = html(response)
    assert "有 3 处要改" in shown
    assert 'value="周晓芸2"' in shown and not Report.objects.exists()


def test_what_is_odd_is_confirmed_once():
    _made, _head, browser = firm()
    born = {"born_year": "1990", "born_month": "5", "born_day": "1"}
    said = worker(identity_number="", **born)
    asked = browser.post(url("one", WORK), said)
    assert 'name="sure"' in html(asked) and not Report.objects.exists()
    assert browser.post(url("one", WORK), said | {"sure": "on"}).status_code == 302


def test_three_people_look_at_a_report():
    _made, _head, owner = firm()
    owner.post(url("one", WORK), worker())
    colleague = make.make_account("林海峰")
    organisations.let_in(
        Organisation.objects.get(), colleague.login, "林海峰", "reporter",
        actor=organisations.acting_for(_head, _made.pk),
    )  # fmt: skip
    for name in ("report", "withdraw"):
        assert owner.get(url(name, "BS-2026-000001")).status_code == 200
        assert signed_in(colleague).get(url(name, "BS-2026-000001")).status_code == 200
        assert signed_in(make.make_account("路人")).get(url(name, "BS-2026-000001")).status_code == 404
        other = firm(name="小店（示例）")[2]
        assert other.get(url(name, "BS-2026-000001")).status_code == 404
        assert other.get(url(name, "BS-2026-999999")).status_code == 404


def test_a_report_is_withdrawn_with_a_reason():
    _made, _head, browser = firm()
    browser.post(url("one", WORK), worker())
    assert "要改" in html(browser.post(url("withdraw", "BS-2026-000001"), {"reason": ""}))
    browser.post(url("withdraw", "BS-2026-000001"), {"reason": "报错了人。"})
    assert Report.objects.get().state == "withdrawn"
    assert "撤回了" in words(browser.get(url("report", "BS-2026-000001")))


def test_a_page_looks_alike_whoever_was_reported_and_whatever_became_of_it():
    _made, _head, browser = firm()
    registered, known = make.make_account("林海峰"), make.make_person("林海峰")
    make.register(registered.person, TODAY)
    seen = []
    for n, number in enumerate((registered.person.identity_number, known.identity_number, person(5)[1])):
        said = worker(name="林海峰", identity_number=number)
        place = browser.post(url("one", WORK), said).headers["Location"]
        shown = words(browser.get(place)).replace(f"BS-2026-00000{n + 1}", "BS")
        seen.append(shown)
    assert {row.state for row in Report.objects.all()} == {"proposed", "invited"}
    assert seen[0] == seen[1] == seen[2]
    tags = {line for line in ("按时", "晚报了") if line in words(browser.get(url("home")))}
    assert tags == {"按时"}


# Landlords and property firms


@pytest.mark.requirement("B03", "B06")
def test_a_landlord_tells_the_property_firm_and_the_firm_passes_it_on():
    company, _head, firms = firm("property", name="拱宸物业（示例）")
    landlord = signed_in(make.make_account("房东甲"))
    response = landlord.post(url("firm"), tenant(firm=str(company.pk)))
    told = Report.objects.get()
    assert response.headers["Location"] == url("report", told.number)
    assert "拱宸物业" in html(landlord.get(url("report", told.number)))
    assert "房东甲" in html(firms.get(url("told")))
    for who in (landlord, firm("property", name="别的物业（示例）")[2]):
        assert who.post(url("pass_on", told.number)).status_code == 404
    assert landlord.get(url("told")).status_code == 404
    firms.post(url("pass_on", told.number))
    passed = Report.objects.exclude(pk=told.pk).get()
    assert (passed.follows, passed.organisation, passed.late) == (told, company, False)
    assert told.name not in html(firms.get(url("told")))


def test_without_a_property_firm_one_is_led_to_report_oneself():
    landlord = signed_in(make.make_account("房东甲"))
    assert url("one", LEASE) in html(landlord.get(url("firm")))


# Sheets


def test_a_sheet_from_its_template_to_what_comes_back():
    _made, _head, browser = firm("property")
    assert browser.get(url("template", LEASE)).headers["Content-Type"] == sheets.spreadsheets.XLSX
    place = upload(browser, lease_sheet(), LEASE).headers["Location"]
    sheet = Sheet.objects.get()
    assert place == url("sheet", sheet.pk)
    shown = browser.get(place)
    assert "有错" in words(shown) and primary_buttons(shown) == 1
    row = sheets.rows_of(sheet, today=TODAY, verdict="wrong")[0]
    (column,) = row.faults
    assert f'name="c-{row.line}-{column}"' in html(shown)
    browser.post(url("mend", sheet.pk), {f"c-{row.line}-{column}": "周晓芸", "show": "wrong"})
    sheet.refresh_from_db()
    assert sheet.counts["wrong"] == 3
    for _press in range(2):
        browser.post(url("file", sheet.pk), {})
    sheet.refresh_from_db()
    assert sheet.counts == {"new": 37, "same": 0, "back": 3}
    assert "BB-2026-000001" in words(browser.get(place))
    back = browser.get(url("back", sheet.pk))
    rows = sheets.spreadsheets.CalamineWorkbook.from_filelike(io.BytesIO(back.content))
    assert len(rows.get_sheet_by_index(0).to_python()) == 4


def test_rows_are_shown_fifty_a_page_and_by_verdict(django_assert_max_num_queries):
    _made, _head, browser = firm("property")
    place = upload(browser, lease_sheet(120, 0), LEASE).headers["Location"]
    with django_assert_max_num_queries(14):
        first = html(browser.get(place))
    assert first.count('aria-labelledby="r-') == 50
    assert html(browser.get(f"{place}?show=fine&page=3")).count('aria-labelledby="r-') == 20
    assert "这里没有" in html(browser.get(f"{place}?show=wrong"))


def test_a_large_sheet_shows_how_far_it_has_come_with_scripts_and_without(monkeypatch):
    monkeypatch.setattr(sheets, "SMALL", 3)
    _made, _head, browser = firm("property")
    place = upload(browser, lease_sheet(20, 0), LEASE).headers["Location"]
    sheet = Sheet.objects.get()
    shown = html(browser.get(place))
    assert "正在读" in shown and "<progress" in shown and f'href="{place}"' in shown
    assert f'hx-get="{url("progress", sheet.pk)}"' in shown
    assert "<progress" in html(browser.get(url("progress", sheet.pk)))
    assert browser.get(url("back", sheet.pk)).status_code == 404
    tasks.run_all()
    done = browser.get(url("progress", sheet.pk))
    assert (done.status_code, done.headers["HX-Refresh"]) == (204, "true")
    browser.post(url("file", sheet.pk), {})
    assert "正在提交" in html(browser.get(place))
    tasks.run_all()
    assert "20 件报好了" in html(browser.get(place))


def test_the_same_file_again_is_told():
    _made, _head, browser = firm("property")
    content = lease_sheet(5, 0)
    upload(browser, content, LEASE)
    browser.post(url("file", Sheet.objects.get().pk), {})
    place = upload(browser, content, LEASE).headers["Location"]
    assert "BB-2026-000001" in words(browser.get(place))
    browser.post(url("discard", Sheet.objects.get(state="draft").pk), {})
    assert Sheet.objects.count() == 1


def test_a_file_that_is_no_sheet_is_named_at_its_field():
    _made, _head, browser = firm()
    for content in (b"%PDF-1.7\x00", b"PK\x03\x04"):
        assert "“花名册.xlsx”" in words(upload(browser, content))
    assert "这个文件是空的" in words(upload(browser, b""))
    assert not Sheet.objects.exists()
    assert browser.get(url("upload", LEASE)).status_code == 404
    assert browser.get(url("template", "gossip")).status_code == 404


def test_three_people_look_at_a_sheet():
    made, head, owner = firm("property")
    upload(owner, lease_sheet(5, 0), LEASE)
    sheet = Sheet.objects.get()
    colleague = make.make_account("林海峰")
    organisations.let_in(
        made, colleague.login, "林海峰", "reporter", actor=organisations.acting_for(head, made.pk)
    )
    strangers = (signed_in(make.make_account("路人")), firm("property", name="别的物业（示例）")[2])
    assert signed_in(colleague).get(url("sheet", sheet.pk)).status_code == 200
    for who in strangers:
        for name in ("sheet", "progress", "back"):
            assert who.get(url(name, sheet.pk)).status_code == 404
        for name in ("mend", "file", "discard"):
            assert who.post(url(name, sheet.pk), {}).status_code == 404
        assert "花名册" not in html(who.get(url("sheets")))
    assert Sheet.objects.get().state == "draft"


def test_the_list_of_reports_takes_as_many_queries_for_many_as_for_few(django_assert_max_num_queries):
    made, head, browser = firm()
    actor = organisations.acting_for(head, made.pk)
    told = [reporters.entry(name=person(n)[0], identity_number=person(n)[1]) for n in range(60)]
    filing.file(Reporter(made), told, actor=actor, today=TODAY)
    with django_assert_max_num_queries(13):
        shown = html(browser.get(url("home")))
    assert shown.count("BS-2026-") == 50  # each number in its address and in its text
    assert "page=2" in shown
