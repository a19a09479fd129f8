"""Which papers there are about a case or a permit, on a day. Who may see the case may see its papers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from juzhu.documents import papers
from juzhu.documents.kinds import Kind
from juzhu.documents.models import IssuedDocument
from juzhu.documents.papers import Paper
from juzhu.documents.papers.base import latest, writer
from juzhu.documents.papers.endings import closed_on, ended_on
from juzhu.documents.papers.fraud import DECIDED, title_of_decision, title_of_notice
from juzhu.documents.papers.refusals import refused_by, title_of_refusal
from juzhu.documents.papers.registration import said_by
from juzhu.operations.writing import Language
from juzhu.permits.after.fraud import tellings
from juzhu.permits.models import Application, FraudCase, Permit, Slip
from juzhu.permits.timing import time_has_accepted
from juzhu.permits.transitions import State
from juzhu.registration.models import Registration

Make = Callable[[Language], Paper | None]
REGISTRATION = "registration"
EARLIER = "common.earlier"
"""The words for a paper that does not stand any more."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper that can be had. `slug` names it within its case or permit; `about` for ever."""

    slug: str
    kind: Kind
    about: str
    dated: date
    title: str
    """The key of its title among the papers' words."""
    make: Make
    person_id: int
    application_id: int | None = None
    permit_id: int | None = None
    stands: bool = True
    """Whether what it says still holds: a decision that was set aside stays to be read."""
    code: str = ""
    """The code of the official paper, where it was given one already, as a slip is."""

    def name(self, lang: Language) -> str:
        """What it is called."""
        words = writer(lang)
        if self.title != EARLIER:
            return words.say(self.title)
        before = f"{self.kind}.title_before"
        kind = words.say(before if words.has(before) else f"{self.kind}.title")
        return words.say(EARLIER, title=kind)


def of_case(application: Application, today: date) -> list[Sheet]:
    """The papers of a case, oldest first; `today` says what time has done to it."""
    standing = list(_of_case(application, today))
    earlier = _earlier(application, {sheet.about for sheet in standing})
    return sorted([*earlier, *standing], key=lambda sheet: sheet.dated)


def _earlier(application: Application, standing: Collection[str]) -> Iterator[Sheet]:
    """Papers that were issued and are not what is so now: an acceptance that was taken back, a refusal that
    was set aside. They stay to be read, as they were made.
    """
    rows = IssuedDocument.objects.filter(application=application, language="zh").exclude(about__in=standing)
    for row in rows.order_by("pk"):
        yield Sheet(
            f"earlier-{row.pk}",
            Kind(row.kind),
            row.about,
            row.dated,
            EARLIER,
            lambda lang: None,
            application.person_id,
            application.pk,
            application.permit_id,
            stands=False,
        )


def _of_case(application: Application, today: date) -> Iterator[Sheet]:
    case = application

    def sheet(slug: str, kind: Kind, about: str, dated: date, make: Make, title: str = "") -> Sheet:
        title = title or f"{kind}.title"
        return Sheet(slug, kind, about, dated, title, make, case.person_id, case.pk, case.permit_id)

    for n, found in enumerate(case.notices.order_by("pk"), 1):
        slug, tail = f"notice-{n}" if n > 1 else "notice", ":extended" if found.extended else ""
        tail += f":moved:{found.due_on}" if found.moved_on else ""
        found.application = case
        about = f"notice:{found.pk}{tail}"
        yield sheet(slug, Kind.NOTICE, about, found.issued_on, partial(papers.notice, found))
    deemed = case.deemed_accepted or time_has_accepted(case, today)
    accepted_on = case.received_on if deemed else case.accepted_on
    decision = latest(case, *(["submit"] if deemed else ["accept", "submit"])) if accepted_on else None
    if accepted_on and decision:
        kind = Kind.DEEMED if deemed else Kind.RECEIPT
        about = f"{kind}:{decision.pk}"
        yield sheet("receipt", kind, about, accepted_on, partial(papers.receipt, case, today))
    for n, pause in enumerate(case.pauses.order_by("pk"), 1):
        slug = f"pause-{n}" if n > 1 else "pause"
        pause.application = case
        about = f"pause:{pause.pk}"
        yield sheet(slug, Kind.PAUSE, about, pause.began_on, partial(papers.pause, pause))
    closed = closed_on(case, today)
    told = case.notices.first() if closed else None
    if closed and told:
        yield sheet("lapse", Kind.LAPSE, f"lapse:{told.pk}", closed, partial(papers.lapse, case, today))
    if ended := ended_on(case):
        yield sheet("ended", Kind.ENDED, f"ended:{case.pk}", ended, partial(papers.ending, case))
    refused = refused_by(case) if case.state == State.REFUSED else None
    if refused and case.decided_on:
        ends = case.is_endorsement and refused.stage == "refuse"
        kind = Kind.NON_ENDORSEMENT if ends else Kind.REFUSAL
        about, title = f"refusal:{refused.pk}", title_of_refusal(case, refused.stage == "decline")
        yield sheet("refusal", kind, about, case.decided_on, partial(papers.refusal, case), title)


def of_permit(permit: Permit) -> list[Sheet]:
    """The papers of a permit but its slips, oldest first: corrections, changes, the end."""
    return sorted(_of_permit(permit), key=lambda sheet: sheet.dated)


def _of_permit(permit: Permit) -> Iterator[Sheet]:
    def sheet(slug: str, kind: Kind, about: str, dated: date, make: Make, title: str = "") -> Sheet:
        title = title or f"{kind}.title"
        return Sheet(slug, kind, about, dated, title, make, permit.person_id, None, permit.pk)

    for n, row in enumerate(permit.corrections.exclude(decided_on=None).order_by("decided_on", "pk"), 1):
        assert row.decided_on is not None
        row.permit = permit
        yield sheet(
            f"correction-{n}",
            Kind.CORRECTION,
            f"correction:{row.pk}",
            row.decided_on,
            partial(papers.correction, row),
            "correction.title_declined" if row.state == "declined" else "",
        )
    changed = permit.versions.exclude(number=1).filter(correction=None).exclude(reason="endorsed")
    for version in changed.order_by("number"):
        version.permit = permit
        yield sheet(
            f"change-{version.number}",
            Kind.CORRECTION,
            f"version:{version.pk}",
            version.made_on,
            partial(papers.change, version),
            "correction.title_change",
        )
    ended_on = permit.ended_on
    if ended_on:
        yield sheet(
            "termination",
            Kind.TERMINATION,
            about_end(permit, ended_on),
            ended_on,
            partial(papers.termination, permit),
        )


def about_end(permit: Permit, ended_on: date) -> str:
    """What a termination notice is about: an end that follows one which was undone has a paper of its own."""
    undone = permit.restorations.count()
    return f"termination:{permit.pk}:{ended_on}" + (f":{undone}" if undone else "")


def of_fraud(case: FraudCase) -> list[Sheet]:
    """The papers of a case of fraud: what the person was told last, then what was decided or dropped."""
    return list(_of_fraud(case))


def _of_fraud(case: FraudCase) -> Iterator[Sheet]:
    def sheet(slug: str, kind: Kind, tail: str, dated: date, title: str, make: Make) -> Sheet:
        about = f"fraud:{case.pk}:{tail}"
        return Sheet(slug, kind, about, dated, title, make, case.person_id, None, case.permit_id)

    if case.told_on:
        yield sheet(
            "notice",
            Kind.FRAUD_NOTICE,
            f"told:{tellings(case)}",
            case.told_on,
            title_of_notice(case),
            partial(papers.fraud_notice, case),
        )
    if case.state in DECIDED and case.decided_on:
        decision = sheet(
            "decision",
            Kind.FRAUD_DECISION,
            "decided",
            case.decided_on,
            title_of_decision(case),
            partial(papers.fraud_decision, case),
        )
        yield replace(decision, stands=case.state == "decided")
    if case.state == "closed" and case.decided_on:
        yield sheet(
            "closure",
            Kind.FRAUD_CLOSURE,
            "closed",
            case.decided_on,
            "fraud_closure.title",
            partial(papers.fraud_closure, case),
        )


def of_slip(slip: Slip) -> Sheet:
    """The paper of a slip that was handed out."""
    return Sheet(
        "slip",
        Kind.SLIP,
        f"slip:{slip.pk}",
        slip.handed_on,
        "slip.title",
        partial(papers.confirmation, slip),
        slip.permit.person_id,
        None,
        slip.permit_id,
        code=slip.code,
    )


def of_registration(row: Registration) -> Sheet:
    """The certificate of a registration. What it says is part of what it is about, so that it is issued anew,
    when somebody asks, after the address was mended, the identity proved, or the registration ended.
    """
    return Sheet(
        "registration",
        Kind.REGISTRATION,
        f"{REGISTRATION}:{row.pk}:{said_by(row)}",
        row.registered_on,
        "registration.title",
        partial(papers.certificate, row),
        row.person_id,
    )


def named(sheets: list[Sheet], slug: str) -> Sheet | None:
    """The sheet of that slug, or None."""
    return next((sheet for sheet in sheets if sheet.slug == slug), None)
