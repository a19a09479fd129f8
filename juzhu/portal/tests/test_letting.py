"""A landlord's pages, from recording a dwelling to its last answer; and the tenant's who asks for help."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from juzhu.operations import tasks
from juzhu.people import organisations
from juzhu.people.models import Account, Message
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import lettings as let
from juzhu.permits.tests import reporters
from juzhu.permits.tests.factories import AREA, TODAY
from juzhu.portal import letting_letters
from juzhu.portal.tests.browsing import chinese_left, html, primary_buttons, signed_in, stranger, words
from juzhu.registration.dwellings import helping, inspections, letting, titles
from juzhu.registration.models import Dwelling, HelpCall, Inspection, Lease, LeaseFiling, TitleClaim

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


def photo(name: str = "证.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make.picture(), content_type="image/jpeg")


def described(**about):
    known = {
        "subdistrict": AREA,
        "address": "桥弄街 6 幢 2 单元 301 室（示例）",
        "land": "state",
        "commodity": "yes",
        "storeys": "",
        "rooms-TOTAL_FORMS": "2",
        "rooms-INITIAL_FORMS": "0",
        "rooms-0-name": "主卧",
        "rooms-0-designed_as": "bedroom",
        "rooms-0-square_metres": "14.5",
        "rooms-0-let": "on",
        "rooms-1-designed_as": "kitchen",
        "right": "ownership",
        "certificate_number": "",
        "step": "save",
    }
    return {**known, "papers": photo(), **about}


def leased(*people, **about):
    rows = {"tenants-TOTAL_FORMS": str(max(len(people), 1)), "tenants-INITIAL_FORMS": "0"}
    for at, person in enumerate(people):
        rows[f"tenants-{at}-name"] = person.name
        rows[f"tenants-{at}-identity_number"] = person.identity_number
        rows[f"tenants-{at}-part"] = "tenant"
    for name, (year, month, day) in {"from_on": (2025, 9, 1), "until_on": (2026, 8, 31)}.items():
        rows |= {f"{name}_year": year, f"{name}_month": month, f"{name}_day": day}
    return {"do": "lease", "room": "", "monthly_rent": "3200", **rows, "papers": photo("合同.jpg"), **about}


def test_a_dwelling_is_recorded_and_everything_is_handed_in_on_one_page():
    account, tenant = make.make_account("房东甲"), make.make_person("林海峰")
    client = signed_in(account)
    assert "还没有登记出租房屋" in words(client.get("/letting/"))
    answer = client.post("/letting/new", described(), follow=True)
    dwelling = Dwelling.objects.get()
    assert answer.redirect_chain == [(f"/letting/{dwelling.number}", 302)]
    assert "等您办 3 件" in words(answer)
    for data in ({"do": "letting"}, {"do": "inspection"}, leased(tenant)):
        answer = client.post(f"/letting/{dwelling.number}", data, follow=True)
        assert answer.redirect_chain, words(answer)
    assert "您的都交了，等部门答复" in words(answer)
    assert (LeaseFiling.objects.get().state, Lease.objects.get().monthly_rent_fen) == ("asked", 320_000)
    claim, lease = TitleClaim.objects.get(), Lease.objects.get()
    Inspection.objects.all().delete()
    dwelling.letting_records.all().delete()
    LeaseFiling.objects.all().delete()
    let.all_done(dwelling, claim, account, lease, TODAY)
    answer = client.get(f"/letting/{dwelling.number}")
    assert "都办好了，现在不用做别的" in words(answer)
    assert primary_buttons(answer) == 0


def test_what_is_wrong_stands_in_the_summary_and_nothing_typed_is_lost():
    client = signed_in(make.make_account("房东甲"))
    answer = client.post(
        "/letting/new", described(address="", **{"rooms-0-square_metres": "", "rooms-1-name": "厨房"})
    )
    assert "请填门牌地址" in words(answer)
    assert words(answer).count("请写这间房的面积") == 4
    assert 'value="主卧"' in html(answer)
    assert "已经收到 1 份" in words(answer)
    answer = client.post(
        "/letting/new",
        described(**{"rooms-1-name": "厨房", "rooms-1-square_metres": "6", "rooms-1-let": "on"}),
    )
    assert "厨房、阳台、地下储藏室、车库不能出租给人住。请改成不出租。" in words(answer)
    assert not Dwelling.objects.exists()
    kept = html(answer).split('name="kept" value="')[1].split('"')[0]
    again = described(kept=kept)
    del again["papers"]
    assert client.post("/letting/new", again).status_code == 302
    assert TitleClaim.objects.get().files.count() == 1


def test_one_row_more_keeps_what_was_typed_and_finds_no_fault_yet():
    client = signed_in(make.make_account("房东甲"))
    answer = client.post("/letting/new", described(step="more", address=""))
    assert 'name="rooms-2-name"' in html(answer)
    assert 'value="主卧"' in html(answer)
    assert "error-sum" not in html(answer)
    dwelling, _claim, account = let.recorded()
    answer = signed_in(account).post(f"/letting/{dwelling.number}", leased(make.make_person(), do="more"))
    assert 'name="tenants-1-name"' in html(answer)
    assert "周晓芸" in html(answer)
    assert not Lease.objects.exists()


def test_a_tenant_s_wrong_number_is_laid_on_its_row():
    dwelling, _claim, account = let.recorded()
    data = leased(make.make_person()) | {"tenants-0-identity_number": "11010119900101001X"}
    answer = signed_in(account).post(f"/letting/{dwelling.number}", data)
    assert 'href="#id_tenants-0-identity_number"' in html(answer)


def test_a_second_press_says_that_it_waits():
    dwelling, _claim, account = let.recorded()
    client = signed_in(account)
    client.post(f"/letting/{dwelling.number}", {"do": "letting"})
    answer = client.post(f"/letting/{dwelling.number}", {"do": "letting"})
    assert "已经交上去了，正在等答复，不用再交。" in words(answer)


def test_pages_of_a_dwelling_are_the_landlord_s_alone():
    dwelling, _claim, account = let.recorded()
    lease = let.leased(dwelling, account, make.make_person("林海峰"))
    firm, actor = reporters.enrolled("landlord", name="拱墅公寓（示例）")
    colleague = organisations.members(firm).get().account
    paths = ["", "/rooms", "/close", f"/leases/{lease.number}"]
    for path in paths:
        address = f"/letting/{dwelling.number}{path}"
        assert signed_in(account).get(address).status_code == 200
        for other in (make.make_account("路人"), colleague):
            assert signed_in(other).get(address).status_code == 404
            assert signed_in(other).post(address, {"do": "sold"}).status_code == 404
        assert stranger().get(address).status_code == 302
    file = lease.files.get()
    assert signed_in(account).get(f"/files/{file.name}").status_code == 200
    assert signed_in(make.make_account("路人")).get(f"/files/{file.name}").status_code == 404
    assert actor.organisation_id == firm.pk


def test_who_acts_for_a_firm_chooses_it_and_colleagues_see_it():
    firm, _actor = reporters.enrolled("landlord", name="拱墅公寓（示例）")
    member: Account = organisations.members(firm).get().account
    answer = signed_in(member).post("/letting/new", described(landlord=str(firm.pk)), follow=True)
    assert Dwelling.objects.get().owner_organisation == firm
    assert "等您办" in words(answer)
    employer, _other = reporters.enrolled("employer", name="小厂（示例）")
    worker: Account = organisations.members(employer).get().account
    page = signed_in(worker).get("/letting/new")
    assert 'name="landlord"' not in html(page)


def test_a_failed_inspection_says_what_to_mend_by_when_and_asks_for_a_second_look():
    dwelling, _claim, account = let.recorded()
    bad = let.found(answers={"extinguisher": False}, mend_by=TODAY, note="买两个灭火器。")
    let.inspected(dwelling, account, let.subdistrict(), bad)
    answer = signed_in(account).get(f"/letting/{dwelling.number}")
    assert "没有灭火器" in html(answer)
    assert "买两个灭火器。" in html(answer)
    assert "请在 2026-03-10 前改好" in words(answer)
    signed_in(account).post(f"/letting/{dwelling.number}", {"do": "inspection"})
    assert Inspection.objects.get(state="asked").again is not None


def test_the_end_of_a_lease_a_sale_and_a_dwelling_that_is_gone():
    dwelling, claim, account = let.recorded()
    titles.confirm(claim, actor=let.housing().actor, today=TODAY)
    lease = let.leased(dwelling, account, make.make_person("林海峰"))
    letting.file(dwelling, actor=account.actor, today=TODAY)
    client, address = signed_in(account), f"/letting/{dwelling.number}"
    day = {"on_year": 2026, "on_month": 3, "on_day": 9}
    assert "还有没结束的合同" in words(client.post(f"{address}/close", {"do": "gone", **day}))
    client.post(f"{address}/leases/{lease.number}", day)
    lease.refresh_from_db()
    assert lease.ended_on.isoformat() == "2026-03-09"
    client.post(f"{address}/close", {"do": "stop"})
    assert dwelling.letting_records.get().state == "ended"
    client.post(f"{address}/close", {"do": "gone", **day})
    dwelling.refresh_from_db()
    assert dwelling.gone_on.isoformat() == "2026-03-09"
    assert "注销了" in words(client.get(address))
    other, _claim, seller = let.recorded(let.landlord("房东乙"), address="台州路 1 号")
    signed_in(seller).post(f"/letting/{other.number}/close", {"do": "sold"})
    other.refresh_from_db()
    assert other.owner is None


def test_rooms_are_changed_on_a_page_of_their_own():
    dwelling, _claim, account = let.recorded()
    data = described(**{"rooms-0-name": "大房间", "rooms-0-square_metres": "20"})
    signed_in(account).post(f"/letting/{dwelling.number}/rooms", data)
    assert list(dwelling.rooms.values_list("name", flat=True)) == ["大房间"]


def test_an_address_of_another_is_claimed_and_nothing_of_theirs_is_shown():
    dwelling, _claim, first = let.recorded()
    let.leased(dwelling, first, make.make_person("林海峰"))
    client = signed_in(make.make_account("房东乙"))
    answer = client.post("/letting/new", described(address="桥弄街6号楼2单元301"), follow=True)
    assert "这个地址已经登记过" in words(answer)
    assert "正在核对" in words(answer)
    assert "林海峰" not in html(answer)
    assert dwelling.number not in html(answer)


def test_landlord_and_tenant_are_told_what_came_of_it():
    dwelling, claim, account = let.recorded()
    tenant = make.make_account("林海峰")
    make.register(tenant.person, TODAY)
    titles.give_back(claim, "第二页看不清，请重拍。", actor=let.housing().actor, today=TODAY)
    planned = inspections.ask(dwelling, actor=let.subdistrict().actor, today=TODAY)
    bad = let.found(answers={"changed_use": True}, mend_by=TODAY)
    inspections.record(planned, bad, "k", actor=let.subdistrict().actor, today=TODAY)
    call = helping.call(tenant.person, "房东不肯给产权证。", actor=tenant.actor, today=TODAY)
    helping.take_up(call, actor=let.subdistrict().actor)
    helping.settle(call, "房东明天来交。", actor=let.subdistrict().actor)
    tasks.run_all()
    told = {row.kind for row in Message.objects.filter(person=account.person)}
    assert told == {"title_returned", "letting_to_mend"}
    assert {"help_taken_up", "help_settled"} <= set(
        Message.objects.filter(person=tenant.person).values_list("kind", flat=True)
    )
    for who in (account, tenant):
        for row in Message.objects.filter(person=who.person, kind__in=letting_letters.TITLES):
            assert signed_in(who).get(f"/messages/{row.pk}").status_code == 200


def test_a_tenant_asks_for_help_and_reads_the_answer():
    account = make.make_account("林海峰")
    client = signed_in(account)
    assert "先登记住址" in words(client.get("/letting/help"))
    make.register(account.person, TODAY)
    assert "处要改" in words(client.post("/letting/help", {"text": ""}))
    client.post("/letting/help", {"text": "房东不肯给产权证。"})
    call = HelpCall.objects.get()
    helping.settle(call, "房东明天来交。", actor=let.subdistrict().actor)
    assert "房东明天来交。" in html(client.get("/letting/help"))
    assert "房东明天来交。" not in html(signed_in(make.make_account("路人")).get("/letting/help"))


def test_the_landlord_s_pages_are_complete_in_english():
    dwelling, _claim, account = let.recorded()
    lease = let.leased(dwelling, account, make.make_person("林海峰"))
    bad = let.found(answers={"extinguisher": False}, mend_by=TODAY)
    let.inspected(dwelling, account, let.subdistrict(), bad)
    make.register(account.person, TODAY) if account.person.household_division != "330106" else None
    client = signed_in(account, "en")
    for path in ("/letting/", "/letting/new", "/letting/help", "/tasks"):
        assert not chinese_left(client.get(path)), path
    for path in ("", "/rooms", "/close", f"/leases/{lease.number}"):
        assert not chinese_left(client.get(f"/letting/{dwelling.number}{path}")), path
    assert not chinese_left(client.post(f"/letting/{dwelling.number}", leased(do="lease")))


def test_a_landlord_s_list_is_paged_and_costs_as_many_queries_for_many_as_for_one(
    django_assert_max_num_queries,
):
    landlord, account = let.landlord()
    for n in range(21):
        dwelling, _claim, _account = let.recorded((landlord, account), address=f"台州路 {n} 号")
        let.leased(dwelling, account, make.make_person("林海峰"))
    client = signed_in(account)
    with django_assert_max_num_queries(20):
        page = client.get("/letting/")
    assert html(page).count("等您办 3 件") == 20
    assert html(client.get("/letting/?page=2")).count("等您办 3 件") == 1
