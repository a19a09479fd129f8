"""What evidence says, which piece counts, and what the law is told."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from juzhu.evidence import actions
from juzhu.evidence.errors import AttestedIsNotRemoved, EvidenceInvalid
from juzhu.evidence.fields import FIELDS
from juzhu.evidence.kinds import DEPARTMENTS, FORMS, GIVES, NAMES, PROVES, Kind
from juzhu.evidence.models import Evidence
from juzhu.evidence.queries import Proof, proof_of, standing
from juzhu.law import facts as law
from juzhu.law.eligibility import LEAVES
from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Event
from juzhu.people.models import Person
from juzhu.permits.tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
RUN = {"from": "2025-01", "to": "2026-02", "division": "330100", "back_paid": False}
LEASE = {"from": "2025-06-01", "to": "2026-05-31", "landlord": "王建平", "commodity_housing": True}
PUPIL = {"school": "示例小学", "full_time": True, "division": "330105", "enrolled_on": "2024-09-01"}
SAFE = {
    "illegal_construction": False,
    "dangerous_building": False,
    "changed_use": False,
    "inspected_on": "2026-01-05",
}


@pytest.fixture
def person() -> Person:
    return make.make_person()


def upload(person: Person, kind: Kind, **says: Any) -> Evidence:
    return actions.upload(person.pk, kind, says, [make.stored_picture()], actor=SYSTEM)


def attest(person: Person, kind: Kind, department: str = "housing", **says: Any) -> Evidence:
    return actions.attest(person.pk, kind, says, department, actor=SYSTEM)


def judged(piece: Evidence, judgement: Any) -> Evidence:
    actions.judge(piece, judgement, actor=make.make_officer("reviewer").actor)
    return piece


# Forms


def test_every_kind_has_a_form_a_name_and_only_kinds_prove():
    assert set(FORMS) == set(NAMES) == set(Kind)
    proves_no_leaf_alone = set(Kind) - set(PROVES.values())
    assert proves_no_leaf_alone <= {
        Kind.LABOUR_CONTRACT, Kind.BUSINESS_LICENCE, Kind.GUARDIANSHIP, Kind.KINSHIP,
        Kind.PUBLIC_RENTAL, Kind.DORMITORY, Kind.LODGING, Kind.TALENT_LISTING, Kind.RESIDENCE_ELSEWHERE,
    }  # fmt: skip
    assert set(PROVES) <= set(LEAVES)
    assert set(GIVES) == set(DEPARTMENTS)
    assert set(FIELDS) == set(Kind)


@pytest.mark.parametrize(
    ("kind", "says", "fields"),
    [
        (Kind.LEASE, {**LEASE, "landlard": "王"}, ["landlard"]),
        (Kind.LEASE, {"from": "2025-06-01"}, ["to"]),
        (Kind.LEASE, {**LEASE, "from": "2026-02-30"}, ["from"]),
        (Kind.LEASE, {**LEASE, "from": "2026-06-01"}, ["to"]),
        (Kind.LEASE, {**LEASE, "from": "0001-01-01"}, ["from"]),
        (Kind.INSURANCE, {}, ["runs"]),
        (Kind.INSURANCE, {"runs": [{**RUN, "from": "2025-13"}]}, ["runs.0.from"]),
        (Kind.INSURANCE, {"runs": [{**RUN, "to": "2024-12"}]}, ["runs.0.to"]),
        (Kind.INSURANCE, {"runs": [{**RUN, "division": "杭州"}]}, ["runs.0.division"]),
        (Kind.TITLE, {"holder": "neighbour"}, ["holder"]),
        (Kind.PHOTO, {"colour": "red"}, ["colour"]),
        (Kind.STUDENT_RECORD, {**PUPIL, "left_on": "2024-08-31"}, ["left_on"]),
        (Kind.STUDENT_RECORD, {**PUPIL, "school": "长" * 201}, ["school"]),
        (Kind.TALENT_PERMIT, {"valid_until": "for ever"}, ["valid_until"]),
        (Kind.SAFETY_INSPECTION, {"inspected_on": "2026-01-05"}, None),
    ],
)
def test_a_form_refuses_what_it_does_not_know(
    person: Person, kind: Kind, says: dict[str, Any], fields: list[str] | None
):
    with pytest.raises(EvidenceInvalid) as refused:
        actions.upload(person.pk, kind, says, [], actor=SYSTEM)
    assert fields is None or refused.value.about["fields"] == fields
    assert not Evidence.objects.exists()


def test_what_a_form_takes_the_law_takes(person: Person):
    """No piece that was stored may stop a decision later."""
    upload(person, Kind.LEASE, **{**LEASE, "from": "1900-01-01", "to": "2199-12-31"})
    upload(person, Kind.INSURANCE, runs=[{**RUN, "from": "1900-01", "to": "2199-12"}])
    upload(person, Kind.STUDENT_RECORD, **{**PUPIL, "left_on": "2024-09-01"})
    proof = proof_of(person.pk)
    assert proof.dwelling("rented")
    assert proof.insurance()
    assert proof.study()


def test_a_form_takes_dates_as_dates_and_stores_text(person: Person):
    piece = upload(person, Kind.LEASE, **{"from": date(2025, 6, 1), "to": date(2026, 5, 31)})
    assert (piece.says["from"], piece.says["to"]) == ("2025-06-01", "2026-05-31")
    assert Evidence.objects.get().content == piece.content


# Which piece counts


def test_a_departments_word_goes_before_a_newer_paper(person: Person):
    word = attest(person, Kind.LEASE_FILING, number="备-1")
    upload(person, Kind.LEASE_FILING, number="备-2")
    assert proof_of(person.pk).by_kind[Kind.LEASE_FILING] == word


def test_among_equals_the_newest_counts(person: Person, on_day):
    upload(person, Kind.LEASE, **LEASE)
    on_day(date(2026, 3, 11))
    newer = upload(person, Kind.LEASE, **{**LEASE, "to": "2027-05-31"})
    assert proof_of(person.pk).by_kind[Kind.LEASE] == newer


def test_a_paper_found_insufficient_does_not_count_and_an_older_one_does(person: Person, on_day):
    older = upload(person, Kind.LEASE_FILING, number="1")
    on_day(date(2026, 3, 11))
    newer = upload(person, Kind.LEASE_FILING, number="2")
    judged(newer, "insufficient")
    assert proof_of(person.pk).by_kind[Kind.LEASE_FILING] == older
    judged(older, "insufficient")
    assert proof_of(person.pk).shown(Kind.LEASE_FILING) is None


def test_a_paper_that_was_disproved_is_known_not_to_hold(person: Person):
    judged(upload(person, Kind.LEASE_FILING), "disproved")
    assert proof_of(person.pk).shown(Kind.LEASE_FILING) is False


def test_a_good_paper_and_one_not_looked_at_are_shown(person: Person):
    piece = upload(person, Kind.LEASE_FILING)
    assert proof_of(person.pk).shown(Kind.LEASE_FILING) is True
    judged(piece, "good")
    assert proof_of(person.pk).shown(Kind.LEASE_FILING) is True


def test_a_withdrawn_paper_is_gone_and_told_once(person: Person):
    piece = upload(person, Kind.LEASE_FILING)
    actions.withdraw(piece, actor=SYSTEM)
    actions.withdraw(piece, actor=SYSTEM)
    assert not standing(person.pk).exists()
    assert Event.objects.filter(kind="evidence.withdrawn").count() == 1


def test_a_departments_word_is_not_withdrawn(person: Person):
    piece = attest(person, Kind.LEASE_FILING)
    with pytest.raises(AttestedIsNotRemoved):
        actions.withdraw(piece, actor=SYSTEM)
    assert standing(person.pk).count() == 1


def test_what_is_proved_of_one_person_takes_two_queries(person: Person, django_assert_num_queries):
    for _ in range(4):
        upload(person, Kind.LEASE, **LEASE)
    with django_assert_num_queries(2):
        proof = proof_of(person.pk)
        assert proof.by_kind[Kind.LEASE].files.all()
    assert proof_of(make.make_person("林海峰").pk) == Proof({}, {})


# What the law is told


def test_ones_own_title_and_the_landlords_are_two_things(person: Person):
    landlord = attest(person, Kind.TITLE, holder="landlord", owner="王建平")
    assert proof_of(person.pk).dwelling("owned") == law.OwnedDwelling(tenure="owned", title_proof=None)
    own = attest(person, Kind.TITLE, holder="self")
    proof = proof_of(person.pk)
    assert proof.dwelling("owned") == law.OwnedDwelling(tenure="owned", title_proof=True)
    assert proof.behind("owner_title", Kind.TITLE) == own
    assert proof.behind("landlord_title", Kind.TITLE) == landlord


@pytest.mark.parametrize(
    ("holder", "told", "tenure"),
    [
        ("self", "", "owned"),
        ("landlord", "", "rented"),
        ("self", "rented", "rented"),
        ("landlord", "owned", "owned"),
    ],
)
def test_what_was_said_at_registration_tells_the_tenure_else_what_was_shown(
    person: Person, holder: str, told: str, tenure: str
):
    attest(person, Kind.TITLE, holder=holder)
    dwelling = proof_of(person.pk).dwelling(told)
    assert dwelling is not None
    assert dwelling.tenure == tenure


def test_nothing_said_and_nothing_shown_is_not_known(person: Person):
    proof = proof_of(person.pk)
    assert (proof.dwelling(""), proof.study(), proof.insurance(), proof.talent_permit()) == (None,) * 4
    assert proof.dwelling("rented") == law.RentedDwelling(tenure="rented")


def test_a_rented_dwelling_is_told_whole(person: Person):
    attest(person, Kind.TITLE, holder="landlord")
    upload(person, Kind.LEASE, **LEASE)
    attest(person, Kind.RENTAL_REGISTRATION, "police", number="租-1")
    attest(person, Kind.LEASE_FILING, number="备-1")
    attest(person, Kind.SAFETY_INSPECTION, "subdistrict", **SAFE)
    assert proof_of(person.pk).dwelling("rented") == law.RentedDwelling(
        tenure="rented",
        title_proof=True,
        lease=law.Lease.model_validate({"from": "2025-06-01", "to": "2026-05-31"}),
        commodity_housing=True,
        rental_registration=True,
        lease_filing=True,
        safety_inspection=True,
    )


@pytest.mark.parametrize("fault", ["illegal_construction", "dangerous_building", "changed_use"])
def test_an_inspection_with_any_yes_has_failed(person: Person, fault: str):
    attest(person, Kind.SAFETY_INSPECTION, "subdistrict", **{**SAFE, fault: True})
    dwelling = proof_of(person.pk).dwelling("rented")
    assert isinstance(dwelling, law.RentedDwelling)
    assert dwelling.safety_inspection is False


def test_a_lease_that_was_disproved_is_no_lease(person: Person):
    judged(upload(person, Kind.LEASE, **LEASE), "disproved")
    dwelling = proof_of(person.pk).dwelling("rented")
    assert isinstance(dwelling, law.RentedDwelling)
    assert (dwelling.lease, dwelling.commodity_housing) == (None, None)


def test_insurance_is_told_without_the_employer(person: Person):
    attest(person, Kind.INSURANCE, "human_resources", runs=[{**RUN, "employer": "某公司"}])
    assert proof_of(person.pk).insurance() == [law.InsuranceRun.of("2025-01", "2026-02", "330100")]


def test_no_months_are_known_to_be_none_and_a_disproved_paper_says_nothing(person: Person):
    piece = upload(person, Kind.INSURANCE, runs=[])
    assert proof_of(person.pk).insurance() == []
    judged(piece, "disproved")
    assert proof_of(person.pk).insurance() is None


def test_a_pupil(person: Person):
    attest(person, Kind.STUDENT_RECORD, "education", **PUPIL)
    expected = law.Study(full_time=True, division="330105", enrolled_on=date(2024, 9, 1), register_proof=True)
    assert proof_of(person.pk).study() == expected
    upload(person, Kind.STUDY_CONTINUITY)
    assert proof_of(person.pk).study() == expected.model_copy(update={"continuity_proof": True})


def test_a_pupil_whom_the_school_does_not_know(person: Person):
    judged(upload(person, Kind.STUDENT_RECORD, **PUPIL), "disproved")
    study = proof_of(person.pk).study()
    assert study is not None
    assert study.register_proof is False


def test_a_talent_permit(person: Person):
    piece = upload(person, Kind.TALENT_PERMIT, number="示例-1", valid_until="2027-01-01")
    assert proof_of(person.pk).talent_permit() == law.TalentPermit(valid_until=date(2027, 1, 1))
    judged(piece, "disproved")
    assert proof_of(person.pk).talent_permit() is None


# What is kept


def test_who_judged_and_when_is_kept(person: Person):
    reviewer = make.make_officer("reviewer")
    piece = upload(person, Kind.LEASE, **LEASE)
    actions.judge(piece, "good", actor=reviewer.actor)
    piece.refresh_from_db()
    assert (piece.judgement, piece.judged_by_id) == ("good", reviewer.pk)
    assert isinstance(piece.judged_at, datetime)
    event = Event.objects.get(kind="evidence.judged")
    assert event.data == {"evidence": "lease", "judgement": "good"}
    assert event.person_id == person.pk


@pytest.mark.parametrize(
    ("source", "department"), [("upload", "housing"), ("attestation", ""), ("rumour", "")]
)
def test_the_database_knows_whose_word_it_is(person: Person, source: str, department: str):
    piece = upload(person, Kind.LEASE, **LEASE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=piece.pk).update(source=source, department=department)
