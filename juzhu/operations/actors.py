"""Who does something. Every action takes one, explicitly; none looks at the request."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Actor:
    """A citizen, somebody who acts for an organisation, an officer, or the service itself.

    `areas` are the nine-digit codes of the subdistricts that an officer may work in; `person_id` is the
    person that a citizen's account is bound to, `organisation_id` for whom a reporter acts (`role` is then
    "manager" or "reporter").
    """

    kind: Literal["citizen", "reporter", "staff", "system"]
    account_id: int | None = None
    person_id: int | None = None
    role: str = ""
    areas: tuple[str, ...] = ()
    name: str = ""
    department: str = ""
    organisation_id: int | None = None

    def covers(self, area: str) -> bool:
        """Whether an officer's area holds this subdistrict."""
        return area in self.areas


SYSTEM = Actor(kind="system", name="juzhu")
