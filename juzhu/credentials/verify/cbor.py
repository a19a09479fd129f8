"""Deterministic CBOR (RFC 8949 §4.2.1), the part that our documents need: integers, bytes, text, arrays,
maps, tags, true, false and null. One spelling of each value; everything else is refused.
"""

from typing import Any, NamedTuple

from juzhu.credentials.verify.encoding import LARGEST, NESTING
from juzhu.credentials.verify.errors import Refused

UNSIGNED, NEGATIVE, BYTES, TEXT, ARRAY, MAP, TAG, SIMPLE = range(8)
SIMPLES = {0xF4: False, 0xF5: True, 0xF6: None}
SIMPLE_BYTES = {value: bytes([byte]) for byte, value in SIMPLES.items()}


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
    if isinstance(value, str):
        raw = value.encode()
        return _head(TEXT, len(raw)) + raw
    if isinstance(value, bytes):
        return _head(BYTES, len(value)) + value
    if value is None or isinstance(value, bool):
        return SIMPLE_BYTES[value]
    if isinstance(value, int):
        if not -LARGEST <= value <= LARGEST:
            raise ValueError(value)
        return _head(UNSIGNED, value) if value >= 0 else _head(NEGATIVE, -1 - value)
    if isinstance(value, dict):
        items = sorted([(encode(key), encode(item)) for key, item in value.items()])
        return _head(MAP, len(items)) + b"".join([key + item for key, item in items])
    if isinstance(value, Tagged):
        return _head(TAG, value.tag) + encode(value.value)
    if isinstance(value, list):
        return _head(ARRAY, len(value)) + b"".join([encode(item) for item in value])
    raise TypeError(type(value).__name__)


def _head(major: int, number: int) -> bytes:
    if number < 24:
        return bytes((major << 5 | number,))
    if number < 256:
        return bytes((major << 5 | 24, number))
    size, more = (2, 25) if number < 65536 else (4, 26) if number < 2**32 else (8, 27)
    return bytes((major << 5 | more,)) + number.to_bytes(size)


def _value(data: bytes, at: int, levels: int) -> tuple[Any, int]:
    major, number, at = _read_head(data, at)
    if major == UNSIGNED:
        return number, at
    if major == NEGATIVE:
        return -1 - number, at
    if major in (BYTES, TEXT):
        end = at + number
        if end > len(data):
            raise Refused
        return (_text(data[at:end]) if major == TEXT else data[at:end]), end
    if major == SIMPLE:
        return SIMPLES[number], at
    if not levels:
        raise Refused
    if major == TAG:
        value, at = _value(data, at, levels - 1)
        return Tagged(number, value), at
    if number > len(data):
        raise Refused
    if major == MAP:
        return _map(data, at, number, levels - 1)
    items = []
    for _ in range(number):
        item, at = _value(data, at, levels - 1)
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


def _read_head(data: bytes, at: int) -> tuple[int, int, int]:
    """The major type, its number in the shortest spelling, and where the rest begins."""
    if at >= len(data):
        raise Refused
    first = data[at]
    major, number = first >> 5, first & 31
    if major == SIMPLE:
        if first not in SIMPLES:
            raise Refused
        return major, first, at + 1
    if number < 24:
        return major, number, at + 1
    if number > 27:
        raise Refused
    size = 1 << number - 24
    end = at + 1 + size
    number = int.from_bytes(data[at + 1 : end])
    least = 24 if size == 1 else 1 << 4 * size
    if end > len(data) or not least <= number <= LARGEST - (major == NEGATIVE):
        raise Refused
    return major, number, end


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise Refused from error
