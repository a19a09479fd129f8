"""The cases that do not go the plain way stand where the entrance says they stand."""

from datetime import date

import pytest

from juzhu.demo.characters import BY_KEY
from juzhu.demo.clock import START
from juzhu.demo.telling import person_of, standings
from juzhu.evidence import sheets
from juzhu.evidence.models import Sheet
from juzhu.law import policy
from juzhu.law.eligibility import routes
from juzhu.people.models import Account, Person
from juzhu.permits import bureaus, facts, segments
from juzhu.permits.after.queries import corrections_for, fraud_cases_for, post_checks_for, tips_for
from juzhu.permits.models import Application, Correction, FraudCase, Permit, PostCheck, Representative, Slip
from juzhu.permits.queries import Filters, queue

RULES = policy.load("gongshu-2022")


def person(key: str) -> Person:
    found = person_of(BY_KEY[key])
    assert found is not None
    return found


def latest(key: str) -> Application:
    return Application.objects.filter(person=person(key)).latest("pk")


def permit(key: str) -> Permit:
    rows = Permit.objects.prefetch_related("endorsements", "applications").select_related("person")
    return rows.get(person=person(key))


def status(key: str):
    return permit(key).status(RULES, START)


def answers(key: str):
    seen = facts.situation(person(key), RULES, START, form_done=True)
    return routes(seen.facts, RULES, START)


def told(key: str) -> set[str]:
    return set(person(key).messages.values_list("kind", flat=True))


def officer(login: str):
    return Account.objects.get(login=login).actor


@pytest.mark.parametrize("key", ["bureau", "unreached"])
def test_nobody_has_said_anything_of_whom_the_bureau_knows(key):
    assert not person(key).evidence.exists()
    assert answers(key)["employment"].missing == ("insured_one_year",)


def test_an_objection_is_open_and_nothing_is_held_against_her_meanwhile():
    objection = person("disputing").objections.get()
    assert (objection.state, objection.department) == ("open", "human_resources")
    case = latest("disputing")
    (waiting,) = bureaus.of_case(case, START)
    assert (case.state, waiting.why) == ("submitted", "objection")


def test_an_objection_was_answered_and_the_word_put_right():
    objection = person("answered").objections.get()
    assert (objection.state, objection.replacement is not None) == ("corrected", True)
    assert answers("answered")["employment"].outcome == "accept"
    assert "objection_corrected" in told("answered")


def test_a_talent_permit_can_be_exchanged_without_half_a_year():
    found = answers("talent")
    assert (found["talent"].outcome, found["employment"].unmet) == ("accept", ("residence_half_year",))
    assert person("talent").evidence.get().way == "sheet"


def test_sheets_one_with_faults_at_its_cells_and_one_filed():
    clerk = officer("D4001")
    draft = Sheet.objects.get(state="draft")
    rows = sheets.look(draft, actor=clerk, today=START)
    assert rows[0].state == "fine"
    assert [set(row.faults) for row in rows] == [set(), {"month"}, {"person_number"}, {"person_number"}]
    filed = Sheet.objects.get(state="filed")
    assert filed.counts == {"new": 1, "same": 0, "back": 1}


def test_her_daughter_filed_at_the_window_with_what_both_showed():
    case = latest("represented")
    acting = Representative.objects.get(application=case)
    assert (acting.relation, acting.ground, acting.files.count()) == ("child", "elderly", 2)
    assert (case.channel, case.state, case.filed_by.login) == ("window", "submitted", "P1001")
    assert not Account.objects.filter(person=person("represented")).exists()


def test_somebody_without_a_document_is_registered_and_pending():
    assert person("unnamed").identity_number == ""
    assert person("unnamed").registrations.get().channel == "window"


def test_a_clock_stands_still_for_an_expert():
    pause = latest("paused").open_pause
    assert (pause.reason, pause.expected_days) == ("appraisal", 10)
    assert "paused" in told("paused")


def test_an_overturned_refusal_is_done_anew_and_its_history_stays():
    case = latest("redone")
    remedy = case.remedies.get()
    assert (case.state, remedy.outcome, remedy.reopened_on) == ("submitted", "overturned", date(2026, 3, 4))
    assert [row.stage for row in case.decisions.order_by("pk")] == ["submit", "refuse"]
    assert facts.decide(case, START)[0].outcome == "accept"


def test_the_draft_fails_by_its_route_and_another_would_do():
    draft = latest("switching")
    assert (draft.state, draft.route) == ("draft", "employment")
    found = answers("switching")
    assert (found["employment"].outcome, found["dwelling"].outcome) == ("refuse", "accept")


def test_an_automatic_answer_is_looked_at_by_a_person_who_was_asked_for():
    assert latest("reviewed").automatic
    look = PostCheck.objects.get(permit=permit("reviewed"), plan="request")
    assert (look.state, look.assigned_to.login) == ("planned", "P1002")


def test_automatic_answers_are_in_the_sample():
    sampled = PostCheck.objects.filter(plan="automatic", state="planned")
    assert 0 < sampled.count() < Application.objects.filter(automatic=True).count()


def test_a_permit_in_three_versions_and_a_slip_fetched_by_an_agent():
    held = permit("corrected")
    reasons = list(held.versions.order_by("number").values_list("reason", flat=True))
    assert reasons == ["issued", "corrected", "moved"]
    slip = Slip.objects.get(permit=held)
    assert (slip.handed_to, slip.agent_name, slip.mandate is not None) == ("agent", "田雨辰", True)


def test_a_correction_is_open():
    assert Correction.objects.get(permit=permit("mending"), state="filed").field == "photo"


def test_endorsed_late_both_counts_differ():
    assert status("late").status == "active"
    _stretches, counted = segments.counted(permit("late"), START)
    assert counted.continuous_years == 0
    assert counted.cumulative_days > 365


def test_several_years_were_missed():
    assert status("missed").suspended_from == date(2023, 9, 12)


def test_one_is_told_and_may_speak_and_one_was_decided_on():
    cases = {case.person.name: case for case in FraudCase.objects.select_related("person")}
    assert cases[BY_KEY["told"].name].state == "told"
    assert cases[BY_KEY["told"].name].statement_by > START
    done = cases[BY_KEY["withdrawn"].name]
    assert (done.state, done.fine_yuan, done.statement != "") == ("decided", 100, True)
    assert done.opened_by_id != done.decided_by_id
    assert status("withdrawn").status == "terminated"


def test_a_household_moved_here_ends_the_permit_by_fact():
    held = permit("away")
    assert (held.terminated_on, held.termination_reason) == (date(2026, 2, 25), "local_household")


def test_a_death_ends_the_case_and_nobody_is_told():
    assert latest("ended").state == "ended"
    assert told("ended") == {"registered", "received"}


def test_a_case_went_from_hand_to_hand():
    case = Application.objects.get(person__name="苗春燕")
    assert (case.state, case.assigned_to.login) == ("submitted", "P1001")


def test_the_clerk_finds_all_of_it():
    clerk, chief = officer("P1001"), officer("P1003")
    mine = {case.person.name for case in queue(clerk, Filters(), START)}
    assert {BY_KEY[key].name for key in ("represented", "disputing", "redone")} <= mine
    assert corrections_for(clerk, START).filter(state="filed").exists()
    assert tips_for(clerk).get().state == "new"
    assert set(post_checks_for(clerk).values_list("state", flat=True)) == {"planned", "done"}
    assert fraud_cases_for(chief, START).count() == 2


def test_who_is_not_there_is_left_out():
    Account.objects.filter(login=BY_KEY["late"].phone).update(login="16000009998")
    Person.objects.filter(name=BY_KEY["unnamed"].name).update(name="别人")
    keys = {stand.character.key for stand in standings(START)}
    assert {"late", "unnamed"} & keys == set()
    assert len(keys) == len(BY_KEY) - 2


def test_everybody_is_worded_as_they_stand():
    words = {stand.character.key: stand.words for stand in standings(START)}
    assert words["unnamed"] == "身份待核实"
    assert words["paused"] == "期限停着，等鉴定"
    assert words["ended"] == "件已经终结"
    assert words["told"] == "可以陈述，到 2026-03-16"
    assert words["talent"] == "今天可以申领"
    assert words["withdrawn"] == words["away"] == "居住证已终止"
