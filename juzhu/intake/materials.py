"""上传材料: which papers an application still wants; what is known already (`known`) stands before them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from juzhu.design import forms as drawing
from juzhu.design.formats import language
from juzhu.evidence.kinds import PROVES, Kind
from juzhu.evidence.models import Evidence
from juzhu.evidence.queries import standing
from juzhu.intake.forms.materials import PaperForm
from juzhu.intake.known import Known, known_of
from juzhu.intake.slots import BY_LEAF, DWELLING_KINDS, HALF_YEAR, SLOTS, Slot
from juzhu.law.eligibility import Answer, Finding
from juzhu.operations.models import StoredFile
from juzhu.permits.bureaus import Awaited, awaited
from juzhu.permits.facts import Situation
from juzhu.permits.models import Application


@dataclass(slots=True)
class Item:
    """One paper as it stands for this application: what was handed in, what was kept aside, its form."""

    slot: Slot
    findings: list[Finding]
    piece: Evidence | None
    waiting: list[StoredFile]
    form: PaperForm
    note: str = ""
    """What the officer wrote about it in the one-off notice."""
    either: bool = False
    """Whether another paper would do instead."""
    spare: bool = False
    """Whether it is for people who live otherwise than they registered, and asked of nobody else."""
    awaited: Awaited | None = None
    """Who is asked about it: then it is not asked for, but may be handed in."""

    @property
    def key(self) -> str:
        """The slot's key: prefix of the fields, id on the page."""
        return self.slot.key

    @property
    def returned(self) -> bool:
        """Whether an officer has asked for it anew."""
        return self.piece is not None and self.piece.judgement in {"insufficient", "disproved"}

    @property
    def settled(self) -> bool:
        """Whether an officer has looked and was content: nothing more to do."""
        return self.piece is not None and self.piece.judgement == "good"

    @property
    def kept(self) -> list[StoredFile]:
        """Files that go along with whatever is added now."""
        own = list(self.piece.files.all()) if self.piece is not None and not self.returned else []
        return [*own, *self.waiting]

    @property
    def handed_in(self) -> bool:
        """Whether it is complete: files and what has to be typed."""
        return self.piece is not None and not self.returned and not self.waiting

    @property
    def folded(self) -> bool:
        """Whether the fields are behind a line to press: somebody else sees to it and nothing is here yet."""
        return self.optional and not self.kept and not self.returned and not self.form.is_bound

    @property
    def optional(self) -> bool:
        """Whether the fields stand behind a line to press: somebody else sees to it, a landlord or a bureau
        that is asked, or only some people need it.
        """
        return self.slot.by_others or self.spare or self.awaited is not None

    @property
    def problems(self) -> list[Finding]:
        """What the paper that was handed in does not fulfil."""
        return [finding for finding in self.findings if finding.state == "unmet" and self.handed_in]


Choice = Literal["", "home", "homes", "one"]
"""Which papers will do instead of others: by an own or a rented home, by every kind of home, any one."""


@dataclass(slots=True)
class Desk:
    """All papers of an application, on one page."""

    items: list[Item] = field(default_factory=list)
    choice: Choice = ""
    known: list[Known] = field(default_factory=list)

    @property
    def forms(self) -> list[PaperForm]:
        """For the error summary."""
        return [item.form for item in self.items]

    @property
    def faulty(self) -> bool:
        """Whether anything has to be mended."""
        return any(item.form.errors for item in self.items if item.form.is_bound)

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Rows of the error summary; each names its paper."""
        rows: list[tuple[str, str]] = []
        for item in self.items:
            if not item.form.is_bound:
                continue
            name = str(item.slot.name) + ("：" if language() == "zh" else ": ")
            for text in item.form.errors.get("files", []):
                rows.append((f"id_{item.key}-files", name + str(text)))
            for target, text in drawing.summary(item.form):
                if target != f"id_{item.key}-files":
                    rows.append((target or f"paper-{item.key}", name + text))
        return rows

    @property
    def to_do(self) -> list[Item]:
        """What is not handed in yet, and is asked for."""
        return [item for item in self.items if not item.handed_in and not item.spare and item.awaited is None]

    @property
    def either(self) -> list[Item]:
        """The papers of which some will do instead of others."""
        return [item for item in self.items if item.either]

    @property
    def nothing_asked(self) -> bool:
        """Whether there are only papers that somebody may hand in, and nothing was."""
        return all(item.spare and not item.kept for item in self.items)

    @property
    def only_checking(self) -> bool:
        """Whether bureaus are asked about all that is not here yet."""
        return not self.to_do and any(item.awaited and not item.handed_in for item in self.items)


def desk_of(
    application: Application,
    answer: Answer,
    seen: Situation,
    today: date,
    *,
    asked: Mapping[str, str] | None = None,
    sent: Mapping[str, Any] | None = None,
) -> Desk:
    """Lay out the papers. `asked`: leaf codes of a one-off notice with the officer's notes; None: all of the
    route. `sent`: what was typed into the page just now.
    """
    kept_aside = application.answers.get("partial", {}).get("materials", {})
    names = [name for row in kept_aside.values() for name in row.get("files", [])]
    waiting = {row.name: row for row in StoredFile.objects.filter(name__in=names)} if names else {}
    uploads = [piece for piece in standing(application.person_id) if piece.source == "upload"]
    desk = Desk(choice=_choice(answer), known=known_of(answer, seen, today))
    with_bureaus = awaited(answer, seen)
    spare = [*_for_other_homes(answer, seen, asked), *_lived_elsewhere(answer, uploads, asked)]
    for key, findings in (wanted(answer, seen, asked) | {key: [] for key in spare}).items():
        slot = SLOTS[key]
        aside = kept_aside.get(key, {})
        piece = _latest(slot, uploads)
        item = Item(
            slot,
            findings,
            piece,
            [waiting[name] for name in aside.get("files", []) if name in waiting],
            _form(slot, piece, aside.get("typed"), sent, today),
            note="；".join(asked[f.code] for f in findings if asked.get(f.code)) if asked else "",
            either=bool(desk.choice) and (slot.kind in DWELLING_KINDS or key in _enough(answer)),
            spare=key in spare,
            awaited=next((with_bureaus[f.code] for f in findings if f.code in with_bureaus), None),
        )
        desk.items.append(item)
    return desk


def _choice(answer: Answer) -> Choice:
    ways = answer.missing_any_of
    if ways is None:
        return ""
    if answer.route != "dwelling":
        return "one" if len(ways) > 1 else ""
    return "home" if len(ways) == 2 else "homes"


def _enough(answer: Answer) -> set[str]:
    """The slots of which one will do."""
    return {BY_LEAF[code] for way in answer.missing_any_of or () for code in way if code in BY_LEAF}


def _for_other_homes(answer: Answer, seen: Situation, asked: Collection[str] | None) -> list[str]:
    """Papers of another kind of home than the registered one: a rented home may be public housing, a
    relative's or a dormitory may be a host's. Offered until the registered kind has a paper of its own.
    """
    home = seen.facts.dwelling
    if answer.route != "dwelling" or home is None or not (asked is None or _about_home(asked)):
        return []
    kinds = answer.findings[0].look.on.policy.routes.dwelling.kinds
    shown = seen.proof.by_kind
    if home.tenure == "rented" and "public_rental" in kinds and Kind.LEASE not in shown:
        return ["public_rental"]
    if home.tenure == "relative" and "lodging" in kinds and Kind.KINSHIP not in shown:
        return ["lodging"]
    if home.tenure == "dormitory" and "lodging" in kinds and Kind.DORMITORY not in shown:
        return ["lodging"]
    return []


def _lived_elsewhere(answer: Answer, uploads: list[Evidence], asked: Collection[str] | None) -> list[str]:
    """The paper of a residence in another district of the city, which joins to the one here: offered to whom
    the half year lacks, and as long as they have handed one in. Source: requirements C01, CF17.
    """
    shown = any(piece.kind == Kind.RESIDENCE_ELSEWHERE for piece in uploads)
    lacks = any(f.code == HALF_YEAR and f.state != "met" for f in answer.findings)
    about = asked is None or {"other", HALF_YEAR} & set(asked)
    return ["residence_elsewhere"] if about and (shown or lacks) else []


def wanted(answer: Answer, seen: Situation, asked: Collection[str] | None = None) -> dict[str, list[Finding]]:
    """The slots to show, in the tree's order, each with the conditions it proves.

    Nothing that a department has said already, and nothing that the law does not ask of this person.
    """
    found: dict[str, list[Finding]] = {}
    home_unknown = answer.route == "dwelling" and answer.missing_any_of is not None
    every_home = home_unknown and (asked is None or _about_home(asked))
    if every_home:
        found["title_self"] = []
    everything = asked is None or "other" in asked
    for finding in answer.findings:
        if finding.code not in BY_LEAF or not (everything or finding.code in (asked or ())):
            continue
        if finding.state == "unproven" and seen.names_others(finding.code):
            found.setdefault("kinship", []).append(finding)
        kind = PROVES[finding.code]
        behind = seen.proof.behind(finding.code, kind)
        attested = behind is not None and behind.source == "attestation"
        if attested or (finding.state == "met" and behind is None):
            continue
        found.setdefault(BY_LEAF[finding.code], []).append(finding)
    if every_home:
        # A relative's title is handed in where a landlord's is.
        others = [key for key in SLOTS if key in _enough(answer) and key != "title_relative"]
        found |= {key: [] for key in others if key not in found}
    return found


def _about_home(asked: Collection[str]) -> bool:
    return "other" in asked or any(PROVES.get(code) in DWELLING_KINDS for code in asked)


def _latest(slot: Slot, uploads: list[Evidence]) -> Evidence | None:
    return next(
        (
            piece
            for piece in uploads
            if piece.kind == slot.kind and all(piece.says.get(name) == value for name, value in slot.fixed)
        ),
        None,
    )


def _form(
    slot: Slot,
    piece: Evidence | None,
    aside: Mapping[str, str] | None,
    sent: Mapping[str, Any] | None,
    today: date,
) -> PaperForm:
    """Bound to what was just sent or once left half-filled, else showing what the paper says."""
    initial = slot.form.initial_from(piece.says) if piece is not None else {}
    bound = sent if sent is not None else aside
    return slot.form(bound, prefix=slot.key, name=slot.name, today=today, initial=initial)
