"""Accept, notify, approve, refuse at the counter: confirmed first, four eyes, trouble told in words."""

from datetime import date

import pytest

from juzhu.permits import casework, facts
from juzhu.permits.models import Application, Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


def at(case: Application, action: str = "") -> str:
    return f"/counter/cases/{case.number}" + (f"/{action}" if action else "")


def state(case: Application) -> str:
    return Application.objects.get(pk=case.pk).state


def lacking() -> Application:
    """A case by dwelling with everything still to be proved."""
    account = make.make_account()
    make.register(account.person, date(2025, 7, 1))
    return make.submitted(account, route="dwelling")


def hopeless() -> Application:
    """A case that the rules refuse: registered a month ago."""
    account = make.make_account(photo=make.stored_picture())
    make.register(account.person, date(2026, 2, 10))
    make.attest_insurance(account.person, "2025-01", "2026-02")
    return make.submitted(account)


def test_from_the_queue_to_a_permit_by_two_officers(sign_in, clerk, reviewer):
    case = make.submitted()
    first, second = sign_in(clerk), sign_in(reviewer)
    assert "2026-03-25" in first.get(at(case, "accept")).content.decode()
    assert state(case) == "submitted"
    said = first.post(at(case, "accept"), follow=True)
    assert "已受理。回执发给申请人了。" in said.content.decode()
    assert (
        '受理人是<span lang="zh-CN">徐静</span>，您可以审核这一件。' in second.get(at(case)).content.decode()
    )
    assert "2027-03-10" in second.get(at(case, "approve")).content.decode()
    second.post(at(case, "approve"))
    assert state(case) == "issued"
    assert Permit.objects.filter(person=case.person).count() == 1


def test_who_accepted_is_told_why_they_cannot_approve(sign_in, chief):
    case = make.accepted(chief)
    client = sign_in(chief)
    shown = client.get(at(case)).content.decode()
    assert "这一件是您受理的，要请另一位同事审核。" in shown
    assert 'aria-disabled="true" aria-describedby="why-approve"' in shown
    response = client.post(at(case, "approve"))
    assert response.status_code == 409
    assert "受理人不能自己审核" in response.content.decode()
    assert state(case) == "accepted"


def test_a_role_that_may_not_is_told_who_may(sign_in, clerk, reviewer):
    case = make.submitted()
    response = sign_in(reviewer).post(at(case, "accept"))
    assert response.status_code == 403
    assert "受理由受理岗位办。" in sign_in(reviewer).get(at(case)).content.decode()
    accepted = make.accepted(clerk, make.eligible_account())
    assert "准予由审核岗位办。" in sign_in(clerk).get(at(accepted)).content.decode()


def test_pressing_twice_is_harmless_and_a_colleague_who_was_quicker_is_news(sign_in, clerk, chief):
    case = make.submitted()
    client = sign_in(clerk)
    assert client.post(at(case, "accept")).status_code == 302
    assert client.post(at(case, "accept")).status_code == 302
    late = sign_in(chief).post(at(case, "accept"))
    assert late.status_code == 409
    assert "等审核" in late.content.decode()


def test_what_is_missing_stops_an_acceptance(sign_in, clerk):
    case = lacking()
    response = sign_in(clerk).post(at(case, "accept"))
    assert response.status_code == 409
    assert "请先一次性告知" in response.content.decode()


def test_the_notice_names_all_that_is_missing_and_is_read_before_it_is_sent(sign_in, clerk):
    case = lacking()
    answer, _seen = facts.decide(case, TODAY)
    client = sign_in(clerk)
    form = client.get(at(case, "supplement")).content.decode()
    assert all(f'name="{code}"' in form for code in answer.missing)
    typed = {"lease_one_year": "签名页没有拍到。", "other": "请带上房东的电话。"}
    preview = client.post(at(case, "supplement"), {**typed, "step": "preview"}).content.decode()
    assert "签名页没有拍到。" in preview
    assert "请带上房东的电话。" in preview
    assert "2026-04-09" in preview
    assert state(case) == "submitted"
    again = client.post(at(case, "supplement"), {**typed, "step": "edit"}).content.decode()
    assert "签名页没有拍到。</textarea>" in again
    client.post(at(case, "supplement"), {**typed, "step": "send"})
    notice = Application.objects.get(pk=case.pk).notices.get()
    assert {item["code"] for item in notice.items} == {*answer.missing, "other"}
    assert {item["code"]: item["note"] for item in notice.items}["lease_one_year"] == "签名页没有拍到。"


def test_a_notice_that_comes_too_late_loses_nothing(sign_in, clerk, chief):
    case = lacking()
    answer, _seen = facts.decide(case, TODAY)
    casework.request_supplement(case, dict.fromkeys(answer.missing, ""), actor=chief.actor, today=TODAY)
    sent = {"lease_one_year": "签名页没有拍到。", "step": "send"}
    response = sign_in(clerk).post(at(case, "supplement"), sent)
    assert response.status_code == 409
    assert "等补正" in response.content.decode()
    assert "签名页没有拍到。" in response.content.decode()


def test_what_was_typed_survives_the_end_of_a_session(sign_in, clerk):
    case = hopeless()
    client = sign_in(clerk)
    client.logout()
    sent = client.post(at(case, "refuse"), {"reason": "居住没有满半年。"})
    assert sent.headers["Location"].endswith(f"next={at(case, 'refuse')}")
    client.force_login(clerk, backend="juzhu.people.backends.Accounts")
    assert "居住没有满半年。</textarea>" in client.get(at(case, "refuse")).content.decode()
    assert "居住没有满半年。</textarea>" not in client.get(at(case, "refuse")).content.decode()
    assert state(case) == "submitted"


def test_a_notice_of_nothing_is_not_sent(sign_in, clerk):
    case = make.submitted()
    response = sign_in(clerk).post(at(case, "supplement"), {"step": "send"})
    assert "请写明还缺什么" in response.content.decode()
    assert state(case) == "submitted"


def test_a_refusal_lists_what_is_unmet_and_wants_a_reason(sign_in, clerk):
    case = hopeless()
    client = sign_in(clerk)
    form = client.get(at(case, "refuse")).content.decode()
    assert "居住半年以上" in form
    assert "行政复议" in form
    short = client.post(at(case, "refuse"), {"reason": "不行"})
    assert short.status_code == 400
    assert "请写明不予的理由" in short.content.decode()
    client.post(at(case, "refuse"), {"reason": "登记才满一个月，居住没有满半年。"})
    assert state(case) == "refused"


def test_what_the_rules_do_not_refuse_is_not_refused(sign_in, clerk):
    case = make.submitted()
    response = sign_in(clerk).post(at(case, "refuse"), {"reason": "我觉得不应该给。"})
    assert response.status_code == 409
    assert "按规则没有不予的理由" in response.content.decode()
    assert state(case) == "submitted"
