"""Which department can say what: what its programs may push, and what its service is asked for."""

from juzhu.evidence.kinds import GIVES as GIVES
from juzhu.evidence.kinds import Kind


def gives(department: str) -> frozenset[Kind]:
    """The kinds that a department gives; none for one that does not exist."""
    return frozenset(GIVES.get(department, ()))
