"""居住登记凭证: issued by registering and moving, again when asked, and checked by whoever holds it."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.documents import queries, shelf
from juzhu.documents.errors import GlyphMissing
from juzhu.documents.issuing import issue
from juzhu.documents.models import IssuedDocument
from juzhu.documents.tests.reading import content_of, joined, words
from juzhu.operations import tasks
from juzhu.operations.actors import SYSTEM
from juzhu.people import actions as people
from juzhu.people.actions import Claim
from juzhu.people.models import Guardianship, Person
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.portal.tests.browsing import chinese_left, html, signed_in, stranger
from juzhu.portal.tests.browsing import words as page_words
from juzhu.registration import actions as registration
from juzhu.registration.models import Registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


def certificate(row: Registration, lang="zh") -> IssuedDocument:
    return issue(shelf.of_registration(Registration.objects.get(pk=row.pk)), lang)


def flat(document: IssuedDocument) -> str:
    return joined(content_of(document))


@pytest.mark.requirement("A13")
def test_registering_and_moving_issue_a_certificate_with_person_organ_and_time():
    person = make.make_person("阿依努尔·买买提")
    first = make.register(person, date(2025, 7, 1))
    second = registration.move(person, make.stay(address="新址 8 号"), actor=SYSTEM, today=TODAY)
    tasks.run_all()
    assert IssuedDocument.objects.filter(kind="registration", language="zh").count() == 2
    text = flat(IssuedDocument.objects.filter(kind="registration").order_by("pk").last())
    for said in (
        person.name,
        person.identity_number,
        "拱宸桥派出所",
        "2026年3月10日",
        "新址8号",
        second.number,
    ):
        assert said in text, said
    assert "变更登记" in text
    assert "不收任何费用" in text
    assert first.number not in text


@pytest.mark.requirement("A13")
def test_asked_again_it_is_the_same_paper_until_what_it_says_has_changed():
    person = make.make_person()
    row = make.register(person, TODAY)
    one = certificate(row)
    assert certificate(row) == one
    assert queries.still_stands(one, TODAY)
    registration.correct_address(person, "桥弄街 8 幢", actor=SYSTEM)
    assert not queries.still_stands(one, TODAY)
    mended = certificate(row)
    assert (mended.number, mended.code != one.code) == (one.number, True)
    assert queries.still_stands(mended, TODAY)
    registration.leave(person, TODAY, actor=SYSTEM, today=TODAY)
    assert not queries.still_stands(mended, TODAY)
    assert "登记截止" in flat(certificate(row))


def test_the_english_one_is_for_reading_and_has_a_code_of_its_own():
    row = make.register(make.make_person(), TODAY)
    chinese, english = certificate(row), certificate(row, "en")
    text = words(content_of(english))
    assert "without legal force" in text
    assert english.code != chinese.code


@pytest.mark.requirement("A04", "A13")
def test_a_pending_identity_stands_on_the_certificate_and_a_proved_one_after_it():
    clerk = make.make_officer()
    claim = Claim(name="吴阿婆", sex=2, born=date(1950, 1, 2), household_division="341221")
    person = people.record_pending(claim, actor=clerk.actor, today=TODAY)
    row = make.register(person, TODAY)
    pending = certificate(row)
    assert "身份待核实" in flat(pending)
    known = make.identity("吴阿婆", date(1950, 1, 2))
    people.confirm_pending(person, "吴阿婆", known.identity_number, actor=clerk.actor)
    assert not queries.still_stands(pending, TODAY)
    proved = flat(certificate(row))
    assert known.identity_number in proved
    assert "身份待核实" not in proved


def test_a_rare_character_is_set_or_refused_and_never_a_box():
    row = make.register(make.make_person("许𫛭"), TODAY)
    assert "许𫛭" in flat(certificate(row))
    Person.objects.filter(pk=row.person_id).update(name="许\U0003abcd")
    with pytest.raises(GlyphMissing):
        certificate(row)


def test_a_childs_certificate_is_opened_by_the_guardian_and_by_no_stranger():
    guardian, other = make.make_account(), make.make_account("许安")
    child = make.make_person("周小满", date(2018, 5, 1))
    Guardianship.objects.create(guardian=guardian.person, child=child, source="police")
    row = make.register(child, TODAY)
    place = f"/registration/{row.number}/certificate/zh.pdf"
    assert signed_in(guardian).get(place).headers["Content-Type"] == "application/pdf"
    assert signed_in(other).get(place).status_code == 404
    assert stranger().get(place).status_code == 302
    assert signed_in(guardian).get(place.replace("zh.pdf", "fr.pdf")).status_code == 404


def test_an_officer_prints_it_in_their_area_and_no_other_does():
    row = make.register(make.make_person(), TODAY)
    place = f"/counter/papers/registrations/{row.number}/zh.pdf"
    assert signed_in(make.make_officer()).get(place).status_code == 200
    away = make.make_officer(areas=(make.OTHER_AREA,))
    assert signed_in(away).get(place).status_code == 404
    assert signed_in(make.make_officer("auditor")).get(place).status_code == 404


def test_a_name_that_can_not_be_set_leads_back_with_the_character():
    account = make.make_account()
    row = make.register(account.person, TODAY)
    Person.objects.filter(pk=account.person_id).update(name="许\U0003abcd")
    response = signed_in(account).get(f"/registration/{row.number}/certificate/zh.pdf", follow=True)
    assert "U+3ABCD" in html(response)


@pytest.mark.requirement("A13")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_behind_the_code_says_whether_it_still_stands_and_masks_the_name(language: str):
    person = make.make_person("周晓芸")
    row = make.register(person, TODAY)
    document = certificate(row)
    client = stranger(language)
    page = client.get(f"/d/{document.code}")
    assert "周晓芸" not in html(page)
    assert person.identity_number not in html(page)
    assert row.address not in html(page)
    assert "o-valid" in html(page)
    registration.leave(person, TODAY, actor=SYSTEM, today=TODAY)
    gone = client.get(f"/d/{document.code}")
    assert "o-expired" in html(gone)
    if language == "en":
        assert chinese_left(page) == []
        assert chinese_left(gone) == []
    else:
        assert "现在仍在登记中" in page_words(page)
        assert "2026-03-10 为止" in page_words(gone)
