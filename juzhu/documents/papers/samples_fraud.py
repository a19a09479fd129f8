"""The papers of a case of fraud with sample content, without a row of the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from juzhu.documents.kinds import Kind
from juzhu.documents.papers.base import Cite, Paper, Writer
from juzhu.documents.papers.fraud import FraudClosure, FraudDecision, FraudNotice, Line, Measure
from juzhu.documents.papers.remedies import remedies
from juzhu.law import policy
from juzhu.operations.writing import document_day

RULES = policy.load("gongshu-2022")
NAME, CASE, PERMIT = "阿依努尔·买买提", "CF-2026-000012", "330105202600000042"
DAY, LATER = date(2026, 9, 30), date(2026, 10, 9)
FACTS = "租赁合同上的签名不是房东本人所签，房东说没有出租过这套房子。"
SAID = "合同是中介给的，我不知道是假的。"
REASON = "房东的陈述和现场核查一致，认定合同是假的。当事人说不知情，可以从轻，已经考虑。"
Head = Callable[[Kind], dict[str, object]]


def fraud_samples(words: Writer, head: Head) -> Iterator[Paper]:
    """One of each."""
    yield _notice(words, head(Kind.FRAUD_NOTICE))
    yield _decision(words, head(Kind.FRAUD_DECISION))
    yield _closure(words, head(Kind.FRAUD_CLOSURE))


def _told(words: Writer, act: str, key: str, **about: object) -> str:
    return words.say(f"fraud.{key}", articles=words.articles(RULES.acts[act], RULES), **about)


def _party(words: Writer) -> tuple[Line, ...]:
    return (
        Line(words.say("fraud.party"), NAME, chinese=True),
        Line(words.say("common.identity_number"), "341221********0023"),
        Line(words.say("fraud.address"), "桥弄街 6 幢 2 单元 301 室（示例）", chinese=True),
        Line(words.say("fraud.guardian"), "买买提·热合曼", chinese=True),
        Line(words.say("fraud.permit"), PERMIT),
        Line(words.say("fraud.case_number"), CASE),
        Line(words.say("fraud.committed"), document_day(DAY, words.lang)),
    )


def _evidence(words: Writer) -> tuple[str, ...]:
    findings = words.say("fraud.joined").join(
        words.say(f"fraud.{name}_false") for name in ("address", "work", "school", "identity")
    )
    return (
        words.say("fraud.evidence_papers", case="GS-2026-004172", names=words.say("fraud.facts")),
        words.say("fraud.evidence_case", case="GS-2026-004172"),
        words.say("fraud.evidence_check", day=DAY, number="HC-2026-000031")
        + words.say("fraud.evidence_findings", findings=findings)
        + words.say("fraud.evidence_photos", n=3),
    )


def _measures(words: Writer, ended_on: date | None = None) -> tuple[Measure, ...]:
    penalty, withdrawal = (tuple(Cite(cite) for cite in RULES.acts[act]) for act in ("penalty", "withdrawal"))
    return (
        Measure(words.say("fraud.warning"), penalty),
        Measure(words.say("fraud.fine", n=150, most=200), penalty),
        Measure(words.say("fraud.withdraw_on", permit=PERMIT, day=ended_on), withdrawal)
        if ended_on
        else Measure(words.say("fraud.withdraw", permit=PERMIT), withdrawal),
    )


def _notice(words: Writer, head: dict[str, object]) -> FraudNotice:
    articles = words.articles((*RULES.acts["penalty"], *RULES.acts["withdrawal"]), RULES)
    return FraudNotice(
        **head,  # type: ignore[arg-type]
        title=words.say("fraud_notice.title"),
        opening=_told(words, "telling", "told", opened=DAY),
        party=_party(words),
        facts_opening=words.say("fraud.found"),
        facts=FACTS,
        evidence=_evidence(words),
        proposed=words.say("fraud.proposed_under", articles=articles),
        measures=_measures(words),
        follows=(_told(words, "lighter", "lighter"), _told(words, "record", "would_follow", years=5)),
        statement_by=LATER,
        statement=words.say("fraud.statement", by=LATER),
        statement_where=words.say(
            "fraud.statement_where", station="拱宸桥派出所", address="示例地址", phone="0571-0000"
        ),
        rights=(
            words.say("fraud.not_heavier"),
            words.say("fraud.silence"),
            _told(words, "challenge", "challenge"),
            _told(words, "hearing", "hearing"),
        ),
    )


def _decision(words: Writer, head: dict[str, object]) -> FraudDecision:
    acts = ("penalty", "withdrawal", "penalty_decision")
    articles = words.articles([cite for act in acts for cite in RULES.acts[act]], RULES)
    return FraudDecision(
        **head,  # type: ignore[arg-type]
        title=words.say("fraud_decision.title"),
        party=_party(words),
        facts_opening=words.say("fraud.found"),
        facts=FACTS,
        evidence=(*_evidence(words), words.say("fraud.evidence_statement")),
        heard=words.say("fraud.heard_said", told=DAY, by=LATER, on=LATER),
        said=SAID,
        reason=REASON,
        verdict=words.say("fraud.decided", articles=articles),
        measures=_measures(words, DAY),
        follows=(
            _told(words, "payment", "pay", days=15, percent=3),
            _told(words, "record", "recorded"),
            words.say("fraud.points", until=date(2031, 9, 30)),
            words.say("fraud.anew"),
            _told(words, "not_stayed", "not_stayed"),
        ),
        points_barred_until=date(2031, 9, 30),
        remedies=remedies(DAY, words, RULES),
    )


def _closure(words: Writer, head: dict[str, object]) -> FraudClosure:
    return FraudClosure(
        **head,  # type: ignore[arg-type]
        title=words.say("fraud_closure.title"),
        party=_party(words),
        facts_opening=words.say("fraud.suspected", opened=DAY),
        facts=FACTS,
        evidence=_evidence(words),
        heard=words.say("fraud.heard_nothing", told=DAY, by=LATER, on=LATER),
        said="",
        reason="房东后来找到了合同原件，签名属实。",
        verdict=words.say("fraud.closed", articles=words.articles(RULES.acts["no_penalty"], RULES)),
        follows=(_told(words, "no_penalty_minor", "under_14"), words.say("fraud.unharmed")),
        remedies=remedies(DAY, words, RULES),
    )
