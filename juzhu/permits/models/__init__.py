"""The tables of the room, each in the module of its subject."""

from juzhu.permits.models.applications import (
    CASE_ENDINGS,
    ROUTE_NAMES,
    ROUTES,
    STATE_NAMES,
    Application,
    Decision,
    Pause,
    Remedy,
    Representative,
    SupplementNotice,
)
from juzhu.permits.models.attendance import Attendance
from juzhu.permits.models.permits import (
    PERMIT_ENDINGS,
    Correction,
    Endorsement,
    Known,
    Permit,
    PermitVersion,
    ResidenceSegment,
    Restoration,
    Slip,
)
from juzhu.permits.models.post_checks import (
    FraudCase,
    PostCheck,
    Tip,
)

__all__ = [
    "CASE_ENDINGS",
    "PERMIT_ENDINGS",
    "ROUTES",
    "ROUTE_NAMES",
    "STATE_NAMES",
    "Application",
    "Attendance",
    "Correction",
    "Decision",
    "Endorsement",
    "FraudCase",
    "Known",
    "Pause",
    "Permit",
    "PermitVersion",
    "PostCheck",
    "Remedy",
    "Representative",
    "ResidenceSegment",
    "Restoration",
    "Slip",
    "SupplementNotice",
    "Tip",
]
