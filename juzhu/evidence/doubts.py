"""What is odd in a department's word and may still be right: it is shown to the officer before they save."""

from datetime import date

from django.utils.translation import gettext as _

from juzhu.evidence.kinds import (
    FORMS,
    GuardianshipRecord,
    Insurance,
    Kind,
    SafetyInspection,
    StudentRecord,
)
from juzhu.evidence.models import Evidence
from juzhu.evidence.says import Says, code_fits
from juzhu.people.models import Person

NOT_AHEAD = (
    "inspected_on",
    "filed_on",
    "registered_on",
    "enrolled_on",
    "issued_on",
    "listed_on",
    "signed_on",
)
CODES = ("employer_code", "code")


def of(
    kind: Kind, content: Says, person: Person, today: date, before: Evidence | None, guardians: set[str]
) -> dict[str, str]:
    """Each odd field with what is odd. `before`: what the department says now; `guardians`: the numbers of
    persons who are known, among those that are named as guardians.
    """
    found: dict[str, str] = {}
    for name in NOT_AHEAD:
        day = getattr(content, name, None)
        if isinstance(day, date) and day > today:
            found[name] = _("这一天还没有到。")
    for name in CODES:
        code = getattr(content, name, "")
        if code and not code_fits(code):
            found[name] = _("这个统一社会信用代码的校验位对不上。")
    last = content.validity.last
    if last is not None and last < today:
        ends = next((end for end in ("valid_until", "listed_until", "to") if _knows(kind, end)), "")
        found[ends] = _("已经过期，存了也不作数。")
    if isinstance(content, SafetyInspection) and content.crowded:
        found["tenants"] = _("人数超过了 287 号令：每人 4 平方米，每间 2 人。")
    if isinstance(content, StudentRecord):
        found |= _student(content, person)
    if isinstance(content, GuardianshipRecord) and content.guardian_identity_number not in guardians:
        found["guardian_identity_number"] = _("监护人还没有在本系统登记，先存着。")
    if isinstance(content, Insurance):
        found |= _insurance(content, today, before)
    return found


def _knows(kind: Kind, name: str) -> bool:
    return any(name in (key, field.alias) for key, field in FORMS[kind].model_fields.items())


def _student(content: StudentRecord, person: Person) -> dict[str, str]:
    number = content.student_number.upper()
    if number.startswith("G") and number[1:] != person.identity_number:
        return {"student_number": _("全国学籍号里的身份号码不是这个人的。")}
    if content.status in {"left", "graduated", "transferred"} and content.left_on is None:
        return {"left_on": _("已经不在读，没有写离校日期。")}
    return {}


def _insurance(content: Insurance, today: date, before: Evidence | None) -> dict[str, str]:
    found: dict[str, str] = {}
    months = sorted(month.month for month in content.months)
    if months and months[-1] > f"{today:%Y-%m}":
        found["month"] = _("这个月还没有到。")
    if any(month.late and month.back_paid is None for month in content.months):
        found["back_paid"] = _("到账晚了一个月以上，没有写是不是补缴，按补缴算。")
    known = before.content if before is not None else None
    if isinstance(known, Insurance) and known.runs and content.runs:
        first = min(run.from_month for run in known.runs)
        if first < min(run.from_month for run in content.runs):
            found["month"] = _("原来有从 %(month)s 起的记录，这次没有写，存了就没有了。") % {"month": first}
    return found
