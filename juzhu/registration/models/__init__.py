"""The tables of the room, each in the module of its subject."""

from juzhu.registration.models.dwellings import (
    Dwelling,
    HelpCall,
    Inspection,
    Lease,
    LeaseFiling,
    LettingRecord,
    Room,
    Tenant,
    TenantWord,
    TitleClaim,
)
from juzhu.registration.models.registrations import Community, DwellingKind, Exemption, Reason, Registration
from juzhu.registration.models.reports import Contradiction, Invitation, Proposal, Report, Sheet, SheetRow

__all__ = [
    "Community",
    "Contradiction",
    "Dwelling",
    "DwellingKind",
    "Exemption",
    "HelpCall",
    "Inspection",
    "Invitation",
    "Lease",
    "LeaseFiling",
    "LettingRecord",
    "Proposal",
    "Reason",
    "Registration",
    "Report",
    "Room",
    "Sheet",
    "SheetRow",
    "Tenant",
    "TenantWord",
    "TitleClaim",
]
