"""What the document in a wallet says: the latest version of a permit, and what follows from it that day."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation

from juzhu.credentials.models import Licence
from juzhu.credentials.verify.sd_jwt import YEARS
from juzhu.law.calendar import completed_years
from juzhu.law.lifecycle import last_day_of
from juzhu.law.residence import years_for
from juzhu.operations.pictures import small
from juzhu.operations.rules import in_force
from juzhu.people.ethnic_groups import ethnic_group_name
from juzhu.people.models import Sex
from juzhu.permits import segments
from juzhu.permits.models import Permit, PermitVersion

LANGUAGE = "zh-hans"
"""Of words that are no codes: the document is a Chinese one."""


def city() -> str:
    """The division of the city that the district is a part of."""
    return f"{settings.JUZHU_DISTRICT['code'][:4]}00"


def last_day(version: PermitVersion, today: date) -> date:
    """The last day of a document that is signed today."""
    return last_day_of(version.valid_until, in_force(today)).day


def claims(permit: Permit, version: PermitVersion, licence: Licence, today: date) -> dict[str, Any]:
    """Every claim of `verify.sd_jwt.CLAIMS`. Ages and years are those of today: who is a day short of sixteen
    gets a document that says so until it is loaded again.

    Residence years are those that public services look at under the policy pack, of the two counts that the
    segments keep (`permits.segments`): in Hangzhou's, the running stretch alone. Source: notice 2(1)4.
    """
    rules = in_force(today)
    _stretches, counted = segments.counted(permit, today)
    years = years_for("services", counted, rules)
    age = completed_years(version.born, today)
    with translation.override(LANGUAGE):
        sex = str(Sex(version.sex).label)
    return {
        "name": version.name,
        "sex": sex,
        "ethnic_group": ethnic_group_name(version.ethnic_group),
        "birthdate": version.born.isoformat(),
        "identity_number": version.identity_number,
        "household_division": version.household_division,
        "household_address": version.household_address,
        "residence_address": version.residence_address,
        "workplace": version.workplace,
        "permit_number": permit.number,
        "licence_id": licence.identifier,
        "version": version.number,
        "issued_on": version.issued_on.isoformat(),
        "valid_until": last_day(version, today).isoformat(),
        "photo": small(version.photo),
        "lives_in": city(),
        "age_over_16": age >= 16,
        "age_over_18": age >= 18,
        **{f"residence_years_ge_{n}": years >= n for n in YEARS},
    }
