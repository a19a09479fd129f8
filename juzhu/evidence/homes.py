"""In what kind of dwelling somebody lives, by what was said at registration and what was shown since."""

from collections.abc import Collection, Mapping

from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Evidence
from juzhu.law.facts import Tenure

SHOWN: tuple[tuple[Kind, Tenure], ...] = (
    (Kind.PUBLIC_RENTAL, "public_rental"),
    (Kind.DORMITORY, "dormitory"),
    (Kind.KINSHIP, "relative"),
    (Kind.LODGING, "lodging"),
)
"""What each of these papers says of the dwelling, the most telling first."""


OF_A_HOME = frozenset(
    {
        Kind.TITLE,
        Kind.LEASE,
        Kind.RENTAL_REGISTRATION,
        Kind.LEASE_FILING,
        Kind.SAFETY_INSPECTION,
        Kind.PUBLIC_RENTAL,
        Kind.DORMITORY,
        Kind.LODGING,
    }
)
"""Papers of one home, which say nothing of another."""


def place_of(piece: Evidence) -> str:
    """Where the home is, as the paper says; "" when it does not say."""
    return str(piece.says.get("location") or piece.says.get("address") or "").strip()


def tenure_of(
    registered: str, by_kind: Collection[Kind], titles: Mapping[str, object], kinds: Collection[str]
) -> Tenure | None:
    """A registration says rented, owned, dormitory, relative (a friend's home too) or other.

    A lease makes a home a rented one, whatever was said, unless it is one's own. Whoever said relative or
    dormitory and shows the host's statement alone is a guest. None: nothing is known.
    """
    if registered == "owned":
        return "owned"
    if Kind.LEASE in by_kind:
        return "rented"
    if registered == "rented":
        public = Kind.PUBLIC_RENTAL in by_kind and "public_rental" in kinds
        return "public_rental" if public else "rented"
    told = next((tenure for kind, tenure in SHOWN if kind in by_kind), None)
    if registered == "relative":
        return "lodging" if told == "lodging" else "relative"
    if registered == "dormitory":
        return "lodging" if told == "lodging" else "dormitory"
    if told is not None:
        return told
    if "landlord" in titles:
        return "rented"
    return "owned" if "self" in titles else None
