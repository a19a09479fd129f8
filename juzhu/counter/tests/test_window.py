"""The window: from a document on the table to a receipt in the hand, by an officer and for somebody else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from juzhu.counter import visits
from juzhu.operations import tasks
from juzhu.operations.models import Event
from juzhu.people import actions as people
from juzhu.people.actions import Claim
from juzhu.people.likeness import former
from juzhu.people.models import Account, Likeness, Person
from juzhu.permits.models import Application
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import AREA, OTHER_AREA, TODAY
from juzhu.registration.models import Registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
START = "/counter/window"
STAY = {
    "subdistrict": AREA,
    "address": "桥弄街 6 幢 2 单元 301 室（示例）",
    "since_year": "2026",
    "since_month": "3",
    "since_day": "9",
    "reason": "family",
    "dwelling_kind": "rented",
}


def receive(client: Client, name: str, number: str) -> str:
    """Identify somebody; the address of their visit."""
    response = client.post(START, {"name": name, "identity_number": number})
    assert response.status_code == 302, response.content.decode()
    return response.headers["Location"]


def at(client: Client, account: Account, person: Person, step: str = "") -> str:
    """A page of a visit that has begun."""
    return f"{START}/v/{visits.begin(account, person)}" + (f"/{step}" if step else "")


def somebody(on: date = date(2025, 7, 1), **about: Any) -> Person:
    """A person without an account who has lived here for long enough, with insurance and a photo on
    record.
    """
    person = make.make_person(photo=make.stored_picture(), **about)
    make.register(person, on)
    make.attest_insurance(person, "2025-01", "2026-02")
    return person


def file_at(client: Client, base: str, route: str = "employment", **form: str) -> str:
    """Go through all four pages; the address of the receipt."""
    assert client.post(f"{base}/apply", {"route": route}).headers["Location"] == f"{base}/form"
    done = client.post(f"{base}/form", {"signed": "on", **form})
    assert done.headers["Location"] == f"{base}/materials", done.content.decode()
    assert client.post(f"{base}/materials", {"next": "1"}).headers["Location"] == f"{base}/confirm"
    assert client.get(f"{base}/confirm").status_code == 200
    sent = client.post(f"{base}/confirm", {"key": "press-1"})
    return sent.headers["Location"]


@pytest.mark.requirement("D01", "F07", "J15")
def test_an_old_person_without_a_phone_is_registered_and_files_without_an_account(sign_in, clerk):
    known = make.identity("吴阿婆", date(1950, 2, 3))
    client = sign_in(clerk)
    base = receive(client, "吴阿婆", known.identity_number)
    person = Person.objects.get(identity_number=known.identity_number)
    assert "办居住登记" in client.get(base).content.decode()
    made = client.post(f"{base}/register", {**STAY, "key": "r-1"})
    assert made.headers["Location"] == f"{base}/certificate"
    row = Registration.objects.get(person=person)
    assert (row.channel, row.subdistrict, row.registered_on) == ("window", AREA, TODAY)
    assert row.number in client.get(f"{base}/certificate").content.decode()
    assert client.post(f"{base}/register", {**STAY, "key": "r-1"}).status_code == 302
    assert Registration.objects.filter(person=person).count() == 1
    assert not Account.objects.filter(person=person).exists()


@pytest.mark.requirement("D01", "F07")
def test_the_record_says_who_filed_and_by_which_channel(sign_in, clerk):
    person = somebody()
    client = sign_in(clerk)
    base = receive(client, person.name, person.identity_number)
    receipt = file_at(client, base)
    case = Application.objects.get(person=person)
    assert receipt == f"/counter/window/receipts/{case.number}"
    assert (case.state, case.channel, case.filed_by_id) == ("submitted", "window", clerk.pk)
    assert case.answers["declaration"] == {"agreed": True, "on": TODAY.isoformat(), "way": "paper"}
    assert case.answers["form"]["phone"] == ""
    event = Event.objects.get(kind="application.submitted", subject_id=str(case.pk))
    assert (event.actor_kind, event.actor_account_id, event.actor_name) == ("staff", clerk.pk, "徐静")
    page = client.get(receipt).content.decode()
    for words in (case.number, "徐静", "收件凭证", "当场受理"):
        assert words in page
    assert client.post(f"{base}/confirm", {"key": "press-1"}).status_code == 302
    assert Application.objects.filter(person=person).count() == 1


def test_a_phone_that_was_given_is_kept_to_tell_them(sign_in, clerk):
    person = somebody()
    client = sign_in(clerk)
    file_at(client, at(client, clerk, person), phone="13800006071")
    person.refresh_from_db()
    assert person.phone == "13800006071"


@pytest.mark.requirement("D01")
def test_papers_are_taken_in_by_the_same_rules_and_bad_ones_named(sign_in, clerk):
    person = make.make_person()
    make.register(person, date(2025, 7, 1))
    client = sign_in(clerk)
    base = at(client, clerk, person)
    client.post(f"{base}/apply", {"route": "employment"})
    client.post(f"{base}/form", {"signed": "on"})
    page = client.get(f"{base}/materials").content.decode()
    assert "counter/camera.js" in page
    assert "data-camera" in page
    good = SimpleUploadedFile("paper-1.jpg", make.picture("#aa3322"), "image/jpeg")
    bad = SimpleUploadedFile("合同.docx", b"PK\x03\x04 nothing", "application/zip")
    answer = client.post(
        f"{base}/materials",
        {
            "photo-files": good,
            "insurance-files": bad,
            "insurance-first": "2025-01",
            "insurance-last": "2026-02",
            "next": "1",
        },
    )
    said = answer.content.decode()
    assert "合同.docx" in said
    assert 'href="#id_insurance-files"' in said
    piece = person.evidence.get(kind="photo")
    assert piece.given_by_id == clerk.pk
    assert client.get(f"/files/{piece.files.get().name}").status_code == 200


@pytest.mark.requirement("J15")
def test_a_draft_goes_on_at_the_window_and_back_online(sign_in, clerk):
    account = make.eligible_account()
    draft = make.draft(account)
    client = sign_in(clerk)
    base = receive(client, account.person.name, account.person.identity_number)
    assert "接着申领" in client.get(base).content.decode()
    client.post(f"{base}/apply", {"route": "employment"})
    draft.refresh_from_db()
    assert (draft.channel, draft.state) == ("window", "draft")
    online = sign_in(account)
    assert online.get("/apply/confirm").status_code == 200
    online.post("/apply/confirm", {"key": "k"})
    draft.refresh_from_db()
    assert (draft.state, draft.channel, draft.filed_by_id) == ("submitted", "web", account.pk)


@pytest.mark.requirement("F07")
def test_a_colleague_goes_on_and_a_stranger_or_reviewer_does_not(sign_in, clerk, chief, reviewer, stranger):
    person = somebody()
    client = sign_in(clerk)
    base = at(client, clerk, person)
    client.post(f"{base}/apply", {"route": "employment"})
    draft = Application.objects.get(person=person)
    wanted = {"what": "draft", "which": str(draft.pk)}
    assert person.name in sign_in(chief).get(START).content.decode()
    opened = sign_in(chief).post(f"{START}/receive", wanted)
    assert sign_in(chief).get(opened.headers["Location"]).status_code == 200
    assert person.name not in sign_in(stranger).get(START).content.decode()
    assert sign_in(stranger).post(f"{START}/receive", wanted).status_code == 404
    assert sign_in(reviewer).get(START).status_code == 404
    assert sign_in(reviewer).post(f"{START}/receive", wanted).status_code == 404


def test_a_visit_is_its_officers_alone(sign_in, clerk, chief):
    person = somebody()
    client = sign_in(chief)
    copied = at(client, clerk, person)
    assert client.get(copied).headers["Location"] == START
    assert client.get(f"{START}/v/1-2.abc.def").headers["Location"] == START


def test_a_citizen_has_no_window(sign_in):
    account = make.eligible_account()
    client = sign_in(account)
    assert client.get(START).status_code == 404
    assert client.get(f"{START}/v/{visits.begin(account, account.person)}").status_code == 404


def test_an_officer_files_and_registers_only_in_their_own_area(sign_in, clerk):
    person = make.make_person(photo=make.stored_picture())
    make.register(person, date(2025, 7, 1), subdistrict=OTHER_AREA)
    client = sign_in(clerk)
    base = receive(client, person.name, person.identity_number)
    assert "登记在别的街道" in client.get(base).content.decode()
    assert client.post(f"{base}/apply", {"route": "employment"}).headers["Location"] == base
    assert client.post(f"{base}/leave", {}).headers["Location"] == base
    assert not Application.objects.exists()
    stay = {**STAY, "subdistrict": OTHER_AREA, "since_month": "3"}
    assert client.post(f"{base}/move", stay).status_code == 200
    client.post(f"{base}/move", STAY)
    assert Registration.objects.get(person=person, ended_on=None).subdistrict == AREA


@pytest.mark.parametrize(
    ("name", "number", "sentence"),
    [
        ("周晓芸", "341221199308170022", "最后一位对不上"),
        ("周晓芸", "", "没有证件，走"),
        ("", "341221199308170022", "请照证件填姓名"),
    ],
)
def test_what_is_wrong_with_a_number_is_said_and_nothing_typed_is_lost(
    sign_in, clerk, name, number, sentence
):
    response = sign_in(clerk).post(START, {"name": name, "identity_number": number})
    page = response.content.decode()
    assert sentence in page
    assert f'value="{number or name}"' in page


def test_a_name_that_does_not_belong_to_the_number_opens_nobody(sign_in, clerk):
    person = make.make_person()
    response = sign_in(clerk).post(START, {"name": "别人", "identity_number": person.identity_number})
    assert "对不上" in response.content.decode()
    assert response.status_code == 200


@pytest.mark.requirement("A04")
def test_without_a_document_one_registers_and_gets_no_permit_yet(sign_in, clerk):
    client = sign_in(clerk)
    said = {
        "name": "无证人",
        "sex": "1",
        "born_year": "1980",
        "born_month": "5",
        "born_day": "6",
        "household_division": "340000",
    }
    base = client.post(f"{START}/pending", said).headers["Location"]
    person = Person.objects.get(name="无证人")
    assert person.identity_number == ""
    assert "待核实" in client.get(base).content.decode()
    client.post(f"{base}/register", {**STAY, "key": "r"})
    assert Registration.objects.filter(person=person).exists()
    assert "待核实" in client.get(f"{base}/certificate").content.decode()
    assert "待核实" in client.get(f"/counter/people/{person.registrations.get().number}").content.decode()
    twice = client.post(f"{START}/pending", said).content.decode()
    assert "可能就是这一位" in twice
    assert Person.objects.filter(name="无证人").count() == 1
    client.post(f"{START}/pending", {**said, "another": "on"})
    assert Person.objects.filter(name="无证人").count() == 2


@pytest.mark.requirement("A04")
def test_a_number_that_is_remembered_is_kept_as_said_and_betrays_nothing(sign_in, clerk):
    known = make.make_person("无证人", date(1950, 5, 6))
    old = former(known.identity_number)
    said = {
        "sex": "1",
        "born_year": "1950",
        "born_month": "5",
        "born_day": "6",
        "household_division": "340000",
    }
    client = sign_in(clerk)
    refused = client.post(f"{START}/pending", {**said, "name": "无证人", "number": "不记得了"})
    assert "号码最多 18 位" in refused.content.decode()
    assert "不记得了" in refused.content.decode()
    shown = []
    for name, number in (("无证人", f" {old[:6]} {old[6:]}"), ("无此人", "341221500506001")):
        done = client.post(f"{START}/pending", {**said, "name": name, "number": number})
        page = client.get(done.headers["Location"])
        shown.append((done.status_code, page.status_code, "可能有另一份档案" in page.content.decode()))
    assert shown == [(302, 200, False)] * 2
    person = Person.objects.get(name="无证人", identity_number="")
    assert (person.claimed_number, person.identity_pending) == (old, True)
    make.register(person, TODAY)
    tasks.run_all()
    assert "可能有另一份档案" in client.get(at(client, clerk, person)).content.decode()


@pytest.mark.requirement("A04")
def test_a_pending_person_is_asked_for_the_document_in_the_notice(sign_in, clerk):
    client = sign_in(clerk)
    claim = Claim("无证人", 1, date(1980, 5, 6), "340000")
    person = people.record_pending(claim, actor=clerk.actor, today=TODAY)
    make.register(person, date(2025, 7, 1))
    make.attest_insurance(person, "2025-01", "2026-02")
    base = at(client, clerk, person)
    receipt = file_at(client, base)
    page = client.get(receipt).content.decode()
    assert "当场一次性告知" in page
    case = Application.objects.get(person=person)
    assert "身份证" in client.get(f"/counter/cases/{case.number}/supplement").content.decode()
    assert client.get(f"/counter/cases/{case.number}").status_code == 200
    known = make.identity("无证人", date(1980, 5, 6))
    done = client.post(f"{base}/prove", {"name": "无证人", "identity_number": known.identity_number})
    assert done.headers["Location"] == base
    person.refresh_from_db()
    assert person.identity_number == known.identity_number
    assert person.registrations.get().registered_on == date(2025, 7, 1)


@pytest.mark.requirement("A04")
def test_a_number_that_is_somebody_elses_is_refused_with_what_to_do(sign_in, clerk):
    other = make.make_person("无证人", date(1980, 5, 6))
    claim = Claim("无证人", 1, date(1980, 5, 6), "340000")
    person = people.record_pending(claim, actor=clerk.actor, today=TODAY)
    client = sign_in(clerk)
    said = {"name": "无证人", "identity_number": other.identity_number}
    response = client.post(at(client, clerk, person, "prove"), said)
    assert response.status_code == 409
    assert "已经有一条记录" in response.content.decode()
    pair = f"/counter/duplicates/{Likeness.objects.get().pk}"
    assert pair in response.content.decode()
    make.register(other, TODAY, subdistrict=OTHER_AREA)
    assert pair not in client.post(at(client, clerk, person, "prove"), said).content.decode()
    person.refresh_from_db()
    assert person.identity_number == ""


def test_endorsement_and_address_at_the_window(sign_in, clerk, on_day):
    permit = make.issued()
    later = date(2027, 2, 20)
    on_day(later)
    make.attest_insurance(permit.person, "2026-01", "2027-01")
    client = sign_in(clerk)
    base = at(client, clerk, permit.person)
    assert "办签注" in client.get(base).content.decode()
    sent = client.post(f"{base}/endorse", {"route": "employment"})
    case = Application.objects.get(person=permit.person, kind="endorsement")
    assert sent.headers["Location"] == f"/counter/window/receipts/{case.number}"
    assert (case.channel, case.filed_by_id, case.filed_on) == ("window", clerk.pk, later)
