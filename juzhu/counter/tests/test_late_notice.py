"""A case that was accepted too early, on the pages: asked about, handed in again, accepted, approved."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.operations import tasks
from juzhu.people.models import Account, Message
from juzhu.permits.models import Application
from juzhu.permits.tests import factories as make
from juzhu.portal.tests.browsing import chinese_left, primary_buttons, signed_in, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
BY_TIME = date(2026, 3, 18)
NOTES = {"insured_one_year": "拍得太暗，看不清月份。"}
SENT = {**NOTES, "step": "send"}


@pytest.fixture
def applicant(db: None) -> Account:
    """Somebody whose one proof of insurance is a paper of their own."""
    account = make.make_account(photo=make.stored_picture())
    make.register(account.person, date(2025, 7, 1))
    run = {"from": "2025-01", "to": "2026-02", "division": "330100", "back_paid": False}
    files = [make.stored_picture(account.actor)]
    evidence.upload(account.person.pk, Kind.INSURANCE, {"runs": [run]}, files, actor=account.actor)
    return account


def unreadable(client, case: Application) -> str:
    """Judge the case's one paper as unreadable; the path of the case's page."""
    path = f"/counter/cases/{case.number}"
    piece = case.person.evidence.get(withdrawn_at=None)
    client.post(f"{path}/judge", {"evidence": piece.pk, "judgement": "insufficient"})
    return path


def test_a_case_that_time_accepted_goes_back_by_the_pages_and_comes_to_a_permit(
    applicant, clerk, reviewer, on_day
):
    citizen, first, second = signed_in(applicant), signed_in(clerk), signed_in(reviewer)
    case = make.submitted(applicant)
    mine = f"/applications/{case.number}"
    on_day(BY_TIME)
    path = unreadable(second, case)
    page = second.get(path)
    assert "还有 1 条待证明。 可以一次性告知：受理取消，补齐后重新审查。" in page.content.decode()
    assert f'href="{path}/supplement"' in page.content.decode()
    assert second.post(f"{path}/approve").status_code == 409
    assert second.post(f"{path}/refuse", {"reason": "材料看不清楚。"}).status_code == 409

    form = words(second.get(f"{path}/supplement"))
    assert (
        "这一件已经受理。告知一发出，受理就取消；补齐以后重新审查，重新受理那天起 15 日内作出决定。" in form
    )
    preview = words(second.post(f"{path}/supplement", {**NOTES, "step": "preview"}))
    assert "自重新受理之日起 15 日内答复" in preview
    assert second.post(f"{path}/supplement", SENT).status_code == 302
    assert "原来的受理取消" in second.get(path).content.decode()

    tasks.run_all()
    letter = Message.objects.get(kind="supplement_after_acceptance")
    said = words(citizen.get(f"/messages/{letter.pk}"))
    assert "受理以后我们才看出还缺材料，这是我们的责任。原来的受理取消了。" in said
    assert "重新受理那天起 15 天内有结果" in said
    now = words(citizen.get(mine))
    assert "原来的受理取消了" in now
    assert "请在 2026-04-17 前补齐" in now
    assert "受理取消，一次性告知：请补材料" in now
    assert "自重新受理之日起15日内办结" in words(citizen.get(f"{mine}/notice"))

    desk = citizen.get(f"{mine}/supplement")
    sent = {"insurance-files": [upload()], "insurance-first": "2025-01", "insurance-last": "2026-02"}
    on_day(date(2026, 3, 20))
    citizen.post(f"{mine}/supplement", {**sent, "key": desk.context["key"], "next": "1"})
    assert "最晚 2026-03-27 告诉您是否受理" in words(citizen.get(mine))
    first.post(f"{path}/accept")
    assert "最晚 2026-04-04 有结果" in words(citizen.get(mine))
    piece = case.person.evidence.filter(withdrawn_at=None).latest("pk")
    second.post(f"{path}/judge", {"evidence": piece.pk, "judgement": "good"})
    second.post(f"{path}/approve")
    assert "居住证签发了" in words(citizen.get(mine))


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("参保证明.jpg", make.picture("#99aa11"), "image/jpeg")


def test_the_bar_of_an_accepted_case_says_whose_part_the_notice_is(applicant, clerk, reviewer, chief):
    case = make.accepted(clerk, applicant)
    path = unreadable(signed_in(reviewer), case)
    for account in (reviewer, chief):
        assert f'href="{path}/supplement"' in signed_in(account).get(path).content.decode()
    shown = signed_in(clerk).get(path).content.decode()
    assert f'href="{path}/supplement"' not in shown
    assert "受理以后，告知由审核岗位办。" in shown
    assert "受理取消" not in shown
    assert "受理以后，告知由审核岗位办。" in signed_in(clerk).get(f"{path}/supplement").content.decode()
    assert signed_in(clerk).post(f"{path}/supplement", SENT).status_code == 403
    assert Application.objects.get(pk=case.pk).state == "accepted"


def test_a_complete_accepted_case_is_not_offered_to_be_taken_back(clerk, reviewer):
    case = make.accepted(clerk)
    shown = signed_in(reviewer).get(f"/counter/cases/{case.number}").content.decode()
    assert "您可以审核这一件。" in shown
    assert "受理取消" not in shown


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_are_whole_in_both_languages(language, applicant, clerk, reviewer):
    case = make.accepted(clerk, applicant)
    officer, citizen = signed_in(reviewer, language), signed_in(applicant, language)
    path = unreadable(officer, case)
    pages = [officer.get(path), officer.get(f"{path}/supplement")]
    pages.append(officer.post(f"{path}/supplement", {**NOTES, "step": "preview"}))
    officer.post(f"{path}/supplement", SENT)
    tasks.run_all()
    pages += [citizen.get(f"/applications/{case.number}"), citizen.get(f"/applications/{case.number}/notice")]
    pages += [citizen.get(f"/messages/{letter.pk}") for letter in Message.objects.all()]
    for page in pages:
        assert page.status_code == 200
        assert language == "zh-hans" or not chinese_left(page)
    assert all(primary_buttons(page) == 1 for page in pages[1:])


def test_the_receipt_of_an_acceptance_that_was_taken_back_leads_to_the_case(applicant, clerk, reviewer):
    case = make.accepted(clerk, applicant)
    tasks.run_all()
    path = unreadable(signed_in(reviewer), case)
    citizen = signed_in(applicant)
    letter = f"/messages/{Message.objects.get(kind='receipt').pk}"
    assert f"/applications/{case.number}/receipt" in citizen.get(letter).content.decode()
    signed_in(reviewer).post(f"{path}/supplement", SENT)
    shown = citizen.get(letter)
    assert "这次受理后来取消了。" in words(shown)
    assert f'href="/applications/{case.number}"' in shown.content.decode()
    assert citizen.get(f"/applications/{case.number}/receipt").status_code == 404
