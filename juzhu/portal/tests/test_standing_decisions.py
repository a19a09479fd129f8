"""What a citizen is told of a pause, of silence, of remedies, and of an answer that no person gave."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from juzhu.people.models import Account
from juzhu.permits import casework, pauses, submission
from juzhu.permits.desk import remedies
from juzhu.permits.models import Application, PostCheck
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.portal.tests.browsing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


def text(client: Client, case: Application) -> str:
    response = client.get(f"/applications/{case.number}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def account() -> Account:
    return make.eligible_account()


def test_a_pause_says_why_how_long_and_by_which_article(account: Account):
    case = make.accepted(make.make_officer("clerk"), account)
    pauses.pause(
        case, "appraisal", "请鉴定机构看签名。", 10, actor=make.make_officer("reviewer").actor, today=TODAY
    )
    shown = text(signed_in(account), case)
    assert "期限中止，预计" in shown and "2026-03-20" in shown
    assert "需要鉴定" in shown and "请鉴定机构看签名" in shown and "第四十五条" in shown
    stranger = make.make_account("王强")
    assert signed_in(stranger).get(f"/applications/{case.number}").status_code == 404


@pytest.mark.requirement("J17")
def test_silence_after_the_last_day_is_told_with_its_remedy(account: Account, on_day):
    case = make.accepted(make.make_officer("clerk"), account)
    assert "没有履行法定职责" not in text(signed_in(account), case)
    on_day(date(2026, 3, 26))
    shown = text(signed_in(account), case)
    assert "没有履行法定职责" in shown and "60 日内" in shown and "拱墅区人民政府" in shown
    assert "2026-03-25" in shown


@pytest.mark.requirement("J17")
def test_no_silence_while_the_clock_stands_still(account: Account, on_day):
    case = make.accepted(make.make_officer("clerk"), account)
    pauses.pause(
        case, "hearing", "下周举行听证。", 30, actor=make.make_officer("reviewer").actor, today=TODAY
    )
    on_day(date(2026, 3, 30))
    assert "没有履行法定职责" not in text(signed_in(account), case)


@pytest.mark.requirement("J17")
def test_a_remedy_and_what_its_outcome_means(on_day):
    account = make.make_account(photo=make.stored_picture())
    make.register(account.person, TODAY)
    chief = make.make_officer("chief")
    case = casework.refuse(make.submitted(account), "居住没有满半年。", actor=chief.actor, today=TODAY)
    filed = remedies.Filed("reconsideration", "拱墅区人民政府", "拱政复 1 号", TODAY)
    remedy = remedies.record(case, filed, actor=chief.actor, today=TODAY)
    client = signed_in(account)
    assert "还没有结果" in text(client, case)
    remedies.conclude(remedy, "upheld", TODAY, actor=chief.actor, today=TODAY)
    assert "15 日内可以向人民法院起诉" in text(client, case)
    again = remedies.record(
        case, remedies.Filed("litigation", "拱墅区人民法院", "", TODAY), actor=chief.actor, today=TODAY
    )
    remedies.conclude(again, "overturned", TODAY, actor=chief.actor, today=TODAY)
    assert "要重新办理" in text(client, case)
    remedies.reopen(case, "法院撤销了。", actor=chief.actor, today=TODAY)
    shown = text(client, case)
    assert "起重新办理" in shown and "最晚" in shown


def test_what_was_taken_back_keeps_its_promise(account: Account):
    case = make.accepted(make.make_officer("clerk"), account)
    casework.take_back(case, "社保要再核一遍。", actor=make.make_officer("chief").actor, today=TODAY)
    shown = text(signed_in(account), case)
    assert "答应您的日子不变" in shown and "2026-03-25" in shown
    assert "社保要再核一遍" not in shown


@pytest.mark.requirement("J08")
class TestAutomatic:
    @pytest.fixture(autouse=True)
    def _on(self, settings):
        settings.JUZHU_INSTANT_APPROVAL = True

    def test_the_page_says_so_and_a_person_can_be_asked_for_by_the_applicant_alone(self, account: Account):
        case = submission.file(make.draft(account), actor=account.actor, today=TODAY)
        client, place = signed_in(account), f"/applications/{case.number}/ask-person"
        assert "自动办理" in text(client, case) and "请人工复核" in text(client, case)
        for other in (make.make_account("王强"), make.make_officer("clerk"), make.make_officer("chief")):
            assert signed_in(other).post(place).status_code in (302, 404)
            assert not PostCheck.objects.exists()
        assert client.post(place).status_code == 302
        assert PostCheck.objects.get().plan == "request"
        assert "2026-03-25" in text(client, case)

    def test_confirming_files_and_issues_at_once_unless_a_person_was_asked_for(self, account: Account):
        other = make.eligible_account(name="李明")
        for who, choice, state in ((account, {}, "issued"), (other, {"wants_person": "on"}, "submitted")):
            make.draft(who)
            client = signed_in(who)
            assert "请工作人员办" in client.get("/apply/confirm").content.decode()
            client.post("/apply/confirm", {"key": f"key-{who.pk}", **choice})
            case = Application.objects.get(person=who.person)
            assert (case.state, case.automatic) == (state, state == "issued")

    def test_endorsing_is_one_button_and_pressed_twice_it_is_one(self, account: Account, on_day):
        permit = make.issued(account)
        on_day(date(2027, 2, 20))
        make.attest_insurance(account.person, "2025-01", "2027-01")
        client = signed_in(account)
        sent = {"route": "employment", "key": "key-e"}
        first, second = (client.post("/permit/endorse", sent) for _ in range(2))
        assert first.headers["Location"] == second.headers["Location"]
        assert permit.endorsements.count() == 1

    def test_where_it_is_off_nobody_is_asked(self, account: Account, settings):
        settings.JUZHU_INSTANT_APPROVAL = False
        make.draft(account)
        assert "请工作人员办" not in signed_in(account).get("/apply/confirm").content.decode()
