"""Rules walked from the first page to the last paper, each so that it fails when the rule is broken."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from juzhu.counter import visits
from juzhu.documents.tests.reading import words as read
from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.operations import tasks
from juzhu.operations.actors import SYSTEM
from juzhu.people.models import Account, Person, PopulationRecord
from juzhu.permits import actions, casework, facts, notices, versions
from juzhu.permits.errors import NotLookedAt, SameOfficer, StillMissing
from juzhu.permits.models import Application, Correction, Permit, Slip
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.portal.tests.browsing import html, signed_in, words
from tests.scenarios import makers
from tests.scenarios.makers import (
    again,
    child,
    decided,
    enrol,
    filed,
    guard,
    holder,
    insure,
    newcomer,
    person_of,
    status,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
WINDOW, ENDS = date(2027, 2, 20), date(2027, 3, 10)


def text(client: Client, address: str) -> str:
    """The text of a paper."""
    return read(b"".join(client.get(address).streaming_content)).replace(" ", "").replace("\n", "")


def at_window(clerk: Account, person: Person) -> tuple[Client, str]:
    return signed_in(clerk), f"/counter/window/v/{visits.begin(clerk, person)}"


class Phones:
    """A gateway that keeps what it was given."""

    sent: ClassVar[list[tuple[str, str]]] = []

    def send(self, phone: str, text: str) -> None:
        Phones.sent.append((phone, text))


@pytest.mark.requirement("E10", "CF16")
def test_endorsed_at_the_window_the_permit_is_prolonged_and_its_slip_says_so(on_day):
    account, permit = holder(TODAY)
    clerk, reviewer = make.make_officer("clerk"), make.make_officer("reviewer", name="林海峰")
    on_day(WINDOW)
    client, base = at_window(clerk, person_of(account))
    client.post(f"{base}/endorse", {"route": "employment"})
    case = Application.objects.get(kind="endorsement")
    assert (case.channel, case.filed_by_id) == ("window", clerk.pk)
    client.post(f"/counter/cases/{case.number}/accept")
    signed_in(reviewer).post(f"/counter/cases/{case.number}/approve")
    assert status(permit, WINDOW).valid_until == date(2028, 3, 10)
    page = html(client.get(base))
    handing = f"/counter/papers/slip/{permit.number}"
    assert f'href="{handing}"' in page, "the slip is offered where the holder stands"
    answer = client.post(handing, {"key": "k1", "handed_to": "holder"})
    slip = Slip.objects.get()
    assert (slip.version.reason, slip.version.valid_until) == ("endorsed", date(2028, 3, 10))
    tasks.run_all()
    paper = text(client, f"{answer.url}/zh.pdf")
    assert "确认单" in paper and "2028年3月10日" in paper and "2027年3月10日" not in paper


@pytest.mark.requirement("CF16", "E01")
@pytest.mark.parametrize("place", ["station", "online"])
def test_the_same_endorsement_at_the_station_and_online(on_day, place):
    account, permit = holder(TODAY)
    on_day(WINDOW)
    if place == "online":
        signed_in(account).post("/permit/endorse", {"route": "employment"})
    else:
        client, base = at_window(make.make_officer("clerk"), person_of(account))
        client.post(f"{base}/endorse", {"route": "employment"})
    case = Application.objects.get(kind="endorsement")
    decided(case, date(2027, 2, 24))
    found = status(permit, date(2027, 2, 24))
    assert (case.filed_on, found.valid_until, found.residence_years_from) == (
        WINDOW,
        date(2028, 3, 10),
        TODAY,
    )
    assert case.channel == ("window" if place == "station" else "web")


@pytest.mark.requirement("E01", "C10")
@pytest.mark.parametrize("turned_16", [True, False])
def test_who_has_turned_16_is_endorsed_by_the_adult_rule_and_by_themself(turned_16, on_day):
    born = date(2011, 2, 1) if turned_16 else date(2011, 4, 1)
    guardian = newcomer(date(2024, 1, 8), born=date(1985, 1, 1))
    insure(person_of(guardian), ("2025-01", "2026-02"))
    small = child(born, date(2025, 7, 1))
    enrol(small, date(2023, 9, 1))
    guard(guardian, small)
    permit = decided(filed(small, "study", by=guardian.actor, on=TODAY), TODAY).permit
    assert permit is not None
    on_day(WINDOW)
    own = make.account_of(small)
    by_guardian = signed_in(guardian).post("/permit/endorse?for=1", {"route": "study"})
    if not turned_16:
        case = Application.objects.get(kind="endorsement")
        assert by_guardian.status_code == 302
        codes = {finding.code: finding.state for finding in makers.answer(case, WINDOW).findings}
        assert codes["guardian_insured_one_year"] == "unmet", (
            "a child's permit rests on a guardian's insurance"
        )
        return
    assert not Application.objects.filter(kind="endorsement").exists()
    signed_in(own).post("/permit/endorse", {"route": "study"})
    case = Application.objects.get(kind="endorsement")
    found = makers.answer(case, WINDOW)
    assert found.outcome == "accept"
    assert "guardian_insured_one_year" not in {finding.code for finding in found.findings}
    decided(case, WINDOW)
    assert status(permit, WINDOW).valid_until == date(2028, 3, 10)


@pytest.mark.requirement("D06", "J17")
def test_what_turns_out_after_acceptance_is_refused_in_writing_by_another_officer(on_day):
    account = newcomer(date(2025, 7, 1), dwelling_kind="own")
    piece = evidence.upload(
        account.person_id, Kind.TITLE, {"holder": "self"}, [make.stored_picture()], actor=account.actor
    )
    case = filed(person_of(account), "dwelling", by=account.actor, on=TODAY)
    clerk, reviewer = make.make_officer("clerk"), make.make_officer("reviewer", name="林海峰")
    case = casework.accept(case, actor=clerk.actor, today=TODAY)
    with pytest.raises(NotLookedAt):
        casework.approve(case, actor=reviewer.actor, today=TODAY)
    evidence.judge(piece, "disproved", actor=reviewer.actor)
    with pytest.raises(StillMissing):
        casework.approve(case, actor=reviewer.actor, today=TODAY)
    chief = make.make_officer("chief")
    Application.objects.filter(pk=case.pk).update(accepted_by=chief)
    with pytest.raises(SameOfficer):
        casework.refuse(case, "房产证不是本人的。", actor=chief.actor, today=TODAY)
    Application.objects.filter(pk=case.pk).update(accepted_by=clerk)
    page = f"/counter/cases/{case.number}/refuse"
    assert signed_in(reviewer).post(page, {"reason": " 否 "}).status_code == 400
    signed_in(reviewer).post(page, {"reason": "房产证不是本人的。"})
    case.refresh_from_db()
    assert (case.state, case.decided_by) == ("refused", reviewer)
    paper = text(signed_in(account), f"/applications/{case.number}/papers/refusal/zh.pdf")
    for said in ("不予办理决定书", "房产证不是本人的。", "拱墅区人民政府", "60日内", "6个月内", "第三十八条"):
        assert said in paper, said
    assert "受理回执" in words(signed_in(account).get(f"/applications/{case.number}"))


@pytest.mark.requirement("D10")
def test_a_mistake_is_corrected_on_proof_and_nothing_without_it(on_day):
    account, permit = holder(TODAY)
    client = signed_in(account)
    asked = {"field": "name", "wanted": "周小芸", "explanation": "户口簿上是小。"}
    bare = client.post("/permit/correct?field=name", asked)
    assert bare.status_code == 200 and not Correction.objects.exists()
    scan = SimpleUploadedFile("hukou.jpg", make.picture(), "image/jpeg")
    client.post("/permit/correct?field=name", {**asked, "papers": scan})
    row = Correction.objects.get()
    office, page = signed_in(make.make_officer("clerk")), f"/counter/after/corrections/{row.number}"
    assert office.post(page, {"do": "correct"}).status_code == 409, "the register does not say so"
    assert versions.said(permit).name == person_of(account).name
    number = person_of(account).identity_number
    PopulationRecord.objects.filter(identity_number=number).update(name="周小芸")
    assert office.post(page, {"do": "correct"}).status_code == 302
    assert [version.name for version in permit.versions.all()] == ["周小芸", "周晓芸"]
    client.post("/permit/open", {"password": make.PASSWORD})
    assert "周小芸" in html(client.get("/permit")).partition('class="face"')[2].partition("</h2>")[0]
    assert again(permit).issued_on == TODAY


@pytest.mark.requirement("D03", "D02")
def test_a_mistake_is_mended_on_the_spot_and_the_case_accepted_in_the_same_sitting():
    account = newcomer(date(2025, 7, 1), dwelling_kind="rented")
    makers.rent(person_of(account), date(2025, 6, 1), date(2026, 5, 31), without=(Kind.LEASE,))
    said = {"from": "2025-06-01", "to": "2025-12-31", "commodity_housing": True}
    evidence.upload(account.person_id, Kind.LEASE, said, [make.stored_picture()], actor=account.actor)
    case = filed(person_of(account), "dwelling", by=account.actor, on=TODAY)
    assert makers.answer(case, TODAY).outcome == "refuse", "a slip of the pen: the lease runs to May"
    client = signed_in(make.make_officer("clerk"))
    old = account.person.evidence.get(kind="lease")
    days = {"to_day_year": "2026", "to_day_month": "5", "to_day_day": "31"}
    days |= {"from_day_year": "2025", "from_day_month": "6", "from_day_day": "1", "commodity": "yes"}
    page = f"/counter/cases/{case.number}/mend/{old.pk}"
    typed = {f"lease-{name}": value for name, value in days.items()}
    mended = client.post(page, {**typed, "how": "present", "note": "当场看了合同"})
    assert mended.status_code == 302, words(mended)
    assert makers.answer(Application.objects.get(pk=case.pk), TODAY).outcome == "accept"
    assert client.post(f"/counter/cases/{case.number}/accept").status_code == 302
    case.refresh_from_db()
    assert (case.state, case.accepted_on, case.notices.count()) == ("accepted", TODAY, 0)
    new = account.person.evidence.get(kind="lease", withdrawn_at=None)
    assert (new.says["to"], new.judgement, list(new.files.all())) == (
        "2026-05-31",
        "",
        list(old.files.all()),
    )
    assert "受理回执" in text(signed_in(account), f"/applications/{case.number}/papers/receipt/zh.pdf")


@pytest.mark.requirement("C07", "CF15")
@pytest.mark.parametrize(
    ("says", "outcome"),
    [
        ({}, "accept"),
        ({"listed_until": "2026-03-10"}, "accept"),
        ({"listed_until": "2026-03-09"}, "supplement"),
        ({"listed_on": "2026-03-11"}, "supplement"),
        (None, "supplement"),
    ],
)
def test_who_is_on_the_list_of_talents_has_a_permit_on_the_first_day_and_nobody_else(settings, says, outcome):
    settings.JUZHU_POLICY = "hangzhou-2024"
    account = newcomer(TODAY)
    if says is not None:
        listed = {"list_name": "2026 年区级引进人才名单（示例）", **says}
        evidence.attest(account.person_id, Kind.TALENT_LISTING, listed, "human_resources", actor=SYSTEM)
    case = filed(person_of(account), "talent", by=account.actor, on=TODAY)
    assert makers.answer(case, TODAY).outcome == outcome
    by_work = facts.eligibility.routes(
        facts.situation(person_of(account), facts.in_force(TODAY), TODAY).facts, facts.in_force(TODAY), TODAY
    )["employment"]
    assert by_work.outcome == "refuse", "without the list half a year would lack"
    if outcome != "accept":
        with pytest.raises(StillMissing):
            casework.accept(case, actor=make.make_officer("clerk").actor, today=TODAY)
        return
    decided(case, TODAY)
    assert Permit.objects.get(person=account.person_id).issued_on == TODAY


@pytest.mark.requirement("E02")
def test_reminders_reach_the_phone_and_name_nobody(on_day):
    account, permit = holder(TODAY)
    phone = person_of(account).phone or "13900000077"
    Person.objects.filter(pk=account.person_id).update(phone=phone)
    tasks.run_all()
    with override_settings(JUZHU_SMS=f"{__name__}.Phones"):
        counts = []
        for day in (date(2027, 2, 9), date(2027, 2, 10), date(2027, 2, 23), date(2027, 3, 7), ENDS):
            on_day(day)
            Phones.sent = []
            notices.daily({"day": day.isoformat()})
            tasks.run_all()
            counts.append([number for number, _said in Phones.sent])
            for _number, said in Phones.sent:
                assert "请登录查看" in said
                for private in (person_of(account).name, permit.number, "签注"):
                    assert private not in said
        assert counts == [[], [phone], [phone], [phone], []]
        actions.request_endorsement(again(permit), "employment", actor=account.actor, today=ENDS)
        tasks.run_all()
        Phones.sent = []
        on_day(date(2027, 3, 11))
        notices.daily({"day": "2027-03-11"})
        tasks.run_all()
        assert Phones.sent == [], "who has filed is reminded of nothing"
