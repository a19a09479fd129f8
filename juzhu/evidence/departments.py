"""Which department can say what: what its programs may push, and what its service is asked for."""

from juzhu.evidence.kinds import Kind

GIVES: dict[str, tuple[Kind, ...]] = {
    "education": (Kind.STUDENT_RECORD, Kind.STUDY_CONTINUITY),
    "human_resources": (Kind.INSURANCE, Kind.LABOUR_CONTRACT, Kind.TALENT_PERMIT, Kind.TALENT_LISTING),
    "housing": (Kind.LEASE_FILING, Kind.LEASE, Kind.TITLE, Kind.PUBLIC_RENTAL),
    "subdistrict": (Kind.SAFETY_INSPECTION,),
    "police": (Kind.RENTAL_REGISTRATION, Kind.GUARDIANSHIP, Kind.KINSHIP),
    "civil_affairs": (Kind.GUARDIANSHIP,),
    "market": (Kind.BUSINESS_LICENCE,),
}
"""Nobody attests a photo, a dormitory or a lodging: these are shown."""


def gives(department: str) -> frozenset[Kind]:
    """The kinds that a department gives; none for one that does not exist."""
    return frozenset(GIVES.get(department, ()))
