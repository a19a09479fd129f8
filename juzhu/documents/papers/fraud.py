"""行政处罚事先告知书, 行政处罚决定书, 不予行政处罚决定书: what is told before, decided, or dropped.

A withdrawal alone is no penalty (`permits.after.fraud`): its papers are called 拟处理告知书 and 处理决定书.
Source: Administrative Penalty Law arts. 44, 57, 59; requirements G05.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import override

from juzhu.documents.kinds import Kind
from juzhu.documents.papers.base import LANGUAGE_CODES, Cite, Paper, Writer, latest, writer
from juzhu.documents.papers.remedies import Remedy, remedies
from juzhu.evidence.kinds import NAMES
from juzhu.evidence.kinds import Kind as EvidenceKind
from juzhu.evidence.queries import pieces
from juzhu.law import calendar, penalties
from juzhu.law.policy import Policy
from juzhu.operations.rules import in_force
from juzhu.operations.writing import Language, document_day, mask_id
from juzhu.people.queries import guardians_of
from juzhu.permits.after import fraud
from juzhu.permits.after.measures import MOST_FINE, MOST_FINE_UNDER_18, Measures
from juzhu.permits.after.post_checks import ASKED
from juzhu.permits.models import FraudCase, PostCheck

DECIDED = ("decided", "set_aside")
"""A decision that was set aside stays what it was on the day it was made."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line about the party. `chinese`: its value is Chinese in either language."""

    label: str
    value: str
    chinese: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is proposed or decided, and the provisions for it."""

    text: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FraudPaper(Paper):
    """What all three say. `facts`, `said` and `reason` are what people wrote, and Chinese."""

    party: tuple[Line, ...]
    facts_opening: str
    facts: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FraudNotice(FraudPaper):
    """Source: Administrative Penalty Law art. 44. `statement_by` is the last day to be heard."""

    opening: str
    proposed: str
    measures: tuple[Measure, ...]
    follows: tuple[str, ...]
    statement_by: date
    statement: str
    statement_where: str
    rights: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FraudDecision(FraudPaper):
    """Source: Administrative Penalty Law art. 59; Zhejiang art. 36. `points_barred_until` is the first day on
    which points can be applied for again.
    """

    heard: str
    said: str
    reason: str
    verdict: str
    measures: tuple[Measure, ...]
    follows: tuple[str, ...]
    points_barred_until: date
    remedies: tuple[Remedy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FraudClosure(FraudPaper):
    """Source: Administrative Penalty Law art. 57. `heard` is empty where nobody had been told of the case."""

    heard: str
    said: str
    reason: str
    verdict: str
    follows: tuple[str, ...]
    remedies: tuple[Remedy, ...]


def fraud_notice(case: FraudCase, lang: Language) -> FraudNotice | None:
    """What the person was told last; None while they were told nothing."""
    if case.told_on is None or case.statement_by is None:
        return None
    words, rules, planned = writer(lang), in_force(case.told_on), Measures(**case.proposed)
    telling = fraud.tellings(case)
    head = _head(case, Kind.FRAUD_NOTICE, case.told_on, words, f"-{telling}" if telling > 1 else "")
    district = words.desk.district
    return FraudNotice(
        **head,
        title=words.say(title_of_notice(case)),
        opening=words.say(
            "fraud.told", opened=case.opened_on, articles=words.articles(rules.acts["telling"], rules)
        ),
        party=_party(case, words),
        facts_opening=words.say("fraud.found"),
        facts=case.facts,
        evidence=tuple(_evidence(case, words)),
        proposed=words.say("fraud.proposed_under", articles=_under(planned, rules, words)),
        measures=_measures(case, planned, words, rules),
        follows=(*_lighter(case, planned, words, rules), _would_follow(words, rules)),
        statement_by=case.statement_by,
        statement=words.say("fraud.statement", by=case.statement_by),
        statement_where=words.say(
            "fraud.statement_where",
            station=head["station"] or head["authority"],
            address=district.office.address.in_(lang),
            phone=district.office.phone,
        ),
        rights=(
            words.say("fraud.not_heavier"),
            words.say("fraud.silence"),
            _saying("challenge", words, rules),
            _hearing(case, words, rules),
        ),
    )


def fraud_decision(case: FraudCase, lang: Language) -> FraudDecision | None:
    """What was decided; None where nothing was."""
    if case.state not in DECIDED or case.decided_on is None:
        return None
    words, rules = writer(lang), in_force(case.decided_on)
    made = Measures(case.warning, case.fine_yuan, case.withdraw_permit)
    heard, said = _heard(case, words)
    return FraudDecision(
        **_head(case, Kind.FRAUD_DECISION, case.decided_on, words),
        title=words.say(title_of_decision(case)),
        party=_party(case, words),
        facts_opening=words.say("fraud.found"),
        facts=case.facts,
        evidence=tuple(_evidence(case, words, case.statement)),
        heard=heard,
        said=said,
        reason=case.reason,
        verdict=words.say("fraud.decided", articles=_under(made, rules, words)),
        measures=_measures(case, made, words, rules, case.decided_on),
        follows=(*_lighter(case, made, words, rules), *_follows(case, made, words, rules)),
        points_barred_until=_barred_until(case),
        remedies=remedies(case.decided_on, words, rules),
    )


def fraud_closure(case: FraudCase, lang: Language) -> FraudClosure | None:
    """That nothing was imposed; None where the case is not closed."""
    if case.state != "closed" or case.decided_on is None:
        return None
    words, rules = writer(lang), in_force(case.decided_on)
    heard, said = _heard(case, words) if case.heard_on else ("", "")
    young = _age(case) < penalties.NOT_PUNISHED_UNDER
    return FraudClosure(
        **_head(case, Kind.FRAUD_CLOSURE, case.decided_on, words),
        title=words.say("fraud_closure.title"),
        party=_party(case, words),
        facts_opening=words.say("fraud.suspected", opened=case.opened_on),
        facts=case.facts,
        evidence=tuple(_evidence(case, words, case.statement)),
        heard=heard,
        said=said,
        reason=case.reason,
        verdict=words.say("fraud.closed", articles=words.articles(rules.acts["no_penalty"], rules)),
        follows=(
            *([_saying("no_penalty_minor", words, rules, "under_14")] if young else []),
            words.say("fraud.unharmed"),
        ),
        remedies=remedies(case.decided_on, words, rules),
    )


def title_of_notice(case: FraudCase) -> str:
    """The key of its title: a withdrawal alone is no penalty."""
    return "fraud_notice.title" if Measures(**case.proposed).punishes else "fraud_notice.title_only"


def title_of_decision(case: FraudCase) -> str:
    """The key of its title: a withdrawal alone is no penalty."""
    return "fraud_decision.title" if case.warning or case.fine_yuan else "fraud_decision.title_only"


def _head(case: FraudCase, kind: Kind, on: date, words: Writer, tail: str = "") -> dict[str, Any]:
    return words.letterhead(
        kind, number=f"{case.number}{tail}", on=on, addressee=case.person.name, area=case.area
    )


def _age(case: FraudCase) -> int:
    return calendar.completed_years(case.person.born, case.committed_on)


def _party(case: FraudCase, words: Writer) -> tuple[Line, ...]:
    """Name and address, as the law asks of a decision; of a child who acts for it too."""
    person, permit = case.person, case.permit
    version = permit.versions.first() if permit else None
    guardians = "、".join(guardians_of(person, case.opened_on).values_list("name", flat=True))
    lines = [
        Line(words.say("fraud.party"), person.name, chinese=True),
        Line(words.say("common.identity_number"), mask_id(person.identity_number)),
        Line(
            words.say("fraud.address"),
            version.residence_address if version else person.household_address,
            chinese=True,
        ),
    ]
    if guardians:
        lines.append(Line(words.say("fraud.guardian"), guardians, chinese=True))
    if permit:
        lines.append(Line(words.say("fraud.permit"), permit.number))
    lines.append(Line(words.say("fraud.case_number"), case.number))
    lines.append(Line(words.say("fraud.committed"), document_day(case.committed_on, words.lang)))
    return tuple(lines)


def _evidence(case: FraudCase, words: Writer, statement: str = "") -> Iterator[str]:
    """What the facts rest on: the applicant's own papers, the check, and what they said of it."""
    application = case.application
    decision = latest(application, "approve", "accept", "submit") if application else None
    if application and decision:
        own = [piece for piece in pieces(decision.evidence) if not piece.department]
        with override(LANGUAGE_CODES[words.lang]):
            names = words.say("fraud.joined").join(
                dict.fromkeys(str(NAMES[EvidenceKind(piece.kind)]) for piece in own)
            )
        key = "fraud.evidence_papers" if names else "fraud.evidence_case"
        yield words.say(key, case=application.number, names=names)
    if case.post_check and case.post_check.done_on:
        yield _checked(case.post_check, case.post_check.done_on, words)
    if statement:
        yield words.say("fraud.evidence_statement")


def _checked(check: PostCheck, on: date, words: Writer) -> str:
    said = words.say("fraud.evidence_check", day=on, number=check.number)
    false = [words.say(f"fraud.{name}_false") for name in ASKED if check.found.get(name) == "false"]
    if false:
        said += words.say("fraud.evidence_findings", findings=words.say("fraud.joined").join(false))
    photos = check.photos.count()
    return said + (words.say("fraud.evidence_photos", n=photos) if photos else "")


def _under(what: Measures, rules: Policy, words: Writer) -> str:
    """The provisions of all that is imposed, then those of the penalty law for it."""
    acts = [
        *(["penalty"] if what.punishes else []),
        *(["withdrawal"] if what.withdraw_permit else []),
        *(["penalty_decision"] if what.punishes else []),
    ]
    return words.articles([cite for act in acts for cite in rules.acts[act]], rules)


def _measures(
    case: FraudCase, what: Measures, words: Writer, rules: Policy, ended_on: date | None = None
) -> tuple[Measure, ...]:
    penalty, withdrawal = (tuple(Cite(cite) for cite in rules.acts[act]) for act in ("penalty", "withdrawal"))
    most = MOST_FINE_UNDER_18 if _age(case) < penalties.LIGHTER_UNDER else MOST_FINE
    made = []
    if what.warning:
        made.append(Measure(words.say("fraud.warning"), penalty))
    if what.fine_yuan:
        made.append(Measure(words.say("fraud.fine", n=what.fine_yuan, most=most), penalty))
    if what.withdraw_permit and case.permit:
        key = "fraud.withdraw_on" if ended_on else "fraud.withdraw"
        made.append(Measure(words.say(key, permit=case.permit.number, day=ended_on), withdrawal))
    return tuple(made)


def _saying(act: str, words: Writer, rules: Policy, key: str = "", **about: object) -> str:
    return words.say(f"fraud.{key or act}", articles=words.articles(rules.acts[act], rules), **about)


def _hearing(case: FraudCase, words: Writer, rules: Policy) -> str:
    """That a hearing can be asked for, and until when; or that none is provided for this."""
    if case.hearing is None:
        return _saying("hearing", words, rules)
    return _saying("hearing", words, rules, "hearing_offered", by=case.hearing.ask_by)


def _lighter(case: FraudCase, what: Measures, words: Writer, rules: Policy) -> list[str]:
    age = _age(case)
    if age < penalties.NOT_PUNISHED_UNDER:
        return [_saying("no_penalty_minor", words, rules, "under_14")]
    return [_saying("lighter", words, rules)] if age < penalties.LIGHTER_UNDER and what.punishes else []


def _would_follow(words: Writer, rules: Policy) -> str:
    return _saying("record", words, rules, "would_follow", years=fraud.YEARS_WITHOUT_POINTS)


def _follows(case: FraudCase, made: Measures, words: Writer, rules: Policy) -> Iterator[str]:
    if made.fine_yuan:
        about = {"days": fraud.DAYS_TO_PAY, "percent": fraud.PERCENT_A_DAY}
        yield _saying("payment", words, rules, "pay", **about)
    yield _saying("record", words, rules, "recorded")
    yield words.say("fraud.points", until=_barred_until(case))
    if made.withdraw_permit:
        yield words.say("fraud.anew")
    if made.punishes:
        yield _saying("not_stayed", words, rules)


def _barred_until(case: FraudCase) -> date:
    """What the decision said, also after the row has let it go because the decision was set aside."""
    assert case.decided_on is not None
    return calendar.add_months(case.decided_on, 12 * fraud.YEARS_WITHOUT_POINTS)


def _heard(case: FraudCase, words: Writer) -> tuple[str, str]:
    """When and on what the party was heard, and what they said."""
    about = {"told": case.told_on, "by": case.statement_by, "on": case.heard_on}
    if case.statement:
        return words.say("fraud.heard_said", **about), case.statement
    return words.say("fraud.heard_nothing", **about), ""
