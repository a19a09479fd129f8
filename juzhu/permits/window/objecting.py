"""异议 at the window: somebody says aloud that a department's word about them is wrong.

Source: State Council order 716 art. 7; Personal Information Protection Law art. 46; notice 2(2)4.
"""

from __future__ import annotations

from datetime import date

from juzhu.evidence import objections
from juzhu.evidence.models import Evidence, Objection
from juzhu.operations.actors import Actor
from juzhu.people.errors import NotAllowed
from juzhu.permits import attending
from juzhu.permits.attending import AT_WINDOW, Standing
from juzhu.permits.errors import OutOfArea


def file(
    evidence: Evidence, wrong: str, right: str, standing: Standing, *, actor: Actor, today: date
) -> Objection:
    """File an objection for who stands there, in the officer's area.

    Raises NotAllowed, OutOfArea, what `attending.record` raises, and what an objection raises.
    """
    if actor.kind != "staff" or actor.role not in AT_WINDOW:
        raise NotAllowed
    current = evidence.person.registrations.filter(ended_on__isnull=True).first()
    if current is None or not actor.covers(current.subdistrict):
        raise OutOfArea

    def written(made: Objection) -> dict[str, object]:
        return attending.record(
            evidence.person,
            "objection",
            made.number,
            current.subdistrict,
            standing,
            actor=actor,
            today=today,
        )

    return objections.file(evidence, wrong, right, actor=actor, today=today, written=written)
