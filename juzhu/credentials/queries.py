"""The only place that reads the register of e-licences and what is published, but for what publishes it."""

from juzhu.credentials.addresses import STATUS, TRUST_LIST
from juzhu.credentials.models import Licence, PublishedDocument
from juzhu.credentials.publishing import root_jwk
from juzhu.credentials.verify import Refused, Trust
from juzhu.operations.prepared import Prepared
from juzhu.permits.models import Permit, PermitVersion

_AT = Prepared(
    lambda shard, place: Licence.objects.filter(shard=shard, place=place).only("permit_id", "superseded_at")
)
_ETAG = Prepared(lambda path: PublishedDocument.objects.filter(path=path).only("path", "etag"))
_read: dict[str, Trust | None] = {}
"""The trust list that this process has read last, by its etag."""


def licence_at(shard: int, place: int) -> Licence | None:
    """The licence at a place of the status list, with its permit and its mark alone. One query."""
    return _AT.first(shard, place)


def licence_of(version: PermitVersion) -> Licence | None:
    """The document of a version; None until the worker has made it. One query."""
    return Licence.objects.filter(version=version).first()


def offline_code(permit: Permit) -> str:
    """The signed code of what a permit says now; "" until the worker has made it. One query."""
    codes = Licence.objects.filter(permit=permit, superseded_at=None)
    return codes.values_list("offline_code", flat=True).first() or ""


def trust() -> Trust | None:
    """The trust list that we publish; None before there is one. One query, three when it is a new one."""
    row = _ETAG.first(TRUST_LIST)
    if row is None:
        return None
    if row.etag not in _read:
        _read.clear()
        _read[row.etag] = _trust()
    return _read[row.etag]


def _trust() -> Trust | None:
    row, root = PublishedDocument.objects.filter(path=TRUST_LIST).first(), root_jwk()
    try:
        return Trust.read(bytes(row.body), root) if row and root else None
    except Refused:  # the one was read before a change of both, the other after it
        return None


def status_paths() -> list[str]:
    """Where the status lists are that are published now. One query."""
    lists = PublishedDocument.objects.filter(path__startswith=STATUS)
    return list(lists.order_by("path").values_list("path", flat=True))
