"""The pages of desks, clocks, remedies, absences and relations: for whom they exist, and what they do."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from juzhu.counter.tests.test_pages import read
from juzhu.operations.models import Event
from juzhu.people import staff
from juzhu.people.models import Absence, Account, DeclaredRelation
from juzhu.permits import casework, pauses, submission
from juzhu.permits.desk import remedies
from juzhu.permits.models import Application, Remedy
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
WHY = "请鉴定机构看合同签名。"


def at(case: Application, page: str = "") -> str:
    return f"/counter/cases/{case.number}" + (f"/{page}" if page else "")


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def days(name: str, day: date) -> dict[str, int]:
    return {f"{name}_year": day.year, f"{name}_month": day.month, f"{name}_day": day.day}


@pytest.fixture
def accepted(clerk: Account, reviewer: Account) -> Application:
    return make.accepted(clerk)


@pytest.fixture
def refused(clerk: Account) -> Application:
    account = make.make_account(photo=make.stored_picture())
    make.register(account.person, TODAY)
    return casework.refuse(make.submitted(account), "居住没有满半年。", actor=clerk.actor, today=TODAY)


CHIEFS = ("assign", "take-back", "end", "remedies", "reopen", "readers")


def test_a_chiefs_pages_do_not_exist_for_others(sign_in, accepted, clerk, reviewer, chief, stranger):
    for page in CHIEFS:
        assert sign_in(chief).get(at(accepted, page)).status_code == 200, page
        for other in (clerk, reviewer, stranger):
            assert sign_in(other).get(at(accepted, page)).status_code == 404, page
    for page in ("hand-over", "pause", "resume"):
        assert sign_in(stranger).get(at(accepted, page)).status_code == 404
        assert sign_in(reviewer).get(at(accepted, page)).status_code == 200


def test_the_reviewer_pauses_and_resumes_and_the_case_says_so(sign_in, accepted, reviewer, on_day):
    client = sign_in(reviewer)
    answer = client.post(at(accepted, "pause"), {"reason": "appraisal", "note": WHY, "expected_days": "10"})
    assert answer.status_code == 302
    shown = text(client, at(accepted))
    assert "期限中止" in shown and WHY in shown and "行政许可法 第四十五条" in shown
    assert "期限停着，不能作决定" in shown
    on_day(date(2026, 3, 14))
    assert "还剩 15 天" in text(client, "/counter/?tab=to_review")
    assert client.post(at(accepted, "resume")).status_code == 302
    accepted.refresh_from_db()
    assert accepted.due_on == date(2026, 3, 29)


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(sign_in, accepted, reviewer):
    client = sign_in(reviewer)
    answer = client.post(at(accepted, "pause"), {"note": WHY, "expected_days": "0"})
    page = answer.content.decode()
    assert "请选一种" in page and "至少 1 天" in page and WHY in page
    assert not pauses.Pause.objects.exists()


def test_a_chief_takes_back_and_the_case_keeps_its_promise(sign_in, accepted, chief):
    client = sign_in(chief)
    assert client.post(at(accepted, "take-back"), {"reason": "社保要再核一遍。"}).status_code == 302
    shown = text(client, at(accepted))
    assert "受理收回过" in shown and "2026-03-25" in shown and "社保要再核一遍" in shown


def test_handing_over_and_assigning_show_who_has_how_many(sign_in, clerk, chief):
    case = make.submitted()
    assert case.assigned_to_id == clerk.pk
    other = make.make_officer("clerk", name="何小雨")
    page = text(sign_in(clerk), at(case, "hand-over"))
    assert "何小雨" in page and "手上 0 件" in page
    sign_in(clerk).post(at(case, "hand-over"), {"to": other.pk, "reason": "手上太多了。"})
    case.refresh_from_db()
    assert case.assigned_to_id == other.pk
    assert "何小雨" in text(sign_in(chief), at(case))
    sign_in(chief).post(at(case, "assign"), {"to": "", "reason": "先收回来看看。"})
    case.refresh_from_db()
    assert case.assigned_to is None


def test_somebody_who_has_to_keep_away_reads_it_logged_and_sees_no_buttons(sign_in, clerk, chief):
    account = make.eligible_account()
    staff.declare_relation(account.person.identity_number, "spouse", actor=clerk.actor, today=TODAY)
    case = make.submitted(account)
    shown = text(sign_in(clerk), at(case))
    assert "您要回避" in shown and 'class="decide"' not in shown
    assert Event.objects.filter(kind="person.read", actor_account_id=clerk.pk).exists()
    assert "要回避" in text(sign_in(clerk), at(case, "accept"))
    assert sign_in(clerk).post(at(case, "accept")).status_code == 409
    assert 'class="decide"' in text(sign_in(chief), at(case))


def test_a_remedy_from_filing_to_doing_it_anew(sign_in, refused, chief):
    client = sign_in(chief)
    sent = {"kind": "litigation", "authority": "拱墅区人民法院", "case_number": "（2026）浙 0105 行初 1 号"}
    assert client.post(at(refused, "remedies"), {**sent, **days("filed_on", TODAY)}).status_code == 302
    remedy = Remedy.objects.get()
    assert "拱墅区人民法院" in text(client, at(refused))
    assert "reopen" not in text(client, at(refused, "remedies"))
    wrong = client.post(
        at(refused, f"remedies/{remedy.pk}"),
        {"outcome": "overturned", **days("outcome_on", date(2026, 3, 9))},
    )
    assert "不能早于提起" in wrong.content.decode()
    client.post(at(refused, f"remedies/{remedy.pk}"), {"outcome": "overturned", **days("outcome_on", TODAY)})
    assert client.get(at(refused, "reopen")).status_code == 200
    assert client.post(at(refused, "reopen"), {"reason": "法院撤销了。"}).status_code == 302
    refused.refresh_from_db()
    assert refused.state == "submitted"
    assert "居住没有满半年" in text(client, at(refused))
    assert client.get(at(refused, f"remedies/{remedy.pk + 1}")).status_code == 404


def test_an_officer_notes_their_own_days_and_a_chief_anybodys(sign_in, clerk, reviewer, chief, stranger):
    other = make.make_officer("clerk", name="何小雨")
    client = sign_in(clerk)
    span = {**days("from_on", TODAY), **days("until_on", date(2026, 3, 12))}
    assert client.post("/counter/absences", {**span, "stands_in": other.pk}).status_code == 302
    absence = Absence.objects.get()
    assert (absence.account, absence.stands_in) == (clerk, other)
    assert "何小雨" in text(client, "/counter/absences")
    assert client.post("/counter/absences", span).status_code == 409
    assert (
        "徐静" not in text(sign_in(reviewer), "/counter/absences").partition("<main")[2].partition("<form")[0]
    )
    assert sign_in(reviewer).post(f"/counter/absences/{absence.pk}/end").status_code == 404
    assert sign_in(stranger).post(f"/counter/absences/{absence.pk}/end").status_code == 404
    assert sign_in(chief).post(f"/counter/absences/{absence.pk}/end").status_code == 302
    assert sign_in(chief).post("/counter/absences", {**span, "account": reviewer.pk}).status_code == 302
    assert Absence.objects.filter(account=reviewer).exists()
    elsewhere = client.post("/counter/absences", {**span, "account": reviewer.pk, "stands_in": stranger.pk})
    assert "请" in elsewhere.content.decode() and Absence.objects.filter(account=reviewer).count() == 1


def test_a_relation_is_declared_shown_masked_and_withdrawn_by_its_officer_alone(sign_in, clerk, reviewer):
    number = make.make_person().identity_number
    client = sign_in(clerk)
    assert (
        client.post("/counter/relations", {"identity_number": number, "relation": "spouse"}).status_code
        == 302
    )
    row = DeclaredRelation.objects.get()
    shown = text(client, "/counter/relations")
    assert number not in shown and number[:6] in shown
    again = client.post("/counter/relations", {"identity_number": number, "relation": "spouse"})
    assert again.status_code == 409
    wrong = client.post("/counter/relations", {"identity_number": number[:-1] + "0", "relation": "child"})
    assert wrong.status_code in (400, 409)
    assert sign_in(reviewer).post(f"/counter/relations/{row.pk}/withdraw").status_code == 404
    assert client.post(f"/counter/relations/{row.pk}/withdraw").status_code == 302
    row.refresh_from_db()
    assert row.withdrawn_at


def test_an_administrator_sets_the_number_of_an_officer(sign_in, clerk, chief):
    administrator = make.make_officer("administrator", ())
    number = make.make_person().identity_number
    page = f"/counter/colleagues/{clerk.login}"
    assert "没有登记" in text(sign_in(administrator), "/counter/colleagues")
    assert sign_in(administrator).post(page, {"identity_number": number}).status_code == 302
    clerk.refresh_from_db()
    assert clerk.staff_identity_number == number
    assert number not in text(sign_in(administrator), "/counter/colleagues")
    for other in (clerk, chief, make.make_account()):
        assert sign_in(other).get(page).status_code == 404


def test_who_looked_is_for_the_chief_and_the_auditor(sign_in, clerk, chief, stranger):
    case = make.submitted()
    sign_in(clerk).get(at(case))
    auditor = make.make_officer("auditor", ())
    for reader in (chief, auditor):
        shown = text(sign_in(reader), at(case, "readers"))
        assert "徐静" in shown and "看了记录" in shown
        assert case.person.name not in shown
    for other in (clerk, stranger, make.make_account()):
        assert sign_in(other).get(at(case, "readers")).status_code == 404
    assert sign_in(auditor).get(at(case)).status_code == 404
    assert sign_in(auditor).get("/counter/cases/GS-0000-000000/readers").status_code == 404


def test_the_queue_by_hands_and_the_next_of_mine_first(sign_in, clerk):
    mine, other = make.submitted(), make.make_officer("clerk", name="何小雨")
    theirs = make.submitted(make.eligible_account(name="李明"))
    Application.objects.filter(pk=theirs.pk).update(examine_by=date(2026, 3, 11))
    assert (mine.assigned_to_id, theirs.assigned_to_id) == (clerk.pk, other.pk)
    client = sign_in(clerk)
    everybody = text(client, "/counter/")
    assert "何小雨" in everybody and theirs.number in everybody
    only = text(client, "/counter/?mine=1")
    assert mine.number in only and theirs.number not in only
    button = everybody[everybody.index('data-key="g"') - 120 : everybody.index('data-key="g"')]
    assert mine.number in button


def test_a_case_that_nobody_decided_says_so(sign_in, clerk, settings):
    settings.JUZHU_INSTANT_APPROVAL = True
    account = make.eligible_account()
    case = submission.file(make.draft(account), actor=account.actor, today=TODAY)
    shown = text(sign_in(clerk), at(case))
    assert "自动办理" in shown and "没有工作人员看过" in shown


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_has_one_heading_one_button_and_its_language(
    sign_in, accepted, refused, chief, reviewer, language: str
):
    remedy = remedies.record(
        refused, remedies.Filed("litigation", "法院", "1", TODAY), actor=chief.actor, today=TODAY
    )
    addresses = [
        at(accepted, page) for page in ("assign", "pause", "take-back", "end", "readers", "remedies")
    ]
    addresses += [
        at(refused),
        at(refused, "remedies"),
        at(refused, f"remedies/{remedy.pk}"),
        at(refused, "reopen"),
    ]
    addresses += ["/counter/absences", "/counter/relations", at(accepted)]
    stopped = make.accepted(make.make_officer("clerk"), make.eligible_account(name="李明"))
    pauses.pause(stopped, "hearing", WHY, 9, actor=reviewer.actor, today=TODAY)
    addresses += [at(stopped), at(stopped, "resume"), at(stopped, "approve")]
    client = sign_in(chief)
    client.cookies["django_language"] = language
    for address in addresses:
        page = read(client, address)
        assert page.primary == 1, address
        if language == "en":
            assert page.chinese in ([], ["中文"]), address
