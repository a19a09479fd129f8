"""Addresses as they are compared: what people write in several ways is one thing."""

import re
import unicodedata
from functools import lru_cache

from juzhu.registration.subdistricts import SUBDISTRICTS

_BEFORE = ("浙江省", "杭州市", "拱墅区")
_HOUSES = ("号楼", "座", "栋")
_SMALL_WORDS = ("室", "房")
_SIGNS = re.compile(r"[\s,，.。、·\-—_#/()（）]+")
_INNER = re.compile(r"(?<!\d)-|-(?!\d)")
_SAMPLE = "（示例）"
LONGEST = 200


@lru_cache(maxsize=4096)
def key(subdistrict: str, address: str) -> str:
    """An address for comparing within a subdistrict: width, spaces, signs, the words for a house, and what
    stands before the street count for nothing. It is never shown.
    """
    text = unicodedata.normalize("NFKC", address.replace(_SAMPLE, "")).casefold()
    text = "".join(text.split())
    for place in _BEFORE:
        text = text.removeprefix(place)
    if known := SUBDISTRICTS.get(subdistrict):
        text = text.removeprefix(known.zh)
    for word in _HOUSES:
        text = text.replace(word, "幢")
    if text.isalnum():
        return _without_small_word(text)[:LONGEST]
    text = _SIGNS.sub("-", text).strip("-")
    return _INNER.sub("", _without_small_word(text))[:LONGEST]


def _without_small_word(text: str) -> str:
    return text[:-1] if text.endswith(_SMALL_WORDS) else text
