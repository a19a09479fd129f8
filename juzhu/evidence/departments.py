"""Which department can say what: what its pages offer, what its programs may push, what it is asked for."""

from juzhu.evidence.kinds import Kind

GIVES: dict[str, frozenset[Kind]] = {
    "police": frozenset({Kind.RENTAL_REGISTRATION, Kind.GUARDIANSHIP, Kind.KINSHIP}),
    "education": frozenset({Kind.STUDENT_RECORD, Kind.STUDY_CONTINUITY}),
    "human_resources": frozenset(
        {Kind.INSURANCE, Kind.LABOUR_CONTRACT, Kind.TALENT_PERMIT, Kind.TALENT_LISTING}
    ),
    "housing": frozenset({Kind.TITLE, Kind.LEASE, Kind.LEASE_FILING, Kind.PUBLIC_RENTAL}),
    "subdistrict": frozenset({Kind.SAFETY_INSPECTION}),
    "civil_affairs": frozenset({Kind.GUARDIANSHIP, Kind.KINSHIP}),
    "market": frozenset({Kind.BUSINESS_LICENCE}),
}
"""The kinds that each department gives. Nobody attests a photo, a dormitory or a lodging: these are shown."""
