"""申请终结告知书: an application that was closed without a decision, by its supplement's term or by a fact.

Who would not complete an application is refused (Hangzhou art. 17, `refusals`); who let the term go by has
refused nothing, so that nothing is decided against them: it is closed, and what they have they keep.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from juzhu.documents.kinds import Kind
from juzhu.documents.papers.base import Cite, Paper, Writer, latest, writer
from juzhu.documents.papers.remedies import Remedy, remedies
from juzhu.documents.papers.supplements import notice
from juzhu.law import lifecycle, policy
from juzhu.law.policy import Policy
from juzhu.operations.clock import SHANGHAI
from juzhu.operations.rules import changes, in_force
from juzhu.operations.writing import Language
from juzhu.permits.models import Application
from juzhu.permits.timing import fact_has_ended, time_has_lapsed
from juzhu.permits.transitions import State

TOLD_OF = frozenset({"local_household", "fraud"})
"""The facts of which the applicant is told: nobody writes to the dead, and their representative's power has
ended with them (Civil Code art. 173).
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing of the notice that was not handed in. `note` is the officer's own, and Chinese."""

    name: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse(Paper):
    """Source: Hangzhou art. 17; notice 2(1)3, as the pack reads it (interpretation `supplement_period`)."""

    opening: str
    due_on: date
    asked: tuple[Asked, ...]
    closed: str
    kept: tuple[str, ...]
    again: str
    cites: tuple[Cite, ...]
    remedies: tuple[Remedy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending(Paper):
    """Source: Hangzhou art. 2, 21; Zhejiang art. 36."""

    opening: str
    reason: str
    after: str
    cites: tuple[Cite, ...]
    remedies: tuple[Remedy, ...]


def closed_on(application: Application, today: date) -> date | None:
    """The day on which the supplement's term closed it, whether or not a job wrote it down; None while it has
    not, and where a fact has ended it.
    """
    by = application.supplement_by
    by_time = time_has_lapsed(application, today) and not fact_has_ended(application, today)
    lapsed = application.state == State.LAPSED or by_time
    return by + timedelta(days=1) if lapsed and by else None


def lapse(application: Application, today: date, lang: Language) -> Lapse | None:
    """The notice that nothing was handed in by the term; None where it did not go by."""
    day, told = closed_on(application, today), application.notices.first()
    if day is None or told is None:
        return None
    words, rules = writer(lang), policy.load(application.policy_id)
    told.application = application
    asking = notice(told, lang)
    ends = application.is_endorsement
    own = (*rules.provisions["supplement_days"], *rules.acts["lapse"])
    head = words.letterhead(
        Kind.LAPSE,
        number=application.number or "",
        on=day,
        addressee=application.person.name,
        area=application.area,
    )
    closed = words.say("lapse.closed", due=told.due_on, day=day)
    return Lapse(
        **head,
        title=words.say("lapse.title"),
        opening=words.say(
            "lapse.opening",
            sent=_sent(application, told.issued_on),
            matter=words.matter(application),
            case=application.number,
            told=told.issued_on,
            notice=asking.number,
            due=told.due_on,
        ),
        due_on=told.due_on,
        asked=tuple(Asked(item.name, item.note) for item in asking.needed),
        closed=words.together(
            *([words.say("lapse.extended")] if told.extended else []), closed, words.say("lapse.not_refused")
        ),
        kept=(
            words.together(words.say("lapse.registration"), *_time(application, words)),
            words.say("lapse.papers"),
            *(_permit(application, day, words) if ends else ()),
        ),
        again=words.say("lapse.again", station=head["station"]),
        cites=tuple(Cite(cite) for cite in (*own, *(rules.acts["suspension"] if ends else ()))),
        remedies=remedies(day, words, rules, "closing"),
    )


def ended_on(application: Application) -> date | None:
    """The day on which a fact closed what had been filed, where the applicant is told of it; else None."""
    told = application.state == State.ENDED and application.number and application.reason in TOLD_OF
    return application.decided_on if told else None


def ending(application: Application, lang: Language) -> Ending | None:
    """The notice that a fact has closed it; None where it has not, or where nobody is told of it."""
    day, why = ended_on(application), application.reason
    if day is None:
        return None
    words, rules = writer(lang), policy.load(application.policy_id)
    head = words.letterhead(
        Kind.ENDED,
        number=application.number or "",
        on=day,
        addressee=application.person.name,
        area=application.area,
    )
    about = {"case": application.number, "day": day, "matter": words.matter(application)}
    permit = application.permit.number if application.permit else ""
    since = application.person.local_since or day
    after = "ended.after_fraud" if why == "fraud" else "ended.mistake"
    return Ending(
        **head,
        title=words.say("ended.title"),
        opening=words.say("ended.opening", sent=_sent(application, day), **about),
        reason=words.say(f"ended.{why}", since=since, permit=permit),
        after=words.together(words.say("ended.nothing_decided"), words.say(after, station=head["station"])),
        cites=tuple(Cite(cite) for cite in _ended_under(why, rules)),
        remedies=remedies(day, words, rules, "closing"),
    )


def _ended_under(why: str, rules: Policy) -> tuple[str, ...]:
    return rules.acts["termination_fraud" if why == "fraud" else "ended"]


def _sent(application: Application, otherwise: date) -> date:
    sent = application.submitted_at
    return sent.astimezone(SHANGHAI).date() if sent else otherwise


def _time(application: Application, words: Writer) -> list[str]:
    """Since when residence counts, as the decision that asked had found it."""
    asked = latest(application, "request_supplement")
    findings = asked.answer["findings"] if asked else []
    since = next((row.get("since") for row in findings if row["code"] == "residence_half_year"), None)
    return [words.say("lapse.time", since=date.fromisoformat(since))] if since else []


def _permit(application: Application, day: date, words: Writer) -> list[str]:
    """What becomes of the permit that was to be endorsed."""
    permit = application.permit
    if permit is None:
        return []
    standing = lifecycle.status(permit.dates(), in_force(day), day, of_day=changes())
    about: dict[str, object] = {"permit": permit.number}
    if standing.status == "suspended":
        return [words.say("lapse.suspended", day=standing.suspended_from, **about)]
    if standing.status == "active":
        return [words.say("lapse.active", until=standing.valid_until, last=standing.last_day, **about)]
    return []
