"""The port to who seals our papers (电子印章). Only a certified seal service gives a seal legal force.

Source: Electronic Signature Law art. 13, 14; GB/T 38540 for the seal of an OFD; ETSI EN 319 142-1 for PDFs.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class Sealer(Protocol):
    """What a seal service does for us. It is asked by workers alone, and outside any transaction; it may be
    slow, and must give up within a minute. Whatever it raises, the paper is sealed later.
    """

    development: bool
    """Whether its seals have no legal force. Papers then say so on their face."""

    def pdf(self, content: bytes, area: str) -> bytes:
        """The same bytes, followed by an update that holds a PAdES signature. `area`: whose seal it is, by
        the station's division code.
        """
        ...

    def ofd(self, description: bytes, path: str, area: str) -> bytes:
        """The SES_Signature, in DER, over an OFD's description of what is signed, which lies at `path`."""
        ...


@lru_cache(maxsize=2)
def _named(name: str) -> Sealer:
    found: Sealer = import_string(name)()
    return found


def sealer() -> Sealer | None:
    """The one that the settings name; None: papers are printed and stamped by hand."""
    return _named(settings.JUZHU_SEALER) if settings.JUZHU_SEALER else None
