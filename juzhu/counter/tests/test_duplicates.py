"""Two records that may be one person: who sees the pair, what is shown, merging, telling apart, undoing."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.http import HttpResponse

from juzhu.counter import pairs, visits
from juzhu.counter.tests.test_pages import read
from juzhu.design.templatetags.face import id_number
from juzhu.operations import tasks
from juzhu.operations.models import Event
from juzhu.people import actions as people
from juzhu.people import belongings, duplicates, likeness
from juzhu.people.actions import Claim
from juzhu.people.likeness import Card
from juzhu.people.models import Account, Likeness, Merge, Person
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY
from juzhu.permits.window import registering
from juzhu.registration.models import Registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
BORN = date(1980, 5, 6)
LIST = "/counter/duplicates"
SAID = "看了身份证和照片，是一个人。"


def pending(clerk: Account, name: str = "林海峰", born: date = BORN, **about: str) -> Person:
    claim = Claim(name, 1, born, "341221", **about)
    return people.record_pending(claim, actor=clerk.actor, today=TODAY)


def known_as(person: Person) -> Person:
    """The same person, recorded with their document."""
    known = make.make_person(person.name, person.born)
    Person.objects.filter(pk=known.pk).update(sex=person.sex)
    return Person.objects.get(pk=known.pk)


@pytest.fixture
def pair(clerk) -> Likeness:
    """Registered here without a document; later recorded with it."""
    without = pending(clerk, phone="13900001111")
    make.register(without, date(2025, 8, 1))
    known_as(without)
    tasks.run_all()
    return Likeness.objects.get()


def bare(answer: HttpResponse, *typed: str) -> str:
    """A page without what differs each time: its tokens, and what was typed or opened."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    text = re.sub(r'<b class="num">[0-9a-f]{16}</b>', "", text)
    for one in typed:
        text = text.replace(one, "")
    return text


def pages_of(row: Likeness) -> list[str]:
    return [f"{LIST}/{row.pk}{step}" for step in ("", "/merge", "/apart", "/reveal")]


def test_the_areas_windows_see_the_pair_and_nobody_else(sign_in, clerk, chief, stranger, reviewer, pair):
    citizen = make.make_account("路人甲")
    for account in (clerk, chief):
        client = sign_in(account)
        assert f"{LIST}/{pair.pk}" in client.get(LIST).content.decode()
        assert {client.get(page).status_code for page in pages_of(pair)} == {200}
    elsewhere = sign_in(stranger)
    assert f"{LIST}/{pair.pk}" not in elsewhere.get(LIST).content.decode()
    none = elsewhere.get(f"{LIST}/{pair.pk + 1}")
    for page in [*pages_of(pair), f"{LIST}/{pair.pk}/undo"]:
        for answer in (elsewhere.get(page), elsewhere.post(page, {"said": SAID})):
            assert answer.status_code == 404
            assert bare(answer, page) == bare(none, f"{LIST}/{pair.pk + 1}")
    for account in (reviewer, make.make_officer("subdistrict"), make.make_officer("auditor"), citizen):
        client = sign_in(account)
        assert {client.get(page).status_code for page in [LIST, *pages_of(pair)]} == {404}
    pair.refresh_from_db()
    assert pair.state == "open"
    assert not Event.objects.filter(actor_account_id=stranger.pk).exists()


def test_what_is_settled_is_scoped_as_well(sign_in, clerk, stranger, pair):
    sign_in(clerk).post(f"{LIST}/{pair.pk}/apart", {"said": "照片不是一个人。"})
    assert f"{LIST}/{pair.pk}" in sign_in(clerk).get(f"{LIST}?tab=settled").content.decode()
    assert f"{LIST}/{pair.pk}" not in sign_in(clerk).get(LIST).content.decode()
    assert f"{LIST}/{pair.pk}" not in sign_in(stranger).get(f"{LIST}?tab=settled").content.decode()


def test_a_pair_of_no_area_is_the_work_of_every_window(sign_in, clerk, stranger):
    known_as(pending(clerk))
    tasks.run_all()
    row = Likeness.objects.get()
    for account in (clerk, stranger):
        assert f"{LIST}/{row.pk}" in sign_in(account).get(LIST).content.decode()
        assert sign_in(account).get(f"{LIST}/{row.pk}").status_code == 200
    make.register(row.second, TODAY, subdistrict=OTHER_AREA)
    assert sign_in(clerk).get(f"{LIST}/{row.pk}").status_code == 404
    assert sign_in(stranger).get(f"{LIST}/{row.pk}").status_code == 200


def test_the_pair_is_shown_side_by_side_masked_and_logged(sign_in, clerk, pair):
    shown = sign_in(clerk).get(f"{LIST}/{pair.pk}").content.decode()
    known = pair.second
    for words in ("姓名相同", "出生日期相同", "只有一边有", "本人自己说的，没有核实", "人口库核实"):
        assert words in shown
    assert known.identity_number not in shown
    assert "13900001111" not in shown
    assert pair.first.registrations.get().number in shown
    logged = Event.objects.filter(kind="person.read", data__page="duplicate", actor_account_id=clerk.pk)
    assert set(logged.values_list("person_id", flat=True)) == {pair.first_id, pair.second_id}


def test_of_what_is_elsewhere_only_the_subdistrict_is_shown(sign_in, clerk, stranger, pair):
    other = make.register(pair.second, TODAY, subdistrict=OTHER_AREA, address="康桥路 9 号（示例）")
    here = pair.first.registrations.get()
    for account, open_, closed in ((clerk, here, other), (stranger, other, here)):
        shown = sign_in(account).get(f"{LIST}/{pair.pk}").content.decode()
        assert (open_.number in shown, closed.number in shown) == (True, False)
        assert (open_.address in shown, closed.address in shown) == (True, False)


def test_merging_keeps_the_proved_record_and_leads_to_it(sign_in, clerk, pair):
    client, home = sign_in(clerk), pair.first.registrations.get()
    visit = f"/counter/window/v/{visits.begin(clerk, pair.first)}"
    asked = client.get(f"{LIST}/{pair.pk}/merge").content.decode()
    assert home.number in asked
    assert 'name="kept"' not in asked
    assert "请写明凭什么认定是同一个人" in client.post(f"{LIST}/{pair.pk}/merge", {}).content.decode()
    done = client.post(f"{LIST}/{pair.pk}/merge", {"said": SAID, "kept": "first"}, follow=True)
    assert "已经合并成一份" in done.content.decode()
    row = Merge.objects.get()
    assert (row.kept, row.gone) == (pair.second, pair.first)
    shown = client.get(f"/counter/people/{home.number}").content.decode()
    assert "并进来的档案" in shown
    assert SAID in shown
    received = client.get(visit).content.decode()
    assert str(id_number(pair.second.identity_number)) in received
    assert "身份待核实" not in received
    again = client.post(f"{LIST}/{pair.pk}/merge", {"said": SAID}, follow=True).content.decode()
    assert "这一对已经办过了" in again
    assert Merge.objects.count() == 1


def test_both_histories_are_read_in_the_record_that_is_kept(sign_in, clerk, pair):
    registering.change_workplace(pair.first, "运河服饰（示例）", None, actor=clerk.actor, today=TODAY)
    client, auditor = sign_in(clerk), sign_in(make.make_officer("auditor"))
    client.get(f"{LIST}/{pair.pk}")
    client.post(f"{LIST}/{pair.pk}/merge", {"said": SAID})
    home = Registration.objects.get()
    assert home.person == pair.second
    shown = client.get(f"/counter/people/{home.number}").content.decode()
    assert "改工作单位" in shown
    for record in (pair.first, pair.second):
        trail = auditor.get(f"/counter/audit?person={record.pk}").content.decode()
        assert "改了" in trail or "单位变更" in trail
        assert "合并重复的档案" in trail
    account = make.account_of(pair.second)
    used = sign_in(account).get("/who-used").content.decode()
    reads = Event.objects.filter(kind="person.read", person_id__in=(pair.first_id, pair.second_id))
    assert reads.filter(person_id=pair.first_id).exists()
    assert used.count("<time") >= reads.count()


def test_a_merge_is_undone_and_says_what_goes_back(sign_in, clerk, chief, pair):
    client, home = sign_in(clerk), pair.first.registrations.get()
    client.post(f"{LIST}/{pair.pk}/merge", {"said": SAID})
    asked = sign_in(chief).get(f"{LIST}/{pair.pk}/undo").content.decode()
    assert home.number in asked.split("留在留下的档案里的")[0]
    done = sign_in(chief).post(f"{LIST}/{pair.pk}/undo", {"said": "其实是堂弟，弄错了。"}, follow=True)
    assert "合并过，又撤销了" in done.content.decode()
    home.refresh_from_db()
    assert home.person == pair.first
    again = sign_in(clerk).post(f"{LIST}/{pair.pk}/undo", {"said": "其实是堂弟，弄错了。"}, follow=True)
    assert "这一对已经办过了" in again.content.decode()


def test_what_stands_in_the_way_is_said_before_anybody_presses(sign_in, clerk, pair):
    make.register(pair.second, TODAY)
    client = sign_in(clerk)
    for page in pages_of(pair)[:2]:
        shown = client.get(page).content.decode()
        assert "两边都有现行的居住登记" in shown
        assert f'href="{LIST}/{pair.pk}/merge"' not in shown
        assert "凭什么认定是同一个人" not in shown
    refused = client.post(f"{LIST}/{pair.pk}/merge", {"said": SAID})
    assert refused.status_code == 409
    assert not Merge.objects.exists()


def test_of_two_unproved_records_an_officer_chooses_which_stays(sign_in, clerk):
    first, second = (
        pending(clerk, household_address="安徽省阜阳市"),
        pending(clerk, household_address="安徽省阜阳市"),
    )
    tasks.run_all()
    row = Likeness.objects.get()
    client = sign_in(clerk)
    assert client.get(f"{LIST}/{row.pk}/merge").content.decode().count('name="kept"') == 2
    client.post(f"{LIST}/{row.pk}/merge", {"said": SAID, "kept": "second"})
    merged = Merge.objects.get()
    assert (merged.kept, merged.gone) == (second, first)


def test_whole_numbers_are_shown_once_for_a_purpose_and_logged_for_both(sign_in, clerk, stranger, pair):
    known = pair.second.identity_number
    Person.objects.filter(pk=pair.first_id).update(claimed_number="341221800506001")
    page = f"{LIST}/{pair.pk}/reveal"
    client = sign_in(clerk)
    for answer in (client.get(page), client.post(page, {"purpose": "看"})):
        assert known not in answer.content.decode()
    shown = client.post(page, {"purpose": "核对号码差在哪一位"}).content.decode()
    assert (known in shown, "341221800506001" in shown) == (True, True)
    logged = Event.objects.filter(kind="person.number_revealed", actor_account_id=clerk.pk)
    assert set(logged.values_list("person_id", flat=True)) == {pair.first_id, pair.second_id}
    assert sign_in(stranger).post(page, {"purpose": "核对号码差在哪一位"}).status_code == 404
    near = make.make_officer("clerk", staff_identity_number=known)
    refused = sign_in(near).post(page, {"purpose": "核对号码差在哪一位"}).content.decode()
    assert (known in refused, "回避" in refused) == (False, True)


def test_an_officer_keeps_away_from_their_own_pair(sign_in, pair):
    near = make.make_officer("clerk", staff_identity_number=pair.second.identity_number)
    client = sign_in(near)
    for step in ("merge", "apart"):
        answer = client.post(f"{LIST}/{pair.pk}/{step}", {"said": SAID})
        assert answer.status_code == 409
        assert "回避" in answer.content.decode()
    assert not Merge.objects.exists()


def test_two_records_of_the_area_are_named_by_an_officer(sign_in, clerk):
    one = make.make_person("林海峰", BORN)
    other = pending(clerk, "林 峰", date(1981, 7, 7))
    home, second = make.register(one, TODAY), make.register(other, TODAY)
    client = sign_in(clerk)
    page = f"/counter/people/{second.number}/duplicate"
    for text in (home.number, one.identity_number.lower()):
        done = client.post(page, {"text": text})
        row = Likeness.objects.get()
        assert done.headers["Location"] == f"{LIST}/{row.pk}"
        assert row.reasons[0] == "officer"
    assert "同事提出来核对" in client.get(f"{LIST}/{row.pk}").content.decode()
    assert f"{LIST}/{row.pk}" in client.get(f"/counter/people/{second.number}").content.decode()
    same = client.post(page, {"text": second.number})
    assert "这就是同一份档案" in same.content.decode()
    duplicates.apart(row, "照片不是一个人。", actor=clerk.actor)
    client.post(page, {"text": home.number})
    row.refresh_from_db()
    assert row.state == "open"


def test_nobody_learns_whether_a_number_is_on_record_elsewhere(sign_in, clerk, stranger):
    here, elsewhere = make.make_person("林海峰"), make.make_person("林海锋")
    with_account = make.make_account("只有账号").person
    home = make.register(here, TODAY)
    far = make.register(elsewhere, TODAY, subdistrict=OTHER_AREA)
    client = sign_in(clerk)
    page = f"/counter/people/{home.number}/duplicate"
    numbers = ["341221198005069999", elsewhere.identity_number, with_account.identity_number, far.number]
    assert len({bare(client.post(page, {"text": text}), text) for text in numbers}) == 1
    assert not Likeness.objects.exists()
    assert sign_in(stranger).post(page, {"text": far.number}).status_code == 404
    assert sign_in(make.make_officer("reviewer")).get(page).status_code == 404


def test_two_who_are_both_proved_are_not_even_put_side_by_side(sign_in, clerk):
    one, other = make.make_person("林大双", BORN), make.make_person("林小双", BORN)
    home, second = make.register(one, TODAY), make.register(other, TODAY)
    answer = sign_in(clerk).post(f"/counter/people/{home.number}/duplicate", {"text": second.number})
    assert answer.status_code == 409
    assert "不是同一个人，不能合并" in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 7])
def test_the_list_takes_a_fixed_number_of_queries(sign_in, clerk, django_assert_num_queries, rows):
    for n in range(rows):
        without = pending(clerk, f"林海{n}", date(1980, 5, n + 1))
        make.register(without, TODAY)
        known_as(without)
    tasks.run_all()
    assert Likeness.objects.count() == rows
    client = sign_in(clerk)
    with django_assert_num_queries(4):
        client.get(LIST)


def test_in_english_nothing_stays_chinese_but_what_people_wrote(sign_in, clerk, pair):
    client = sign_in(clerk)
    client.cookies["django_language"] = "en"
    home = pair.first.registrations.get()
    before = [LIST, *pages_of(pair), f"/counter/people/{home.number}/duplicate"]
    left = {address: read(client, address).chinese for address in before}
    client.post(f"{LIST}/{pair.pk}/merge", {"said": SAID})
    after = [
        f"{LIST}?tab=settled",
        f"{LIST}/{pair.pk}",
        f"{LIST}/{pair.pk}/undo",
        f"/counter/people/{home.number}",
    ]
    left |= {address: read(client, address).chinese for address in after}
    assert {address: words for address, words in left.items() if words not in ([], ["中文"])} == {}


def test_every_table_that_hangs_on_a_person_has_its_words():
    both = (belongings._relations(), belongings._relations(written_once=True))
    tables = {model._meta.label for relations in both for model, _column in relations}
    assert {"permits.Representative", "documents.IssuedDocument", "people.Account"} <= tables
    assert tables == pairs.TABLES.keys()


def test_every_reason_has_its_words():
    one = Card("林海峰", BORN, 1, claimed="341221198005061234", phone="1", household="安徽")
    near = Card("林海锋", date(1980, 5, 7), 2, claimed="341221198005061235", phone="1", household="安徽")
    codes = {*likeness.of(one, one)[1], *likeness.of(one, near)[1], duplicates.FOUND_BY_HAND}
    assert codes == pairs.REASONS.keys()
