"""What is being checked with a department now: asked and not answered, or objected to and not looked at."""

from typing import Literal

from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Inquiry, Objection


def under_check(person_id: int) -> dict[Kind, Literal["inquiry", "objection"]]:
    """What of a person is being checked with a department now. Two queries."""
    found: dict[Kind, Literal["inquiry", "objection"]] = {}
    for kind in Inquiry.objects.filter(person=person_id, state="waiting").values_list("kind", flat=True):
        found[Kind(kind)] = "inquiry"
    objected = Objection.objects.filter(person=person_id, state="open")
    for kind in objected.values_list("evidence__kind", flat=True):
        found[Kind(kind)] = "objection"
    return found
