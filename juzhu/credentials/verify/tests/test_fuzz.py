"""Whatever is thrown at the decoders and at `check`: an answer, no crash, no accepted forgery.

A second or two each in `make test`; `make fuzz` sets JUZHU_FUZZ_SECONDS for all of them together.
"""

import json
import os
import time
import tracemalloc
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import cbor2
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from juzhu.credentials.signing import jws as signing_jws
from juzhu.credentials.signing.status_list import compress
from juzhu.credentials.tests.world import (
    AUDIENCE,
    CLAIMS,
    KEY,
    NONCE,
    NOW,
    ORIGIN,
    ROOT,
    SM2,
    SUSPENDED,
    URI,
    VALID,
    code,
    code_payload,
    document,
    listed,
    packed_list,
    parts_of,
    raw_code,
    shown,
    signed,
    trust,
)  # fmt: skip
from juzhu.credentials.verify import Lists, Refused, Trust, Verdict, cbor, check
from juzhu.credentials.verify.document import StatusReference
from juzhu.credentials.verify.encoding import (
    base45,
    base64url,
    from_base45,
    from_base64url,
    from_json,
)
from juzhu.credentials.verify.status_list import MAX_INFLATED, inflate

SECONDS = float(os.environ.get("JUZHU_FUZZ_SECONDS", "0"))
HUNTS = 14
"""How many tests share the seconds."""
TRUST = Trust.read(trust(), ROOT.public_jwk())
LISTS = Lists([listed()])
WHEN = datetime.fromtimestamp(NOW, UTC)
ISSUER = TRUST.issuers[ORIGIN]


def hunt(prove: Callable[..., None], *strategies: st.SearchStrategy[Any], examples: int = 100) -> None:
    """Prove it for some examples; under `make fuzz`, for as many as its share of the seconds allows."""
    effort = settings(
        max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    effort(given(*strategies)(prove))()
    ends = time.monotonic() + SECONDS / HUNTS
    while time.monotonic() < ends:
        seed(time.time_ns())(effort(given(*strategies)(prove)))()


def judged(data: str | bytes, **more: Any) -> Verdict:
    return check(data, trust=TRUST, lists=LISTS, now=WHEN, **more)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(max_size=20)
    | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)
CBOR = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(max_size=20)
    | st.binary(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.integers(-80_000, 80_000) | st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=10,
)
ALPHABET = st.sampled_from(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~.=:$ +/*%\n居\0\x7f"
)


@st.composite
def edited(draw: Callable[..., Any], texts: list[str]) -> tuple[str, str]:
    """A text and what became of it after a few edits: something replaced, cut, doubled, or spliced in."""
    whole = text = draw(st.sampled_from(texts))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + draw(st.sampled_from([0, 1, 4, 80, 5000])))))
        other = draw(st.sampled_from(texts))
        piece = draw(
            st.text(ALPHABET, max_size=6)
            | st.sampled_from(["", text[start:end] * 2, other[start:end], other[start:], "~", "."])
        )
        text = text[:start] + piece + text[end:]
    return whole, text


def test_cbor() -> None:
    def prove(data: bytes) -> None:
        try:
            value = cbor.decode(data)
        except Refused:
            return
        assert cbor.encode(value) == data
        if not isinstance(value, cbor.Tagged):
            assert json.dumps(cbor2.loads(data), default=repr) == json.dumps(value, default=repr)

    hunt(prove, st.binary(max_size=40) | CBOR.map(cbor.encode))


def test_base45() -> None:
    def prove(text: str) -> None:
        try:
            assert base45(from_base45(text)) == text
        except Refused:
            return

    hunt(prove, st.text(max_size=30) | st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", max_size=30))


def test_base64url() -> None:
    def prove(text: str) -> None:
        try:
            assert base64url(from_base64url(text)) == text
        except Refused:
            return

    hunt(prove, st.text(max_size=30) | st.text(ALPHABET, max_size=30))


def test_json() -> None:
    def prove(data: bytes) -> None:
        try:
            value = from_json(data)
        except Refused:
            return
        assert json.loads(data) == value

    spelled = JSON.map(lambda value: json.dumps(value).encode())
    hunt(prove, st.binary(max_size=40) | spelled | spelled.map(lambda data: data.replace(b"0", b"[")))


def test_anything() -> None:
    def prove(data: str | bytes) -> None:
        assert judged(data).outcome in ("not_a_permit", "unreadable", "forged")

    loose = st.text(max_size=80) | st.text(ALPHABET, max_size=80)
    prefixes = st.sampled_from(["JZ1:", "JZ1:RRQT", "eyJ", "eyJ0eXAiOiJkYytzZC1qd3QifQ.", "~", "e30.e30.~"])
    hunt(prove, loose | st.binary(max_size=80) | st.builds(lambda start, rest: start + rest, prefixes, loose))


def test_an_edited_code_says_nothing_else() -> None:
    codes = [code(), code(SUSPENDED), code(name="阿卜杜热合曼"), code(signer=SM2)]

    def prove(edit: tuple[str, str]) -> None:
        if judged(edit[1]).outcome not in ("forged", "unreadable", "not_a_permit"):
            assert edit[1].strip("\t\n\r ") in codes

    hunt(prove, edited(codes))


def test_a_code_with_edited_bytes_is_never_accepted() -> None:
    raw = from_base45(code()[4:])

    def prove(place: int, bit: int, more: bytes) -> None:
        at = place % len(raw)
        changed = raw[:at] + bytes([raw[at] ^ 1 << bit]) + more + raw[at + 1 :]
        assert judged("JZ1:" + base45(changed)).outcome in ("forged", "unreadable")

    hunt(prove, st.integers(0, len(raw) - 1), st.integers(0, 7), st.binary(max_size=3))


def test_an_edited_document_says_nothing_else() -> None:
    """Whole disclosures may be left out, nothing added or changed; a proof stands or falls with all."""
    asked = {"audience": AUDIENCE, "nonce": NONCE}
    texts = [
        document(),
        shown("name", "lives_in"),
        shown("age_over_16"),
        document(SUSPENDED),
        shown(of=document(SUSPENDED)),
    ]

    def prove(edit: tuple[str, str]) -> None:
        verdict = judged(edit[1])
        assert verdict.claims.items() <= CLAIMS.items()
        if verdict.outcome == "valid":
            assert edit[1].strip("\t\n\r ").split("~")[0] in {text.split("~")[0] for text in texts}
        if judged(edit[1], **asked).outcome == "valid":
            assert edit[1].strip("\t\n\r ") in texts

    hunt(prove, edited(texts))


def test_disclosures_chosen_made_up_and_under_another_proof() -> None:
    issued, *real, _ = document().split("~")
    proofs = {
        shown_part + "~": proof
        for shown_part, proof in (
            shown(*names).rsplit("~", 1) for names in (("name",), ("lives_in", "sex"), ("photo",))
        )
    }
    made_up = st.tuples(st.text(max_size=4), st.sampled_from(sorted(CLAIMS)) | st.text(max_size=8), JSON)
    disclosures = st.lists(
        st.sampled_from(real) | made_up.map(lambda each: base64url(json.dumps(each).encode())), max_size=4
    )

    def prove(shown_ones: list[str], proof: str) -> None:
        shown_part = "~".join([issued, *shown_ones, ""])
        all_real = set(shown_ones) <= set(real) and len(set(shown_ones)) == len(shown_ones)
        assert (judged(shown_part).outcome == "valid") == all_real
        accepted = judged(shown_part + proof, audience=AUDIENCE, nonce=NONCE).outcome == "valid"
        assert accepted == (proofs.get(shown_part) == proof)

    hunt(prove, disclosures, st.sampled_from(sorted(proofs.values())))


def test_what_the_issuer_signs_in_another_shape_is_refused() -> None:
    names = ["iss", "iat", "exp", "vct", "cnf", "status", "_sd", "_sd_alg"]

    def prove(name: str, value: Any, more: dict[str, Any]) -> None:
        verdict = judged(signed(**{**more, name: value}))
        assert verdict.outcome in ("valid", "forged", "stale", "unreadable", "not_a_permit")

    hunt(prove, st.sampled_from(names), JSON, st.dictionaries(st.sampled_from(names), JSON, max_size=1))


def test_what_the_issuer_signs_in_another_shape_of_code_is_refused() -> None:
    said = code_payload()

    def prove(name: int, value: Any) -> None:
        outer = judged(raw_code({**said, name: value})).outcome
        inner = judged(raw_code({**said, -70001: {**said[-70001], name: value}})).outcome
        assert {outer, inner} <= {"valid", "forged", "stale", "unreadable"}

    hunt(prove, st.sampled_from([*said, 2, 3, 5, 6]), CBOR)


def test_lists() -> None:
    """An edited list is no list; a list of another shape is none either."""
    at = StatusReference(URI, VALID)

    def prove(edit: tuple[str, str], more: dict[str, Any]) -> None:
        standing = Lists([edit[1]]).standing(at, ISSUER, NOW)
        assert standing is None or edit[1].strip("\t\n\r ") == edit[0]
        said = {"sub": URI, "iat": NOW, "exp": NOW + 60, "status_list": {"bits": 2, "lst": ""}} | more
        Lists([signing_jws.sign(KEY, "statuslist+jwt", said)]).standing(at, ISSUER, NOW)

    fields = st.dictionaries(st.sampled_from(["sub", "iat", "exp", "ttl", "status_list"]), JSON, max_size=2)
    hunt(prove, edited([listed()]), fields)


def test_trust_lists() -> None:
    def prove(edit: tuple[str, str], more: dict[str, Any], key: dict[str, Any]) -> None:
        issuer = {"id": ORIGIN, "division": "330105", "name": {}, "keys": [{"jwk": KEY.public_jwk(), **key}]}
        said = {"iss": ORIGIN, "iat": NOW, "exp": NOW, "issuers": [issuer]} | more
        for token in (edit[1], signing_jws.sign(ROOT, "juzhu-trust-list+jwt", said)):
            try:
                read = Trust.read(token, ROOT.public_jwk())
            except Refused:
                continue
            assert token is not edit[1] or read == TRUST

    tops = st.dictionaries(st.sampled_from(["iss", "iat", "exp", "issuers"]), JSON, max_size=1)
    keys = st.dictionaries(
        st.sampled_from(["jwk", "alg", "uses", "not_before", "not_after", "revoked_at"]), JSON, max_size=6
    )
    hunt(prove, edited([trust()]), tops, keys)


def test_inflating() -> None:
    """However it is packed: no more than the limit comes out, and all that went in was used."""

    def prove(data: bytes, zeros: int) -> None:
        for packed in (data, compress(data + bytes(zeros)), compress(bytes(zeros)) + data):
            try:
                unpacked = inflate(packed)
            except Refused:
                continue
            assert len(unpacked) <= MAX_INFLATED
            assert zlib.decompress(packed) == unpacked

    hunt(prove, st.binary(max_size=60), st.integers(0, 5000) | st.just(MAX_INFLATED + 1), examples=20)


@pytest.mark.parametrize("size", [MAX_INFLATED + 1, 64 << 20])
def test_a_bomb_is_refused_before_it_is_unpacked(size: int) -> None:
    bomb = zlib.compressobj(9)
    packed = (
        b"".join(bomb.compress(bytes(1 << 20)) for _ in range(size >> 20))
        + bomb.compress(b"\0")
        + bomb.flush()
    )
    tracemalloc.start()
    with pytest.raises(Refused):
        inflate(packed)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 3 * MAX_INFLATED
    assert Lists([packed_list(packed)]).standing(StatusReference(URI, 0), ISSUER, NOW) is None


def test_parts_are_what_they_seem() -> None:
    """What the tests above edit is a valid code, so that they prove something."""
    assert judged(code()).outcome == "valid"
    assert judged(raw_code()).outcome == "valid"
    assert len(parts_of(code())) == 4
