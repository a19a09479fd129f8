"""The table of conditions: what each is called, tests and says, whom it is asked of, when time cures it."""

from __future__ import annotations

from typing import Any

from juzhu.law import holding, names, ripening, sentences, sentences_dwelling, sentences_route, sentences_work
from juzhu.law.conditions import Leaf


def _leaf(code: str, test: Any, say: Any, **more: Any) -> Leaf:
    name, material, fix = names.NAMES[code]
    return Leaf(code, name, material, fix, test, say, **more)


_INSURED: dict[str, Any] = {"ripens": ripening.insurance_ripens, "compared": ripening.insurance_compared}
_OWNED: dict[str, Any] = {"applies": holding.tenure("owned"), "asked_if_unknown": False}
# Of somebody whose dwelling is not known, the rented leaves are asked; those of other kinds are named beside.
_RENTED: dict[str, Any] = {"applies": holding.tenure("rented")}
_RELATIVE: dict[str, Any] = {"applies": holding.tenure("relative"), "asked_if_unknown": False}
_PUBLIC: dict[str, Any] = {"applies": holding.tenure("public_rental"), "asked_if_unknown": False}
_DORMITORY: dict[str, Any] = {"applies": holding.tenure("dormitory"), "asked_if_unknown": False}
_LODGING: dict[str, Any] = {"applies": holding.tenure("lodging"), "asked_if_unknown": False}
_LEASE_TERM: dict[str, Any] = {"compared": ripening.lease_term_compared, **_RENTED}
_MINOR: dict[str, Any] = {"applies": holding.minor, "lapses": ripening.birthday}

LEAVES: dict[str, Leaf] = {
    leaf.code: leaf
    for leaf in (
        _leaf("outside_household", holding.outside_household, sentences.outside_household),
        _leaf("application_form", holding.paper("application_form"), sentences.application_form),
        _leaf("identity_document", holding.paper("identity_document"), sentences.identity_document),
        _leaf("photo", holding.paper("photo"), sentences.photo),
        _leaf(
            "representative_identity",
            holding.paper("representative_identity"),
            sentences.representative_identity,
            applies=holding.represented,
        ),
        _leaf(
            "residence_registered",
            holding.residence_registered,
            sentences.residence_registered,
            compared=lambda look: (look.row.residence_since, look.on.as_of),
        ),
        _leaf(
            "residence_half_year",
            holding.residence_half_year,
            sentences.residence_half_year,
            ripens=ripening.residence_ripens,
            compared=ripening.residence_compared,
        ),
        _leaf("insured_one_year", holding.insured, sentences.insured, **_INSURED),
        _leaf("insured_now", holding.insured, sentences.insured, **_INSURED),
        _leaf(
            "labour_contract_one_year",
            holding.labour_contract,
            sentences_work.labour_contract,
            ripens=ripening.contract_begins,
            compared=ripening.contract_compared,
        ),
        _leaf("business_licence", holding.business_licence, sentences_work.business_licence),
        _leaf(
            "minor_employment_excluded",
            holding.no,
            sentences.minor_employment_excluded,
            applies=holding.minor_who_may_not_work,
            lapses=ripening.birthday,
            compared=ripening.birth_compared,
        ),
        _leaf("owner_title", holding.proof("title_proof"), sentences_route.owner_title, **_OWNED),
        _leaf("landlord_title", holding.proof("title_proof"), sentences_route.landlord_title, **_RENTED),
        _leaf("lease_one_year", holding.lease_term, sentences_route.lease_term, **_LEASE_TERM),
        _leaf("lease_half_year", holding.lease_term, sentences_route.lease_term, **_LEASE_TERM),
        _leaf(
            "lease_current",
            holding.lease_current,
            sentences_route.lease_current,
            ripens=ripening.lease_begins,
            compared=ripening.lease_compared,
            **_RENTED,
        ),
        _leaf(
            "rental_registration",
            holding.proof("rental_registration"),
            sentences_route.rental_registration,
            **_RENTED,
        ),
        _leaf("lease_filing", holding.lease_filing, sentences_route.lease_filing, **_RENTED),
        _leaf("rental_safety", holding.proof("safety_inspection"), sentences_route.rental_safety, **_RENTED),
        _leaf("relative_title", holding.proof("title_proof"), sentences_dwelling.relative_title, **_RELATIVE),
        _leaf("kinship", holding.proof("occupancy_proof"), sentences_dwelling.kinship, **_RELATIVE),
        _leaf(
            "public_rental_certificate",
            holding.proof("occupancy_proof"),
            sentences_dwelling.public_rental_certificate,
            **_PUBLIC,
        ),
        _leaf(
            "dormitory_title", holding.proof("title_proof"), sentences_dwelling.dormitory_title, **_DORMITORY
        ),
        _leaf(
            "dormitory_commitment",
            holding.proof("occupancy_proof"),
            sentences_dwelling.dormitory_commitment,
            **_DORMITORY,
        ),
        _leaf(
            "host_statement", holding.proof("occupancy_proof"), sentences_dwelling.host_statement, **_LODGING
        ),
        _leaf(
            "dwelling_kind_accepted",
            holding.no,
            sentences_dwelling.dwelling_kind_accepted,
            applies=holding.refused_tenure,
            asked_if_unknown=False,
        ),
        _leaf(
            "enrolled_full_time_in_city",
            holding.enrolled_full_time_in_city,
            sentences_route.enrolled_full_time_in_city,
            ripens=ripening.enrolment_begins,
            compared=ripening.enrolment_compared,
        ),
        _leaf(
            "enrolled_one_year",
            holding.enrolled_one_year,
            sentences_route.enrolled_one_year,
            ripens=ripening.year_of_study,
            compared=ripening.study_compared,
        ),
        _leaf("student_register", holding.proof("register_proof"), sentences_route.student_register),
        _leaf("study_continuity", holding.proof("continuity_proof"), sentences_route.study_continuity),
        _leaf("guardian_permits", holding.guardian_permits, sentences_route.guardian_permits, **_MINOR),
        _leaf(
            "guardian_insured_one_year",
            holding.guardian_insured,
            sentences_route.guardian_insured_one_year,
            ripens=ripening.guardian_insurance_ripens,
            compared=ripening.guardian_insurance_compared,
            **_MINOR,
        ),
        _leaf("talent_permit", holding.talent_permit, sentences_route.talent_permit),
        _leaf(
            "talent_listed",
            holding.talent_listed,
            sentences_work.talent_listed,
            ripens=ripening.listing_begins,
        ),
    )
}
