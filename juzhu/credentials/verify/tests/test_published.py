"""Examples from the standards, read and checked by our code."""

from juzhu.credentials.signing.sd_jwt import digest
from juzhu.credentials.signing.status_list import pack
from juzhu.credentials.verify import algorithms, cbor, cose, jws
from juzhu.credentials.verify.encoding import base64url, from_base64url
from juzhu.credentials.verify.status_list import StatusList, inflate


def test_jws_es256() -> None:
    """Source: RFC 7515, appendix A.3."""
    jwk = {
        "kty": "EC",
        "crv": "P-256",
        "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    }
    token = (
        "eyJhbGciOiJFUzI1NiJ9"
        ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
    )
    read = jws.read(token)
    assert read.signed_by("ES256", jwk)
    assert read.payload["exp"] == 1300819380


def test_cwt() -> None:
    """A signed CWT. Source: RFC 8392, appendix A.3; its key, A.2.3."""
    jwk = {
        "kty": "EC",
        "crv": "P-256",
        "x": base64url(bytes.fromhex("143329cce7868e416927599cf65a34f3ce2ffda55a7eca69ed8919a394d42f0f")),
        "y": base64url(bytes.fromhex("60f7f1a780d8a783bfb7a2dd6b2796e8128dbbcef9d3d168db9529971a36e7b9")),
    }
    signed = bytes.fromhex(
        "d28443a10126a104524173796d6d657472696345434453413235365850a70175636f61703a2f2f61732e6578616d706c652e"
        "636f6d02656572696b77037818636f61703a2f2f6c696768742e6578616d706c652e636f6d041a5612aeb0051a5610d9f006"
        "1a5610d9f007420b7158405427c1ff28d23fbad1f29c4c7c6a555e601d6fa29f9179bc3d7438bacaca5acd08c8d4d4f96131"
        "680c429a01f85951ecee743a52b9b63632c57209120e1c9e30"
    )
    tagged = cbor.decode(signed)
    protected, _, payload, signature = tagged.value
    assert tagged.tag == cose.SIGN1
    assert algorithms.verify("ES256", jwk, cose.to_sign(protected, payload), signature)
    assert cbor.decode(payload)[1] == "coap://as.example.com"


def test_cose_sign1() -> None:
    """Source: RFC 9052, appendix C.2.1; its key, C.7.1."""
    jwk = {
        "kty": "EC",
        "crv": "P-256",
        "x": base64url(bytes.fromhex("bac5b11cad8f99f9c72b05cf4b9e26d244dc189f745228255a219a86d6a09eff")),
        "y": base64url(bytes.fromhex("20138bf82dc1b6d562be0fa54ab7804a3a64b6d72ccfed6b6fb6ed28bbfc117e")),
    }
    protected, _, payload, signature = cbor.decode(
        bytes.fromhex(
            "d28443a10126a10442313154546869732069732074686520636f6e74656e742e58408eb33e4ca31d1c465ab05aac34cc6b23"
            "d58fef5c083106c4d25a91aef0b0117e2af9a291aa32e14ab834dc56ed2a223444547e01f11d3b0916e5a4c345cacb36"
        )
    ).value
    assert payload == b"This is the content."
    assert algorithms.verify("ES256", jwk, cose.to_sign(protected, payload), signature)


def test_sd_jwt_digest() -> None:
    """Source: RFC 9901 §4.2.3."""
    disclosure = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"
    assert digest(disclosure) == "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"


def test_status_list_of_one_bit() -> None:
    """Source: Token Status List, the example of 1-bit statuses."""
    statuses = [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]
    read = StatusList("", 0, 0, 1, inflate(from_base64url("eNrbuRgAAhcBXQ")))
    assert [read.status(idx) for idx in range(17)] == [*statuses, None]


def test_status_list_of_two_bits() -> None:
    """Source: Token Status List, the example of 2-bit statuses."""
    statuses = [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]
    read = StatusList("", 0, 0, 2, inflate(from_base64url("eNo76fITAAPfAgc")))
    assert [read.status(idx) for idx in range(12)] == statuses
    assert pack(bytes(statuses)) == read.packed
