"""A case: evidence beside its finding, papers judged, the number revealed, every look logged."""

import pytest

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Evidence
from juzhu.operations.models import Event
from juzhu.permits import actions
from juzhu.permits.after import fraud
from juzhu.permits.after.measures import Measures
from juzhu.permits.models import Application
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


def with_upload() -> tuple[Application, Evidence]:
    """A tenant who has uploaded a lease, and nothing else."""
    account = make.make_account()
    make.register(account.person, make.calendar.add_months(TODAY, -8))
    says = {"from": "2025-10-20", "to": "2026-10-19", "landlord": "陈建国", "commodity_housing": True}
    piece = evidence.upload(
        account.person.pk, Kind.LEASE, says, [make.stored_picture(account.actor)], actor=account.actor
    )
    return make.submitted(account, route="dwelling"), piece


def read(client, case, query: str = "") -> str:
    return client.get(f"/counter/cases/{case.number}{query}").content.decode()


def test_a_finding_shows_the_paper_that_it_rests_on(sign_in, clerk):
    case, piece = with_upload()
    shown = read(sign_in(clerk), case, "?f=lease_one_year")
    assert f"/files/{piece.files.get().name}" in shown
    assert "2025-10-20 到 2026-10-19" in shown
    assert "陈建国" in shown
    assert "等您看" in shown


def test_the_paper_itself_opens_for_the_area_and_for_nobody_else(sign_in, clerk, stranger):
    _case, piece = with_upload()
    address = f"/files/{piece.files.get().name}"
    assert sign_in(clerk).get(address).status_code == 200
    assert sign_in(stranger).get(address).status_code == 404


def test_a_departments_word_has_no_buttons(sign_in, clerk):
    case = make.submitted()
    shown = read(sign_in(clerk), case, "?f=insured_one_year")
    assert "人力社保局" in shown
    assert 'name="judgement"' not in shown


def test_judging_a_paper_goes_on_to_what_still_waits(sign_in, clerk):
    case, piece = with_upload()
    client = sign_in(clerk)
    sent = {"evidence": piece.pk, "f": "lease_one_year", "judgement": "good"}
    response = client.post(f"/counter/cases/{case.number}/judge", sent)
    assert response.headers["Location"].endswith("?f=lease_one_year#evidence")
    piece.refresh_from_db()
    assert (piece.judgement, piece.judged_by_id) == ("good", clerk.pk)
    assert "看过，没问题" in read(client, case, "?f=lease_one_year")


def test_a_paper_that_cannot_be_read_proves_nothing_but_can_be_judged_again(sign_in, clerk):
    case, piece = with_upload()
    client = sign_in(clerk)
    client.post(f"/counter/cases/{case.number}/judge", {"evidence": piece.pk, "judgement": "insufficient"})
    shown = read(client, case, "?f=lease_one_year")
    assert "现在不作数" in shown
    assert 'name="judgement"' in shown


def test_only_papers_of_this_applicant_are_judged(sign_in, clerk):
    case, _piece = with_upload()
    _other, foreign = with_upload()
    client = sign_in(clerk)
    for evidence_id, judgement in ((foreign.pk, "good"), ("x", "good"), (foreign.pk, "perhaps")):
        sent = {"evidence": evidence_id, "judgement": judgement}
        assert client.post(f"/counter/cases/{case.number}/judge", sent).status_code == 404
    assert client.get(f"/counter/cases/{case.number}/judge").status_code == 405


def test_judging_too_late_says_so_with_the_state_as_it_is(sign_in, clerk):
    case, piece = with_upload()
    actions.withdraw(case, actor=make.Account.objects.get(person=case.person).actor, today=TODAY)
    sent = {"evidence": piece.pk, "judgement": "good"}
    response = sign_in(clerk).post(f"/counter/cases/{case.number}/judge", sent)
    assert response.status_code == 409
    assert "错误：" in response.content.decode()
    assert "已撤回" in response.content.decode()


def test_reading_a_case_is_logged_once_a_view(sign_in, clerk):
    case = make.submitted()
    client = sign_in(clerk)
    reads = Event.objects.filter(kind="person.read", actor_account_id=clerk.pk)
    read(client, case)
    read(client, case, "?f=insured_one_year")
    assert reads.count() == 1
    client.get("/counter/")
    read(client, case)
    assert reads.count() == 2


def test_the_whole_number_is_shown_once_for_a_purpose_and_logged(sign_in, clerk):
    case = make.submitted()
    number = case.person.identity_number
    client = sign_in(clerk)
    assert number not in read(client, case)
    address = f"/counter/cases/{case.number}/reveal"
    assert number not in client.get(address).content.decode()
    refused = client.post(address, {"purpose": "看"}).content.decode()
    assert number not in refused
    assert "错误：" in refused
    assert not Event.objects.filter(kind="person.number_revealed").exists()
    assert number in client.post(address, {"purpose": "电话核对身份"}).content.decode()
    event = Event.objects.get(kind="person.number_revealed")
    assert (event.actor_account_id, event.data["purpose"]) == (clerk.pk, "电话核对身份")
    assert number not in client.get(address).content.decode()


def test_the_neighbours_are_those_of_the_list_shown_last(sign_in, clerk):
    cases = [make.submitted(make.eligible_account(name=name)) for name in ("周一", "周二", "周三")]
    client = sign_in(clerk)
    client.get("/counter/")
    shown = read(client, cases[1])
    assert f'href="/counter/cases/{cases[0].number}" data-key="k"' in shown
    assert f'href="/counter/cases/{cases[2].number}" data-key="j"' in shown


def test_an_answered_case_shows_what_was_answered_then(sign_in, clerk):
    permit = make.issued()
    case = permit.applications.get()
    make.attest_insurance(case.person, "2026-01", "2026-01")
    shown = read(sign_in(clerk), case, "?f=insured_one_year")
    assert "已签发" in shown
    assert 'class="unmet"' not in shown
    assert 'class="decide"' not in shown


@pytest.mark.requirement("G03")
def test_what_was_found_before_is_seen_before_a_decision_and_decides_nothing(sign_in, clerk, chief):
    account = make.eligible_account()
    permit = make.issued(account)
    case = fraud.open_case(
        permit.person, "租赁合同是假的。", TODAY, actor=clerk.actor, today=TODAY, permit=permit
    )
    fraud.tell(case, Measures(withdraw_permit=True), actor=clerk.actor, today=TODAY)
    fraud.hear(case, "合同是别人给我的。", actor=clerk.actor, today=TODAY)
    fraud.decide(case, Measures(withdraw_permit=True), "合同是假的。", actor=chief.actor, today=TODAY)
    again = make.submitted(account)
    page = sign_in(clerk).get(f"/counter/cases/{again.number}").content.decode()
    assert "有不实记录" in page
    assert f'href="/counter/after/cases/{case.number}"' in page
    assert permit.number in page


def test_the_form_is_read_where_its_finding_is(sign_in, clerk):
    case = make.submitted()
    Application.objects.filter(pk=case.pk).update(
        answers={**case.answers, "form": {"phone": "13900001111", "emergency_name": "周大山"}}
    )
    page = sign_in(clerk).get(f"/counter/cases/{case.number}?f=application_form").content.decode()
    assert page.count("13900001111") == 2
    assert "没有要看的材料" not in page
    assert "周大山" in page
