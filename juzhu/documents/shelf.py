"""Which papers there are about a case or a permit, on a day. Who may see the case may see its papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from juzhu.documents import papers
from juzhu.documents.kinds import Kind
from juzhu.documents.papers import Paper
from juzhu.documents.papers.base import latest
from juzhu.operations.writing import Language
from juzhu.permits.actions import time_has_accepted
from juzhu.permits.models import Application, Permit, Slip
from juzhu.permits.transitions import State

Make = Callable[[Language], Paper | None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper that can be had. `slug` names it within its case or permit; `about` for ever."""

    slug: str
    kind: Kind
    about: str
    dated: date
    make: Make
    person_id: int
    application_id: int | None = None
    permit_id: int | None = None


def of_case(application: Application, today: date) -> list[Sheet]:
    """The papers of a case, oldest first; `today` says what time has done to it."""
    return sorted(_of_case(application, today), key=lambda sheet: sheet.dated)


def _of_case(application: Application, today: date) -> Iterator[Sheet]:
    case = application

    def sheet(slug: str, kind: Kind, about: str, dated: date, make: Make) -> Sheet:
        return Sheet(slug, kind, about, dated, make, case.person_id, case.pk, case.permit_id)

    for n, found in enumerate(case.notices.order_by("pk"), 1):
        slug, tail = f"notice-{n}" if n > 1 else "notice", ":extended" if found.extended else ""
        found.application = case
        yield sheet(
            slug,
            Kind.NOTICE,
            f"notice:{found.pk}{tail}",
            found.issued_on,
            lambda lang, found=found: papers.notice(found, lang),  # type: ignore[misc]
        )
    deemed = case.deemed_accepted or time_has_accepted(case, today)
    accepted_on = case.received_on if deemed else case.accepted_on
    decision = latest(case, *(["submit"] if deemed else ["accept", "submit"])) if accepted_on else None
    if accepted_on and decision:
        kind = Kind.DEEMED if deemed else Kind.RECEIPT
        about = f"{kind}:{decision.pk}"
        yield sheet("receipt", kind, about, accepted_on, lambda lang: papers.receipt(case, today, lang))
    for n, pause in enumerate(case.pauses.order_by("pk"), 1):
        slug = f"pause-{n}" if n > 1 else "pause"
        pause.application = case
        yield sheet(
            slug,
            Kind.PAUSE,
            f"pause:{pause.pk}",
            pause.began_on,
            lambda lang, pause=pause: papers.pause(pause, lang),  # type: ignore[misc]
        )
    refused = latest(case, "refuse") if case.state == State.REFUSED else None
    if refused and case.decided_on:
        kind = Kind.NON_ENDORSEMENT if case.is_endorsement else Kind.REFUSAL
        yield sheet(
            "refusal", kind, f"refusal:{refused.pk}", case.decided_on, lambda lang: papers.refusal(case, lang)
        )


def of_permit(permit: Permit) -> list[Sheet]:
    """The papers of a permit but its slips, oldest first: corrections, changes, the end."""
    return sorted(_of_permit(permit), key=lambda sheet: sheet.dated)


def _of_permit(permit: Permit) -> Iterator[Sheet]:
    def sheet(slug: str, kind: Kind, about: str, dated: date, make: Make) -> Sheet:
        return Sheet(slug, kind, about, dated, make, permit.person_id, None, permit.pk)

    for n, row in enumerate(permit.corrections.exclude(decided_on=None).order_by("decided_on", "pk"), 1):
        assert row.decided_on is not None
        row.permit = permit
        yield sheet(
            f"correction-{n}",
            Kind.CORRECTION,
            f"correction:{row.pk}",
            row.decided_on,
            lambda lang, row=row: papers.correction(row, lang),  # type: ignore[misc]
        )
    changed = permit.versions.exclude(number=1).filter(correction=None).exclude(reason="endorsed")
    for version in changed.order_by("number"):
        version.permit = permit
        yield sheet(
            f"change-{version.number}",
            Kind.CORRECTION,
            f"version:{version.pk}",
            version.made_on,
            lambda lang, version=version: papers.change(version, lang),  # type: ignore[misc]
        )
    if permit.terminated_on:
        yield sheet(
            "termination",
            Kind.TERMINATION,
            f"termination:{permit.pk}",
            permit.terminated_on,
            lambda lang: papers.termination(permit, lang),
        )


def of_slip(slip: Slip) -> Sheet:
    """The paper of a slip that was handed out."""
    return Sheet(
        "slip",
        Kind.SLIP,
        f"slip:{slip.pk}",
        slip.handed_on,
        lambda lang: papers.confirmation(slip, lang),
        slip.permit.person_id,
        None,
        slip.permit_id,
    )


def named(sheets: list[Sheet], slug: str) -> Sheet | None:
    """The sheet of that slug, or None."""
    return next((sheet for sheet in sheets if sheet.slug == slug), None)
