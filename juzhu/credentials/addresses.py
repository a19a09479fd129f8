"""Where the signed files are found. Documents name these addresses, so that they stay as they are."""

from urllib.parse import urlsplit

from django.conf import settings

TRUST_LIST = "/.well-known/juzhu-trust-list"
JWKS = "/.well-known/jwks.json"
ROOT_KEY = "/.well-known/juzhu-root-key"
STATUS = "/status/"


def origin() -> str:
    """Who issues: the service's origin, without a path."""
    parts = urlsplit(settings.JUZHU_PUBLIC_URL)
    return f"{parts.scheme}://{parts.netloc}"


def status_path(shard: int) -> str:
    """Where the list of a shard is."""
    return f"{STATUS}{shard}"


def status_uri(shard: int) -> str:
    """As documents name it."""
    return origin() + status_path(shard)


def shard_of(uri: str) -> int | None:
    """The shard that a document of ours names; None for another address."""
    number = uri.removeprefix(origin() + STATUS)
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 7 else None
