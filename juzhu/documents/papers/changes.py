"""更正、变更告知书 and 终止告知书: what became of a permit that was issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import override

from juzhu.documents.kinds import Kind
from juzhu.documents.papers.base import LANGUAGE_CODES, Cite, Paper, Writer, writer
from juzhu.documents.papers.remedies import Remedy, remedies
from juzhu.operations.rules import in_force
from juzhu.operations.writing import Language, document_day, mask_id
from juzhu.people.ethnic_groups import ethnic_group_name
from juzhu.people.models import Sex
from juzhu.permits.models import Correction as CorrectionRow
from juzhu.permits.models import Permit, PermitVersion

ENTRIES = (
    "name", "sex", "ethnic_group", "born", "identity_number", "household_address", "residence_address",
    "workplace",
)  # fmt: skip
"""The fields of a version that a holder may see wrong or changed, in the order of the permit."""


DECIDED = frozenset({"not_endorsed", "fraud"})
"""Ends that somebody has decided; the others follow from a fact."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the permit, before and after. Both may be Chinese in either language."""

    entry: str
    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Paper):
    """A correction on proof, a correction that was declined, or a change of the holder's circumstances."""

    opening: str
    permit_number: str
    now_heading: str
    changes: tuple[Change, ...]
    reason: str
    after: str
    cites: tuple[Cite, ...]
    remedies: tuple[Remedy, ...] = ()
    """Where the holder did not get what they asked for (requirements J17)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Termination(Paper):
    """Source: Hangzhou art. 21."""

    opening: str
    permit_number: str
    issued_on: date
    ended_on: date
    reason: str
    after: str
    cites: tuple[Cite, ...]
    remedies: tuple[Remedy, ...] = ()
    """Against the decision by which it ended, or against the end where it follows from a fact that may have
    been recorded wrongly; none for the family of the dead (requirements J17).
    """


def correction(row: CorrectionRow, lang: Language) -> Correction | None:
    """The answer to a holder who said that the permit is wrong; None while there is none."""
    if row.decided_on is None:
        return None
    words, declined, rules = writer(lang), row.state == "declined", in_force(row.decided_on)
    version = row.versions.first()
    about = {"filed": row.filed_on, "case": row.number, "permit": row.permit.number}
    return Correction(
        **words.letterhead(
            Kind.CORRECTION,
            number=row.number,
            on=row.decided_on,
            addressee=row.permit.person.name,
            area=row.area,
        ),
        title=words.say("correction.title_declined" if declined else "correction.title"),
        opening=words.say("correction.opening_declined" if declined else "correction.opening", **about),
        permit_number=row.permit.number,
        now_heading=words.say("correction.wanted" if declined else "correction.now"),
        changes=(
            Change(
                _entry(row.field, words),
                _shown(row.field, row.was, words),
                _shown(row.field, row.wanted, words),
            ),
        ),
        reason=row.reason,
        after=words.say("correction.after_declined")
        if declined
        else words.say("correction.after", version=version.number)
        if version
        else words.say("correction.after_ended"),
        cites=tuple(Cite(cite) for cite in rules.acts["correction"]),
        remedies=remedies(row.decided_on, words, rules) if declined else (),
    )


def change(version: PermitVersion, lang: Language) -> Correction | None:
    """What a version says otherwise than the one before it; None for a first one, and where nothing
    differs.
    """
    before = version.permit.versions.filter(number=version.number - 1).first()
    if before is None:
        return None
    words = writer(lang)
    changes = tuple(
        Change(_entry(field, words), _written(before, field, words), _written(version, field, words))
        for field in ENTRIES
        if getattr(before, field) != getattr(version, field)
    )
    if not changes:
        return None
    with override(LANGUAGE_CODES[lang]):
        why = str(version.get_reason_display())
    return Correction(
        **words.letterhead(
            Kind.CORRECTION,
            number=f"{version.permit.number}-{version.number}",
            on=version.made_on,
            addressee=version.name,
            area=version.permit.area,
        ),
        title=words.say("correction.title_change"),
        opening=words.say("correction.opening_change", permit=version.permit.number),
        permit_number=version.permit.number,
        now_heading=words.say("correction.now"),
        changes=changes,
        reason=why,
        after=words.say("correction.after", version=version.number),
        cites=tuple(Cite(cite) for cite in in_force(version.made_on).acts["change"]),
    )


def _entry(field: str, words: Writer) -> str:
    for key in (f"slip.{field}", f"common.{field}"):
        if words.has(key):
            return words.say(key)
    return field


def _written(version: PermitVersion, field: str, words: Writer) -> str:
    return _shown(field, str(getattr(version, field)), words)


def _shown(field: str, value: str, words: Writer) -> str:
    """An entry as the permit writes it, from the way it is stored."""
    if not value:
        return words.say("correction.empty")
    if field == "identity_number":
        return mask_id(value)
    if field == "ethnic_group":
        return ethnic_group_name(value, words.lang)
    if field == "sex" and value.isdecimal() and int(value) in Sex.values:
        with override(LANGUAGE_CODES[words.lang]):
            return str(Sex(int(value)).label)
    if field == "born" and len(value) == 10:
        try:
            return document_day(date.fromisoformat(value), words.lang)
        except ValueError:
            return value
    return value


def termination(permit: Permit, lang: Language) -> Termination | None:
    """The notice that a permit's functions have ended; None while they have not."""
    on, why = permit.ended_on, permit.end_reason
    if on is None:
        return None
    words, rules = writer(lang), in_force(on)
    known = why if f"termination_{why}" in rules.acts else "other"
    dead = why == "death"
    return Termination(
        **words.letterhead(
            Kind.TERMINATION,
            number=permit.number,
            on=on,
            addressee=words.say("termination.family", name=permit.person.name)
            if dead
            else permit.person.name,
            area=permit.area,
        ),
        title=words.say("termination.title"),
        opening=words.say("termination.opening", permit=permit.number, day=on),
        permit_number=permit.number,
        issued_on=permit.issued_on,
        ended_on=on,
        reason=words.say(f"termination.{known}"),
        after=words.say("termination.after_death" if dead else "termination.after"),
        cites=tuple(Cite(cite) for cite in rules.acts[f"termination_{known}"]),
        remedies=() if dead else remedies(on, words, rules, "decision" if why in DECIDED else "ending"),
    )
