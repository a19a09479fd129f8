"""受理回执, and 视为受理告知书 where time has accepted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import override

from juzhu.documents.kinds import Kind
from juzhu.documents.papers.base import LANGUAGE_CODES, Cite, Paper, Writer, latest, nth, writer
from juzhu.evidence.kinds import DEPARTMENTS, NAMES
from juzhu.evidence.kinds import Kind as EvidenceKind
from juzhu.evidence.queries import pieces
from juzhu.law import deadlines, policy
from juzhu.operations.writing import Language, mask_id
from juzhu.permits.models import Application, Decision
from juzhu.permits.timing import time_has_accepted


@dataclass(frozen=True, slots=True)
class Received:
    """One line of a receipt's list."""

    name: str
    source: str
    files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Paper):
    """Source: notice 2(1)3; Zhejiang art. 18; Administrative Licensing Law art. 32."""

    identity_number: str
    matter: str
    case_number: str
    opening: str
    received_on: date
    accepted_on: date
    due_on: date
    received: tuple[Received, ...]
    term: str
    free: str
    cites: tuple[Cite, ...]


def receipt(application: Application, today: date, lang: Language) -> Receipt | None:
    """The receipt of an acceptance by an officer or by time; None when it was not accepted."""
    deemed = application.deemed_accepted or time_has_accepted(application, today)
    accepted_on = application.received_on if deemed else application.accepted_on
    if accepted_on is None or application.received_on is None:
        return None
    rules = policy.load(application.policy_id)
    due_on = application.due_on or deadlines.deadline("issuance", accepted_on, rules).last_day
    words, kind = writer(lang), Kind.DEEMED if deemed else Kind.RECEIPT
    decision = latest(application, *(["submit"] if deemed else ["accept", "submit"]))
    return Receipt(
        **words.letterhead(
            kind,
            number=nth(application, None if deemed else decision, "accept"),
            on=accepted_on,
            addressee=application.person.name,
            area=application.area,
        ),
        title=words.say(f"{kind}.title"),
        identity_number=mask_id(application.person.identity_number),
        matter=words.matter(application),
        case_number=application.number or "",
        opening=words.say("receipt.opening")
        if not deemed
        else words.say("deemed.opening", examine_by=application.examine_by, received_on=accepted_on),
        received_on=application.received_on,
        accepted_on=accepted_on,
        due_on=due_on,
        received=_received(decision, words) if decision else (),
        term=words.say("receipt.term", days=rules.parameters.issue_days, day=due_on),
        free=words.say("common.free"),
        cites=tuple(
            Cite(cite)
            for term in (("examination_working_days", "issue_days") if deemed else ("issue_days",))
            for cite in rules.provisions[term]
        ),
    )


def _received(decision: Decision, words: Writer) -> tuple[Received, ...]:
    """What the decision rested on: registers first, then papers in the order in which they came."""
    say = words.say
    listed = [
        Received(say("receipt.identity"), say("receipt.population_register"), 0),
        Received(say("receipt.registration"), say("receipt.our_register"), 0),
    ]
    if decision.facts["person"].get("application_form") and decision.purpose == "permit":
        listed.append(Received(say("receipt.application_form"), say("receipt.applicant_gave"), 0))
    with override(LANGUAGE_CODES[words.lang]):
        for piece in pieces(decision.evidence):
            own = piece.person_id == decision.application.person_id
            giver = say("receipt.applicant_gave" if own else "receipt.guardian_gave")
            source = str(DEPARTMENTS.get(piece.department, piece.department)) if piece.department else giver
            listed.append(Received(str(NAMES[EvidenceKind(piece.kind)]), source, len(piece.files.all())))
    return tuple(listed)
