"""Strict base64url, base45 and JSON: one spelling of each content, small numbers, little nesting."""

import binascii
import json
import re
from array import array
from functools import cache
from typing import Any, NoReturn

from juzhu.credentials.verify.errors import Refused

NESTING = 8
"""Arrays and objects in one another, at most."""

LARGEST = 2**53 - 1
"""The largest integer that JavaScript holds exactly."""

BASE64URL = re.compile(r"[A-Za-z0-9_-]*")
URL_SAFE = bytes.maketrans(b"+/", b"-_")
LAST = {2: frozenset("AQgw"), 3: frozenset("AEIMQUYcgkosw048")}
"""What a text of 4n+2 or 4n+3 characters may end with, so that no bit is lost."""

BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
VALUES = bytes(BASE45.find(chr(code)) & 255 for code in range(256))
"""By its code each character's value, 255 for one that is none."""


def base64url(data: bytes) -> str:
    """Encode without padding."""
    return binascii.b2a_base64(data, newline=False).translate(URL_SAFE, b"=").decode()


def from_base64url(text: str) -> bytes:
    """Decode what has no padding, no other character and no lost bit; raises Refused."""
    over = len(text) % 4
    if not BASE64URL.fullmatch(text) or over == 1 or (over and text[-1] not in LAST[over]):
        raise Refused
    return binascii.a2b_base64(text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4))


def base45(data: bytes) -> str:
    """Encode by RFC 9285."""
    even = len(data) & ~1
    pairs = array("H", data[:even])
    if NATIVE_LITTLE:
        pairs.byteswap()
    triples = _triples()
    last = triples[data[-1]][:2] if even < len(data) else ""
    return "".join([triples[pair] for pair in pairs]) + last


@cache
def _triples() -> list[str]:
    """The three characters of every two bytes: made once, in some 20 ms, by whoever encodes."""
    doubles = [first + second for second in BASE45 for first in BASE45]
    return [doubles[pair % 2025] + BASE45[pair // 2025] for pair in range(1 << 16)]


def from_base45(text: str) -> bytes:
    """Decode by RFC 9285; raises Refused for other characters, a wrong length or a value too large."""
    if not text.isascii():
        raise Refused
    values = text.encode().translate(VALUES)
    over = len(values) % 3
    if over == 1 or 255 in values:
        raise Refused
    whole = values[: len(values) - over]
    pairs = [a + 45 * b + 2025 * c for a, b, c in zip(whole[0::3], whole[1::3], whole[2::3], strict=True)]
    try:
        packed = array("H", pairs)
    except OverflowError as error:
        raise Refused from error
    if NATIVE_LITTLE:
        packed.byteswap()
    if not over:
        return packed.tobytes()
    last = values[-2] + 45 * values[-1]
    if last > 255:
        raise Refused
    return packed.tobytes() + bytes([last])


NATIVE_LITTLE = array("H", b"\x01\x00")[0] == 1


def from_json(data: bytes) -> Any:
    """Decode UTF-8 JSON without repeated names, numbers past `LARGEST`, NaN, half a surrogate pair or more
    nesting than `NESTING`; raises Refused.
    """
    try:
        text = data.decode()
        value = DECODER.decode(text)
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Refused from error
    _shallow(value, NESTING)
    return value


def from_json_object(data: bytes) -> dict[str, Any]:
    """The same for what must be an object."""
    value = from_json(data)
    if type(value) is not dict:
        raise Refused
    return value


def to_json(value: Any) -> bytes:
    """Encode compactly, as UTF-8."""
    return ENCODER.encode(value).encode()


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Refused
    return found


def _integer(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > LARGEST:
        raise Refused
    return int(text)


def _constant(_text: str) -> NoReturn:
    raise Refused


def _shallow(value: Any, levels: int) -> None:
    if type(value) is dict:
        value = value.values()
    elif type(value) is not list:
        return
    if not levels:
        raise Refused
    for item in value:
        if type(item) is dict or type(item) is list:
            _shallow(item, levels - 1)


DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=_integer, parse_constant=_constant)
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
