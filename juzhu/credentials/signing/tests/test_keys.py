"""Keys: made, kept encrypted, rotated with overlap, revoked; and what is public of them, read by joserfc."""

import json
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from joserfc import jws as foreign_jws
from joserfc.jwk import ECKey, KeySet

from juzhu.credentials.signing import keys, trust_list
from juzhu.credentials.signing.errors import KeyUnknown, PassphraseWrong
from juzhu.credentials.signing.key_store import LEAD_S, OVERLAP_S, KeyFolder, signer_for
from juzhu.credentials.signing.keys import Alg, jwks, signs_at
from juzhu.credentials.verify import Trust, algorithms
from juzhu.credentials.verify.algorithms import thumbprint
from juzhu.credentials.verify.encoding import base64url

BEGIN = 1_770_000_000
SECRET = b"a long passphrase of a test"


@pytest.fixture
def folder(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path / "keys", SECRET)


@pytest.mark.parametrize("alg", keys.ALGS)
def test_a_key_is_kept_and_opened_again(folder: KeyFolder, tmp_path: Path, alg: Alg) -> None:
    made = folder.create(alg, ["permit", "status"], BEGIN)
    again = KeyFolder(tmp_path / "keys", SECRET)
    assert again.keys() == [made]
    signature = again.signer(made.kid).sign(b"data")
    assert algorithms.verify(alg, made.jwk, b"data", signature)
    assert not algorithms.verify(alg, made.jwk, b"dato", signature)
    assert len(made.kid) == 11


@pytest.mark.parametrize("alg", keys.ALGS)
def test_a_wrong_passphrase_opens_nothing(folder: KeyFolder, tmp_path: Path, alg: Alg) -> None:
    made = folder.create(alg, ["permit"], BEGIN)
    with pytest.raises(PassphraseWrong):
        KeyFolder(tmp_path / "keys", b"another passphrase").signer(made.kid)


def test_what_is_kept_is_encrypted_and_for_its_owner(folder: KeyFolder, tmp_path: Path) -> None:
    made = folder.create("ES256", ["permit"], BEGIN)
    pem = tmp_path / "keys" / f"{made.kid}.pem"
    assert b"BEGIN ENCRYPTED PRIVATE KEY" in pem.read_bytes()
    for path in (pem, pem.parent / "keys.json"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(pem.parent.stat().st_mode) == 0o700
    known = json.loads((pem.parent / "keys.json").read_text())["keys"][0]
    assert set(known["jwk"]) == {"kty", "crv", "x", "y", "kid"}


@pytest.mark.parametrize("alg", keys.ALGS)
def test_openssl_opens_it(folder: KeyFolder, tmp_path: Path, alg: Alg) -> None:
    made = folder.create(alg, ["permit"], BEGIN)
    pem = tmp_path / "keys" / f"{made.kid}.pem"
    opened = [
        "openssl",
        "pkey",
        "-in",
        pem,
        "-passin",
        f"pass:{SECRET.decode()}",
        "-pubout",
        "-outform",
        "DER",
    ]
    shown = subprocess.run(opened, capture_output=True, check=True).stdout
    assert shown.endswith(algorithms.coordinates(made.jwk))


def test_an_unknown_key(folder: KeyFolder) -> None:
    for call in (folder.signer, lambda kid: folder.rotate(kid, BEGIN), lambda kid: folder.revoke(kid, BEGIN)):
        with pytest.raises(KeyUnknown):
            call("../../etc/a")
    with pytest.raises(KeyUnknown):
        signer_for(folder, "permit", BEGIN)


def test_rotation_overlaps(folder: KeyFolder) -> None:
    old = folder.create("ES256", ["permit", "status"], BEGIN)
    begins = BEGIN + LEAD_S
    new = folder.rotate(old.kid, begins)
    known = folder.keys()
    assert [key.kid for key in known] == [old.kid, new.kid]
    assert new.uses == old.uses
    assert signs_at(known, "permit", begins - 1).kid == old.kid
    assert signs_at(known, "permit", begins).kid == new.kid
    assert known[0].in_use(begins + OVERLAP_S, begins + OVERLAP_S + 1)
    assert not known[0].in_use(begins + OVERLAP_S + 1, begins + OVERLAP_S + 2)


def test_a_revoked_key_signs_no_more_and_stays_revoked(folder: KeyFolder) -> None:
    made = folder.create("ES256", ["permit"], BEGIN)
    folder.revoke(made.kid, BEGIN + 100)
    assert folder.revoke(made.kid, BEGIN + 200).revoked_at == BEGIN + 100
    assert folder.revoke(made.kid, 0).revoked_at == 0
    assert folder.revoke(made.kid, BEGIN).revoked_at == 0
    with pytest.raises(KeyUnknown):
        signs_at(folder.keys(), "permit", BEGIN + 50)
    assert jwks(folder.keys()) == {"keys": []}


def test_many_writers_lose_no_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(
            pool.map(lambda _: KeyFolder(tmp_path, SECRET).create("ES256", ["status"], BEGIN), range(8))
        )
    known = KeyFolder(tmp_path).keys()
    assert {key.kid for key in known} == {key.kid for key in made}
    assert not [path for path in tmp_path.iterdir() if path.suffix not in (".pem", ".json")]


def test_joserfc_reads_the_keys_and_the_trust_list(folder: KeyFolder) -> None:
    root = folder.create("ES256", ["root"], BEGIN)
    folder.create("ES256", ["permit", "status"], BEGIN)
    issuer = trust_list.issuer(
        "https://a.example", "330105", {"zh": "拱墅区", "en": "Gongshu"}, folder.keys()
    )
    token = trust_list.token(
        folder.signer(root.kid), [issuer], publisher="https://a.example", issued_at=BEGIN
    )
    their_root = ECKey.import_key(dict(root.jwk))
    read = foreign_jws.deserialize_compact(token, their_root, algorithms=["ES256"])
    listed = json.loads(read.payload)["issuers"][0]["keys"]
    assert [key["uses"] for key in listed] == [["permit", "status"]]
    assert their_root.thumbprint() == base64url(thumbprint(root.jwk))
    published = KeySet.import_key_set(jwks(folder.keys()))
    assert [key.kid for key in published.keys] == [listed[0]["jwk"]["kid"]]
    assert set(Trust.read(token, root.jwk).issuers["https://a.example"].keys) == {listed[0]["jwk"]["kid"]}
