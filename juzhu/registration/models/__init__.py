"""The tables of the room, each in the module of its subject."""

from juzhu.registration.models.duties import (
    PROVISIONS,
    CorrectionOrder,
    DutyAnswer,
    DutyTold,
    PenaltyCase,
)
from juzhu.registration.models.dwellings import (
    Dwelling,
    DwellingCount,
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
from juzhu.registration.models.particulars import Particulars
from juzhu.registration.models.registrations import Community, DwellingKind, Exemption, Reason, Registration
from juzhu.registration.models.reports import (
    VOID,
    Contradiction,
    Invitation,
    Proposal,
    Report,
    ReportDelivery,
    Sheet,
    SheetPart,
)

__all__ = [
    "PROVISIONS",
    "VOID",
    "Community",
    "Contradiction",
    "CorrectionOrder",
    "DutyAnswer",
    "DutyTold",
    "Dwelling",
    "DwellingCount",
    "DwellingKind",
    "Exemption",
    "HelpCall",
    "Inspection",
    "Invitation",
    "Lease",
    "LeaseFiling",
    "LettingRecord",
    "Particulars",
    "PenaltyCase",
    "Proposal",
    "Reason",
    "Registration",
    "Report",
    "ReportDelivery",
    "Room",
    "Sheet",
    "SheetPart",
    "Tenant",
    "TenantWord",
    "TitleClaim",
]
