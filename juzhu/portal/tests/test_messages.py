"""The inbox: every kind reads in both languages, leads to one place, and is its receiver's alone."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from juzhu.evidence import objections
from juzhu.evidence.models import Evidence
from juzhu.operations import tasks
from juzhu.people import actions as people
from juzhu.people.facts import Undoing
from juzhu.people.models import Account, Fact, Guardianship, Message
from juzhu.permits import casework, facts
from juzhu.permits.after import undoing
from juzhu.permits.notices import TOLD
from juzhu.permits.resident_notices import TOLD_OF_DUTY
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.portal.inbox import TITLES
from juzhu.portal.tests.browsing import chinese_left, html, primary_buttons, signed_in, stranger, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]

PLACES = {
    "received": "/applications/{number}",
    "supplement_notice": "/applications/{number}/notice",
    "supplement_after_acceptance": "/applications/{number}/notice",
    "receipt": "/applications/{number}/receipt",
    "deemed_receipt": "/applications/{number}/receipt",
    "refusal": "/applications/{number}/refusal",
    "issued": "/permit",
    "asked_to_register": "/reported",
    **dict.fromkeys(
        (
            "order_issued",
            "order_revoked",
            "penalty_told",
            "penalty_hearing_called",
            "penalty_decided",
            "penalty_closed",
        ),
        "/report/orders/{number}",
    ),
    "change_proposed": "/reported",
    **dict.fromkeys(("register_due", "register_late", "change_due", "change_over"), "/reported"),
    **dict.fromkeys(("duties_soon", "duties_over"), "/report/due?for=0"),
    "handed_back": "/report/reports/{number}",
    "stay_over": "/registration",
    "exemption_ends": "/register",
    "exemption_over": "/register",
    "stay_ends": "/registration",
    "endorsed": "/permit",
    "lapsed": "/apply",
    "registered": "/registration/{registration}/certificate",
    "endorse_open": "/permit/endorse",
    "endorse_15": "/permit/endorse",
    "endorse_3": "/permit/endorse",
    "suspended": "/permit/endorse",
    "declined": "/applications/{number}/refusal",
    "mended": "/applications/{number}",
    "objection_corrected": "/known/objections/{objection}",
    "objection_upheld": "/known/objections/{objection}",
    "bureau_answered": "/applications/{number}",
    "correction_received": "/permit/corrections/{number}",
    "corrected": "/permit",
    "correction_declined": "/permit/corrections/{number}",
    "check_true": "/permit",
    "check_changed": "/registration",
    "review_changed": "/registration",
    "review_wrong": "/known",
    "permit_ended": "/permit",
    "fraud_told": "/rights/{number}",
    "fraud_decided": "/rights/{number}",
    "fraud_closed": "/rights/{number}",
    "fraud_set_aside": "/rights/{number}",
    "fraud_hearing_called": "/rights/{number}",
    "fraud_remedy_recorded": "/rights/{number}",
    "fraud_remedy_concluded": "/rights/{number}",
    **dict.fromkeys(
        (
            "paused",
            "resumed",
            "taken_back",
            "reopened",
            "remedy_recorded",
            "remedy_concluded",
            "review_requested",
            "review_upheld",
            "review_suspected",
            "ended",
            "fact_undone",
            "issued_automatically",
            "endorsed_automatically",
        ),
        "/applications/{number}",
    ),
    "letting_done": "/letting/{number}",
    "letting_returned": "/letting/{number}",
    "letting_to_mend": "/letting/{number}",
    "title_returned": "/letting/",
    "help_taken_up": "/letting/help",
    "help_settled": "/letting/help",
    "of_age_soon": "/",
    "of_age": "/",
    "ward_of_age": "/counters",
}


def told(account: Account, kind: str, **about: object) -> Message:
    people.tell(account.person_id, kind, f"test:{kind}", **about)
    return Message.objects.get(key=f"test:{kind}")


def holder() -> tuple[Account, dict[str, object]]:
    account = make.eligible_account()
    permit = make.issued(account)
    word = Evidence.objects.get(person=account.person, kind="insurance")
    return account, {
        "application": permit.applications.get().number,
        "number": permit.applications.get().number,
        "permit": permit.pk,
        "registration": account.person.registrations.get().number,
        "objection": objections.file(word, "单位不对", "", actor=account.actor, today=TODAY).number,
    }


def test_no_kind_is_without_a_title():
    assert set(TOLD.values()) | set(TOLD_OF_DUTY.values()) | {"registered", "endorsed"} <= set(TITLES)
    assert set(PLACES) == set(TITLES)


@pytest.mark.parametrize("kind", sorted(PLACES))
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_kind_says_what_it_is_and_leads_to_one_place(kind: str, language: str):
    account, about = holder()
    message = told(account, kind, **about)
    response = signed_in(account, language).get(f"/messages/{message.pk}")
    assert primary_buttons(response) == 1
    place = PLACES[kind].format(
        number=about["application"], registration=about["registration"], objection=about["objection"]
    )
    assert f'href="{place}"' in html(response)
    if language == "en":
        assert chinese_left(response) == []


def test_the_days_that_matter_are_told():
    account = make.make_account()
    make.register(account.person, date(2025, 3, 1))
    application = make.submitted(account, "dwelling")
    tasks.run_all()
    answer, _ = facts.decide(application, TODAY)
    notes = {finding.code: "" for finding in answer.findings if finding.state == "unproven"}
    client = signed_in(account)
    received = Message.objects.get(kind="received")
    assert "2026-03-17" in words(client.get(f"/messages/{received.pk}"))
    casework.request_supplement(application, notes, actor=make.make_officer().actor, today=TODAY)
    tasks.run_all()
    notice = Message.objects.get(kind="supplement_notice")
    page = words(client.get(f"/messages/{notice.pk}"))
    assert "2026-04-09" in page
    assert f"一共 {len(notes)} 样" in page


def test_a_reminder_names_the_last_day():
    account, about = holder()
    message = told(account, "endorse_open", **about)
    assert "最后一天是 2027-03-10" in words(signed_in(account).get(f"/messages/{message.pk}"))


def test_only_the_receiver_reads_it():
    account, about = holder()
    message = told(account, "issued", **about)
    assert signed_in(account).get(f"/messages/{message.pk}").status_code == 200
    assert signed_in(make.make_account("陈一")).get(f"/messages/{message.pk}").status_code == 404
    assert signed_in(make.make_officer()).get(f"/messages/{message.pk}").status_code == 302
    assert stranger().get(f"/messages/{message.pk}").status_code == 302
    message.refresh_from_db()
    assert message.read_at is not None


def test_a_forged_message_shows_nothing_of_somebody_elses_application():
    theirs = make.submitted(make.eligible_account(name="陈一"))
    account = make.make_account()
    message = told(account, "received", application=theirs.number)
    page = html(signed_in(account).get(f"/messages/{message.pk}"))
    assert theirs.number not in page


def test_unread_is_said_in_words_until_it_is_opened():
    account, about = holder()
    message = told(account, "issued", **about)
    client = signed_in(account)
    assert "还没看" in words(client.get("/messages"))
    client.get(f"/messages/{message.pk}")
    assert "还没看" not in words(client.get("/messages"))


def test_a_childs_messages_come_to_the_guardian_and_act_for_the_child():
    guardian, child = make.make_account(), make.make_person("周小满", date(2018, 5, 1))
    Guardianship.objects.create(guardian=guardian.person, child=child, source="police")
    people.tell(child.pk, "endorse_open", "test:child", permit=1)
    client = signed_in(guardian)
    assert "周小满" in html(client.get("/messages"))
    page = html(client.get(f"/messages/{Message.objects.get().pk}"))
    assert 'href="/permit/endorse?for=1"' in page


def test_on_the_childs_16th_birthday_its_pages_are_closed_to_the_guardian(on_day):
    guardian, child = make.make_account(), make.make_account("周小满", date(2010, 5, 1))
    Guardianship.objects.create(guardian=guardian.person, child=child.person, source="police")
    registered = make.register(child.person, TODAY, actor=guardian.actor)
    people.tell(child.person_id, "registered", "test:child", registration=registered.number)
    letter, paper = f"/messages/{Message.objects.get().pk}", f"/registration/{registered.number}/certificate"
    client = signed_in(guardian)
    on_day(date(2026, 4, 30))
    for path in (letter, paper, "/?for=1"):
        assert client.get(path).status_code == 200
    assert "周小满" in html(client.get("/messages"))
    on_day(date(2026, 5, 1))
    for path in (letter, paper, "/?for=1"):
        assert client.get(path).status_code == 404
        assert signed_in(child).get(path.replace("?for=1", "")).status_code == 200
    assert "周小满" not in html(client.get("/messages"))
    assert "周小满" not in html(client.get("/"))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_list_in_both_languages_empty_and_full(language: str):
    account, about = holder()
    client = signed_in(account, language)
    assert primary_buttons(client.get("/messages")) == 1
    for kind in PLACES:
        told(account, kind, **about)
    response = client.get("/messages")
    if language == "en":
        assert chinese_left(response) == []


def test_the_list_is_paged_with_a_fixed_number_of_queries():
    account = make.make_account()
    client = signed_in(account)
    counts = []
    for many in (3, 30):
        for order in range(many):
            people.tell(account.person_id, "registered", f"test:{many}:{order}", registration=f"DJ-{order}")
        with CaptureQueriesContext(connection) as seen:
            response = client.get("/messages")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 4
    assert "?page=2" in html(response)
    assert "?page=1" in html(client.get("/messages?page=2"))
    assert client.get("/messages?page=x").status_code == 200


@pytest.mark.requirement("E07")
def test_who_was_recorded_as_dead_by_mistake_reads_an_apology_and_the_reason(on_day):
    account = make.eligible_account()
    make.issued(account)
    clerk, chief = make.make_officer("clerk"), make.make_officer("chief")
    people.record_death(account.person, TODAY, "死亡证明 12 号", actor=clerk.actor, today=TODAY)
    said = Undoing("同名同姓，录错了人。", "本人身份证原件", [make.stored_picture()])
    undoing.undo(Fact.objects.get(), said, actor=chief.actor, today=TODAY)
    tasks.run_all()
    message = Message.objects.get(kind="fact_undone")
    shown = html(signed_in(account, "zh-hans").get(f"/messages/{message.pk}"))
    for told_so in ("误记为已经去世", "向您道歉", "同名同姓，录错了人。", "居住证照常用"):
        assert told_so in shown
    english = signed_in(account, "en").get(f"/messages/{message.pk}")
    assert "apologise" in html(english)
    assert chinese_left(english) == []
