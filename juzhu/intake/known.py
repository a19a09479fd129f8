"""已知: what nobody has to hand in, with who says so and since when.

Source: State Council order 716 art. 7.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from juzhu.design import evidence_words
from juzhu.design.formats import chosen, language
from juzhu.evidence.kinds import DEPARTMENTS, NAMES, PROVES, Kind
from juzhu.evidence.models import Evidence, Objection
from juzhu.evidence.queries import known_by_departments, open_objections
from juzhu.law.eligibility import LEAVES, Answer, Finding
from juzhu.operations.errors import Sentence
from juzhu.permits.facts import Situation


@dataclass(frozen=True, slots=True)
class Known:
    """已知: what is on record, who says so, since when."""

    title: Sentence
    text: Sentence
    source: Sentence
    on: datetime | date | None = None
    against: bool = False
    """Whether it speaks against the applicant."""
    named: bool = False
    """Whether the text is a name, which stays Chinese on English pages."""
    piece: Evidence | None = None
    """The department's word behind it, to which its person can object."""
    way: Sentence = ""
    validity: str = ""
    objection: Objection | None = None


def known_of(answer: Answer, seen: Situation, today: date) -> list[Known]:
    """What nobody has to hand in, with its source and day."""
    lang = language()
    person, current = seen.person, seen.current
    rows = []
    if person.identity_confirmed_at:
        rows = [Known(_("身份信息"), person.name, _("公安人口库"), person.identity_confirmed_at, named=True)]
    if current is not None:
        rows.append(Known(_("居住登记"), current.place.name(lang), _("本系统登记"), current.registered_on))
    if person.photo_id:
        rows.append(Known(_("相片"), _("证件上的相片"), _("公安人口库"), person.identity_confirmed_at))
    rows += _attested(answer, seen, today, lang)
    for finding in answer.findings:
        if finding.code in {"guardian_permits", "guardian_insured_one_year"} and finding.state != "unproven":
            name = LEAVES[finding.code].name
            words = str(chosen(finding.message, lang))
            rows.append(Known(str(chosen(name, lang)), words, _("本系统"), None, finding.state == "unmet"))
    return rows


def _attested(answer: Answer, seen: Situation, today: date, lang: Any) -> list[Known]:
    """One row for each department's word that counts; its sentences are the law's own. Then those that are
    objected to and of a kind that is asked for here: they do not count, and it is said why.
    """
    by_piece: dict[int, tuple[Evidence, list[Finding]]] = {}
    for finding in answer.findings:
        kind = PROVES.get(finding.code)
        piece = seen.proof.behind(finding.code, kind) if kind else None
        if piece is not None and piece.source == "attestation":
            by_piece.setdefault(piece.pk, (piece, []))[1].append(finding)
    rows = [_known(piece, findings, today, lang) for piece, findings in by_piece.values()]
    return rows + _objected(answer, seen)


def _known(piece: Evidence, findings: list[Finding], today: date, lang: Any) -> Known:
    return Known(
        NAMES[Kind(piece.kind)],
        " ".join(str(chosen(finding.message, lang)) for finding in findings),
        DEPARTMENTS.get(piece.department, piece.department),
        piece.received_at,
        any(finding.state == "unmet" for finding in findings),
        piece=piece,
        way=evidence_words.way(piece),
        validity=evidence_words.validity(piece, today),
    )


def _objected(answer: Answer, seen: Situation) -> list[Known]:
    asked = {PROVES[finding.code] for finding in answer.findings if finding.code in PROVES}
    pieces = [piece for piece in known_by_departments(seen.person.pk) if Kind(piece.kind) in asked]
    open_ones = open_objections(piece.pk for piece in pieces)
    return [
        Known(
            NAMES[Kind(piece.kind)],
            _("您说不对，部门正在核对，现在不作数。"),
            DEPARTMENTS.get(piece.department, piece.department),
            piece.received_at,
            against=True,
            piece=piece,
            objection=open_ones[piece.pk],
        )
        for piece in pieces
        if piece.pk in open_ones
    ]
