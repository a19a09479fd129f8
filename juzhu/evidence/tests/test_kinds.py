"""What each kind says: every field of the annexes, old rows, months and runs, validity."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from juzhu.evidence import faults
from juzhu.evidence.annexes import Insurance, LeaseFiling, SafetyInspection, StudentRecord
from juzhu.evidence.cells import CellFault, read, written
from juzhu.evidence.fields import FIELDS, Asked, say
from juzhu.evidence.kinds import FORMS, GIVES, Kind
from juzhu.evidence.says import code_fits
from juzhu.evidence.sheet_files import columns, heading
from juzhu.people.identity_numbers import complete

HERS = complete("341221", date(1993, 8, 17), 2)
LIST = {"illegal_construction": False, "dangerous_building": False, "changed_use": False}


def month(text: str, **about: Any) -> dict[str, Any]:
    return {"month": text, "kinds": ["pension"], "division": "330100", **about}


def wrong(kind: Kind, **says: Any) -> set[str]:
    with pytest.raises(ValidationError) as refused:
        FORMS[kind].model_validate(says)
    found = faults.of(refused.value)
    assert all(str(sentence) for sentence in found.values())
    return set(found)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_field_of_a_kind_can_be_asked_and_shown(kind: Kind):
    """The table of fields and the typed forms can't drift apart."""
    stored = {field.alias or name for name, field in FORMS[kind].model_fields.items()}
    asked = {field.name for field in FIELDS[kind]}
    if kind is Kind.INSURANCE:
        stored = set(Insurance.model_fields["months"].annotation.__args__[0].model_fields)  # type: ignore[union-attr]
    assert asked == stored
    required = {field.name for field in FIELDS[kind] if field.required}
    assert required <= asked


@pytest.mark.parametrize("kind", sorted({kind for kinds in GIVES.values() for kind in kinds}))
def test_the_example_of_every_sheet_is_itself_valid(kind: Kind):
    """What the template shows, the service takes."""
    said = {field.name: read(field, _fitting(field)) for field in FIELDS[kind]}
    says = say(kind, said)
    content = FORMS[kind].model_validate({"months": [says]} if kind is Kind.INSURANCE else says)
    assert FORMS[kind].model_validate(content.model_dump(mode="json", by_alias=True)) == content
    heads = [heading(column) for column in columns(kind)]
    assert len(set(heads)) == len(heads)


def _fitting(field: Asked) -> str:
    """The examples' identity numbers are of nobody; those of tests have a right last character."""
    return {"identity": HERS, "people": f"周晓芸 {HERS}"}.get(field.sort, field.example)


def test_annex_1_says_all_its_fields():
    record = StudentRecord.model_validate(
        {
            "student_number": f"G{HERS}", "school": "示例小学", "division": "330105", "full_time": True,
            "stage": "primary", "grade": "三年级", "class_name": "2 班", "enrolled_on": "2023-09-01",
            "status": "enrolled", "left_on": None,
        }
    )  # fmt: skip
    assert (record.stage, record.grade, record.class_name, record.status) == (
        "primary", "三年级", "2 班", "enrolled",
    )  # fmt: skip
    assert wrong(
        Kind.STUDENT_RECORD, school="示", full_time=True, division="330105", stage="kindergarten"
    ) == {"stage"}


def test_annex_2_in_months_is_derived_into_runs():
    content = Insurance.model_validate(
        {
            "months": [
                month("2025-03", employer="甲"), month("2025-01", employer="甲"),
                month("2025-02", employer="甲", kinds=["pension", "injury", "medical"]),
                month("2025-04", employer="乙", employer_code="91330105MA2EXAMPL6"),
                month("2025-06", employer="乙", back_paid=True), month("2025-07", employer="乙"),
            ]
        }
    )  # fmt: skip
    assert [(run.from_month, run.to_month, run.employer, run.back_paid) for run in content.runs] == [
        ("2025-01", "2025-03", "甲", False),
        ("2025-04", "2025-04", "乙", False),
        ("2025-06", "2025-06", "乙", True),
        ("2025-07", "2025-07", "乙", False),
    ]
    assert [(run.from_month, run.to_month) for run in content.runs_of("injury")] == [("2025-02", "2025-02")]


@pytest.mark.requirement("C02", "CF20")
def test_only_months_of_pension_insurance_count():
    content = Insurance.model_validate({"months": [month("2025-01"), month("2025-02", kinds=["medical"])]})
    assert [(run.from_month, run.to_month) for run in content.runs] == [("2025-01", "2025-01")]


@pytest.mark.parametrize(
    ("paid", "said", "late"),
    [(None, None, False), ("2025-01", None, False), ("2025-02", None, False), ("2025-03", None, True),
     ("2025-09", False, False), (None, True, True)],
)  # fmt: skip
def test_a_month_paid_later_than_the_month_after_is_back_paid_unless_the_bureau_says_not(paid, said, late):
    content = Insurance.model_validate({"months": [month("2025-01", paid_month=paid, back_paid=said)]})
    assert content.runs[0].back_paid is late


def test_runs_over_the_turn_of_a_year_are_one():
    content = Insurance.model_validate({"months": [month("2024-12"), month("2025-01")]})
    assert [(run.from_month, run.to_month) for run in content.runs] == [("2024-12", "2025-01")]


def test_insurance_says_runs_or_months_and_an_empty_list_is_none():
    assert Insurance.model_validate({"runs": []}).runs == []
    assert Insurance.model_validate({"months": []}).runs == []
    assert wrong(Kind.INSURANCE) == {"runs"}
    assert wrong(Kind.INSURANCE, months=[month("2025-01"), month("2025-01")]) == {"months"}
    assert wrong(Kind.INSURANCE, months=[month("2025-03", paid_month="2025-01")]) == {"months.0.paid_month"}
    assert wrong(Kind.INSURANCE, months=[month("2025-03", kinds=[])]) == {"months.0.kinds"}


def test_annex_3_speaks_for_the_lease_when_it_says_its_term():
    filing = LeaseFiling.model_validate(
        {
            "number": "备-1", "landlord": "王建平", "landlord_identity_number": HERS, "location": "桥弄街",
            "tenants": [{"name": "周晓芸", "identity_number": HERS.lower()}], "use": "居住", "area": 58.5,
            "from": "2025-06-01", "to": "2027-05-31", "monthly_rent": 320000, "commodity_housing": True,
            "filed_on": "2025-06-10", "organ": "住建局",
        }
    )  # fmt: skip
    assert filing.lease is not None
    assert (filing.lease.from_day, filing.lease.to_day) == (date(2025, 6, 1), date(2027, 5, 31))
    assert filing.lease.commodity_housing is True
    assert filing.validity == (date(2025, 6, 1), date(2027, 5, 31))
    assert LeaseFiling.model_validate({"number": "备-1"}).lease is None
    assert wrong(Kind.LEASE_FILING, **{"from": "2025-06-01"}) == {"to"}
    assert wrong(Kind.LEASE_FILING, area=0) == {"area"}
    assert wrong(Kind.LEASE_FILING, landlord_identity_number=HERS[:-1] + "A") == {"landlord_identity_number"}


@pytest.mark.requirement("C04")
def test_annex_4_passes_when_all_three_are_no_and_its_conclusion_does_not_say_otherwise():
    inspection = {**LIST, "inspected_on": "2026-02-10"}
    assert SafetyInspection.model_validate(inspection).passed
    assert SafetyInspection.model_validate({**inspection, "conclusion": "passed"}).passed
    assert not SafetyInspection.model_validate({**inspection, "conclusion": "to_mend"}).passed
    assert not SafetyInspection.model_validate({**inspection, "changed_use": True}).passed
    assert wrong(Kind.SAFETY_INSPECTION, **{**inspection, "changed_use": True, "conclusion": "passed"}) == {
        "conclusion"
    }
    assert wrong(Kind.SAFETY_INSPECTION, **inspection, valid_until="2026-02-09") == {"valid_until"}


@pytest.mark.parametrize(
    ("rooms", "area", "tenants", "crowded"),
    [(4, 32, 8, False), (4, 31.9, 8, True), (4, 90, 9, True), (None, None, 9, False), (1, 1, None, False)],
)
def test_order_287_counts_four_square_metres_each_and_two_in_a_room(rooms, area, tenants, crowded):
    inspection = {**LIST, "inspected_on": "2026-02-10", "rooms": rooms, "area": area, "tenants": tenants}
    assert SafetyInspection.model_validate(inspection).crowded is crowded


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        (Kind.INSURANCE, {"runs": [{"from": "2025-01", "to": "2026-02", "division": "330100",
                                    "back_paid": False, "employer": "某公司"}]}),
        (Kind.TITLE, {"holder": "self", "owner": "", "number": ""}),
        (Kind.LEASE, {"from": "2025-06-01", "to": "2026-05-31", "landlord": "", "commodity_housing": None}),
        (Kind.LEASE_FILING, {"number": "备-1"}),
        (Kind.RENTAL_REGISTRATION, {"number": ""}),
        (Kind.SAFETY_INSPECTION, {**LIST, "inspected_on": "2026-01-05"}),
        (Kind.STUDENT_RECORD, {"school": "示例小学", "full_time": True, "division": "330105",
                               "enrolled_on": "2024-09-01", "left_on": None}),
        (Kind.STUDY_CONTINUITY, {}),
        (Kind.TALENT_PERMIT, {"number": "", "valid_until": "2027-01-01"}),
        (Kind.PHOTO, {}),
    ],
)  # fmt: skip
def test_rows_that_were_stored_with_fewer_fields_still_validate(kind: Kind, says: dict[str, Any]):
    content = FORMS[kind].model_validate(says)
    dumped = content.model_dump(mode="json", by_alias=True)
    assert {name: dumped[name] for name in says if name != "runs"} == {
        name: value for name, value in says.items() if name != "runs"
    }


@pytest.mark.parametrize(
    ("sort", "text", "value"),
    [
        ("day", "2026-03-01", "2026-03-01"), ("day", "2026/3/1", "2026-03-01"),
        ("day", "2026年3月1日", "2026-03-01"), ("day", "20260301", "2026-03-01"),
        ("day", "2026-03-01 00:00:00", "2026-03-01"), ("month", "2026年3月", "2026-03"),
        ("month", "202603", "2026-03"), ("month", "2026-03-01", "2026-03"), ("truth", "是", True),
        ("truth", "无", False), ("money", "3,200.5", 320050), ("count", "8", 8), ("area", "58.456", 58.46),
        ("names", "沈红、陆一鸣", ["沈红", "陆一鸣"]), ("code", "91 330105ma2exampl6", "91330105MA2EXAMPL6"),
        ("people", f"周晓芸（{HERS}）；林海峰",
         [{"name": "周晓芸", "identity_number": HERS}, {"name": "林海峰", "identity_number": ""}]),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_people_write_it_and_written_as_it_is_read(sort: Any, text: str, value: Any):
    field = Asked("x", "某项", sort)
    assert read(field, text) == value
    assert read(field, written(field, value)) == value


@pytest.mark.parametrize(
    ("sort", "text"),
    [
        ("day", "2026-02-30"), ("day", "昨天"), ("month", "2026-13"), ("truth", "也许"), ("count", "2.5"),
        ("area", "很大"), ("area", "nan"), ("money", "-1"), ("identity", HERS[:-1]), ("division", "拱墅"),
        ("identity", HERS[:-1] + ("1" if HERS[-1] != "1" else "2")), ("people", "周晓芸 34122119930817"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_read_says_what_is_wrong(sort: Any, text: str):
    with pytest.raises(CellFault) as fault:
        read(Asked("x", "某项", sort), text)
    assert str(fault.value)


def test_the_check_character_of_a_credit_code():
    """11330105002500287C is printed on Gongshu's own papers (requirements 5.2)."""
    assert code_fits("11330105002500287C")
    assert not code_fits("11330105002500287D")
    assert not code_fits("1133010500250028")
