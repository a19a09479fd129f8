"""Everything we issue is accepted by somebody else's code, which says of it what we said, and is refused by
it after one byte was changed.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from juzhu.credentials.signing import holder
from juzhu.credentials.tests.world import (
    AUDIENCE,
    CLAIMS,
    KEY,
    NONCE,
    NOW,
    SUPERSEDED,
    SUSPENDED,
    TERMINATED,
    URI,
    VALID,
    code,
    code_payload,
    document,
    listed,
    shown,
)  # fmt: skip
from juzhu.credentials.verify import cbor
from juzhu.credentials.verify.encoding import base64url, from_base45, from_base64url
from tests.foreign_verifiers import Foreign

pytestmark = pytest.mark.slow
COSE_LIBRARIES = ("@auth0/cose", "cose-js")
VC = "@sd-jwt/sd-jwt-vc"
EVERY = 7
"""Which bytes of a long document are changed, one at a time."""


@pytest.fixture(scope="module")
def foreign() -> Iterator[Foreign]:
    process = Foreign()
    yield process
    process.close()


def byte_changed(text: str, every: int) -> Iterator[str]:
    """The parts of a token or presentation, with one byte of what they encode changed each time."""
    parts = [part for joined in text.split("~") for part in joined.split(".")]
    at = 0
    for part in parts:
        raw = from_base64url(part)
        for place in range(0, len(raw), every):
            turned = raw[:place] + bytes([raw[place] ^ 1 << place % 8]) + raw[place + 1 :]
            yield text[:at] + base64url(turned) + text[at + len(part) :]
        at += len(part) + 1


def vc(foreign: Foreign, data: str, idx: int = VALID, **more: object) -> dict:
    return foreign.ask(library=VC, data=data, jwk=KEY.public_jwk(), lists={URI: listed()}, now=NOW, **more)


def test_a_document_by_sd_jwt_vc(foreign: Foreign) -> None:
    said = vc(foreign, document())["said"]["payload"]
    assert {name: said[name] for name in CLAIMS} == CLAIMS
    assert "_sd" not in said


def test_a_presentation_by_sd_jwt_vc(foreign: Foreign) -> None:
    answer = vc(foreign, shown("lives_in", "age_over_16"), nonce=NONCE)["said"]
    assert answer["payload"]["lives_in"] == "330100"
    assert not set(answer["payload"]) & (set(CLAIMS) - {"lives_in", "age_over_16"})
    assert answer["kb"]["aud"] == AUDIENCE


@pytest.mark.parametrize("idx", [TERMINATED, SUSPENDED, SUPERSEDED])
def test_its_status_by_sd_jwt_vc(foreign: Foreign, idx: int) -> None:
    assert "refused" in vc(foreign, document(idx))


def test_a_changed_presentation_by_sd_jwt_vc(foreign: Foreign) -> None:
    changed = list(byte_changed(shown("lives_in", "age_over_16"), EVERY))
    assert len(changed) > 200
    assert [each for each in changed if "refused" not in vc(foreign, each, nonce=NONCE)] == []


def test_a_proof_for_another_nonce_by_sd_jwt_vc(foreign: Foreign) -> None:
    assert "refused" in vc(foreign, shown(), nonce="another")
    assert "refused" in vc(foreign, holder.chosen(document(), ("lives_in",)), nonce=NONCE)


@pytest.mark.parametrize("library", COSE_LIBRARIES)
def test_a_code(foreign: Foreign, library: str) -> None:
    answer = foreign.ask(library=library, data=from_base45(code()[4:]).hex(), jwk=KEY.public_jwk())
    assert cbor.decode(bytes.fromhex(answer["said"])) == code_payload()


@pytest.mark.parametrize("library", COSE_LIBRARIES)
def test_a_changed_code(foreign: Foreign, library: str) -> None:
    """Every byte, one at a time."""
    raw = from_base45(code()[4:])
    accepted = []
    for place in range(len(raw)):
        changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        answer = foreign.ask(library=library, data=changed.hex(), jwk=KEY.public_jwk())
        if "refused" not in answer:
            accepted.append((place, answer))
    assert accepted == []


def test_a_status_list(foreign: Foreign) -> None:
    asked = {
        "library": "@sd-jwt/jwt-status-list",
        "jwk": KEY.public_jwk(),
        "idx": [VALID, TERMINATED, SUSPENDED, SUPERSEDED],
    }
    assert foreign.ask(data=listed(), **asked) == {"said": [0, 1, 2, 3]}
    changed = list(byte_changed(listed(), 1))
    assert [each for each in changed if "refused" not in foreign.ask(data=each, **asked)] == []
