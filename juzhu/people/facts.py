"""What was recorded wrongly of somebody and is taken back: a death, a household that never moved.

Both rows are kept, the fact and its undoing; the person stands as if the fact had never been recorded.
Source: Administrative Licensing Law art. 69 and Personal Information Protection Law art. 8, 46, by analogy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.operations.models import StoredFile
from juzhu.people.errors import FactUndone, NotAllowed, ProofMissing, UndoingUnexplained
from juzhu.people.models import Fact, Person, UndoneFact

UNDOES_FACTS = frozenset({"chief"})
SHORTEST_REASON, SHORTEST_PROOF = 5, 4


@dataclass(frozen=True, slots=True)
class Undoing:
    """Why a fact was wrong, in words that the person reads, and what proves it: named, and as a scan."""

    reason: str
    proof: str
    files: Sequence[StoredFile] = ()


@dataclass(frozen=True, slots=True)
class Household:
    """A household registration as a person bears it."""

    division: str
    address: str
    local: bool
    local_since: date | None


def check(undoing: Undoing, actor: Actor) -> None:
    """Raises NotAllowed, UndoingUnexplained, ProofMissing."""
    if actor.kind != "staff" or actor.role not in UNDOES_FACTS or actor.account_id is None:
        raise NotAllowed
    if len(undoing.reason.strip()) < SHORTEST_REASON:
        raise UndoingUnexplained(field="reason")
    if len(undoing.proof.strip()) < SHORTEST_PROOF or not undoing.files:
        raise ProofMissing(field="papers" if undoing.proof.strip() else "proof")


def take_back(person: Person, fact: Fact, undoing: Undoing, *, actor: Actor, today: date) -> UndoneFact:
    """Undo a fact of a person whom the caller holds, in the caller's transaction, whose event tells of it.

    The facts that stand are gone through anew, so that it does not matter in which order they are undone.
    Raises FactUndone, and what `check` raises.
    """
    check(undoing, actor)
    assert actor.account_id is not None
    if UndoneFact.objects.filter(fact=fact).exists():
        raise FactUndone
    if fact.kind == Fact.DEATH:
        person.died_on = None
    else:
        _put_back(person, fact)
    person.save(update_fields=["died_on", "local_since", "household_division", "household_address"])
    undone = UndoneFact.objects.create(
        fact=fact,
        reason=undoing.reason.strip(),
        proof=undoing.proof.strip()[:200],
        undone_on=today,
        undone_at=clock.now(),
        undone_by_id=actor.account_id,
    )
    undone.files.set(undoing.files)
    return undone


def _put_back(person: Person, fact: Fact) -> None:
    """Give the person the household that the other facts leave them; what the identity provider has said
    since the last fact is no fact, and stays.
    """
    rows = list(Fact.objects.filter(person=person, kind=Fact.HOUSEHOLD).select_related("undone"))
    wrong = {row.pk for row in rows if hasattr(row, "undone")} | {fact.pk}
    standing = [row for row in rows if row.pk not in wrong]
    later = [row for row in standing if row.pk > fact.pk]
    known = _after(later[-1], rows, wrong) if later else _before(fact, rows, wrong)
    told = later[-1] if later else fact
    person.local_since = known.local_since
    if (person.household_division, person.household_address) == (told.division, told.address):
        person.household_division, person.household_address = known.division, known.address


def _before(fact: Fact, rows: Sequence[Fact], wrong: set[int]) -> Household:
    """What stood before a fact, without those that were wrong."""
    earlier = [row for row in rows if row.pk < fact.pk]
    follows = earlier and (earlier[-1].division, earlier[-1].address) == (fact.was_division, fact.was_address)
    if not follows:
        return Household(fact.was_division, fact.was_address, fact.was_local, fact.was_local_since)
    last = earlier[-1]
    return _before(last, rows, wrong) if last.pk in wrong else _after(last, rows, wrong)


def _after(fact: Fact, rows: Sequence[Fact], wrong: set[int]) -> Household:
    before = _before(fact, rows, wrong)
    since = (before.local_since if before.local else fact.on) if fact.local else None
    return Household(fact.division, fact.address, fact.local, since)
