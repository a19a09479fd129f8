"""Everything that can be done on the phone after issue can be done at the window, and says who did it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from juzhu.counter import visits
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Evidence, Objection
from juzhu.operations import tasks
from juzhu.operations.models import Event
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Account, Person
from juzhu.permits import instant, submission
from juzhu.permits.after import corrections, fraud, post_checks
from juzhu.permits.after.measures import Measures
from juzhu.permits.attending import Standing
from juzhu.permits.errors import ConflictOfInterest, MayNotRepresent, OutOfArea, RepresentativeMissing
from juzhu.permits.models import Attendance, Correction, FraudCase, PostCheck
from juzhu.permits.representatives import Agent
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.permits.window import objecting, registering
from juzhu.registration.errors import DayInvalid
from juzhu.registration.models import Registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
OLD = date(1950, 6, 1)


def at(account: Account, person: Person, step: str = "") -> str:
    return f"/counter/window/v/{visits.begin(account, person)}" + (f"/{step}" if step else "")


def scan(name: str = "hukou.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make.picture(), "image/jpeg")


def daughter(client: Client, base: str) -> str:
    """An old person's daughter stands here, with both documents. Gives her name."""
    known = make.identity("吴小明", date(1980, 1, 2))
    said = {
        "name": known.name,
        "identity_number": known.identity_number,
        "relation": "child",
        "ground": "elderly",
        "identity_shown": "on",
        "applicants_identity_shown": "on",
    }
    assert client.post(f"{base}/agent", said).status_code == 302
    return known.name


def agent(relation: str = "child", ground: str = "elderly") -> Agent:
    return Agent(make.identity("吴小明", date(1980, 1, 2)), relation, ground, "", True, True)


@pytest.fixture
def holder():
    return make.eligible_account(name="吴阿婆", born=OLD)


@pytest.fixture
def permit(holder):
    return make.issued(holder)


def told(permit, clerk) -> FraudCase:
    case = fraud.open_case(
        permit.person, "租赁合同是假的。", TODAY, actor=clerk.actor, today=TODAY, permit=permit
    )
    return fraud.tell(case, Measures(True, 100, True), actor=clerk.actor, today=TODAY)


def word(person: Person) -> Evidence:
    return Evidence.objects.get(person=person, kind=Kind.INSURANCE.value)


@pytest.mark.requirement("D10", "C10", "F07")
def test_a_correction_is_asked_over_the_counter_with_scans(sign_in, clerk, permit):
    client = sign_in(clerk)
    base = at(clerk, permit.person)
    assert "更正证上的内容" in client.get(base).content.decode()
    assert "请选一条" in client.post(f"{base}/correct", {}).content.decode()
    typed = {"field": "name", "wanted": "吴阿波", "explanation": "户口簿上是这个字。"}
    first = client.post(f"{base}/correct", typed).content.decode()
    assert "请选照片或 PDF" in first
    assert "户口簿上是这个字。" in first
    assert client.post(f"{base}/correct", {**typed, "papers": scan()}).headers["Location"] == base
    row = Correction.objects.get()
    assert (row.filed_by_id, row.files.count(), row.wanted) == (clerk.pk, 1, "吴阿波")
    stood = Attendance.objects.get()
    assert (stood.deed, stood.about, stood.officer_id, stood.name) == ("correction", row.number, clerk.pk, "")
    event = Event.objects.get(kind="correction.filed")
    assert (event.actor_kind, event.data["at"], event.data["represented"]) == ("staff", "window", "")
    tasks.run_all()
    assert permit.person.messages.filter(kind="correction_received").count() == 1
    assert row.number in client.get(base).content.decode()


@pytest.mark.requirement("C10")
def test_a_representative_stands_there_and_is_on_the_record(sign_in, clerk, stranger, permit):
    client = sign_in(clerk)
    base = at(clerk, permit.person)
    name = daughter(client, base)
    typed = {"field": "name", "wanted": "吴阿波", "explanation": "", "papers": scan()}
    client.post(f"{base}/correct", typed)
    stood = Attendance.objects.get()
    assert (stood.name, stood.relation, stood.identity_shown) == (name, "child", True)
    number = permit.person.registrations.get().number
    for page in (
        f"/counter/people/{number}",
        f"/counter/after/corrections/{Correction.objects.get().number}",
    ):
        shown = client.get(page).content.decode()
        assert name in shown
        assert stood.identity_number not in shown
    assert sign_in(stranger).get(f"/counter/people/{number}").status_code == 404


@pytest.mark.requirement("C10", "G04")
def test_who_may_stand_there_and_before_whom(holder, permit, clerk, reviewer, chief, stranger):
    proof = [make.stored_picture()]

    def ask(account: Account, standing: Standing, field: str = "sex") -> Correction:
        wanted = "1" if permit.person.sex == 2 else "2"
        return corrections.ask(
            permit, field, wanted, "", proof, actor=account.actor, today=TODAY, standing=standing
        )

    with pytest.raises(OutOfArea):
        ask(stranger, Standing())
    with pytest.raises(NotAllowed):
        ask(reviewer, Standing())
    with pytest.raises(MayNotRepresent):
        ask(clerk, Standing(agent("guardian", "elderly")))
    own = agent()
    near = make.make_officer("clerk", staff_identity_number=own.identity.identity_number)
    self_ = make.make_officer("chief", staff_identity_number=permit.person.identity_number)
    for officer, standing in ((near, Standing(own)), (self_, Standing())):
        with pytest.raises(ConflictOfInterest):
            ask(officer, standing)
    assert not Attendance.objects.exists()
    assert ask(chief, Standing(own)).filed_by_id == chief.pk


@pytest.mark.requirement("G05", "C10")
def test_a_case_is_stated_by_word_of_mouth_and_a_record_is_printed(sign_in, clerk, chief, permit):
    case = told(permit, clerk)
    client = sign_in(chief)
    base = at(chief, permit.person)
    assert f"/statement/{case.number}" in client.get(base).content.decode()
    page = f"{base}/statement/{case.number}"
    assert "租赁合同是假的。" in client.get(page).content.decode()
    said = {"do": "hear", "statement": "合同是房东给我的，我不知道是假的。"}
    unread = client.post(page, said).content.decode()
    assert "请念给本人" in unread
    assert said["statement"] in unread
    assert (
        client.post(page, {**said, "read_out": "on", "papers": scan("signed.jpg")}).headers["Location"]
        == page
    )
    case.refresh_from_db()
    assert (case.state, case.statement) == ("heard", said["statement"])
    stood = Attendance.objects.get()
    assert (stood.deed, stood.officer_id, stood.files.count()) == ("statement", chief.pk, 1)
    record = client.get(page).content.decode()
    for words in ("陈述、申辩笔录", said["statement"], "陈所长", "签名"):
        assert words in record
    assert client.get(f"/files/{stood.files.get().name}").status_code == 200
    tasks.run_all()
    assert "吴阿婆" not in sign_in(clerk).get("/counter/after?tab=checks").content.decode()


@pytest.mark.requirement("G05")
def test_who_does_not_want_to_be_heard_says_so_and_an_officer_never_says_it_for_them(sign_in, clerk, permit):
    case = told(permit, clerk)
    with pytest.raises(fraud.TermRunning):
        fraud.waive(case, actor=clerk.actor, today=TODAY)
    client = sign_in(clerk)
    page = at(clerk, permit.person, f"statement/{case.number}")
    assert "不要代本人放弃" in client.post(page, {"do": "waive"}).content.decode()
    client.post(page, {"do": "waive", "said": "on"})
    case.refresh_from_db()
    assert (case.state, case.waived_statement) == ("heard", True)
    assert Attendance.objects.get().deed == "waiver"


@pytest.mark.requirement("F09")
def test_a_check_is_answered_at_the_window(sign_in, clerk, permit):
    row = post_checks.plan(permit, "tip", [], actor=clerk.actor, today=TODAY, tip="早就不住这里了。")
    client = sign_in(clerk)
    page = at(clerk, permit.person, f"checks/{row.number}")
    shown = client.get(page).content.decode()
    assert "早就不住这里了" not in shown
    said = {"address": "true", "result": "true", "note": "带来了水电单。", "papers": scan("bill.jpg")}
    assert client.post(page, said).headers["Location"] == f"/counter/after/checks/{row.number}"
    row.refresh_from_db()
    assert (row.result, row.done_by_id, row.photos.count()) == ("true", clerk.pk, 1)
    assert Attendance.objects.get().deed == "check"
    assert client.get(page).status_code == 404


@pytest.mark.requirement("J06")
def test_an_objection_is_made_aloud_and_works_like_one_from_the_phone(sign_in, clerk, holder):
    piece = word(holder.person)
    client = sign_in(clerk)
    base = at(clerk, holder.person)
    assert "有一条不对" in client.get(f"{base}/known").content.decode()
    page = f"{base}/known/{piece.pk}"
    assert "请写哪里不对" in client.post(page, {"wrong": ""}).content.decode()
    said = {"wrong": "去年九月就换了单位。", "right": ""}
    assert client.post(page, said).headers["Location"] == f"{base}/known"
    assert client.post(page, said).headers["Location"] == f"{base}/known"
    row = Objection.objects.get()
    assert (row.person_id, row.filed_by_id, row.text) == (holder.person_id, clerk.pk, said["wrong"])
    assert Attendance.objects.get().about == row.number
    assert Event.objects.get(kind="objection.filed").data["at"] == "window"
    assert row.number in client.get(f"{base}/known").content.decode()


@pytest.mark.requirement("J06")
def test_who_may_object_for_whom(holder, clerk, reviewer, stranger):
    piece = word(holder.person)
    for account, error in (
        (reviewer, NotAllowed),
        (stranger, OutOfArea),
        (make.make_account("李明"), NotAllowed),
    ):
        with pytest.raises(error):
            objecting.file(piece, "不对。", "", Standing(), actor=account.actor, today=TODAY)
    own = make.make_officer("clerk", staff_identity_number=holder.person.identity_number)
    with pytest.raises(ConflictOfInterest):
        objecting.file(piece, "不对。", "", Standing(), actor=own.actor, today=TODAY)
    assert not Objection.objects.exists()
    assert objecting.file(piece, "不对。", "", Standing(), actor=clerk.actor, today=TODAY).is_open


@pytest.mark.requirement("J08")
def test_somebody_without_a_phone_asks_for_a_person_after_an_automatic_answer(
    sign_in, clerk, reviewer, stranger, settings
):
    settings.JUZHU_INSTANT_APPROVAL, settings.JUZHU_INSTANT_REVIEW_SHARE = True, 0.0
    account = make.eligible_account()
    case = submission.file(make.draft(account), actor=account.actor, today=TODAY, key="k")
    assert case.automatic
    for officer, error in ((reviewer, NotAllowed), (stranger, OutOfArea)):
        with pytest.raises(error):
            instant.ask_person(case, actor=officer.actor, today=TODAY)
    client = sign_in(clerk)
    base = at(clerk, account.person)
    assert "自动办好的" in client.get(base).content.decode()
    assert "请先问清楚" in client.post(f"{base}/ask-person", {}).content.decode()
    assert client.post(f"{base}/ask-person", {"asked": "on"}).headers["Location"] == base
    look = PostCheck.objects.get(plan="request")
    assert look.permit_id == case.permit_id
    assert Attendance.objects.get().deed == "ask_person"
    assert "自动办好的" not in client.get(base).content.decode()
    tasks.run_all()
    assert account.person.messages.filter(kind="review_requested").exists()


def test_another_route_is_asked_for_at_the_window(sign_in, clerk, stranger):
    account = make.eligible_account()
    case = make.submitted(account, "dwelling")
    client = sign_in(clerk)
    base = at(clerk, account.person)
    assert "换一条途径" in client.get(base).content.decode()
    page = client.get(f"{base}/switch").content.decode()
    assert "合法稳定就业" in page
    assert client.post(f"{base}/switch", {"asked": "on"}).headers["Location"] == base
    case.refresh_from_db()
    assert case.route == "employment"
    assert (Attendance.objects.get().deed, Attendance.objects.get().about) == ("switch", case.number)
    assert client.get(f"{base}/switch").headers["Location"] == base
    other = sign_in(stranger)
    away = at(stranger, account.person)
    assert other.get(f"{away}/switch").headers["Location"] == away


@pytest.mark.requirement("CF17", "E08")
def test_who_moves_to_another_district_of_the_city_says_so_at_the_window_too(sign_in, clerk, permit):
    client = sign_in(clerk)
    base = at(clerk, permit.person)
    day = {"left_on_year": "2026", "left_on_month": "3", "left_on_day": "10", "understood": "on"}
    assert "请选去哪里" in client.post(f"{base}/leave", day).content.decode()
    assert client.post(f"{base}/leave", {**day, "destination": "330106"}).headers["Location"] == base
    row = Registration.objects.get(person=permit.person)
    assert (row.end_reason, row.destination) == ("left", "330106")
    stood = Attendance.objects.get()
    assert (stood.deed, stood.about) == ("leave", row.number)


@pytest.mark.requirement("E08", "C10")
def test_a_new_workplace_is_told_by_a_representative(sign_in, clerk, reviewer, stranger, permit):
    client = sign_in(clerk)
    base = at(clerk, permit.person)
    daughter(client, base)
    since = {"since_year": "2026", "since_month": "3", "since_day": "9"}
    client.post(f"{base}/workplace", {"workplace": "新单位（示例）", **since})
    assert Attendance.objects.get().relation == "child"
    for officer, error in ((reviewer, NotAllowed), (stranger, OutOfArea)):
        with pytest.raises(error):
            registering.change_workplace(permit.person, "别的", None, actor=officer.actor, today=TODAY)
    own = make.make_officer("clerk", staff_identity_number=permit.person.identity_number)
    with pytest.raises(ConflictOfInterest):
        registering.change_workplace(permit.person, "别的", None, actor=own.actor, today=TODAY)
    told = Registration.objects.get(person=permit.person)
    assert (told.workplace, told.workplace_since) == ("新单位（示例）", date(2026, 3, 9))


@pytest.mark.requirement("C10")
def test_a_longer_stay_is_said_by_a_representative_and_a_second_press_adds_nothing(
    sign_in, clerk, reviewer, stranger
):
    person = make.make_person("吴阿婆", date(1950, 2, 3))
    row = make.register(person, date(2025, 7, 1), stay_until=date(2026, 9, 10))
    client = sign_in(clerk)
    base = at(clerk, person)
    daughter(client, base)
    assert "请选再住多久" in client.post(f"{base}/extend", {"from": "2026-09-10"}).content.decode()
    for _press in range(2):
        done = client.post(f"{base}/extend", {"months": "6", "from": "2026-09-10"})
        assert done.headers["Location"] == base
    row.refresh_from_db()
    assert (row.stay_until, row.ended_on) == (date(2027, 3, 10), None)
    stood = Attendance.objects.get()
    assert (stood.deed, stood.about, stood.relation) == ("extend", row.number, "child")
    until = date(2028, 1, 1)
    for officer, error in ((reviewer, NotAllowed), (stranger, OutOfArea)):
        with pytest.raises(error):
            registering.extend(person, until, None, actor=officer.actor, today=TODAY)
    own = make.make_officer("clerk", staff_identity_number=person.identity_number)
    with pytest.raises(ConflictOfInterest):
        registering.extend(person, until, None, actor=own.actor, today=TODAY)
    with pytest.raises(DayInvalid):
        registering.extend(person, date(2026, 1, 1), None, actor=clerk.actor, today=TODAY)
    assert Attendance.objects.count() == 1
    registering.extend(person, row.stay_until, None, actor=clerk.actor, today=TODAY)
    assert Attendance.objects.count() == 1


def test_who_lives_elsewhere_extends_at_their_own_station(sign_in, stranger):
    person = make.make_person()
    make.register(person, date(2025, 7, 1))
    base = at(stranger, person)
    client = sign_in(stranger)
    assert "要多住些日子" not in client.get(base).content.decode()
    assert client.post(f"{base}/extend", {"months": "6", "from": ""}).headers["Location"] == base
    assert Registration.objects.get(person=person).stay_until is None


@pytest.mark.requirement("C10")
def test_a_child_never_stands_there_alone(clerk):
    child = make.make_person("周小宝", date(2015, 6, 1))
    make.register(child, date(2025, 7, 1))
    with pytest.raises(RepresentativeMissing):
        registering.leave(child, TODAY, None, actor=clerk.actor, today=TODAY)
    guardian = agent("parent", "minor")
    assert registering.leave(child, TODAY, guardian, actor=clerk.actor, today=TODAY).end_reason == "left"
    assert Attendance.objects.get().ground == "minor"


@pytest.mark.requirement("F07")
def test_a_case_that_is_taken_back_says_who_asked(sign_in, clerk, holder):
    case = make.submitted(holder)
    client = sign_in(clerk)
    name = daughter(client, at(clerk, holder.person))
    page = f"/counter/cases/{case.number}/withdraw"
    assert name in client.get(page).content.decode()
    client.post(page, {"asked": "on"})
    stood = Attendance.objects.get()
    assert (stood.deed, stood.about, stood.name) == ("withdraw", case.number, name)


@pytest.mark.requirement("J17")
def test_remedies_are_told_and_printed(sign_in, clerk, chief, permit):
    row = corrections.ask(
        permit, "name", "吴阿波", "", [make.stored_picture()], actor=clerk.actor, today=TODAY
    )
    client = sign_in(clerk)
    base = at(clerk, permit.person)
    assert "没有可以复议的决定" in client.get(f"{base}/remedies").content.decode()
    corrections.decline(row, "和户口簿上一样。", actor=chief.actor, today=TODAY)
    shown = client.get(f"{base}/remedies").content.decode()
    for words in (row.number, "行政复议", "行政诉讼", "不予更正"):
        assert words in shown
    assert "不服怎么办" in client.get(base).content.decode()


def test_who_has_looked_is_read_out_without_names(sign_in, clerk, holder):
    client = sign_in(clerk)
    base = at(clerk, holder.person)
    client.get(base)
    shown = client.get(f"{base}/who-used").content.decode()
    assert "看了资料" in shown
    assert clerk.staff_name not in re.sub(r"<header.*?</header>", "", shown, flags=re.S)


def test_a_permit_that_a_fact_has_ended_offers_nothing_more(sign_in, clerk, permit):
    Person.objects.filter(pk=permit.person_id).update(local_since=TODAY)
    client = sign_in(clerk)
    base = at(clerk, permit.person)
    assert "更正证上的内容" not in client.get(base).content.decode()
    assert client.get(f"{base}/correct").headers["Location"] == base


def test_a_visit_takes_a_fixed_number_of_queries(sign_in, clerk, permit, django_assert_max_num_queries):
    client = sign_in(clerk)
    base = at(clerk, permit.person)
    client.get(base)
    with django_assert_max_num_queries(32):
        client.get(base)
