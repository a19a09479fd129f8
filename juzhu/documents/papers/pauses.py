"""办理期限中止告知书: why time is not counted, and for how long about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from juzhu.documents.kinds import Kind
from juzhu.documents.papers.base import Cite, Paper, writer
from juzhu.operations.writing import Language
from juzhu.permits.models import Pause


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseNotice(Paper):
    """Source: Administrative Licensing Law art. 45, by analogy."""

    opening: str
    reason: str
    note: str
    began_on: date
    expected: str
    expected_until: date
    due_on: date | None
    after: str
    cites: tuple[Cite, ...]


def pause(found: Pause, lang: Language) -> PauseNotice:
    """One pause, as it began."""
    application, words = found.application, writer(lang)
    number = application.number or ""
    earlier = application.pauses.filter(pk__lt=found.pk).count()
    about = {"matter": words.matter(application), "case": number, "began": found.began_on}
    known = found.reason if words.has(f"reasons.{found.reason}") else "other"
    return PauseNotice(
        **words.letterhead(
            Kind.PAUSE,
            number=number + (f"-{earlier + 1}" if earlier else ""),
            on=found.began_on,
            addressee=application.person.name,
            area=application.area,
        ),
        title=words.say("pause.title"),
        opening=words.say("pause.opening", accepted=application.accepted_on, **about)
        if application.accepted_on
        else words.say("pause.not_accepted", **about),
        reason=words.say(f"reasons.{known}"),
        note=found.note,
        began_on=found.began_on,
        expected=words.say("pause.days", n=found.expected_days),
        expected_until=found.began_on + timedelta(days=found.expected_days),
        due_on=application.due_on,
        after=words.say("pause.after"),
        cites=tuple(Cite(cite) for cite in found.cites),
    )
