"""人工复核 at the counter: from the list to the case and to a result, and what its holder then reads."""

from __future__ import annotations

import pytest
from django.test.utils import override_settings

from juzhu.operations import tasks
from juzhu.permits import instant, submission
from juzhu.permits.models import PostCheck
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.portal.tests.browsing import chinese_left, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day"), pytest.mark.requirement("J08")]


@pytest.fixture
def account():
    return make.eligible_account()


@pytest.fixture
def look(account) -> PostCheck:
    with override_settings(
        JUZHU_INSTANT_APPROVAL=True, JUZHU_INSTANT_ROUTES=["employment"], JUZHU_INSTANT_REVIEW_SHARE=1.0
    ):
        case = submission.file(make.draft(account), actor=account.actor, today=TODAY)
    return instant.ask_person(case, actor=account.actor, today=TODAY)


def at(look: PostCheck) -> str:
    return f"/counter/after/checks/{look.number}"


def test_a_review_is_worked_off_from_the_list_and_its_holder_reads_the_result(
    look, account, sign_in, reviewer
):
    client, owner = sign_in(reviewer), sign_in(account)
    said = client.get("/counter/after?tab=checks").content.decode()
    assert look.number in said
    assert "本人要求人工复核" in said
    assert "自动办结的复核" in said
    page = words(client.get(at(look)))
    assert f"{look.case_number} 是自动办理的，本人要求由工作人员再看一遍。" in page
    assert "自动作出的决定对吗" in page
    assert "还住在登记的地方吗" not in page
    assert client.get(f"/counter/cases/{look.case_number}").status_code == 200
    answer = client.post(at(look), {"do": "record", "decision": "true", "result": "wrong"})
    assert answer.status_code == 400
    assert "结论和上面选的对不上" in words(answer)
    client.post(at(look), {"do": "record", "decision": "true", "result": "true"})
    look.refresh_from_db()
    assert (look.state, look.result, look.done_by) == ("done", "true", reviewer)
    assert "决定没有问题" in words(client.get(at(look)))
    tasks.run_all()
    case = f"/applications/{look.case_number}"
    assert "复核过：" in words(owner.get(case))
    assert "决定没有问题。" in words(owner.get(case))
    letter = account.person.messages.get(kind="review_upheld")
    assert "自动作出的决定没有问题" in words(owner.get(f"/messages/{letter.pk}"))


def test_what_its_holder_asked_for_cannot_be_cancelled_and_a_sample_can(look, sign_in, chief):
    client, sample = sign_in(chief), PostCheck.objects.get(plan="automatic")
    assert 'value="cancel"' not in client.get(at(look)).content.decode()
    assert 'value="cancel"' in client.get(at(sample)).content.decode()
    answer = client.post(at(look), {"do": "cancel", "reason": "材料都看过了。"})
    assert (answer.status_code, "不能取消" in words(answer)) == (409, True)


def test_overdue_the_office_says_that_it_is_its_fault(look, account, sign_in, on_day):
    on_day(look.due_on.replace(day=28))
    assert "复核还没有结果。这是我们的责任" in words(
        sign_in(account).get(f"/applications/{look.case_number}")
    )


def test_in_english_nothing_is_left_in_chinese(look, account, sign_in, reviewer):
    english = {"accept-language": "en"}
    assert not [
        word for word in chinese_left(sign_in(reviewer).get(at(look), headers=english)) if word != "中文"
    ]
    assert not chinese_left(sign_in(account).get(f"/applications/{look.case_number}", headers=english))
