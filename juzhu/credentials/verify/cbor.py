"""Deterministic CBOR (RFC 8949 §4.2.1), the part that our documents need: integers, bytes, text, arrays,
maps, tags, true, false and null. One spelling of each value; everything else is refused.
"""

from functools import lru_cache
from typing import Any, NamedTuple

from juzhu.credentials.verify.encoding import LARGEST, NESTING
from juzhu.credentials.verify.errors import Refused

UNSIGNED, NEGATIVE, BYTES, TEXT, ARRAY, MAP, TAG, SIMPLE = range(8)
SIMPLES = {20: False, 21: True, 22: None}
BYTE = [bytes((code,)) for code in range(256)]


class Tagged(NamedTuple):
    """A tag's number and what it stands before."""

    tag: int
    value: Any


def decode(data: bytes) -> Any:
    """The one value that the bytes hold; raises Refused for anything that `encode` would not have written."""
    value, end = _value(data, 0, NESTING)
    if end != len(data):
        raise Refused
    return value


def encode(value: Any) -> bytes:
    """Raises TypeError for a kind of value without a place here, ValueError for an integer past `LARGEST`."""
    out: list[bytes] = []
    _write(value, out)
    return b"".join(out)


def _write(value: Any, out: list[bytes]) -> None:
    if isinstance(value, str):
        raw = value.encode()
        out += (_head(TEXT, len(raw)), raw)
    elif isinstance(value, bytes):
        out += (_head(BYTES, len(value)), value)
    elif value is None or isinstance(value, bool):
        out.append(b"\xf6" if value is None else b"\xf5" if value else b"\xf4")
    elif isinstance(value, int):
        if not -LARGEST <= value <= LARGEST:
            raise ValueError(value)
        out.append(_head(UNSIGNED, value) if value >= 0 else _head(NEGATIVE, -1 - value))
    elif isinstance(value, dict):
        out.append(_head(MAP, len(value)))
        for spelled, key in sorted([(_key(key), key) for key in value]):
            out.append(spelled)
            _write(value[key], out)
    elif isinstance(value, Tagged):
        out.append(_head(TAG, value.tag))
        _write(value.value, out)
    elif isinstance(value, list):
        out.append(_head(ARRAY, len(value)))
        for item in value:
            _write(item, out)
    else:
        raise TypeError(type(value).__name__)


@lru_cache(maxsize=256, typed=True)
def _key(key: int | str) -> bytes:
    """A map's key; the same few come each time."""
    if type(key) not in (int, str):
        raise TypeError(type(key).__name__)
    return encode(key)


def _head(major: int, number: int) -> bytes:
    if number < 24:
        return BYTE[major << 5 | number]
    if number < 256:
        return BYTE[major << 5 | 24] + BYTE[number]
    size, more = (2, 25) if number < 65536 else (4, 26) if number < 2**32 else (8, 27)
    return BYTE[major << 5 | more] + number.to_bytes(size)


def _value(data: bytes, at: int, levels: int) -> tuple[Any, int]:
    """The value that begins at a place, and where it ends."""
    if at >= len(data):
        raise Refused
    major, number = data[at] >> 5, data[at] & 31
    at += 1
    if number > 23:
        number, at = _long(data, at, major, number)
    if major == UNSIGNED:
        return number, at
    if major in (BYTES, TEXT):
        end = at + number
        if end > len(data):
            raise Refused
        return (data[at:end] if major == BYTES else _text(data[at:end])), end
    if major == NEGATIVE:
        return -1 - number, at
    if major == SIMPLE:
        if number not in SIMPLES:
            raise Refused
        return SIMPLES[number], at
    if not levels:
        raise Refused
    if major == TAG:
        value, at = _value(data, at, levels - 1)
        return Tagged(number, value), at
    if number > len(data):
        raise Refused
    return _map(data, at, number, levels - 1) if major == MAP else _array(data, at, number, levels - 1)


def _array(data: bytes, at: int, number: int, levels: int) -> tuple[list[Any], int]:
    items = []
    for _ in range(number):
        item, at = _value(data, at, levels)
        items.append(item)
    return items, at


def _map(data: bytes, at: int, number: int, levels: int) -> tuple[dict[int | str, Any], int]:
    """Keys are integers or text, each greater than the one before by its bytes: so none comes twice."""
    found: dict[int | str, Any] = {}
    before = b""
    for _ in range(number):
        key, end = _value(data, at, 0)
        spelled = data[at:end]
        if type(key) not in (int, str) or spelled <= before:
            raise Refused
        before = spelled
        found[key], at = _value(data, end, levels)
    return found, at


def _long(data: bytes, at: int, major: int, size_code: int) -> tuple[int, int]:
    """A number of 1, 2, 4 or 8 bytes that would not have fitted into fewer, and where it ends."""
    if size_code > 27 or major == SIMPLE:
        raise Refused
    size = 1 << size_code - 24
    end = at + size
    number = int.from_bytes(data[at:end])
    least = 24 if size == 1 else 1 << 4 * size
    if end > len(data) or not least <= number <= LARGEST - (major == NEGATIVE):
        raise Refused
    return number, end


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise Refused from error
