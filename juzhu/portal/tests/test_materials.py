"""Handing in papers: what is known is not asked, every good file is kept, every bad one is named."""

import io
from datetime import date

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Evidence
from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import StoredFile
from juzhu.people.models import Account
from juzhu.permits import casework, facts
from juzhu.permits.models import Application
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.portal.tests.browsing import html, signed_in, stranger, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
PAGE = "/apply/materials"
LEASE = {
    "lease-from_day_year": "2026",
    "lease-from_day_month": "1",
    "lease-from_day_day": "1",
    "lease-to_day_year": "2026",
    "lease-to_day_month": "12",
    "lease-to_day_day": "31",
    "lease-commodity": "yes",
}


def picture(name="合同第1页.jpg", colour="#336677") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make.picture(colour), "image/jpeg")


def pdf(name="合同.pdf", *, password="", script=False) -> SimpleUploadedFile:
    out = io.BytesIO()
    made = pikepdf.new()
    made.add_blank_page()
    if script:
        made.Root.OpenAction = made.make_indirect(
            pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        )
    lock = pikepdf.Encryption(user=password, owner=password) if password else False
    made.save(out, encryption=lock)
    return SimpleUploadedFile(name, out.getvalue(), "application/pdf")


HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1" + bytes(200)
BAD = {
    "heic": (lambda: SimpleUploadedFile("IMG_2041.HEIC", HEIC, "image/heic"), "“IMG_2041.HEIC”是 HEIC 格式"),
    "renamed": (lambda: SimpleUploadedFile("合同.jpg", b"MZ" + bytes(300)), "“合同.jpg”不是照片，也不是 PDF"),
    "locked": (lambda: pdf(password="secret"), "“合同.pdf”设了打开密码"),
    "script": (lambda: pdf(script=True), "“合同.pdf”里有脚本或附件"),
    "empty": (lambda: SimpleUploadedFile("空.jpg", b""), "“空.jpg”是空的"),
}


def renter(**about) -> Account:
    account = make.make_account(**{"photo": make.stored_picture(), **about})
    make.register(account.person, date(2025, 7, 1))
    return account


def at_materials(account: Account, route: str = "dwelling"):
    application = make.draft(account, route)
    return signed_in(account), application


def leases(account: Account):
    return Evidence.objects.filter(person=account.person, kind="lease", withdrawn_at=None)


def test_what_a_department_has_said_stands_first_and_is_not_asked():
    account = renter()
    evidence.attest(account.person_id, Kind.RENTAL_REGISTRATION, {}, "police", actor=SYSTEM)
    client, _application = at_materials(account)
    page = client.get(PAGE)
    keys = [item.key for item in page.context["papers"].items]
    assert keys == ["title_landlord", "lease", "lease_filing", "safety_inspection"]
    assert "来自公安， 2026-03-10" in words(page)
    assert words(page).index("这些我们已经有了") < words(page).index("请您上传 4 样")
    assert 'id="id_insurance-files"' not in html(page)


def test_insurance_is_asked_only_where_the_bureau_says_nothing():
    client, _application = at_materials(make.eligible_account(), "employment")
    assert client.get(PAGE).context["papers"].items == []
    assert "不用您交材料" in words(client.get(PAGE))
    account = renter(name="李明")
    client, _application = at_materials(account, "employment")
    sent = {
        "insurance-files": [pdf("参保证明.pdf")],
        "insurance-first": "2025-01",
        "insurance-last": "2026-02",
        "next": "1",
    }
    assert client.post(PAGE, sent).url == "/apply/confirm"
    piece = Evidence.objects.get(person=account.person, kind="insurance")
    assert piece.says["runs"][0]["from"] == "2025-01"


def test_several_files_and_the_typed_term_become_one_paper():
    account = renter()
    client, application = at_materials(account)
    files = [picture(), picture("合同第2页.jpg", "#112233")]
    answer = client.post(PAGE, {**LEASE, "lease-files": files, "next": "1"})
    assert answer.url == "/apply/confirm"
    piece = leases(account).get()
    assert piece.files.count() == 2
    assert piece.says == {
        "from": "2026-01-01", "to": "2026-12-31", "landlord": "", "commodity_housing": True,
            "location": "", "tenants": [],
    }  # fmt: skip
    answer, _seen = facts.decide(Application.objects.get(pk=application.pk), TODAY)
    states = {finding.code: finding.state for finding in answer.findings}
    assert states["lease_one_year"] == states["lease_current"] == "met"


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_file_is_named_and_nothing_is_half_written(fault):
    made, sentence = BAD[fault]
    account = renter()
    client, _application = at_materials(account)
    stored = StoredFile.objects.count()
    answer = client.post(PAGE, {**LEASE, "lease-files": [made()], "next": "1"})
    assert answer.status_code == 200
    assert sentence in words(answer)
    assert "<title>错误：" in html(answer)
    assert 'href="#id_lease-files"' in html(answer)
    assert not leases(account).exists()
    assert StoredFile.objects.count() == stored
    assert 'value="2026" selected' in html(answer)
    assert 'value="12" selected' in html(client.get(PAGE))


def test_the_good_files_beside_a_bad_one_are_kept():
    account = renter()
    client, _application = at_materials(account)
    files = [picture(), pdf(password="x"), picture("合同第2页.jpg", "#112233")]
    answer = client.post(PAGE, {**LEASE, "lease-files": files, "next": "1"})
    assert "设了打开密码" in words(answer)
    assert leases(account).get().files.count() == 2


def test_files_wait_for_the_words_that_are_missing():
    account = renter()
    client, _application = at_materials(account)
    answer = client.post(PAGE, {"lease-files": [picture()], "lease-commodity": "yes", "next": "1"})
    assert "请选开始的年、月、日" in words(answer)
    assert not leases(account).exists()
    client.post("/sign-out")
    again = signed_in(account)
    page = again.get(PAGE)
    assert "合同第1页.jpg" in words(page)
    name = page.context["papers"].items[1].waiting[0].name
    assert again.get(f"/files/{name}").status_code == 200
    assert again.post(PAGE, {**LEASE, "next": "1"}).url == "/apply/confirm"
    assert leases(account).get().files.get().original_name == "合同第1页.jpg"


def test_words_without_a_file_ask_for_the_file():
    account = renter()
    client, _application = at_materials(account)
    answer = client.post(PAGE, {**LEASE, "next": "1"})
    assert "还差文件" in words(answer)
    assert not leases(account).exists()


def test_sending_the_same_files_twice_keeps_each_once():
    account = renter()
    client, _application = at_materials(account)
    for _time in range(2):
        client.post(PAGE, {**LEASE, "lease-files": [picture()], "stay": "1"})
    assert leases(account).get().files.count() == 1


def test_a_page_is_added_to_what_is_there_and_one_is_taken_away():
    account = renter()
    client, _application = at_materials(account)
    client.post(PAGE, {**LEASE, "lease-files": [picture()], "stay": "1"})
    client.post(PAGE, {**LEASE, "lease-files": [picture("合同第2页.jpg", "#112233")], "stay": "1"})
    first, second = leases(account).get().files.order_by("pk")
    assert (first.original_name, second.original_name) == ("合同第1页.jpg", "合同第2页.jpg")
    answer = client.post(PAGE, {**LEASE, "remove": f"lease:{first.name}"})
    assert answer.url.endswith("#paper-lease")
    assert leases(account).get().files.get() == second
    client.post(PAGE, {**LEASE, "remove": f"lease:{second.name}"})
    assert not leases(account).exists()


def test_the_remove_button_names_its_file():
    account = renter()
    client, _application = at_materials(account)
    client.post(PAGE, {**LEASE, "lease-files": [picture()], "stay": "1"})
    page = words(client.get(PAGE))
    assert "删掉 合同第1页.jpg" in page
    assert "1 页 1 KB" in page or "1 页·1 KB" in page or "1 页" in page


def test_a_photograph_is_a_picture_and_the_newest_replaces_the_older():
    account = renter(photo=None)
    client, _application = at_materials(account)
    answer = client.post(PAGE, {"photo-files": pdf("相片.pdf"), "stay": "1"})
    assert "“相片.pdf”是 PDF" in words(answer)
    for colour in ("#111111", "#999999"):
        client.post(PAGE, {"photo-files": picture("我.jpg", colour), "stay": "1"})
    kept = Evidence.objects.filter(person=account.person, kind="photo", withdrawn_at=None)
    assert kept.get().files.count() == 1


def test_a_lease_that_ends_before_it_begins_is_told():
    client, _application = at_materials(renter())
    sent = {**LEASE, "lease-to_day_year": "2025", "lease-files": [picture()], "next": "1"}
    assert "结束的日期不能早于开始的日期" in words(client.post(PAGE, sent))


def asked() -> tuple[Account, Application]:
    account = renter()
    application = make.submitted(account, route="dwelling")
    answer, _seen = facts.decide(application, TODAY)
    notes = {**dict.fromkeys(answer.missing, ""), "lease_one_year": "签名页没有拍到。"}
    casework.request_supplement(application, notes, actor=make.make_officer().actor, today=TODAY)
    return account, Application.objects.get(pk=application.pk)


def test_a_supplement_asks_for_what_the_notice_names_and_is_handed_in_once():
    account, application = asked()
    client = signed_in(account)
    page = client.get(f"/applications/{application.number}/supplement")
    assert "签名页没有拍到。" in html(page)
    assert "photo" not in [item.key for item in page.context["papers"].items]
    key = page.context["key"]
    sent = {**LEASE, "lease-files": [picture()], "key": key, "next": "1", "anyway": "1"}
    for _time in range(2):
        answer = client.post(f"/applications/{application.number}/supplement", sent)
        assert answer.url == f"/applications/{application.number}"
    application.refresh_from_db()
    assert application.state == "submitted"
    assert application.decisions.filter(stage="submit").count() == 2
    assert leases(account).count() == 1


@pytest.mark.requirement("D04", "D05")
def test_a_supplement_with_nothing_in_it_is_not_handed_in_by_a_slip():
    account, application = asked()
    client, address = signed_in(account), f"/applications/{application.number}/supplement"
    answer = client.post(address, {"key": "k", "next": "1"})
    assert answer.status_code == 200
    assert answer.context["short"]
    assert "没有提交" in html(answer)
    application.refresh_from_db()
    assert application.state == "supplement_requested"
    assert client.post(address, {"key": "k", "next": "1", "anyway": "1"}).status_code == 302
    application.refresh_from_db()
    assert application.state == "submitted"


def test_a_supplement_is_nobody_elses():
    account, application = asked()
    path = f"/applications/{application.number}/supplement"
    assert signed_in(account).get(path).status_code == 200
    assert signed_in(make.make_account("李明")).get(path).status_code == 404
    assert signed_in(make.make_officer()).get(path).status_code == 302
    assert stranger().get(path).status_code == 302


def test_a_paper_that_an_officer_returned_is_asked_for_anew():
    account = renter()
    client, application = at_materials(account)
    client.post(PAGE, {**LEASE, "lease-files": [picture()], "next": "1"})
    application = make.submitted(account, route="dwelling")
    clerk = make.make_officer()
    casework.judge(application, leases(account).get(), "insufficient", actor=clerk.actor, today=TODAY)
    answer, _seen = facts.decide(application, TODAY)
    casework.request_supplement(
        application, dict.fromkeys(answer.missing, ""), actor=clerk.actor, today=TODAY
    )
    path = f"/applications/{application.number}/supplement"
    page = client.get(path)
    assert "请重新交" in words(page)
    client.post(path, {**LEASE, "lease-files": [picture("新.jpg", "#00ff00")], "stay": "1"})
    newest = leases(account).get()
    assert [file.original_name for file in newest.files.all()] == ["新.jpg"]
    assert newest.judgement == ""


@pytest.mark.requirement("C01", "CF17")
def test_who_lived_in_another_district_hands_in_its_certificate_and_the_time_counts_on():
    account = make.make_account(photo=make.stored_picture())
    make.register(account.person, date(2026, 3, 2))
    make.attest_insurance(account.person, "2025-01", "2026-02")
    client, application = at_materials(account, "employment")
    assert "把那边的登记凭证或居住证传上来" in words(client.get("/apply/place"))
    assert "杭州别的区的居住登记" in words(client.get(PAGE))
    typed = {
        "residence_elsewhere-division": "330106",
        "residence_elsewhere-registered_on_year": "2025",
        "residence_elsewhere-registered_on_month": "5",
        "residence_elsewhere-registered_on_day": "1",
    }
    wrong = {**typed, "residence_elsewhere-division": "330122", "residence_elsewhere-files": picture()}
    assert client.post(PAGE, wrong).status_code == 200
    assert not Evidence.objects.filter(person=account.person, kind="residence_elsewhere").exists()
    client.post(PAGE, {**typed, "next": "1"})
    piece = Evidence.objects.get(person=account.person, kind="residence_elsewhere")
    assert (piece.source, piece.says["division"], piece.files.count()) == ("upload", "330106", 1)
    assert facts.decide(application, TODAY)[0].outcome == "accept"
    assert "条件都满足了" in words(client.get("/apply/confirm"))


def test_nobody_is_offered_the_paper_of_another_district_who_does_not_need_it():
    account = renter()
    client, _application = at_materials(account)
    assert "杭州别的区的居住登记" not in words(client.get(PAGE))
