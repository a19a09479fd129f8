"""Papers as PDF: to the person, their guardians and nobody else; and the page where anybody checks one."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.documents import codes, shelf
from juzhu.documents.issuing import issue, seal_slip
from juzhu.documents.models import IssuedDocument
from juzhu.documents.slips import hand_out
from juzhu.documents.tests import cases
from juzhu.documents.tests.reading import words as read
from juzhu.documents.tests.sealed import faults, parts
from juzhu.operations.actors import SYSTEM
from juzhu.people import actions as people
from juzhu.people.models import Account, Person
from juzhu.permits import casework, issuing
from juzhu.permits.models import Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.portal.tests.browsing import chinese_left, html, primary_buttons, signed_in, stranger, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
MADE = {"receipt": cases.accepted, "notice": cases.asked, "refusal": cases.refused}


def bytes_of(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.mark.requirement("D02", "D04", "D06")
@pytest.mark.parametrize("slug", MADE)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_person_gets_the_pdf_and_a_stranger_finds_nothing(slug, lang):
    case = MADE[slug]()
    owner = Account.objects.get(person=case.person)
    path = f"/applications/{case.number}/papers/{slug}/{lang}.pdf"
    answer = signed_in(owner).get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in answer.headers["Cache-Control"]
    assert case.person.name in read(bytes_of(answer))
    assert signed_in(make.eligible_account(name="李明")).get(path).status_code == 404
    assert signed_in(make.make_officer()).get(path).url == "/counter/"
    assert stranger().get(path).status_code == 302
    assert signed_in(owner).get(path.replace(f"{lang}.pdf", "fr.pdf")).status_code == 404
    assert signed_in(owner).get(path.replace(slug, "pause")).status_code == 404


def test_a_guardian_gets_a_childs_papers_until_the_child_is_sixteen(on_day):
    guardian = make.make_account()
    child = make.make_person("周小舟", date(2012, 5, 1))
    people.record_guardianship(guardian.person, child, "civil_affairs", actor=SYSTEM)
    case = cases.accepted()
    type(case).objects.filter(pk=case.pk).update(person=child)
    path = f"/applications/{case.number}/papers/receipt/zh.pdf"
    assert signed_in(guardian).get(path).status_code == 200
    on_day(date(2028, 5, 1))
    assert signed_in(guardian).get(path).status_code == 404


def test_page_and_pdf_say_the_same():
    case = cases.refused()
    owner = Account.objects.get(person=case.person)
    page = words(signed_in(owner).get(f"/applications/{case.number}/refusal"))
    pdf = read(bytes_of(signed_in(owner).get(f"/applications/{case.number}/papers/refusal/zh.pdf")))
    paper = cases.sheet(case, "refusal").make("zh")
    for said in (paper.number, paper.facts, paper.verdict, *(row.until for row in paper.remedies)):
        assert "".join(said.split()) in "".join(page.split())
        assert "".join(said.split()) in "".join(pdf.split())


def test_the_case_lists_its_papers_in_both_languages():
    case = cases.asked()
    owner = Account.objects.get(person=case.person)
    page = html(signed_in(owner).get(f"/applications/{case.number}"))
    for lang in ("zh", "en"):
        assert f"/applications/{case.number}/papers/notice/{lang}.pdf" in page


def test_a_name_without_a_glyph_says_so_and_prints_nothing():
    account = make.eligible_account()
    Person.objects.filter(pk=account.person_id).update(name="周😀")
    case = cases.accepted(account=Account.objects.select_related("person").get(pk=account.pk))
    answer = signed_in(account).get(f"/applications/{case.number}/papers/receipt/zh.pdf", follow=True)
    assert "字体里没有“😀”（U+1F600）这个字" in html(answer)
    assert not IssuedDocument.objects.exists()


@pytest.mark.requirement("F08")
def test_the_permit_page_says_where_the_slip_is_printed_and_has_its_papers():
    permit = make.issued()
    owner = permit.person.account
    cases.version(permit, 2, "moved", residence_address="半山街道半山路 1 号")
    client = signed_in(owner)
    client.post("/permit/open", {"password": make.PASSWORD})
    page = client.get("/permit")
    assert "到拱宸桥派出所" in words(page)
    assert "/permit/papers/change-2/zh.pdf" in html(page)
    assert "slip" not in [sheet.slug for sheet in shelf.of_permit(permit)]
    assert client.get("/permit/papers/change-2/zh.pdf").status_code == 200
    assert client.get("/permit/papers/slip/zh.pdf").status_code == 404
    assert (
        signed_in(make.eligible_account(name="李明")).get("/permit/papers/change-2/zh.pdf").status_code == 404
    )


@pytest.mark.requirement("E10")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_holder_has_a_slip_that_was_printed_as_sealed_pdf_and_ofd(language):
    permit = make.issued()
    client = signed_in(permit.person.account, language)
    client.post("/permit/open", {"password": make.PASSWORD})
    slip = hand_out(permit, None, actor=make.make_officer().actor, today=TODAY)
    path = f"/permit/slips/{slip.code}"
    assert path not in html(client.get("/permit"))
    assert client.get(f"{path}.pdf").status_code == 404, "no worker has sealed it yet"
    seal_slip(slip)
    page = client.get("/permit")
    assert f'href="{path}.pdf"' in html(page) and f'href="{path}.ofd"' in html(page)
    assert language == "zh-hans" or not chinese_left(page)
    assert bytes_of(client.get(f"{path}.pdf")).startswith(b"%PDF")
    assert list(faults(parts(bytes_of(client.get(f"{path}.ofd"))))) == []
    assert client.get(f"{path}.zip").status_code == 404
    other = make.issued(make.eligible_account(name="李明"))
    for account in (other.person.account, make.make_account("孙立")):
        for form in ("pdf", "ofd"):
            assert signed_in(account).get(f"{path}.{form}").status_code == 404


@pytest.fixture
def shown():
    """Make a code of each outcome."""

    def one(outcome: str) -> str:
        if outcome in {"valid", "expired"}:
            case = cases.accepted()
            document = issue(cases.sheet(case, "receipt"), "zh")
            if outcome == "expired":
                reviewer = make.make_officer("reviewer").actor
                casework.request_supplement(case, {"other": "请补背面。"}, actor=reviewer, today=TODAY)
            return document.code
        return {"forged": codes.new(), "unknown": "A" * 15}[outcome]

    return one


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("valid", "文书是真的"),
        ("expired", "文书已被取代"),
        ("forged", "没有发过这份文书"),
        ("unknown", "不是文书核验码"),
    ],
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_paper_is_checked_by_anybody_and_shows_no_more_than_a_masked_name(shown, outcome, said, language):
    page = stranger(language).get(f"/d/{shown(outcome)}")
    assert page.status_code == 200
    assert f"o-{outcome}" in html(page)
    assert html(page).count("<h1") == 1
    assert primary_buttons(page) == 1
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert "周晓芸" not in html(page)
    assert ("周*芸" in html(page)) == (outcome in {"valid", "expired"})
    if language == "en":
        assert not chinese_left(page)
    else:
        assert said in words(page)


@pytest.mark.requirement("F08")
@pytest.mark.parametrize(
    ("outcome", "day", "said"),
    [
        ("valid", TODAY, "有效期到 2027-03-10"),
        ("suspended", date(2027, 3, 11), "2027-03-11 起中止"),
        ("terminated", date(2027, 3, 12), "起终止"),
    ],
)
def test_the_code_of_a_slip_tells_the_permits_present_status(on_day, outcome, day, said):
    permit = make.issued()
    slip = hand_out(permit, None, actor=make.make_officer().actor, today=TODAY)
    seal_slip(slip)
    on_day(day)
    if outcome == "terminated":
        issuing.terminate(permit, "household", actor=SYSTEM, on=day)
    page = stranger().get(f"/d/{slip.code}")
    assert f"o-{outcome}" in html(page)
    assert said in words(page)
    assert "更新过" not in words(page)


def test_a_slip_of_an_older_version_says_so():
    permit = make.issued()
    slip = hand_out(permit, None, actor=make.make_officer().actor, today=TODAY)
    seal_slip(slip)
    cases.version(Permit.objects.get(pk=permit.pk), 2, "moved", residence_address="半山路 1 号")
    page = words(stranger().get(f"/d/{slip.code}"))
    assert "打印以后，证上的内容更新过" in page


def test_a_code_is_typed_with_or_without_dashes_and_a_wrong_one_is_told():
    document = issue(cases.sheet(cases.accepted(), "receipt"), "zh")
    answer = stranger().get("/d", {"code": codes.written(document.code).lower()})
    assert answer.url == f"/d/{document.code}"
    other = "2" if document.code[3] != "2" else "3"
    wrong = stranger().get("/d", {"code": document.code[:3] + other + document.code[4:]})
    assert "核验码有一位不对" in html(wrong)
    assert "请输入文书上的核验码" in html(stranger().get("/d", {"code": ""}))
    assert not chinese_left(stranger("en").get("/d"))
