"""A child's case: the guardian's paper beside the finding that rests on it, looked at, judged, logged."""

from __future__ import annotations

import pytest

from juzhu.evidence.models import Evidence
from juzhu.operations.models import Event
from juzhu.people.models import Account
from juzhu.permits import casework
from juzhu.permits.models import Application
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import test_guardians as family
from juzhu.permits.tests.factories import TODAY
from juzhu.portal.tests.browsing import chinese_left, signed_in, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
ROW = "guardian_insured_one_year"


@pytest.fixture
def guardian(db: None) -> Account:
    return make.make_account("周建国")


@pytest.fixture
def paper(guardian: Account) -> Evidence:
    return family.insured_by_paper(guardian)


@pytest.fixture
def case(guardian: Account, paper: Evidence) -> Application:
    child = family.pupil()
    family.people.record_guardianship(guardian.person, child, "household_register", actor=family.SYSTEM)
    return family.filed(child, guardian)


def test_the_guardians_paper_stands_beside_its_finding_and_waits_for_a_look(case, paper, reviewer, clerk):
    casework.accept(case, actor=clerk.actor, today=TODAY)
    client, path = signed_in(reviewer), f"/counter/cases/{case.number}"
    page = client.get(path).content.decode()  # the first finding that wants something is this one
    assert f"/files/{paper.files.get().name}" in page
    assert "监护人上传" in page
    assert '监护人 <span lang="zh-CN">周建国</span>' in page
    assert "2025-01 — 2026-02" in page
    assert "还有 1 份材料等您看。" in page
    assert client.post(f"{path}/approve").status_code == 409
    sent = {"evidence": paper.pk, "f": ROW, "judgement": "good"}
    assert client.post(f"{path}/judge", sent).headers["Location"] == f"{path}?f={ROW}#evidence"
    page = client.get(f"{path}?f={ROW}").content.decode()
    assert "看过，没问题" in page
    assert "看过材料" in page
    assert client.post(f"{path}/approve").status_code == 302
    answered = client.get(f"{path}?f={ROW}").content.decode()
    assert f"/files/{paper.files.get().name}" in answered
    assert 'name="judgement"' not in answered


def test_no_other_area_and_no_other_persons_paper(case, paper, stranger, reviewer):
    path = f"/counter/cases/{case.number}"
    sent = {"evidence": paper.pk, "judgement": "good"}
    assert signed_in(stranger).post(f"{path}/judge", sent).status_code == 404
    foreign = family.insured_by_paper(make.make_account("林海峰"))
    sent["evidence"] = foreign.pk
    assert signed_in(reviewer).post(f"{path}/judge", sent).status_code == 404
    address = f"/files/{paper.files.get().name}"
    assert signed_in(reviewer).get(address).status_code == 200
    assert signed_in(stranger).get(address).status_code == 404


def test_reading_the_case_is_a_reading_of_the_guardian_too(case, paper, reviewer):
    client = signed_in(reviewer)
    client.get(f"/counter/cases/{case.number}")
    client.get(f"/counter/cases/{case.number}?f={ROW}")
    read = Event.objects.filter(kind="person.read").values_list("person_id", flat=True)
    assert sorted(read) == sorted([case.person_id, paper.person_id])


def test_the_receipt_says_that_the_paper_is_the_guardians(case, clerk, guardian):
    casework.accept(case, actor=clerk.actor, today=TODAY)
    path = f"/applications/{case.number}/receipt"
    assert "社会保险参保证明 （监护人提交" in words(signed_in(guardian).get(path))
    assert not chinese_left(signed_in(guardian, "en").get(path))


def test_the_page_is_whole_in_english(case, reviewer):
    page = signed_in(reviewer, "en").get(f"/counter/cases/{case.number}?f={ROW}")
    assert not chinese_left(page)
