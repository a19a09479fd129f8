"""Where mail goes, from one address: `smtp://user:password@host:587?tls=1`, `smtps://…`, `console://`, `none://`."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

BACKENDS = {
    "none": "django.core.mail.backends.dummy.EmailBackend",
    "console": "django.core.mail.backends.console.EmailBackend",
    "memory": "django.core.mail.backends.locmem.EmailBackend",
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "smtps": "django.core.mail.backends.smtp.EmailBackend",
}
PORTS = {"smtp": 25, "smtps": 465}
TIMEOUT_S = 10
"""A worker waits no longer for a mail server; the task is tried again."""


def read(url: str) -> dict[str, Any]:
    """Django's settings for mail. Raises ValueError when the address is none of the known kinds."""
    parts = urlsplit(url)
    if parts.scheme not in BACKENDS or (parts.scheme in PORTS and not parts.hostname):
        raise ValueError("an address of mail begins with smtp://host, smtps://host, console:// or none://")
    return {
        "EMAIL_BACKEND": BACKENDS[parts.scheme],
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": parts.port or PORTS.get(parts.scheme, 0),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parse_qs(parts.query).get("tls") == ["1"],
        "EMAIL_TIMEOUT": TIMEOUT_S,
    }
