"""Pieces of pages that are alike for everybody, rendered once and kept: the frame around what is personal.

A piece sees the frame's own words and the values named in its tag, and nothing else: no request, no person.
It is kept under exactly what it sees, so that two people share one only where it would have come out alike
for both. What differs each time, the CSRF token and the page's address, stays open and is filled in.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.signals import setting_changed
from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from juzhu.design.context import Surroundings, words

TOKEN, HERE = "\ue001", "\ue002"  # of Unicode's private area: no text of ours has them
OPEN_PLACE = re.compile(f"([{TOKEN}{HERE}])")
Named = tuple[tuple[str, Hashable, type], ...]
"""The type is named too: to a dict, safe HTML and the same text unescaped are one key."""


@lru_cache(maxsize=512)
def parts(template: str, around: Surroundings, named: Named, *, asked: bool) -> tuple[str, ...]:
    """The piece, cut at its open places. `asked`: there is a request, and so a token."""
    seen: dict[str, Any] = {**words(around), **{name: value for name, value, _kind in named}}
    if asked:
        seen |= {"csrf_token": TOKEN, "here": HERE, "request": True}
    return tuple(OPEN_PLACE.split(get_template(template).render(seen)))


def piece(
    template: str, values: Mapping[str, Hashable], around: Surroundings, token: object, here: object
) -> SafeString:
    """The piece with its open places filled in. Not kept while templates are being written (DEBUG)."""
    named = tuple((name, value, type(value)) for name, value in values.items())
    cut = (parts.__wrapped__ if settings.DEBUG else parts)(template, around, named, asked=token is not None)
    if len(cut) > 1:
        filling = {TOKEN: str(token), HERE: escape(here)}
        cut = tuple(filling.get(part, part) for part in cut)
    return mark_safe("".join(cut))  # noqa: S308 - rendered by templates, which escape; the address is escaped


def forget(**_changed: object) -> None:
    """Settings change in tests alone."""
    parts.cache_clear()


setting_changed.connect(forget)
