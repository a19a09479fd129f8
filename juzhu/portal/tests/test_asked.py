"""谁报送过我: asked once, answered with one tap, changed by the person's word alone, told to nobody else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from juzhu.operations import sms, tasks
from juzhu.people.models import Account, Guardianship, Message
from juzhu.permits import resident_notices
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import reporters
from juzhu.permits.tests.factories import AREA, TODAY
from juzhu.portal.tests.browsing import chinese_left, html, signed_in, stranger, words
from juzhu.registration import doors
from juzhu.registration.models import Contradiction, Invitation, Proposal, Registration, Report
from juzhu.registration.reporting import filing
from juzhu.registration.reporting.entries import Reporter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
ELSEWHERE = "祥园路 8 号 1 幢 101 室（示例）"


@pytest.fixture
def resident() -> Account:
    return make.make_account("周晓芸")


@pytest.fixture
def sent(monkeypatch) -> list[tuple[str, str]]:
    """What went to the gateway."""
    out: list[tuple[str, str]] = []
    monkeypatch.setattr(sms.ConsoleSms, "send", lambda self, phone, text: out.append((phone, text)))
    return out


def report(account_or_number: Account | str, let: bool = True, **about) -> Report:
    known = account_or_number
    number = known if isinstance(known, str) else known.person.identity_number
    name = about.pop("name", "周晓芸" if isinstance(known, str) else known.person.name)
    made, actor = reporters.enrolled("landlord" if let else "employer", name="安居公寓（示例）")
    entry = (reporters.let if let else reporters.entry)(identity_number=number, name=name, **about)
    (filed,) = filing.file(Reporter(made), [entry], actor=actor, today=TODAY)
    tasks.run_all()
    return filed.report


def tap(client: Client, kind: str, said: str):
    row = (Invitation if kind == "invitations" else Proposal).objects.latest("pk")
    return client.post(f"/reported/{kind}/{row.pk}", {"said": said})


@pytest.mark.requirement("A16", "B09")
def test_who_is_reported_and_not_registered_registers_with_the_address_filled_in(resident: Account):
    row = report(resident)
    client = signed_in(resident)
    assert "有 1 条别人报送的" in words(client.get("/"))
    page = html(client.get("/reported"))
    assert "安居公寓（示例）" in page
    assert row.address in page
    assert tap(client, "invitations", "yes").headers["Location"] == "/register/since"
    assert row.address in html(client.get("/register/address"))
    assert not Registration.objects.exists()
    make.register(resident.person, TODAY, address=row.address)
    tasks.run_all()
    assert Invitation.objects.get().answer == "registered"
    assert "有 1 条别人报送的" not in words(client.get("/"))


@pytest.mark.parametrize("said", ["not_me", "not_here"])
def test_who_says_no_is_asked_no_more_and_an_officer_looks(resident: Account, said: str):
    report(resident)
    client = signed_in(resident)
    assert tap(client, "invitations", said).headers["Location"] == "/reported"
    assert Invitation.objects.get().answer == said
    assert Contradiction.objects.get().code == "denied"
    assert Report.objects.get().state == "officer"
    assert "已经答复过了" in words(client.get(tap(client, "invitations", said).headers["Location"]))


def test_a_proposed_workplace_is_changed_by_one_tap_and_by_no_report(resident: Account):
    make.register(resident.person, date(2025, 7, 1), workplace="旧单位")
    report(resident, let=False)
    assert Registration.objects.get().workplace == "旧单位"
    client = signed_in(resident)
    assert "对，就是这样" in words(client.get("/reported"))
    tap(client, "proposals", "yes")
    assert Registration.objects.get().workplace == "安居公寓（示例）"
    assert Proposal.objects.get().state == "accepted"


def test_a_proposed_address_leads_to_the_move_and_no_changes_nothing(resident: Account):
    own = make.register(resident.person, date(2025, 7, 1))
    report(resident, address=ELSEWHERE)
    client = signed_in(resident)
    assert tap(client, "proposals", "yes").headers["Location"] == "/registration/move/since"
    assert ELSEWHERE in html(client.get("/registration/move/address"))
    assert Proposal.objects.get().state == "open"
    tap(client, "proposals", "no")
    assert Proposal.objects.get().state == "declined"
    assert Registration.objects.get().address == own.address


def test_only_the_person_and_a_childs_guardian_see_and_answer_it(resident: Account):
    child = make.make_person("周小满", date(2018, 5, 1))
    Guardianship.objects.create(guardian=resident.person, child=child, source="police")
    report(child.identity_number, name="周小满")
    other = signed_in(make.make_account("许安"))
    assert "安居公寓" not in html(other.get("/reported"))
    tap(other, "invitations", "not_me")
    assert Invitation.objects.get().answer == ""
    assert stranger().get("/reported").status_code == 302
    guardian = signed_in(resident)
    assert "安居公寓" in html(guardian.get("/reported"))
    assert tap(guardian, "invitations", "yes").headers["Location"] == "/register/since?for=1"
    assert Message.objects.get().person == child


def test_each_is_told_once_and_the_text_names_nobody(resident: Account, sent):
    row = report(resident, phone="13900001111")
    resident_notices.tell_reported(_event())
    tasks.run_all()
    assert [message.kind for message in Message.objects.all()] == ["asked_to_register"]
    asked = [text for phone, text in sent if phone == "13900001111"]
    assert len(asked) == 1
    assert "/invited/" in asked[0]
    for secret in ("周晓芸", resident.person.identity_number, row.number, "安居公寓"):
        assert secret not in asked[0]


def _event():
    from juzhu.operations.models import Event

    return Event.objects.get(kind="reports.filed")


def test_the_reported_phone_gets_the_same_whatever_is_known_of_the_person(sent):
    registered, known = make.make_account("周晓芸"), make.make_account("周晓芸")
    make.register(registered.person, date(2025, 7, 1))
    unknown = make.identity("周晓芸").identity_number
    texts = {}
    for who in (registered.person.identity_number, known.person.identity_number, unknown):
        sent.clear()
        report(who, phone="13900001111")
        texts[who] = [
            text.split(" https")[0].split("/invited/")[0] for phone, text in sent if phone == "13900001111"
        ]
    assert len(texts) == 3
    assert len({tuple(said) for said in texts.values()}) == 1
    assert all(len(said) == 1 for said in texts.values())


def test_a_link_shows_nothing_before_the_real_name_and_nothing_to_somebody_else(resident: Account):
    row = report(resident)
    link = f"/invited/{doors.of_report(row.number)}"
    closed = html(stranger().get(link))
    wrong = html(stranger().get("/invited/no-link"))
    for page in (closed, wrong):
        for secret in ("周晓芸", row.number, row.address, "安居公寓"):
            assert secret not in page
    assert words(stranger().get(link)) == words(stranger().get("/invited/no-link"))
    other = signed_in(make.make_account("许安"))
    assert words(other.get(link)) == words(other.get("/invited/no-link"))
    assert signed_in(resident).get(link).headers["Location"] == "/reported"


def test_a_link_is_good_for_its_days(resident: Account, on_day):
    link = f"/invited/{doors.of_report(report(resident).number)}"
    on_day(TODAY + timedelta(days=30))
    assert signed_in(resident).get(link).status_code == 302
    on_day(TODAY + timedelta(days=31))
    assert "过期" in words(signed_in(resident).get(link))


def test_who_opens_an_account_afterwards_finds_the_question(on_day):
    known = make.identity("周晓芸")
    row = report(known.identity_number, phone="13900001111")
    assert row.person is None
    account = make.people.open_account("13900001111", make.PASSWORD)
    make.people.bind_person(account, "周晓芸", known.identity_number)
    client = signed_in(Account.objects.get(pk=account.pk))
    page = client.get(f"/invited/{doors.of_report(row.number)}", follow=True)
    assert row.address in html(page)
    assert tap(client, "invitations", "yes").headers["Location"] == "/register/since"


def test_a_late_registration_is_reminded_once_and_kindly(resident: Account):
    report(resident)
    for day, kinds in ((1, []), (2, ["register_due"]), (3, ["register_due"]), (4, ["register_late"])):
        found = [row[1] for row in resident_notices.reminders(TODAY + timedelta(days=day))]
        assert found == kinds
    tasks.run_all()
    resident_notices.remind({"day": "2026-03-16"})
    resident_notices.remind({"day": "2026-03-17"})
    message = Message.objects.get(kind="register_late")
    page = words(signed_in(resident).get(f"/messages/{message.pk}"))
    assert "晚了也收" in page
    for threat in ("罚", "处罚", "责令", "后果"):
        assert threat not in page


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_all_of_it_in_both_languages(resident: Account, language: str):
    make.register(resident.person, date(2025, 7, 1), workplace="旧单位")
    row = report(resident, address=ELSEWHERE)
    report(resident, let=False)
    child = make.make_person("周小满", date(2018, 5, 1))
    Guardianship.objects.create(guardian=resident.person, child=child, source="police")
    report(child.identity_number, name="周小满")
    client = signed_in(resident, language)
    link = f"/invited/{doors.of_report(row.number)}"
    pages = [client.get("/reported"), client.get("/"), stranger(language).get(link), client.get("/invited/x")]
    for response in pages:
        assert response.status_code == 200
        assert html(response).count("<h1") == 1
        if language == "en":
            assert chinese_left(response) == [], response.request["PATH_INFO"]
    assert AREA in row.area
