"""一次性告知书: everything that is missing, how to mend each, by when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from juzhu.documents.kinds import Kind
from juzhu.documents.papers.base import Cite, Paper, Writer, writer
from juzhu.law import policy
from juzhu.law.eligibility import LEAVES
from juzhu.operations.clock import SHANGHAI
from juzhu.operations.writing import Language
from juzhu.permits.models import SupplementNotice

WHO = {
    **dict.fromkeys(
        ("student_register", "study_continuity", "enrolled_full_time_in_city", "enrolled_one_year"), "school"
    ),
    **{code: code for code in ("landlord_title", "rental_registration", "lease_filing", "rental_safety")},
    **dict.fromkeys(("guardian_permits", "guardian_insured_one_year"), "guardian"),
    "relative_title": "relative",
    **dict.fromkeys(("dormitory_title", "dormitory_commitment"), "employer"),
    "host_statement": "host",
}
"""Who has to do something about a missing thing, where it is not the applicant."""


@dataclass(frozen=True, slots=True)
class Needed:
    """One thing of the notice. `note` is the officer's own, and Chinese."""

    code: str
    name: str
    material: str
    fix: str
    note: str
    who: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(Paper):
    """Source: notice 2(1)3; Hangzhou art. 17; Administrative Licensing Law art. 32."""

    opening: str
    due_on: date
    needed: tuple[Needed, ...]
    where: str
    late: str
    extended: str
    closing: str


def notice(found: SupplementNotice, lang: Language) -> Notice:
    """One notice, with the term that it has now."""
    application, words = found.application, writer(lang)
    rules = policy.load(application.policy_id)
    earlier = application.notices.filter(pk__lt=found.pk).count()
    kind = "endorsement" if application.is_endorsement else "first"
    sent = (
        application.submitted_at.astimezone(SHANGHAI).date() if application.submitted_at else found.issued_on
    )
    number = (application.number or "") + (f"-{earlier + 1}" if earlier else "")
    head = words.letterhead(
        Kind.NOTICE,
        number=number,
        on=found.issued_on,
        addressee=application.person.name,
        area=application.area,
    )
    return Notice(
        **head,
        title=words.say("notice.title"),
        opening=words.say(
            f"notice.opening_{kind}",
            sent=sent,
            route=words.route(application),
            case=application.number,
            due=found.due_on,
        ),
        due_on=found.due_on,
        needed=tuple(_needed(found, words)),
        where=words.say("notice.online", station=head["station"]),
        late=words.say("notice.late", days=rules.parameters.issue_days) if found.after_acceptance else "",
        extended=words.say("notice.extended", due=found.due_on) if found.extended else "",
        closing=words.say("notice.closing"),
    )


def _needed(found: SupplementNotice, words: Writer) -> list[Needed]:
    asked = found.application.decisions.filter(
        stage="request_supplement", made_at__lte=found.issued_at
    ).last()
    cites = {row["code"]: row["cites"] for row in asked.answer["findings"]} if asked else {}
    return [_need(item, cites, words) for item in found.items]


def _need(item: Mapping[str, str], cites: Mapping[str, list[str]], words: Writer) -> Needed:
    code, leaf = item["code"], LEAVES.get(item["code"])
    return Needed(
        code=code,
        name=leaf.name.in_(words.lang) if leaf else words.say("notice.other"),
        material=leaf.material.in_(words.lang) if leaf else "",
        fix=leaf.fix.in_(words.lang) if leaf else "",
        note=item["note"],
        who=words.say(f"notice.{WHO.get(code, 'you')}"),
        cites=tuple(Cite(cite) for cite in cites.get(code, ())),
    )
