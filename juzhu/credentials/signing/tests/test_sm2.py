"""SM2 by the standards' own examples, by the openssl command, and against what is no key and no signature."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from juzhu.credentials.signing import sm2
from juzhu.credentials.verify import sm2 as checking
from juzhu.credentials.verify.sm2 import ORDER, KeyInvalid

MESSAGE = "持证人的居住证有效".encode()
PRIVATE = bytes.fromhex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8")
"""The key, its point, and the signature of "message digest" are the example of GB/T 32918.5 annex A."""
POINT = (
    bytes.fromhex("09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"),
    bytes.fromhex("ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"),
)
SIGNATURE = bytes.fromhex(
    "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
    "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
)
SPKI = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")
"""What stands before the point in a SubjectPublicKeyInfo of the SM2 curve."""


def one_changed(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def openssl(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    found = shutil.which("openssl")
    assert found, "the tests of SM2 need the openssl command"
    return subprocess.run([found, *arguments], capture_output=True, check=False)


def test_the_digest_is_that_of_the_standards_examples():
    assert checking.sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert (
        checking.sm3(b"abcd" * 16).hex() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    )


def test_the_example_of_the_standard_is_accepted():
    assert sm2.public_of(PRIVATE) == POINT
    assert checking.verify(POINT, b"message digest", SIGNATURE)
    assert checking.from_der(checking.to_der(SIGNATURE)) == SIGNATURE


def test_one_changed_byte_is_refused_wherever_it_stands():
    private = sm2.new_private()
    public, signature = sm2.public_of(private), sm2.sign(private, MESSAGE)
    assert checking.verify(public, MESSAGE, signature)
    for at in range(len(signature)):
        assert not checking.verify(public, MESSAGE, one_changed(signature, at))
    for at in range(len(MESSAGE)):
        assert not checking.verify(public, one_changed(MESSAGE, at), signature)
    assert not checking.verify(POINT, MESSAGE, signature)


@pytest.mark.parametrize(
    "signature",
    [b"", bytes(64), bytes(63), bytes(65), b"\xff" * 64, ORDER.to_bytes(32, "big") * 2, SIGNATURE + b"\0"],
)
def test_what_is_no_signature_is_refused(signature):
    assert not checking.verify(POINT, b"message digest", signature)


def test_a_signature_is_never_the_same_twice():
    made = {sm2.sign(PRIVATE, MESSAGE) for _time in range(50)}
    assert len({one[:32] for one in made}) == 50
    assert all(checking.verify(POINT, MESSAGE, one) for one in made)


@pytest.mark.parametrize(
    "point",
    [
        (POINT[0], one_changed(POINT[1], 31)),
        (bytes(32), bytes(32)),
        (b"\xff" * 32, POINT[1]),
        (POINT[0][:31], POINT[1]),
        (b"", b""),
    ],
)
def test_what_is_no_point_of_the_curve_is_no_key(point):
    with pytest.raises(KeyInvalid):
        checking.verify(point, b"message digest", SIGNATURE)


@pytest.mark.parametrize(
    "private", [b"", bytes(32), bytes(31), (ORDER - 1).to_bytes(32, "big"), b"\xff" * 32, PRIVATE + b"\0"]
)
def test_what_is_out_of_range_is_no_private_key(private):
    for use in (sm2.public_of, lambda key: sm2.sign(key, b""), lambda key: sm2.to_pem(key, b"x")):
        with pytest.raises(KeyInvalid):
            use(private)


def test_the_smallest_and_the_largest_key_sign():
    for number in (1, ORDER - 2):
        private = number.to_bytes(32, "big")
        assert checking.verify(sm2.public_of(private), MESSAGE, sm2.sign(private, MESSAGE))


def test_openssl_accepts_ours_and_refuses_one_changed_byte(tmp_path: Path):
    private = sm2.new_private()
    public = tmp_path / "public.der"
    public.write_bytes(SPKI + b"\x04" + b"".join(sm2.public_of(private)))
    signature, message = tmp_path / "signature", tmp_path / "message"
    message.write_bytes(MESSAGE)
    raw = sm2.sign(private, MESSAGE)

    def accepted(by: bytes) -> bool:
        signature.write_bytes(checking.to_der(by))
        asked = ["-pubin", "-inkey", str(public), "-keyform", "DER", "-rawin", "-digest", "sm3"]
        given = ["-in", str(message), "-sigfile", str(signature), "-pkeyopt", "distid:1234567812345678"]
        answer = openssl("pkeyutl", "-verify", *asked, *given)
        assert answer.returncode == 0 or b"Verification" in answer.stdout + answer.stderr, answer
        return answer.returncode == 0

    assert accepted(raw)
    assert not accepted(one_changed(raw, 40))
    message.write_bytes(one_changed(MESSAGE, 3))
    assert not accepted(raw)


def test_openssl_makes_what_we_accept(tmp_path: Path):
    pem, message = tmp_path / "key.pem", tmp_path / "message"
    pem.write_bytes(sm2.to_pem(PRIVATE, b"a phrase"))
    message.write_bytes(MESSAGE)
    how = ["-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678", "-passin", "pass:a phrase"]
    made = openssl("pkeyutl", "-sign", "-inkey", str(pem), "-in", str(message), *how)
    assert made.returncode == 0, made.stderr
    assert checking.verify(POINT, MESSAGE, checking.from_der(made.stdout))


def test_a_stored_key_opens_with_its_passphrase_alone():
    private = sm2.new_private()
    pem = sm2.to_pem(private, b"a phrase")
    assert pem.startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n")
    assert private not in pem and pem != sm2.to_pem(private, b"a phrase")
    assert sm2.from_pem(pem, b"a phrase") == private
    for wrong in (b"another", b"a phrase "):
        with pytest.raises(KeyInvalid):
            sm2.from_pem(pem, wrong)
    for damaged in (b"", b"no key", pem[:100], one_changed(pem, 45)):
        with pytest.raises(KeyInvalid):
            sm2.from_pem(damaged, b"a phrase")


@pytest.mark.parametrize("passphrase", [b"", b"a\0b", b"a" * 1001])
def test_a_passphrase_that_openssl_would_cut_short_is_refused(passphrase):
    with pytest.raises(ValueError, match="passphrase"):
        sm2.to_pem(PRIVATE, passphrase)
    with pytest.raises(ValueError, match="passphrase"):
        sm2.from_pem(sm2.to_pem(PRIVATE, b"a" * 1000), passphrase)


def test_another_curves_key_is_not_taken_for_one(tmp_path: Path):
    pem = tmp_path / "p256.pem"
    made = openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", str(pem))
    assert made.returncode == 0
    with pytest.raises(KeyInvalid, match="not an SM2 key"):
        sm2.from_pem(pem.read_bytes(), b"x")


def test_der_that_is_longer_than_need_be_is_no_signature():
    der = checking.to_der(SIGNATURE)
    for wrong in (b"", der[:-1], der + b"\0", b"\x31" + der[1:], der[:2], bytes(70), b"\x30\x06\x02\x01"):
        with pytest.raises(ValueError, match=r"signature"):
            checking.from_der(wrong)


def test_threads_share_keys():
    keys = [sm2.new_private() for _n in range(4)]

    def work(n: int) -> bool:
        private = keys[n % 4]
        data = str(n).encode()
        signature = sm2.sign(private, data)
        return checking.verify(sm2.public_of(private), data, signature) and not checking.verify(
            sm2.public_of(keys[(n + 1) % 4]), data, signature
        )

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(400)))


def test_a_refusal_leaves_nothing_in_the_queue_of_errors_that_ssl_reads():
    library = checking.library()
    checking.verify(POINT, b"another", SIGNATURE)
    with pytest.raises(KeyInvalid):
        checking.verify((POINT[0], bytes(32)), b"", SIGNATURE)
    with pytest.raises(KeyInvalid):
        sm2.from_pem(b"no key", b"x")
    assert library.ERR_get_error() == 0


def test_checking_needs_neither_the_signing_half_nor_django():
    script = (
        "import sys, juzhu.credentials.verify.sm2 as s\n"
        f"assert s.verify(({POINT[0]!r}, {POINT[1]!r}), b'message digest', {SIGNATURE!r})\n"
        "assert not [m for m in sys.modules if m.startswith(('django', 'juzhu.credentials.signing'))]"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_without_sm3_the_message_says_what_is_missing(monkeypatch):
    def new(name: str, data: bytes) -> None:
        raise ValueError(f"unsupported hash type {name}")

    monkeypatch.setattr(hashlib, "new", new)
    with pytest.raises(checking.Unavailable, match="SM3"):
        checking.sm3(b"")
