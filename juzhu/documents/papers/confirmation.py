"""《浙江省居住证确认单》: what the electronic permit says, on paper, on one day.

Source: notice 2(2)4, 2(2)5; the entries are those of State Council order 663 art. 4.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import override

from juzhu.credentials.queries import licence_of
from juzhu.documents.kinds import Kind
from juzhu.documents.papers.base import LANGUAGE_CODES, Paper, Writer, writer
from juzhu.documents.sealing.port import sealer
from juzhu.operations.rules import in_force
from juzhu.operations.writing import Language, document_day
from juzhu.people.ethnic_groups import ethnic_group_name
from juzhu.people.models import Sex
from juzhu.permits.models import PermitVersion, Slip


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the slip. `chinese`: its value is Chinese in either language."""

    label: str
    value: str
    chinese: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation(Paper):
    """`photo` is the stored picture's name, or empty. `state` is active, suspended or terminated. `offline`
    is the signed code of what the permit says, for a checker without a connection; empty without one.
    """

    opening: str
    permit_number: str
    entries: tuple[Entry, ...]
    validity: tuple[Entry, ...]
    handing: tuple[Entry, ...]
    state: str
    photo: str
    offline: str
    after: str
    seal_note: str
    """What an electronic seal without legal force says of itself; empty where none is on the paper."""


def confirmation(slip: Slip, lang: Language) -> Confirmation:
    """A slip as it was handed out: the status is that of its own day."""
    words, version, permit = writer(lang), slip.version, slip.permit
    status = permit.status(in_force(slip.handed_on), slip.handed_on)
    licence = licence_of(version)
    under_review = status.status == "active" and status.under_review
    return Confirmation(
        **words.letterhead(
            Kind.SLIP, number=slip.number, on=slip.handed_on, addressee=version.name, area=permit.area
        ),
        title=words.say("slip.title"),
        opening=words.say("slip.opening"),
        permit_number=permit.number,
        entries=_entries(version, words),
        validity=(
            Entry(words.say("slip.permit"), permit.number),
            Entry(words.say("slip.issuer"), words.desk.district.office.name.in_(lang)),
            Entry(words.say("slip.issued_on"), document_day(version.issued_on, lang)),
            Entry(words.say("slip.valid_until"), document_day(version.valid_until, lang)),
            Entry(
                words.say("slip.status"),
                words.say(f"slip.{'under_review' if under_review else status.status}", day=slip.handed_on),
            ),
            Entry(words.say("slip.version"), words.say("slip.version_number", n=version.number)),
        ),
        handing=(Entry(words.say("slip.handed_to"), _handed_to(slip, words)),),
        state=status.status,
        photo=version.photo.name if version.photo else "",
        offline=licence.offline_code if licence else "",
        after=words.say("slip.after"),
        seal_note=seal_note(words),
    )


def seal_note(words: Writer) -> str:
    """What the seal must say of itself on the paper in that language."""
    found = sealer()
    return words.say("slip.development_seal") if found and found.development else ""


def _entries(version: PermitVersion, words: Writer) -> tuple[Entry, ...]:
    with override(LANGUAGE_CODES[words.lang]):
        sex = str(Sex(version.sex).label)
    rows = [
        Entry(words.say("slip.name"), version.name, chinese=True),
        Entry(words.say("slip.sex"), sex),
        Entry(words.say("slip.ethnic_group"), ethnic_group_name(version.ethnic_group, words.lang)),
        Entry(words.say("slip.born"), document_day(version.born, words.lang)),
        Entry(words.say("common.identity_number"), version.identity_number),
        Entry(words.say("slip.household_address"), version.household_address or "—", chinese=True),
        Entry(words.say("slip.residence_address"), version.residence_address, chinese=True),
    ]
    if version.workplace:
        rows.append(Entry(words.say("slip.workplace"), version.workplace, chinese=True))
    return tuple(rows)


def _handed_to(slip: Slip, words: Writer) -> str:
    if slip.handed_to == "agent":
        return words.say("slip.to_agent", name=slip.agent_name)
    return words.say("slip.to_holder")
