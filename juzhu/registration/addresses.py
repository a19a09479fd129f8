"""Addresses as they are compared: what people write in several ways is one thing."""

import re
import unicodedata
from functools import lru_cache

from juzhu.registration.subdistricts import SUBDISTRICTS

_BEFORE = re.compile(r"^(浙江省)?(杭州市)?(拱墅区)?")
_HOUSES = re.compile(r"(号楼|座|栋)")
_SMALL_WORDS = re.compile(r"(室|房)$")
_SIGNS = re.compile(r"[\s,，.。、·\-—_#/()（）]+")
_INNER = re.compile(r"(?<!\d)-|-(?!\d)")
_SAMPLE = "（示例）"


@lru_cache(maxsize=4096)
def key(subdistrict: str, address: str) -> str:
    """An address for comparing within a subdistrict: width, spaces, signs, the words for a house, and what
    stands before the street count for nothing. It is never shown.
    """
    text = unicodedata.normalize("NFKC", address.replace(_SAMPLE, "")).casefold()
    text = "".join(text.split())
    text = _BEFORE.sub("", text)
    known = SUBDISTRICTS.get(subdistrict)
    if known:
        text = text.removeprefix(known.zh)
    text = _SMALL_WORDS.sub("", _SIGNS.sub("-", _HOUSES.sub("幢", text)).strip("-"))
    return _INNER.sub("", text)[:200]
