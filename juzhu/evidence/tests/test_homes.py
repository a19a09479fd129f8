"""In what kind of dwelling somebody lives, as the law is told."""

from __future__ import annotations

from typing import Any

import pytest

from juzhu.evidence import actions
from juzhu.evidence.homes import tenure_of
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Evidence
from juzhu.evidence.queries import proof_of
from juzhu.law import facts as law
from juzhu.law.facts import TENURES
from juzhu.operations.actors import SYSTEM
from juzhu.people.models import Person
from juzhu.permits.tests import factories as make

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("on_day"),
    pytest.mark.requirement("CF06"),
]
LEASE = {"from": "2026-01-01", "to": "2026-06-30"}
KINSHIP = {"relative_name": "周建国", "relation": "parent"}


@pytest.fixture
def person() -> Person:
    return make.make_person()


def upload(person: Person, kind: Kind, **says: Any) -> Evidence:
    return actions.upload(person.pk, kind, says, [make.stored_picture()], actor=SYSTEM)


def judge(piece: Evidence, judgement: Any) -> None:
    actions.judge(piece, judgement, actor=make.make_officer("reviewer").actor)


@pytest.mark.parametrize(
    ("registered", "shown", "titles", "tenure"),
    [
        ("owned", {Kind.LEASE}, set(), "owned"),
        ("rented", set(), set(), "rented"),
        ("rented", {Kind.PUBLIC_RENTAL}, set(), "public_rental"),
        ("rented", {Kind.PUBLIC_RENTAL, Kind.LEASE}, set(), "rented"),
        ("relative", set(), set(), "relative"),
        ("relative", {Kind.LEASE}, set(), "rented"),
        ("relative", {Kind.LODGING}, set(), "lodging"),
        ("relative", {Kind.LODGING, Kind.KINSHIP}, set(), "relative"),
        ("dormitory", set(), set(), "dormitory"),
        ("dormitory", {Kind.LODGING}, set(), "lodging"),
        ("other", set(), set(), None),
        ("other", {Kind.PUBLIC_RENTAL}, set(), "public_rental"),
        ("other", {Kind.DORMITORY}, set(), "dormitory"),
        ("other", {Kind.LODGING}, set(), "lodging"),
        ("other", {Kind.KINSHIP}, {"landlord"}, "relative"),
        ("other", set(), {"landlord"}, "rented"),
        ("other", set(), {"self"}, "owned"),
        ("", {Kind.LEASE}, {"self"}, "rented"),
    ],
)
def test_a_registration_tells_the_kind_until_a_paper_tells_another(
    registered: str, shown: set[Kind], titles: set[str], tenure: str | None
):
    assert tenure_of(registered, shown, dict.fromkeys(titles), TENURES) == tenure


def test_a_pack_without_public_housing_takes_it_for_a_rented_home(person: Person):
    upload(person, Kind.PUBLIC_RENTAL, number="公-1")
    proof = proof_of(person.pk)
    assert proof.dwelling("rented", TENURES) == law.PublicRentalDwelling(
        tenure="public_rental", certificate=True
    )
    assert proof.dwelling("rented", ("owned", "rented")) == law.RentedDwelling(tenure="rented")


def test_a_relatives_home_is_proved_by_title_and_kinship(person: Person):
    assert proof_of(person.pk).dwelling("relative") == law.RelativeDwelling(tenure="relative")
    upload(person, Kind.TITLE, holder="landlord", owner="周建国")
    kinship = upload(person, Kind.KINSHIP, **KINSHIP)
    proof = proof_of(person.pk)
    assert proof.dwelling("relative") == law.RelativeDwelling(
        tenure="relative", title_proof=True, kinship_proof=True
    )
    assert proof.behind("relative_title", Kind.TITLE) == proof.title_of["landlord"]
    judge(kinship, "disproved")
    home = proof_of(person.pk).dwelling("relative")
    assert isinstance(home, law.RelativeDwelling)
    assert home.kinship_proof is False


@pytest.mark.parametrize(
    ("judgement", "title", "commitment"),
    [("", True, None), ("disproved", False, False), ("insufficient", None, None)],
)
def test_a_dormitorys_paper_says_which_of_the_two_was_shown(
    person: Person, judgement: str, title: bool | None, commitment: bool | None
):
    piece = upload(person, Kind.DORMITORY, employer="运河服饰（示例）", title_shown=True)
    if judgement:
        judge(piece, judgement)
    assert proof_of(person.pk).dwelling("dormitory") == law.DormitoryDwelling(
        tenure="dormitory", title_proof=title, safety_commitment=commitment
    )


def test_a_host_says_so_or_says_otherwise(person: Person):
    piece = upload(person, Kind.LODGING, owner="李明")
    assert proof_of(person.pk).dwelling("other") == law.LodgingDwelling(tenure="lodging", host_statement=True)
    judge(piece, "disproved")
    assert proof_of(person.pk).dwelling("other") == law.LodgingDwelling(
        tenure="lodging", host_statement=False
    )


@pytest.mark.requirement("CF15")
def test_a_talent_listing_holds_on_its_days_or_is_disproved(person: Person):
    assert proof_of(person.pk).talent_listing() is None
    piece = upload(
        person, Kind.TALENT_LISTING, list_name="拱墅区引进人才名单（示例）", listed_until="2027-01-01"
    )
    listing = proof_of(person.pk).talent_listing()
    assert listing is not None
    assert (listing.listed, f"{listing.listed_until}") == (True, "2027-01-01")
    judge(piece, "disproved")
    refuted = proof_of(person.pk).talent_listing()
    assert refuted is not None
    assert refuted.listed is False


@pytest.mark.requirement("CF05")
def test_a_contract_and_a_licence_say_their_terms(person: Person):
    proof = proof_of(person.pk)
    assert (proof.labour_contract(), proof.business_licence()) == (None, None)
    contract = upload(person, Kind.LABOUR_CONTRACT, employer="运河服饰（示例）", **{"from": "2025-06-01"})
    licence = upload(
        person,
        Kind.BUSINESS_LICENCE,
        name="周氏面馆（示例）",
        annual_report_filed=True,
        on_abnormal_list=False,
    )
    proof = proof_of(person.pk)
    assert proof.labour_contract() == law.LabourContract.model_validate({"from": "2025-06-01"})
    assert proof.business_licence() == law.BusinessLicence(annual_report=True, abnormal=False)
    judge(contract, "disproved")
    judge(licence, "disproved")
    proof = proof_of(person.pk)
    assert proof.labour_contract() is None
    assert proof.business_licence() == law.BusinessLicence(annual_report=False)
