"""What a piece of evidence says, line by line, and how we came to know it, in the reader's language."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juzhu.design import formats
from juzhu.evidence.annexes import ContributedMonth, following
from juzhu.evidence.cells import written
from juzhu.evidence.fields import FIELDS, INSURANCE_KINDS, Asked
from juzhu.evidence.kinds import Insurance, Kind
from juzhu.evidence.models import Evidence
from juzhu.evidence.says import Says
from juzhu.operations.errors import Sentence
from juzhu.people.divisions import division_name

Lines = list[tuple[str, str]]

WAYS: dict[str, Sentence] = {
    "page": gettext_lazy("部门在网页上填的"),
    "sheet": gettext_lazy("部门成批交来的表"),
    "push": gettext_lazy("部门系统发来的"),
    "pull": gettext_lazy("向部门系统查到的"),
}
CERTAINTIES: dict[str, Sentence] = {
    "stated": gettext_lazy("自己说的"),
    "confirmed": gettext_lazy("部门按自己的账册确认"),
    "signed": gettext_lazy("部门签了名，验过"),
}


def lines(piece: Evidence) -> Lines:
    """What a piece says: label and value. What was not said is left out."""
    return lines_of(Kind(piece.kind), piece.content)


def lines_of(kind: Kind, content: Says) -> Lines:
    """The same of content that is not stored yet."""
    if isinstance(content, Insurance):
        return _insurance(content)
    said = content.model_dump(mode="json", by_alias=True)
    return [
        (str(field.label), _value(field, said[field.name]))
        for field in FIELDS[kind]
        if said.get(field.name) not in (None, "", [])
    ]


def _value(field: Asked, value: Any) -> str:
    lang = formats.language()
    if field.sort == "day":
        return formats.day(date.fromisoformat(value), lang)
    if field.sort == "division":
        return division_name(value, lang)
    if field.sort == "identity":
        return formats.mask_id(value)
    if field.sort == "people":
        people = [f"{row['name']} {formats.mask_id(row['identity_number'])}".strip() for row in value]
        return _("、").join(people)
    return written(field, value)


def _insurance(said: Insurance) -> Lines:
    """Months that follow each other and are alike stand together: when, which, where, for whom, late or
    not.
    """
    if said.months:
        spans: list[tuple[str, str, str]] = []
        for month in sorted(said.months, key=lambda month: (_month(month), month.month)):
            words = _month(month)
            if spans and spans[-1][2] == words and following(spans[-1][1]) == month.month:
                spans[-1] = (spans[-1][0], month.month, words)
            else:
                spans.append((month.month, month.month, words))
        return [(_span(first, last), words) for first, last, words in sorted(spans)]
    if not said.runs:
        return [(_("缴费"), _("没有"))]
    return [
        (_span(run.from_month, run.to_month), _joined(run.division, run.back_paid, run.employer))
        for run in said.runs
    ]


def _span(first: str, last: str) -> str:
    return f"{first} — {last}"


def _month(month: ContributedMonth) -> str:
    kinds = _("、").join(str(INSURANCE_KINDS[kind]) for kind in month.kinds)
    return f"{kinds} · {_joined(month.division, month.late, month.employer)}"


def _joined(division: str, late: bool, employer: str) -> str:
    parts = [division_name(division, formats.language())]
    parts += [_("补缴")] if late else []
    return " · ".join([*parts, *([employer] if employer else [])])


def months(piece: Evidence) -> list[dict[str, Any]]:
    """The months of an insurance, newest first, for a table; empty where only runs are known."""
    content = piece.content
    if not isinstance(content, Insurance):
        return []
    return [
        {
            "month": month.month,
            "kinds": _("、").join(str(INSURANCE_KINDS[kind]) for kind in month.kinds),
            "paid": month.paid_month or "",
            "late": month.late,
            "place": division_name(month.division, formats.language()),
            "employer": month.employer,
            "code": month.employer_code,
        }
        for month in sorted(content.months, key=lambda month: month.month, reverse=True)
    ]


def validity(piece: Evidence, today: date) -> str:
    """From when to when it holds; "" where that is not limited."""
    lang = formats.language()
    if piece.valid_until is None:
        return ""
    if piece.valid_until < today:
        return _("%(day)s 过期了") % {"day": formats.day(piece.valid_until, lang)}
    if piece.valid_from is None:
        return _("有效到 %(day)s") % {"day": formats.day(piece.valid_until, lang)}
    return _("有效期 %(period)s") % {"period": formats.period(piece.valid_from, piece.valid_until, lang)}


def way(piece: Evidence) -> Sentence:
    """How a department's word came; "" of an upload, and of words from before this was noted."""
    return WAYS.get(piece.way, "") if piece.source == "attestation" else ""


def certainty(piece: Evidence) -> Sentence:
    """How sure it is; "" of an upload, which an officer judges by looking."""
    return CERTAINTIES[piece.certainty] if piece.source == "attestation" and way(piece) else ""
