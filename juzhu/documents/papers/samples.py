"""Every paper with sample content, without a row of the database: to look at templates and to check them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from juzhu.documents.kinds import Kind
from juzhu.documents.papers.acceptance import Receipt, Received
from juzhu.documents.papers.base import Cite, Paper, Writer, writer
from juzhu.documents.papers.changes import Change, Correction, Termination
from juzhu.documents.papers.confirmation import Confirmation, Entry, seal_note
from juzhu.documents.papers.endings import Asked, Ending, Lapse
from juzhu.documents.papers.pauses import PauseNotice
from juzhu.documents.papers.refusals import Refusal, Unmet
from juzhu.documents.papers.registration import Certificate
from juzhu.documents.papers.remedies import remedies
from juzhu.documents.papers.samples_fraud import fraud_samples
from juzhu.documents.papers.supplements import Needed, Notice
from juzhu.law import policy
from juzhu.operations.writing import Language, document_day

NAME, CASE, PERMIT = "阿依努尔·买买提", "GS-2026-004172", "330105202600000042"
DAY, LATER = date(2026, 9, 30), date(2026, 10, 15)
SAMPLE_CODE = "JZ1:" + "0" * 360
"""As long as one for a common name; it is nobody's."""
AREA, FRAUD = "330105005", "CF-2026-000012"
RULES = policy.load("gongshu-2022")


def samples(lang: Language) -> Iterator[Paper]:
    """One paper of each kind."""
    words = writer(lang)
    yield _receipt(words, Kind.RECEIPT)
    yield _receipt(words, Kind.DEEMED)
    yield _notice(words)
    yield _refusal(words, Kind.REFUSAL)
    yield _refusal(words, Kind.NON_ENDORSEMENT)
    yield _lapse(words)
    yield _ended(words)
    yield _pause(words)
    yield _correction(words)
    yield _termination(words)
    yield _registration(words)
    yield from fraud_samples(words, lambda kind: _head(words, kind, FRAUD))
    yield _slip(words)


def _head(words: Writer, kind: Kind, of: str = CASE) -> dict[str, object]:
    return words.letterhead(kind, number=of, on=DAY, addressee=NAME, area=AREA)


def _route(words: Writer) -> str:
    return {"zh": "合法稳定就业", "en": "stable employment"}[words.lang]


def _matter(words: Writer) -> str:
    return words.say("common.first", route=_route(words))


def _receipt(words: Writer, kind: Kind) -> Receipt:
    return Receipt(
        **_head(words, kind),  # type: ignore[arg-type]
        title=words.say(f"{kind}.title"),
        identity_number="341221********0023",
        matter=_matter(words),
        case_number=CASE,
        opening=words.say("deemed.opening", examine_by=LATER, received_on=DAY)
        if kind == Kind.DEEMED
        else words.say("receipt.opening"),
        received_on=DAY,
        accepted_on=DAY,
        due_on=LATER,
        received=(
            Received(words.say("receipt.identity"), words.say("receipt.population_register"), 0),
            Received(words.say("receipt.application_form"), words.say("receipt.applicant_gave"), 2),
        ),
        term=words.say("receipt.term", days=15, day=LATER),
        free=words.say("common.free"),
        cites=(Cite("zhejiang-2016:18"),),
    )


def _notice(words: Writer) -> Notice:
    needed = Needed(
        "lease_one_year",
        words.say("receipt.material"),
        words.say("receipt.material"),
        words.say("notice.what"),
        "第 3 页（签名页）没有拍到。",
        words.say("notice.you"),
        (Cite("notice:2.1.2"),),
    )
    return Notice(
        **_head(words, Kind.NOTICE),  # type: ignore[arg-type]
        title=words.say("notice.title"),
        opening=words.say("notice.opening_first", sent=DAY, route=_route(words), case=CASE, due=LATER),
        due_on=LATER,
        needed=(needed, needed),
        where=words.say("notice.online", station="拱宸桥派出所"),
        late=words.say("notice.late", days=15),
        extended=words.say("notice.extended", due=LATER),
        closing=words.say("notice.closing"),
    )


def _refusal(words: Writer, kind: Kind) -> Refusal:
    ended = kind == Kind.NON_ENDORSEMENT
    cites = (Cite("notice:2.1.2"), Cite("licensing-law:38"))
    return Refusal(
        **_head(words, kind),  # type: ignore[arg-type]
        title=words.say("non_endorsement.title" if ended else "refusal.title_after"),
        party=words.say("common.holder" if ended else "common.applicant"),
        identity_number="341221********0023",
        facts=words.say("refusal.filed_first", sent=DAY, route=_route(words), as_of=DAY),
        unmet=(Unmet("insured_one_year", words.say("refusal.facts"), words.say("refusal.facts"), cites),),
        reason="社会保险不满一年。",
        cites=cites,
        verdict=words.say(
            "non_endorsement.verdict" if ended else "refusal.verdict_after",
            articles=words.articles(cites, RULES),
        ),
        effect=words.say("non_endorsement.ends", permit=PERMIT, day=DAY)
        if ended
        else words.say("refusal.again"),
        remedies=remedies(DAY, words, RULES),
        earliest=None,
    )


def _lapse(words: Writer) -> Lapse:
    item = Asked(words.say("receipt.material"), "第 3 页（签名页）没有拍到。")
    return Lapse(
        **_head(words, Kind.LAPSE),  # type: ignore[arg-type]
        title=words.say("lapse.title"),
        opening=words.say(
            "lapse.opening", sent=DAY, matter=_matter(words), case=CASE, told=DAY, notice=CASE, due=LATER
        ),
        due_on=LATER,
        asked=(item, item),
        closed=words.together(
            words.say("lapse.extended"),
            words.say("lapse.closed", due=LATER, day=LATER),
            words.say("lapse.not_refused"),
        ),
        kept=(
            words.together(words.say("lapse.registration"), words.say("lapse.time", since=DAY)),
            words.say("lapse.papers"),
            words.say("lapse.active", permit=PERMIT, until=LATER, last=LATER),
            words.say("lapse.suspended", permit=PERMIT, day=LATER),
        ),
        again=words.say("lapse.again", station="拱宸桥派出所"),
        cites=(Cite("notice:2.1.3"), Cite("hangzhou-2018:17.1.3")),
        remedies=remedies(DAY, words, RULES, "closing"),
    )


def _ended(words: Writer) -> Ending:
    return Ending(
        **_head(words, Kind.ENDED),  # type: ignore[arg-type]
        title=words.say("ended.title"),
        opening=words.say("ended.opening", sent=DAY, matter=_matter(words), case=CASE, day=LATER),
        reason=words.together(
            words.say("ended.local_household", since=DAY), words.say("ended.fraud", permit=PERMIT)
        ),
        after=words.together(
            words.say("ended.nothing_decided"),
            words.say("ended.mistake", station="拱宸桥派出所"),
            words.say("ended.after_fraud"),
        ),
        cites=(Cite("hangzhou-2018:2.2"),),
        remedies=remedies(DAY, words, RULES, "closing"),
    )


def _pause(words: Writer) -> PauseNotice:
    return PauseNotice(
        **_head(words, Kind.PAUSE),  # type: ignore[arg-type]
        title=words.say("pause.title"),
        opening=words.say("pause.opening", matter=_matter(words), case=CASE, accepted=DAY, began=DAY),
        reason=words.say("reasons.inspection"),
        note="委托鉴定。",
        began_on=DAY,
        expected=words.say("pause.days", n=15),
        expected_until=LATER,
        due_on=LATER,
        after=words.say("pause.after"),
        cites=(Cite("licensing-law:45"),),
    )


def _correction(words: Writer) -> Correction:
    return Correction(
        **_head(words, Kind.CORRECTION),  # type: ignore[arg-type]
        title=words.say("correction.title"),
        opening=words.say("correction.opening", filed=DAY, case=CASE, permit=PERMIT),
        permit_number=PERMIT,
        now_heading=words.say("correction.now"),
        changes=(Change(words.say("slip.residence_address"), "桥弄街 6 幢", "桥弄街 8 幢"),),
        reason="经核对身份证，属实。",
        after=words.say("correction.after", version=2),
        remedies=remedies(DAY, words, RULES),
        cites=(Cite("hangzhou-2018:18.2"),),
    )


def _termination(words: Writer) -> Termination:
    return Termination(
        **_head(words, Kind.TERMINATION, PERMIT),  # type: ignore[arg-type]
        title=words.say("termination.title"),
        opening=words.say("termination.opening", permit=PERMIT, day=DAY),
        permit_number=PERMIT,
        issued_on=DAY,
        ended_on=DAY,
        reason=words.say("termination.local_household"),
        after=words.say("termination.after"),
        remedies=remedies(DAY, words, RULES, "ending"),
        cites=(Cite("hangzhou-2018:21.0.2"),),
    )


def _slip(words: Writer) -> Confirmation:
    return Confirmation(
        **_head(words, Kind.SLIP),  # type: ignore[arg-type]
        title=words.say("slip.title"),
        opening=words.say("slip.opening"),
        permit_number=PERMIT,
        entries=(
            Entry(words.say("slip.name"), NAME, chinese=True),
            Entry(words.say("slip.born"), document_day(date(1993, 8, 17), words.lang)),
            Entry(words.say("slip.residence_address"), "桥弄街 6 幢 2 单元 301 室（示例）", chinese=True),
        ),
        validity=(
            Entry(words.say("slip.permit"), PERMIT),
            Entry(words.say("slip.status"), words.say("slip.active", day=DAY)),
        ),
        handing=(Entry(words.say("slip.handed_to"), words.say("slip.to_holder")),),
        state="active",
        photo="",
        offline=SAMPLE_CODE,
        after=words.say("slip.after"),
        seal_note=seal_note(words),
    )


def _registration(words: Writer) -> Certificate:
    return Certificate(
        **_head(words, Kind.REGISTRATION, "DJ-2026-000172"),  # type: ignore[arg-type]
        title=words.say("registration.title"),
        opening=words.say("registration.opening"),
        entries=(
            Entry(words.say("slip.name"), NAME, chinese=True),
            Entry(words.say("common.identity_number"), words.say("registration.pending")),
            Entry(words.say("registration.address"), "拱宸桥街道桥弄街 6 幢 2 单元 301 室", chinese=True),
            Entry(words.say("registration.registered_on"), document_day(DAY, words.lang)),
            Entry(words.say("registration.ended_on"), document_day(LATER, words.lang)),
        ),
        pending=words.say("registration.pending_text"),
        after=words.say("registration.after", from_day=DAY, change_days=10),
    )
