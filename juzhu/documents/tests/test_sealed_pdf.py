"""The slip's PDF with its signature: valid to others, whole, still archivable, refused once changed."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import keys, tsp, x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import CertificateBuilder, ExtendedKeyUsage, Name, NameAttribute
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from juzhu.config.environment import DEVELOPMENT_SEALER, Environment
from juzhu.documents.issuing import render
from juzhu.documents.sealing import development
from juzhu.documents.sealing.port import sealer
from juzhu.documents.tests.reading import CODE, MADE, joined, structure
from juzhu.documents.tests.sealed import changed, openssl, pdfsig, slip

TIMESTAMP = bytes.fromhex("060b2a864886f70d010910020e")
"""The object identifier of a signature's timestamp, id-aa-timeStampToken."""
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
SAYS = "开发用电子印章，无法律效力 Development only, no legal force"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder of keys for all: making them is what takes time."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(autouse=True)
def _one_kit(kept: Path, settings) -> None:
    settings.JUZHU_FILES = kept / "files"


def plain() -> bytes:
    return render(slip(), code=CODE, made_at=MADE)


def sealed(content: bytes) -> bytes:
    found = sealer()
    assert found
    return found.pdf(content, "330105005")


def test_poppler_finds_the_whole_document_signed(tmp_path):
    said = pdfsig(sealed(plain()), tmp_path)
    assert "Signature is Valid" in said and "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert SAYS in said and "isn't Trusted" in said


def test_one_changed_byte_is_refused_wherever_it_stands(tmp_path):
    made = sealed(plain())
    first, start, end, last = signed_ranges(made)
    value = start + 1 + len(made[start + 1 : end - 1].rstrip(b"0")) - 20
    places = [*range(first + 20, start, start // 12), value, *range(end, last, 200)]
    assert len(places) > 15
    for at in places:
        said = pdfsig(changed(made, at), tmp_path)
        assert "Signature is Valid" not in said or "Total document signed" not in said, at
    said = pdfsig(made + b"\n% more", tmp_path)
    assert "Total document signed" not in said


def signed_ranges(pdf: bytes) -> tuple[int, int, int, int]:
    """The beginning and end of what is signed before, and after, the signature itself."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        first, length, second, rest = map(int, opened.Root.AcroForm.Fields[0].V.ByteRange)
    return first, first + length, second, second + rest


def test_the_bytes_before_stay_and_it_is_still_archivable_and_accessible():
    before = plain()
    made = sealed(before)
    assert made.startswith(before)
    assert structure(made) == structure(before)
    with pikepdf.open(io.BytesIO(before)) as old, pikepdf.open(io.BytesIO(made)) as new:
        assert new.Root.Metadata.read_bytes() == old.Root.Metadata.read_bytes()
        assert {**new.docinfo} == {**old.docinfo}
        (field,) = new.Root.AcroForm.Fields
        assert int(field.F) & 0b100110 == 0b100, "printed, and not hidden: ISO 19005-2, 6.3.2"
        assert "/AP" not in field and len({*map(float, field.Rect)}) == 1, "no size, and so no appearance"
        assert max(map(float, field.Rect)) < 0, "outside of the page: ISO 14289-1, 7.18.1"
        assert str(new.pages[0].Tabs) == "/S"
        assert "/NeedAppearances" not in new.Root.AcroForm
        (reference,) = field.V.Reference
        assert (str(reference.TransformMethod), int(reference.TransformParams.P)) == ("/DocMDP", 1)
        assert not {"/DigestLocation", "/DigestMethod", "/DigestValue"} & set(reference.keys())


def test_it_says_on_its_face_that_its_seal_has_no_force(settings):
    assert "为开发测试用，由自建证书生成，不具有法律效力" in joined(plain())
    settings.JUZHU_SEALER = ""
    assert "开发测试" not in joined(plain())


def test_the_certificates_say_so_too_and_openssl_follows_their_chains(tmp_path):
    sealed(plain())
    folder = development._folder()
    for name in ("root", "pdf", "root-sm2", "maker", "user"):
        der = (folder / f"{name}.der").read_bytes()
        assert x509.Certificate.load(der).subject.native["common_name"].startswith(SAYS)
        assert openssl("x509", "-inform", "DER", "-in", f"{folder}/{name}.der", "-out", f"{tmp_path}/{name}")
    for root, name in (("root", "pdf"), ("root-sm2", "maker"), ("root-sm2", "user")):
        of_sm2 = ["-vfyopt", "distid:1234567812345678"] if root == "root-sm2" else []
        for trusted in ("root", "root-sm2"):
            asked = ["verify", "-x509_strict", *of_sm2, "-CAfile", f"{tmp_path}/{trusted}"]
            assert openssl(*asked, f"{tmp_path}/{name}") == (trusted == root)


def test_keys_lie_encrypted_and_the_authorities_keys_do_not_lie_there(settings):
    sealed(plain())
    folder = development._folder()
    assert folder.stat().st_mode & 0o077 == 0
    pems = {path.name: path.read_bytes() for path in folder.glob("*.pem")}
    assert sorted(pems) == ["maker.pem", "pdf.pem", "user.pem"]
    assert all(pem.startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----") for pem in pems.values())
    settings.SECRET_KEY = "another"
    development._kit.cache_clear()
    with pytest.raises(ValueError, match=r"password|passphrase"):
        sealed(plain())
    development._kit.cache_clear()


def test_production_seals_nothing_unless_told_and_refuses_the_development_seal():
    safe = {"secret_key": "s" * 60, "allowed_hosts": "juzhu.example.cn"}
    assert Environment(mode="production", **safe).seal == ""
    assert Environment(mode="demo").seal == DEVELOPMENT_SEALER
    with pytest.raises(ValueError, match="JUZHU_SEALER"):
        Environment(mode="production", sealer=DEVELOPMENT_SEALER, **safe)


@pytest.fixture
def timestamps() -> Iterator[str]:
    """A timestamp authority over HTTP."""
    private = rsa.generate_private_key(65537, 2048)
    name = Name([NameAttribute(NameOID.COMMON_NAME, "timestamps of a test")])
    asked = CertificateBuilder(name, name, private.public_key(), 1, BEGIN, BEGIN + timedelta(days=3650))
    made = asked.add_extension(ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    certificate = x509.Certificate.load(made.sign(private, SHA256()).public_bytes(Encoding.DER))
    key = keys.PrivateKeyInfo.load(private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
    authority = DummyTimeStamper(certificate, key, SimpleCertificateStore())

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            answer = authority.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_about: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("named", [True, False])
def test_a_timestamp_authority_is_asked_where_one_is_named(timestamps, settings, tmp_path, named):
    settings.JUZHU_TIMESTAMP_URL = timestamps if named else ""
    made = sealed(plain())
    with pikepdf.open(io.BytesIO(made)) as opened:
        value = bytes(opened.Root.AcroForm.Fields[0].V.Contents)
    assert (TIMESTAMP in value) == named
    assert "Signature is Valid" in pdfsig(made, tmp_path)
