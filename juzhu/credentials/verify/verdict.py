"""The answer to a check."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from juzhu.credentials.verify.document import Kind
from juzhu.credentials.verify.errors import Because, Outcome


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a checker is told. Times in unix seconds.

    Of a document that is forged, no permit or unreadable nothing is repeated: only the outcome is known.
    """

    outcome: Outcome
    because: Because = ""
    kind: Kind = ""
    claims: Mapping[str, Any] = field(default_factory=dict)
    """What the document says, by the names of `sd_jwt.CLAIMS` (of a code also `division`); days as ISO."""
    issuer: str = ""
    issuer_name: Mapping[str, str] = field(default_factory=dict)
    division: str = ""
    kid: str = ""
    expires_at: int | None = None
    status_at: int | None = None
    """When the list was made by which it was judged; None where no current list was at hand."""
    holder_proved: bool = False
    """Whether the holder's key answered this checker's audience and nonce."""

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON values, in the order above."""
        return asdict(self)
