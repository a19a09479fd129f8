"""Encodings: published examples, and one spelling for each content."""

import pytest

from juzhu.credentials.verify.encoding import (
    base45,
    base64url,
    from_base45,
    from_base64url,
    from_json,
    from_json_object,
)
from juzhu.credentials.verify.errors import Refused


@pytest.mark.parametrize(
    ("plain", "encoded"),
    [("AB", "BB8"), ("Hello!!", "%69 VD92EX0"), ("base-45", "UJCLQE7W581"), ("ietf!", "QED8WEX0"), ("", "")],
)
def test_base45(plain: str, encoded: str) -> None:
    """Source: RFC 9285 §4.3 and §4.4."""
    assert base45(plain.encode()) == encoded
    assert from_base45(encoded) == plain.encode()


def test_the_largest_triple_and_pair() -> None:
    assert from_base45("FGW") == b"\xff\xff"
    assert from_base45("U5") == b"\xff"


@pytest.mark.parametrize("text", ["GGW", ":::", "V5", "::", "A", "ABCD", "bb8", "BB_", "BBé", "居住证"])
def test_base45_refuses(text: str) -> None:
    with pytest.raises(Refused):
        from_base45(text)


@pytest.mark.parametrize(
    ("plain", "encoded"), [(b"", ""), (b"\xfb\xff", "-_8"), (b"f", "Zg"), (b"foo", "Zm9v")]
)
def test_base64url(plain: bytes, encoded: str) -> None:
    assert base64url(plain) == encoded
    assert from_base64url(encoded) == plain


@pytest.mark.parametrize("text", ["Zg==", "Zh", "Zm9", "+/8", "Z", "Zm9v\n", " Zg", "Zé"])
def test_base64url_refuses(text: str) -> None:
    """Padding, lost bits, the other alphabet, a length that cannot be, blanks."""
    with pytest.raises(Refused):
        from_base64url(text)


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":2}', '{"a":{"b":1,"b":1}}', "9007199254740992", "-9007199254740992", "1" * 5000,
        "NaN", "Infinity", '"\\ud800"', '["\\udc00"]', "[[[[[[[[[1]]]]]]]]]", "[" * 100_000,
        '{"a":', "", "﻿{}", "{} {}", "'a'",
    ],
)  # fmt: skip
def test_json_refuses(text: str) -> None:
    with pytest.raises(Refused):
        from_json(text.encode())


def test_json_takes_what_is_at_the_limits() -> None:
    assert from_json(b"[[[[[[[[9007199254740991]]]]]]]]")[0][0][0][0][0][0][0][0] == 2**53 - 1
    assert from_json('{"a":"\\ud83d\\ude00居"}'.encode()) == {"a": "😀居"}


@pytest.mark.parametrize("data", [b"[]", b'"{}"', b"1", b"\xff"])
def test_an_object_is_asked_for(data: bytes) -> None:
    with pytest.raises(Refused):
        from_json_object(data)
