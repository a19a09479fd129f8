"""Let dwellings at the counter: queues, answers, lists, inspections; for whom the pages exist."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from juzhu.counter.forms_dwellings import QUESTIONS
from juzhu.operations import tasks
from juzhu.operations.models import Event, StoredFile
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import lettings as let
from juzhu.permits.tests.factories import OTHER_AREA, TODAY
from juzhu.registration.dwellings import filings, helping, inspections, letting, titles
from juzhu.registration.dwellings.inspections import AMISS
from juzhu.registration.models import Inspection, LeaseFiling, LettingRecord, TitleClaim

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
CHINESE = re.compile(r"[一-鿿]+")


def main(response) -> str:
    """What stands in `main`, without markup and what is marked as Chinese."""
    body = re.search(r"<main.*?</main>", response.content.decode(), re.S).group()
    body = re.sub(r"<(\w+)[^>]*lang=\"zh-CN\"[^>]*>.*?</\1>", " ", body, flags=re.S)
    return unescape(re.sub(r"<[^>]+>", " ", body))


def good(**about):
    answers = {code: "yes" if not bad else "no" for code, bad in AMISS.items()}
    day = {"inspected_on_year": 2026, "inspected_on_month": 3, "inspected_on_day": 10}
    return {**answers, **day, "tenants": "2", "key": "device-0001", **about}


@pytest.fixture
def everything():
    """A dwelling of each kind of land with everything waiting, and two failed things."""
    state, claim, account = let.recorded()
    lease = let.leased(state, account, make.make_person("林海峰"))
    filing = filings.ask(lease, actor=account.actor, today=TODAY)
    record = letting.file(state, actor=account.actor, today=TODAY)
    row = inspections.ask(state, actor=account.actor, today=TODAY)
    other, second, owner = let.recorded(
        let.landlord("房东乙"), address="台州路 1 号", land="collective", commodity=None
    )
    seen = let.leased(other, owner, make.make_person("林海燕"))
    bad = let.found(answers={"extinguisher": False}, mend_by=TODAY)
    failed = let.inspected(other, owner, let.subdistrict(), bad)
    tenant = make.make_account("林海生")
    make.register(tenant.person, TODAY)
    call = helping.call(tenant.person, "房东不肯给产权证。", actor=tenant.actor, today=TODAY)
    tasks.run_all()
    return {
        "housing": [f"/counter/letting/title/{claim.number}", f"/counter/letting/filing/{filing.number}"],
        "clerk": [f"/counter/letting/letting/{record.number}"],
        "subdistrict": [
            f"/counter/letting/title/{second.number}",
            f"/counter/letting/lease/{seen.number}",
            f"/counter/inspections/{row.number}",
            "/counter/inspections",
            "/counter/inspections?tab=mending",
            "/counter/inspections/device",
            "/counter/inspections/carried.json",
            "/counter/help-calls",
            f"/counter/help-calls/{call.number}",
        ],
        "all": [
            *(
                f"/counter/dwellings?tab={tab}"
                for tab in ("all", "crowded", "unrecorded", "ending", "lapsing")
            ),
            f"/counter/dwellings/{state.number}",
            f"/counter/inspections/{row.number}",
        ],
        "area": [f"/counter/dwellings/{other.number}", f"/counter/inspections/{failed.number}"],
    }


def test_each_page_exists_for_its_office_alone(everything, sign_in):
    officers = {
        "housing": let.housing(),
        "clerk": make.make_officer("clerk"),
        "subdistrict": let.subdistrict(),
        "reviewer": make.make_officer("reviewer"),
        "auditor": make.make_officer("auditor"),
        "education": make.make_officer("department", (), "钱", department="education"),
    }
    readers = {"housing", "clerk", "subdistrict", "reviewer"}
    for name, officer in officers.items():
        client = sign_in(officer)
        for office in ("housing", "clerk", "subdistrict"):
            for path in everything[office]:
                if path in everything["all"]:
                    continue
                assert client.get(path).status_code == (200 if office == name else 404), (name, path)
        for path in everything["all"]:
            assert client.get(path).status_code == (200 if name in readers else 404), (name, path)
        for path in everything["area"]:
            expected = 200 if name in readers - {"housing"} else 404
            assert client.get(path).status_code == expected, (name, path)


def test_officers_of_another_area_and_citizens_find_nothing(everything, sign_in):
    lists = {path for paths in everything.values() for path in paths if "tab=" in path}
    rows = {path for paths in everything.values() for path in paths} - lists
    rows -= {"/counter/inspections", "/counter/inspections/device", "/counter/help-calls"}
    rows -= {"/counter/inspections/carried.json"}
    for officer in (let.subdistrict((OTHER_AREA,)), make.make_officer("clerk", (OTHER_AREA,))):
        client = sign_in(officer)
        for path in rows:
            assert client.get(path).status_code == 404, path
            assert client.post(path, {"do": "yes"}).status_code == 404, path
        assert "FW-" not in client.get("/counter/dwellings?tab=all").content.decode()
    elsewhere = sign_in(let.subdistrict((OTHER_AREA,)))
    assert elsewhere.get("/counter/inspections/carried.json").json()["rows"] == []
    citizen = sign_in(make.make_account("路人"))
    for path in rows | lists:
        assert citizen.get(path).status_code == 404, path


def test_the_longest_waiting_stands_first_with_its_days(sign_in):
    let.recorded(land="collective", commodity=None, today=let.date(2026, 3, 1))
    let.recorded(let.landlord("房东乙"), address="台州路 1 号", land="collective", commodity=None)
    page = main(sign_in(let.subdistrict()).get("/counter/dwellings"))
    assert page.index("CQ-2026-000001") < page.index("CQ-2026-000002")
    assert "9 天" in page


def test_an_office_says_yes_or_gives_back_with_a_reason(everything, sign_in):
    housing, clerk, street = let.housing(), make.make_officer("clerk"), let.subdistrict()
    title, filing = everything["housing"]
    bureau = sign_in(housing)
    assert "至少 5 个字" in main(bureau.post(title, {"do": "back", "said": "不清"}))
    bureau.post(title, {"do": "back", "said": "第二页看不清，请重拍。"})
    assert TitleClaim.objects.get(dwelling__land="state").state == "returned"
    day = {"on_year": 2026, "on_month": 3, "on_day": 10}
    assert "请写备案号" in main(bureau.post(filing, {"do": "yes", "filing_number": "", **day}))
    bureau.post(filing, {"do": "yes", "filing_number": "拱租备 1", **day})
    assert LeaseFiling.objects.get().filing_number == "拱租备 1"
    assert bureau.post(filing, {"do": "yes", "filing_number": "拱租备 2", **day}).status_code == 404
    sign_in(clerk).post(everything["clerk"][0], {"do": "yes"})
    assert LettingRecord.objects.get().state == "recorded"
    for path in everything["subdistrict"][:2]:
        sign_in(street).post(path, {"do": "yes"})
    assert TitleClaim.objects.get(dwelling__land="collective").state == "confirmed"


def test_what_was_recorded_or_filed_is_struck_off_by_its_own_office(sign_in):
    dwelling, claim, account = let.recorded()
    lease = let.leased(dwelling, account, make.make_person("林海峰"))
    let.all_done(dwelling, claim, account, lease, TODAY)
    address = f"/counter/dwellings/{dwelling.number}"
    clerk, bureau = sign_in(make.make_officer("clerk")), sign_in(let.housing())
    number = LeaseFiling.objects.get().number
    assert "注销出租登记" not in main(bureau.get(address))
    assert bureau.post(address, {"do": "strike"}).status_code == 403
    assert LettingRecord.objects.get().state == "recorded"
    clerk.post(address, {"do": "strike"})
    assert LettingRecord.objects.get().state == "ended"
    said = {"do": "take_back", "filing": number, "said": "合同是假的，撤销备案。"}
    assert clerk.post(address, said).status_code == 403
    bureau.post(address, said)
    assert LeaseFiling.objects.get().state == "returned"


def test_an_inspection_is_filled_in_without_scripts(everything, sign_in):
    row = Inspection.objects.get(state="asked")
    address, client = f"/counter/inspections/{row.number}", sign_in(let.subdistrict())
    assert "请选是或否" in main(client.post(address, good(extinguisher="")))
    photo = SimpleUploadedFile("灭火器.jpg", make.picture(), content_type="image/jpeg")
    mend = {"mend_by_year": 2026, "mend_by_month": 4, "mend_by_day": 9}
    client.post(address, good(extinguisher="no", papers=photo, note="买两个。", **mend))
    row.refresh_from_db()
    assert (row.state, row.key, row.photos.count()) == ("failed", "device-0001", 1)
    page = client.get(address).content.decode()
    assert "没有灭火器" in page
    assert "买两个。" in page
    assert client.get(f"/files/{row.photos.get().name}").status_code == 200


def test_what_a_device_sends_twice_is_kept_once_and_stores_no_second_photo(everything, sign_in):
    row = Inspection.objects.get(state="asked")
    client, address = sign_in(let.subdistrict()), f"/counter/inspections/{row.number}/send"

    def send(**about):
        photo = SimpleUploadedFile("房间.jpg", make.picture(), content_type="image/jpeg")
        return client.post(address, good(papers=photo, **about))

    assert send().json() == {"kept": True}
    photos = StoredFile.objects.count()
    again = send(tenants="1")
    assert (again.status_code, again.json()) == (200, {"kept": True})
    row.refresh_from_db()
    assert (row.state, row.answers["tenants"], StoredFile.objects.count()) == ("passed", 2, photos)
    other = send(key="device-0002")
    assert (other.status_code, len(other.json()["faults"])) == (409, 1)


def test_a_device_is_told_what_is_wrong_and_a_stranger_nothing(everything, sign_in):
    row = Inspection.objects.get(state="asked")
    address = f"/counter/inspections/{row.number}/send"
    answer = sign_in(let.subdistrict()).post(address, good(tenants="", changed_use=""))
    assert (answer.status_code, len(answer.json()["faults"])) == (422, 2)
    future = sign_in(let.subdistrict()).post(address, good(inspected_on_day=11))
    assert future.status_code == 422
    assert sign_in(let.subdistrict((OTHER_AREA,))).post(address, good()).status_code == 404
    assert sign_in(make.make_officer("clerk")).post(address, good()).status_code == 404
    assert Client().post(address, good()).status_code == 302
    row.refresh_from_db()
    assert row.state == "asked"


def test_the_device_s_page_says_nothing_of_any_dwelling_and_its_list_names_no_tenant(everything, sign_in):
    client = sign_in(let.subdistrict())
    page = client.get("/counter/inspections/device").content.decode()
    assert "桥弄街" not in page
    assert all(f'name="{code}"' in page for code in QUESTIONS)
    carried = client.get("/counter/inspections/carried.json")
    assert "林海峰" not in carried.content.decode()
    (row,) = carried.json()["rows"]
    assert (row["fits"], row["rooms"][0]) == (3, "主卧 卧室 14.50 m²")
    worker = client.get("/counter/inspections/worker.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert "/counter/inspections/device" in worker.content.decode()
    assert "script-src 'self'" in worker["Content-Security-Policy"]


def test_a_subdistrict_puts_a_dwelling_on_its_own_list(sign_in):
    dwelling, _claim, _account = let.recorded()
    address = f"/counter/dwellings/{dwelling.number}/inspect"
    assert sign_in(let.subdistrict((OTHER_AREA,))).post(address).status_code == 404
    client = sign_in(let.subdistrict())
    client.post(address)
    client.post(address)
    assert Inspection.objects.count() == 1


def test_a_call_for_help_is_taken_up_and_answered(everything, sign_in):
    client, address = sign_in(let.subdistrict()), everything["subdistrict"][-1]
    client.post(address, {"do": "take_up"})
    assert "正在处理" in main(client.get(address))
    assert "至少 5 个字" in main(client.post(address, {"do": "settle", "answer": "好"}))
    client.post(address, {"do": "settle", "answer": "房东明天来交。"})
    assert "没有等着答复的" in main(client.get("/counter/help-calls"))
    assert "QZ-2026-000001" in main(client.get("/counter/help-calls?tab=done"))


def test_lists_are_paged(sign_in):
    for n in range(51):
        let.recorded(let.landlord("房东"), address=f"台州路 {n} 号")
    client = sign_in(let.housing())
    page = client.get("/counter/dwellings?tab=all").content.decode()
    assert page.count("<tr data-row>") == 50
    assert "page=2" in page
    assert client.get("/counter/dwellings?tab=all&page=2").content.decode().count("<tr data-row>") == 1
    assert client.get("/counter/dwellings?tab=work&page=2").content.decode().count("<tr data-row>") == 1
    assert (
        client.get("/counter/dwellings?tab=all&text=台州路 50 号").content.decode().count("<tr data-row>")
        == 1
    )


def test_the_officer_s_pages_are_complete_in_english(everything):
    for office, account in (
        ("housing", let.housing()),
        ("clerk", make.make_officer("clerk")),
        ("subdistrict", let.subdistrict()),
        ("all", let.subdistrict()),
        ("area", let.subdistrict()),
    ):
        client = Client(headers={"accept-language": "en"})
        client.force_login(account, backend="juzhu.people.backends.Accounts")
        for path in everything[office]:
            if path.endswith(".json"):
                continue
            assert not CHINESE.findall(main(client.get(path))), path


def test_a_title_that_was_confirmed_shows_on_the_dwelling(sign_in):
    dwelling, claim, _account = let.recorded()
    titles.confirm(claim, actor=let.housing().actor, today=TODAY)
    assert "办好了" in main(sign_in(let.subdistrict()).get(f"/counter/dwellings/{dwelling.number}"))


def test_a_tenant_whose_address_is_written_differently_is_placed_on_the_dwelling_s_page(sign_in):
    dwelling, _claim, account = let.recorded()
    tenant = make.make_person("林海峰")
    home = make.register(tenant, TODAY, address="桥弄街 6 幢（三楼东面，示例）")
    let.leased(dwelling, account, tenant)
    tasks.run_all()
    address, said = f"/counter/dwellings/{dwelling.number}", {"do": "place", "registration": home.number}
    assert "写法不同" not in main(sign_in(let.housing()).get(address))
    assert sign_in(let.housing()).post(address, said).status_code == 404
    client = sign_in(make.make_officer("clerk"))
    assert "就是这里，只是写法不同" in main(client.get(address))
    client.post(address, said)
    home.refresh_from_db()
    assert home.dwelling == dwelling


def test_who_reads_of_a_person_leaves_a_trace(everything, sign_in):
    client = sign_in(let.subdistrict())
    for path in (everything["subdistrict"][0], everything["subdistrict"][-1], everything["area"][0]):
        client.get(path)
    pages = Event.objects.filter(kind="person.read").values_list("data__page", flat=True)
    assert {"title", "help_call", "dwelling"} <= set(pages)
