"""The tables of the room, each in the module of its subject."""

from juzhu.people.models.duplicates import Likeness, Merge
from juzhu.people.models.hearings import Heard, Hearing
from juzhu.people.models.organisations import Membership, Organisation, OrganisationRecord, Trade
from juzhu.people.models.persons import (
    NAME_LENGTH,
    Absence,
    Account,
    AccountManager,
    DeclaredRelation,
    Fact,
    Guardianship,
    Identity,
    Message,
    Person,
    PopulationRecord,
    Role,
    Sex,
    UndoneFact,
)
from juzhu.people.models.presence import Attempt, Passkey

__all__ = [
    "NAME_LENGTH",
    "Absence",
    "Account",
    "AccountManager",
    "Attempt",
    "DeclaredRelation",
    "Fact",
    "Guardianship",
    "Heard",
    "Hearing",
    "Identity",
    "Likeness",
    "Membership",
    "Merge",
    "Message",
    "Organisation",
    "OrganisationRecord",
    "Passkey",
    "Person",
    "PopulationRecord",
    "Role",
    "Sex",
    "Trade",
    "UndoneFact",
]
