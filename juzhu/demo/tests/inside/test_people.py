"""Each person stands, by the law, where the entrance says they stand."""

from datetime import date

import pytest

from juzhu.demo.characters import BY_KEY, CHARACTERS, CHILD, NEWCOMERS, OFFICERS
from juzhu.demo.clock import START
from juzhu.demo.command import prepare
from juzhu.demo.telling import days_ahead, standings
from juzhu.law import policy
from juzhu.law.eligibility import routes
from juzhu.operations import clock, events
from juzhu.operations.models import Event, Task
from juzhu.people.identity_numbers import parse
from juzhu.people.models import Account, Message, Person, PopulationRecord, Role
from juzhu.permits import conflicts, facts
from juzhu.permits.errors import ConflictOfInterest
from juzhu.permits.models import Application, Decision, Permit
from juzhu.permits.queries import Filters, queue, tab_counts
from juzhu.registration.district import areas, dwellings, figures
from juzhu.registration.models import Community, Registration
from juzhu.registration.subdistricts import CODES

RULES = policy.load("gongshu-2022")


def person(key: str) -> Person:
    account = Account.objects.select_related("person").get(login=BY_KEY[key].phone)
    assert account.person is not None
    return account.person


def answers(who: Person):
    return routes(facts.situation(who, RULES, START, form_done=True).facts, RULES, START)


def status(key: str):
    permit = Permit.objects.prefetch_related("endorsements", "applications").get(person=person(key))
    return permit.status(RULES, START)


def latest(key: str) -> Application:
    return Application.objects.filter(person=person(key)).latest("pk")


def told(key: str) -> list[str]:
    return list(Message.objects.filter(person=person(key)).order_by("sent_at").values_list("kind", flat=True))


def test_the_demo_begins_on_its_first_date():
    assert clock.today() == START


def test_everything_attested_can_apply_today():
    assert answers(person("ready"))["employment"].outcome == "accept"
    assert not person("ready").evidence.filter(source="upload").exists()


def test_arrived_yesterday_is_not_registered():
    assert not Registration.objects.filter(person=person("arrived")).exists()


def test_half_a_year_nearly_complete_can_apply_on_the_promised_day():
    answer = answers(person("nearly"))["employment"]
    assert (answer.outcome, answer.earliest_on) == ("refuse", date(2026, 3, 15))


def test_only_the_landlords_title_is_missing():
    answer = answers(person("missing"))["dwelling"]
    assert (answer.outcome, answer.missing) == ("supplement", ("landlord_title",))


def test_waiting_for_acceptance_with_two_papers_to_be_looked_at():
    application = latest("waiting")
    assert (application.state, application.examine_by) == ("submitted", date(2026, 3, 13))
    assert person("waiting").evidence.filter(source="upload", judgement="").count() == 2
    assert facts.decide(application, START)[0].outcome == "accept"


def test_asked_once_for_all_that_is_missing():
    application = latest("supplement")
    assert application.state == "supplement_requested"
    assert {item["code"] for item in application.notices.get().items} == {"landlord_title", "rental_safety"}
    assert "supplement_notice" in told("supplement")


def test_refused_for_one_month_that_was_not_paid():
    application = latest("refused")
    assert (application.state, told("refused")[-1]) == ("refused", "refusal")
    assert application.decisions.latest("pk").answer["unmet"] == ["insured_one_year"]
    assert ord(person("refused").name[1]) == 0x20164


def test_the_holders_permit_is_active():
    assert status("holder").status == "active"
    assert "·" in person("holder").name


def test_in_the_endorsement_window_and_reminded():
    found = status("window")
    assert (found.status, found.window.opens, found.last_day) == (
        "active",
        date(2026, 2, 28),
        date(2026, 3, 30),
    )
    assert "endorse_open" in told("window")


def test_suspended_on_the_right_day_and_told_each_time():
    found = status("suspended")
    assert (found.status, found.suspended_from) == ("suspended", date(2026, 3, 6))
    assert told("suspended")[-4:] == ["endorse_open", "endorse_15", "endorse_3", "suspended"]


def test_the_child_needs_the_other_guardians_permit():
    child = Person.objects.get(name=CHILD.name)
    assert child.guardianships.count() == 2
    assert status("guardian").status == "active"
    assert latest("mother").state == "accepted"
    answer = answers(child)["dwelling"]
    assert (answer.outcome, answer.unmet) == ("refuse", ("guardian_permits",))


def test_somebody_elderly_was_served_at_the_counter():
    application = latest("elder")
    assert (application.state, application.channel) == ("accepted", "window")
    assert application.filed_by.login == "P1001"
    assert Registration.objects.get(person=person("elder")).channel == "window"
    assert "receipt" in told("elder")


def test_the_student_can_apply_by_the_study_route_today():
    assert answers(person("student"))["study"].outcome == "accept"


def test_moving_has_not_broken_the_residence():
    assert answers(person("moved"))["employment"].outcome == "accept"
    assert Registration.objects.filter(person=person("moved")).count() == 2


def test_the_local_is_told_that_this_is_not_for_him():
    assert "outside_household" in answers(person("local"))["employment"].unmet


def test_every_number_is_valid_and_newcomers_have_no_account():
    for identity in [*CHARACTERS, CHILD, *NEWCOMERS]:
        assert parse(identity.number, START).born == identity.born
        assert PopulationRecord.objects.filter(identity_number=identity.number, photo__isnull=False).exists()
    assert not Person.objects.filter(name__in=[one.name for one in NEWCOMERS]).exists()


def test_the_queues_are_alive_and_scoped_by_area():
    north, south = (Account.objects.get(login=login).actor for login in ("P1001", "P2001"))
    for actor in (north, south):
        assert min(tab_counts(actor, START).values()) >= 3
        cases = queue(actor, Filters(), START)
        assert cases and {case.area for case in cases} <= set(actor.areas)
    assert Application.objects.exclude(number=None).count() >= 60


def test_there_is_one_officer_of_each_role_at_least():
    roles = set(Account.objects.exclude(role="").values_list("role", flat=True))
    assert roles == set(Role.values)
    assert Account.objects.exclude(role="").count() == len(OFFICERS)


def test_the_clerk_keeps_away_from_a_case_that_waits_and_her_colleague_does_not():
    clerk, colleague = (Account.objects.get(login=login) for login in ("P1001", "P1004"))
    relative = clerk.declared_relations.get().identity_number
    case = Application.objects.get(person__identity_number=relative)
    assert (case.state, case.area in clerk.areas) == ("submitted", True)
    with pytest.raises(ConflictOfInterest):
        conflicts.check(clerk.actor, case)
    conflicts.check(colleague.actor, case)


def test_every_officer_has_a_valid_number_of_their_own():
    officers = list(Account.objects.exclude(role=""))
    numbers = {parse(officer.staff_identity_number, START).text for officer in officers}
    assert len(numbers) == len(officers)


def test_a_clerk_is_away_today_and_another_stands_in():
    absence = Account.objects.get(login="P1004").absences.get()
    assert absence.from_on <= START <= absence.until_on
    assert absence.stands_in.login == "P1001"


def test_every_subdistrict_has_three_communities():
    assert Community.objects.count() == 54


def test_the_past_is_true():
    assert events.verify() == Event.objects.count()
    assert all(facts.replay(decision) is None for decision in Decision.objects.all())
    assert not Task.objects.filter(done_at=None).exists()
    assert not Event.objects.filter(at__gt=clock.now()).exists()


def test_filling_twice_changes_nothing():
    before = Event.objects.count()
    prepare(fresh=False)
    assert Event.objects.count() == before


def test_every_character_stands_on_the_entrance_with_their_days():
    stands = standings(START)
    assert [stand.character.key for stand in stands] == [character.key for character in CHARACTERS]
    ahead = days_ahead(stands)
    assert ahead == sorted(ahead, key=lambda telling: telling.day)
    assert all(telling.day > START for telling in ahead)


@pytest.mark.parametrize("key", [character.key for character in CHARACTERS])
def test_everybodys_standing_is_worded(key):
    stand = next(stand for stand in standings(START) if stand.character.key == key)
    assert stand.words
    assert stand.tone in {"good", "warn", "bad", "soft"}


def test_the_district_s_figures_have_every_way_and_dwellings_of_most_states():
    area = areas.whole(CODES)
    found = figures.figures(area, START, 12)
    assert found.channels is not None
    assert set(found.channels[0]) == {"mobile", "web", "window", "report"}
    assert found.people is not None
    assert sum(week.came is not None for week in found.weekly) >= 10
    counted = dwellings.counted(START)
    told = {state: sum(counted.by_area(state).values()) for state in dwellings.STATES}
    assert all(told[state] for state in ("let", "recorded", "filed", "unrecorded", "crowded"))
