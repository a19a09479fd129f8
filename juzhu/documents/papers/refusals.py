"""不予受理、不予办理、不予签注决定书: facts, reasons, articles, remedies (requirements D06, E03, J17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from juzhu.documents.kinds import Kind
from juzhu.documents.papers.base import Cite, Paper, Writer, nth, writer
from juzhu.documents.papers.remedies import Remedy, remedies
from juzhu.law import policy
from juzhu.law.eligibility import LEAVES
from juzhu.operations.clock import SHANGHAI
from juzhu.operations.writing import Language, chosen, mask_id
from juzhu.permits.models import Application, Decision


@dataclass(frozen=True, slots=True)
class Unmet:
    """A condition that is not met, with what was compared."""

    code: str
    name: str
    message: str
    cites: tuple[Cite, ...]
    state: str = "unmet"
    ready_on: ClassVar[None] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal(Paper):
    """`reason` is the officer's own, and Chinese. `earliest` is the day from which time would have cured
    it.
    """

    party: str
    """What the addressee is: applicant, or holder of the permit."""
    identity_number: str
    facts: str
    unmet: tuple[Unmet, ...]
    reason: str
    cites: tuple[Cite, ...]
    verdict: str
    effect: str
    remedies: tuple[Remedy, ...]
    earliest: date | None
    declined: bool = False
    """Whether the applicant would not complete it."""


def refused_by(application: Application) -> Decision | None:
    """The decision that refused it last: an officer's, or that an applicant would not complete it."""
    return application.decisions.filter(stage__in=("refuse", "decline")).order_by("pk").last()


def refusal(application: Application, lang: Language) -> Refusal | None:
    """The decision by which an application was refused; None when it was not."""
    decision = refused_by(application)
    if decision is None or application.decided_on is None:
        return None
    words = writer(lang)
    declined = decision.stage == "decline"
    ends = application.is_endorsement and not declined
    kind = Kind.NON_ENDORSEMENT if ends else Kind.REFUSAL
    unmet = tuple(_unmet(row, lang) for row in decision.answer["findings"] if _counts(row, decision))
    rules = policy.load(application.policy_id)
    own = rules.acts["non_endorsement" if ends else "declined" if declined else "refusal"]
    cites = tuple(Cite(cite) for cite in dict.fromkeys([*(c for row in unmet for c in row.cites), *own]))
    title = title_of_refusal(application, declined)
    earliest = decision.answer.get("earliest_on")
    return Refusal(
        **words.letterhead(
            kind,
            number=nth(application, decision, "refuse", "decline"),
            on=application.decided_on,
            addressee=application.person.name,
            area=application.area,
        ),
        title=words.say(title),
        declined=declined,
        party=words.say("common.holder" if application.is_endorsement else "common.applicant"),
        identity_number=mask_id(application.person.identity_number),
        facts=_facts(application, decision, words),
        unmet=unmet,
        reason=application.reason,
        cites=cites,
        verdict=words.say(title.replace("title", "verdict"), articles=words.articles(cites, rules)),
        effect=words.say("refusal.again") if declined else _effect(application, words),
        remedies=remedies(application.decided_on, words, rules),
        earliest=date.fromisoformat(earliest) if earliest else None,
    )


def _counts(row: dict[str, Any], decision: Decision) -> bool:
    """Whether a decision rests on a finding: on what was not proved when the applicant would not complete it,
    else on what the answer itself calls unmet. What is unmet in one way does no harm where another way holds.
    """
    if decision.stage == "decline":
        return bool(row["state"] == "unproven")
    return row["code"] in decision.answer["unmet"]


def title_of_refusal(application: Application, declined: bool = False) -> str:
    """The key of the title: before acceptance, or declined, it is not accepted; after it refused."""
    if declined:
        return "refusal.title_before"
    if application.is_endorsement:
        return "non_endorsement.title"
    accepted = application.accepted_on or application.deemed_accepted
    return "refusal.title_after" if accepted else "refusal.title_before"


def _facts(application: Application, decision: Decision, words: Writer) -> str:
    kind = "endorsement" if application.is_endorsement else "first"
    if decision.stage == "decline":
        kind = "declined"
    notice = application.notices.first()
    sent = application.submitted_at or decision.made_at
    return words.say(
        f"refusal.filed_{kind}",
        sent=sent.astimezone(SHANGHAI).date(),
        route=words.route(application),
        as_of=decision.as_of,
        told=notice.issued_on if notice else decision.as_of,
    )


def _effect(application: Application, words: Writer) -> str:
    permit = application.permit
    if permit is None or not application.is_endorsement:
        return words.say("refusal.again")
    ended = permit.terminated_on or application.decided_on
    return words.say("non_endorsement.ends", permit=permit.number, day=ended)


def _unmet(row: dict[str, Any], lang: Language) -> Unmet:
    leaf = LEAVES.get(row["code"])
    return Unmet(
        row["code"],
        leaf.name.in_(lang) if leaf else row["code"],
        str(chosen(row["message"], lang)),
        tuple(Cite(cite) for cite in row["cites"]),
    )
