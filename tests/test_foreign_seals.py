"""SM2, and the OFD that is sealed with it, checked by a library in JavaScript and by the openssl command:
accepted as made, refused after one byte was changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from juzhu.credentials.signing import sm2
from juzhu.credentials.verify import sm2 as checking
from juzhu.documents.sealing import development
from juzhu.documents.tests.sealed import (
    VALUE,
    Signed,
    changed,
    content,
    faults,
    inside,
    ofd,
    openssl,
    parts,
    signed,
    sm3,
)
from tests.foreign_verifiers import Foreign

pytestmark = pytest.mark.slow
MESSAGE = "持证人的居住证有效".encode()
RAW_INPUT = ("-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678")


@pytest.fixture(scope="module")
def foreign() -> Iterator[Foreign]:
    process = Foreign()
    yield process
    process.close()


def accepts(foreign: Foreign, public: bytes, data: bytes, signature: bytes) -> bool:
    """What sm-crypto says of a signature r‖s; where it accepts, its SM3 must be ours, too."""
    asked = {"library": "sm-crypto", "key": public.hex(), "data": data.hex()}
    answer = foreign.ask(**asked, signature=signature.hex())
    assert answer in ({"said": sm3(data).hex()}, {"refused": "signature"}), answer
    return "said" in answer


def test_sm2_of_ours_by_sm_crypto(foreign: Foreign) -> None:
    private = sm2.new_private()
    public, signature = b"".join(sm2.public_of(private)), sm2.sign(private, MESSAGE)
    assert accepts(foreign, public, MESSAGE, signature)
    for at in range(0, 64, 9):
        assert not accepts(foreign, public, MESSAGE, changed(signature, at))
    for at in range(0, len(MESSAGE), 9):
        assert not accepts(foreign, public, changed(MESSAGE, at), signature)


def test_sm2_of_sm_crypto_by_ours(foreign: Foreign) -> None:
    private = sm2.new_private()
    for _time in range(4):
        answer = foreign.ask(library="sm-crypto", key=private.hex(), data=MESSAGE.hex())
        signature = bytes.fromhex(answer["said"])
        assert checking.verify(sm2.public_of(private), MESSAGE, signature)
        assert not checking.verify(sm2.public_of(private), MESSAGE, changed(signature, 63))


def valid(foreign: Foreign, made: Signed) -> bool:
    try:
        signature = checking.from_der(made.signature)
    except ValueError:
        return False
    return accepts(foreign, made.point, made.data, signature)


def test_the_stamp_and_the_seal_in_it(foreign: Foreign) -> None:
    found = parts(ofd())
    assert list(faults(found)) == []
    stamp, seal = signed(found[VALUE])
    assert valid(foreign, stamp) and valid(foreign, seal)
    listed = inside(inside(seal.data)[2])[3]
    assert [content(each) for each in inside(listed)] == [stamp.certificate], "the seal is its signer's"


def test_one_changed_byte_of_any_part_is_refused() -> None:
    found = parts(ofd())
    for name in found.keys() - {VALUE}:
        data = found[name]
        for at in range(0, len(data), max(1, len(data) // 40)):
            assert list(faults({**found, name: changed(data, at)})), (name, at)
        assert list(faults({key: part for key, part in found.items() if key != name})), name
    assert list(faults({**found, "Doc_0/Pages/Page_1/Content.xml": b"more"}))


def test_one_changed_byte_of_the_signed_value_is_refused(foreign: Foreign) -> None:
    value = parts(ofd())[VALUE]
    stamp, seal = signed(value)
    places = [
        *range(8, len(value), 4000),
        value.index(seal.signature) + 20,
        value.rindex(stamp.signature) + 20,
    ]
    for at in places:
        try:
            both = signed(changed(value, at))
        except (ValueError, IndexError):
            continue
        assert not all(valid(foreign, each) for each in both), at


def test_the_stamp_by_openssl(tmp_path: Path) -> None:
    stamp, seal = signed(parts(ofd())[VALUE])
    root, key = tmp_path / "root.pem", tmp_path / "key.pem"
    kept = development._folder() / "root-sm2.der"
    assert openssl("x509", "-inform", "DER", "-in", str(kept), "-out", str(root))
    for made in (stamp, seal):
        paths = {name: tmp_path / name for name in ("certificate", "data", "signature")}
        for name, path in paths.items():
            path.write_bytes(getattr(made, name))
        certificate, data, signature = map(str, paths.values())
        asked = ("-vfyopt", "distid:1234567812345678", "-CAfile", str(root))
        assert openssl("verify", *asked, certificate)
        assert openssl("x509", "-in", certificate, "-pubkey", "-noout", "-out", str(key))
        check = ("pkeyutl", "-verify", "-pubin", "-inkey", str(key), "-in", data, "-sigfile", signature)
        assert openssl(*check, *RAW_INPUT)
        paths["data"].write_bytes(changed(made.data, 40))
        assert not openssl(*check, *RAW_INPUT)
