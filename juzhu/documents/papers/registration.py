"""居住登记凭证: whom, by which organ and when; the residence counts from that day.

Source: Hangzhou art. 13: it names the person, the registering organ and the time of registration.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from juzhu.documents.kinds import Kind
from juzhu.documents.papers.base import Paper, Writer, writer
from juzhu.documents.papers.confirmation import Entry
from juzhu.operations.rules import in_force
from juzhu.operations.writing import Language, document_day
from juzhu.registration.models import Registration


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate(Paper):
    """`pending`: what is said while nobody has confirmed who it is; "" else."""

    opening: str
    entries: tuple[Entry, ...]
    pending: str
    after: str


def certificate(row: Registration, lang: Language) -> Certificate:
    """The certificate of one registration as it stands."""
    words = writer(lang)
    rules = in_force(row.registered_on).parameters
    return Certificate(
        **words.letterhead(
            Kind.REGISTRATION,
            number=row.number,
            on=row.registered_on,
            addressee=row.person.name,
            area=row.subdistrict,
        ),
        title=words.say("registration.title"),
        opening=words.say("registration.opening_moved" if row.follows_id else "registration.opening"),
        entries=_entries(row, words),
        pending=words.say("registration.pending_text") if not row.person.identity_number else "",
        after=words.say("registration.after", from_day=row.registered_on, change_days=rules.change_days),
    )


def said_by(row: Registration) -> str:
    """What stands on it, as eight signs: another word is another paper, and the earlier one is replaced."""
    person = row.person
    said = (person.name, person.identity_number, row.full_address, str(row.ended_on or ""))
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:8]


def _entries(row: Registration, words: Writer) -> tuple[Entry, ...]:
    person, place = row.person, row.place
    pending = words.say("registration.pending")
    rows = [
        Entry(words.say("slip.name"), person.name, chinese=True),
        Entry(words.say("common.identity_number"), person.identity_number or pending),
        Entry(words.say("registration.address"), row.full_address, chinese=True),
        Entry(words.say("registration.arrived_on"), document_day(row.arrived_on, words.lang)),
        Entry(words.say("registration.registered_on"), document_day(row.registered_on, words.lang)),
        Entry(words.say("registration.organ"), place.station(words.lang)),
        Entry(words.say("registration.number"), row.number),
    ]
    if row.ended_on is not None:
        rows.append(Entry(words.say("registration.ended_on"), document_day(row.ended_on, words.lang)))
    return tuple(rows)
