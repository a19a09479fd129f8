"""The officer's papers: the menu of a case, and handing out a slip; nothing outside the area."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from juzhu.documents.tests import cases
from juzhu.documents.tests.reading import words as read
from juzhu.documents.tests.sealed import faults, parts
from juzhu.operations import tasks
from juzhu.operations.models import Event
from juzhu.people.identity_numbers import complete
from juzhu.permits.models import Permit, Slip
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA
from juzhu.portal.tests.browsing import chinese_left, html, primary_buttons, signed_in, stranger, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
NUMBER = complete("330102", date(1980, 2, 29), 321)
AGENT = {
    "key": "k1",
    "handed_to": "agent",
    "agent_name": "李娜",
    "agent_identity_number": NUMBER,
    "agent_shows": "identity_card",
}


@pytest.fixture
def permit() -> Permit:
    return make.issued()


def mandate() -> SimpleUploadedFile:
    return SimpleUploadedFile("委托书.jpg", make.picture(), "image/jpeg")


def test_a_case_lists_its_papers_and_opens_them_in_the_area_alone():
    case = cases.refused()
    clerk = make.make_officer()
    path = f"/counter/cases/{case.number}/papers/refusal"
    page = html(signed_in(clerk).get(f"/counter/cases/{case.number}"))
    assert f"{path}/zh.pdf" in page and f"{path}/en.pdf" in page
    answer = signed_in(clerk).get(f"{path}/zh.pdf")
    assert "不予受理决定书" in read(b"".join(answer.streaming_content)).replace(" ", "")
    assert Event.objects.filter(kind="person.read", data__page="paper").count() == 1
    assert signed_in(make.make_officer(areas=(OTHER_AREA,))).get(f"{path}/zh.pdf").status_code == 404
    assert signed_in(make.make_officer("auditor")).get(f"{path}/zh.pdf").status_code == 404
    assert signed_in(make.eligible_account()).get(f"{path}/zh.pdf").status_code == 404
    assert stranger().get(f"{path}/zh.pdf").status_code == 302


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_slips_page_has_one_heading_and_its_language(permit, language):
    page = signed_in(make.make_officer(), language).get(f"/counter/papers/slip/{permit.number}")
    assert html(page).count("<h1") == 1
    assert primary_buttons(page) == 1
    assert permit.person.identity_number not in html(page)
    if language == "en":
        assert not chinese_left(page)


@pytest.mark.requirement("E10", "F08")
def test_the_holder_is_handed_a_slip_which_is_printed(permit):
    client = signed_in(make.make_officer())
    path = f"/counter/papers/slip/{permit.number}"
    answer = client.post(path, {"key": "k1", "handed_to": "holder"})
    slip = Slip.objects.get()
    assert answer.url == f"/counter/papers/slips/{slip.number}"
    assert client.post(path, {"key": "k1", "handed_to": "holder"}).url == answer.url
    assert Slip.objects.count() == 1
    assert "请打印盖章" in words(client.get(answer.url))
    tasks.run_all()
    pdf = client.get(f"{answer.url}/zh.pdf")
    assert "确认单" in read(b"".join(pdf.streaming_content))
    assert client.get(f"{answer.url}/mandate").status_code == 404


@pytest.mark.requirement("E10", "F08")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_waits_for_the_worker_that_seals(permit, language):
    client = signed_in(make.make_officer(), language)
    path = client.post(f"/counter/papers/slip/{permit.number}", {"key": "k1", "handed_to": "holder"}).url
    page = client.get(path)
    assert f'hx-get="{path}"' in html(page) and f"{path}/zh.ofd" not in html(page)
    assert primary_buttons(page) == 1
    opened = client.get(f"{path}/zh.pdf", follow=True)
    assert opened.redirect_chain == [(path, 302)]
    assert ("正在盖电子印章" if language == "zh-hans" else "is being sealed") in html(opened)
    assert client.get(f"{path}/zh.ofd").status_code == 404
    assert client.get(f"{path}/en.pdf").status_code == 200, "the reading version bears no seal"
    tasks.run_all()
    part = html(client.get(path, headers={"HX-Request": "true"}))
    assert part.startswith('<div id="slip-files"') and "hx-get" not in part
    assert f"{path}/zh.pdf" in part and f"{path}/zh.ofd" in part
    assert language == "zh-hans" or not chinese_left(client.get(path))
    ofd = client.get(f"{path}/zh.ofd")
    assert ofd.headers["Content-Type"] == "application/ofd"
    assert ofd.headers["Content-Disposition"].startswith("attachment")
    assert list(faults(parts(b"".join(ofd.streaming_content)))) == []
    elsewhere = signed_in(make.make_officer(areas=(OTHER_AREA,)))
    assert elsewhere.get(f"{path}/zh.ofd").status_code == 404


def test_a_name_that_cannot_be_set_is_told_while_the_page_waits(permit):
    cases.version(permit, 2, "moved", name="王\U00031350")
    client = signed_in(make.make_officer())
    path = client.post(f"/counter/papers/slip/{permit.number}", {"key": "k1", "handed_to": "holder"}).url
    tasks.run_all()
    opened = client.get(f"{path}/zh.pdf", follow=True)
    assert "U+31350" in html(opened) and "正在盖电子印章，请过几秒" not in html(opened)


def test_without_a_seal_service_the_slip_is_printed_at_once_to_be_stamped(permit, settings):
    settings.JUZHU_SEALER = ""
    client = signed_in(make.make_officer())
    path = client.post(f"/counter/papers/slip/{permit.number}", {"key": "k1", "handed_to": "holder"}).url
    assert "hx-get" not in words(client.get(path))
    pdf = b"".join(client.get(f"{path}/zh.pdf").streaming_content)
    assert "确认单" in read(pdf) and "开发测试" not in read(pdf) and b"/ByteRange" not in pdf
    tasks.run_all()
    assert client.get(f"{path}/zh.ofd").status_code == 404


@pytest.mark.requirement("F08")
def test_an_agent_is_recorded_with_the_mandate(permit):
    client = signed_in(make.make_officer())
    answer = client.post(f"/counter/papers/slip/{permit.number}", {**AGENT, "mandate": mandate()})
    slip = Slip.objects.get()
    assert (slip.agent_name, slip.agent_identity_number, slip.agent_shows) == (
        "李娜",
        NUMBER,
        "identity_card",
    )
    page = html(client.get(answer.url))
    assert "李娜" in page
    assert NUMBER not in page
    assert client.get(f"{answer.url}/mandate").status_code == 200
    elsewhere = signed_in(make.make_officer(areas=(OTHER_AREA,)))
    for tail in ("", "/zh.pdf", "/mandate"):
        assert elsewhere.get(f"{answer.url}{tail}").status_code == 404


@pytest.mark.requirement("F08")
def test_each_thing_that_an_agent_lacks_is_named_and_what_was_sent_is_kept(permit):
    client = signed_in(make.make_officer())
    path = f"/counter/papers/slip/{permit.number}"
    page = html(client.post(path, {"key": "k1", "handed_to": "agent"}))
    for said in (
        "请填受托人的姓名。",
        "请填受托人的公民身份号码。",
        "请选受托人出示了什么。",
        "请传书面委托书。",
    ):
        assert said in page
    wrong = {**AGENT, "agent_identity_number": NUMBER[:17] + ("1" if NUMBER[17] != "1" else "2")}
    page = html(client.post(path, {**wrong, "mandate": mandate()}))
    assert "最后一位对不上" in page
    assert "已经传了“委托书.jpg”" in page
    assert "李娜" in page
    assert client.post(path, AGENT).status_code == 302
    assert Slip.objects.get().mandate is not None


def test_a_file_that_is_no_mandate_is_named(permit):
    client = signed_in(make.make_officer())
    sent = SimpleUploadedFile("委托书.docx", b"PK\x03\x04 no", "application/x")
    page = html(client.post(f"/counter/papers/slip/{permit.number}", {**AGENT, "mandate": sent}))
    assert "委托书.docx" in page
    assert not Slip.objects.exists()


def test_what_is_outside_the_area_or_ended_has_no_slip(permit):
    path = f"/counter/papers/slip/{permit.number}"
    assert signed_in(make.make_officer(areas=(OTHER_AREA,))).get(path).status_code == 404
    assert signed_in(make.make_officer("department", department="housing")).get(path).status_code == 404
    Permit.objects.filter(pk=permit.pk).update(terminated_on=permit.issued_on)
    client = signed_in(make.make_officer())
    assert "已经终止，不能打印确认单" in words(client.get(path))
    answer = client.post(path, {"key": "k1", "handed_to": "holder"})
    assert answer.status_code == 409
    assert not Slip.objects.exists()
