"""What is made: a code that fits its QR code, a document that hides how much it holds, status lists."""

import json
from collections.abc import Mapping
from datetime import date

import pytest
import segno

from juzhu.credentials.signing import holder, sd_jwt, status_list
from juzhu.credentials.signing.errors import TooLong
from juzhu.credentials.tests.world import CLAIMS, KEY, NOW, ORIGIN, PHONE, URI, code, document, shown
from juzhu.credentials.verify.days import end_of, start_of
from juzhu.credentials.verify.document import StatusReference
from juzhu.credentials.verify.encoding import from_base64url


@pytest.mark.parametrize("name", ["周小芸", "阿卜杜热合曼·阿卜杜外力·买买提江·阿不都克里木", "居" * 30])
def test_a_code_fits_a_qr_code_of_version_14(name: str) -> None:
    drawn = segno.make(code(name=name), error="m", boost_error=False, micro=False)
    assert int(drawn.version) <= 14
    assert drawn.mode == "alphanumeric"


def test_a_code_that_does_not_fit_is_not_made() -> None:
    with pytest.raises(TooLong):
        code(name="居" * 60)


def test_a_document_holds_every_claim_and_says_no_order() -> None:
    payload = json.loads(from_base64url(document().split(".")[1]))
    assert len(payload["_sd"]) == len(CLAIMS)
    assert payload["_sd"] == sorted(payload["_sd"])
    assert not set(payload) & set(CLAIMS)
    assert payload["iat"] == start_of(date(2026, 3, 9))
    assert payload["exp"] == end_of(date(2027, 3, 8))


def issued(claims: Mapping[str, object]) -> str:
    status, last_day = StatusReference(URI, 1), date(2027, 3, 8)
    holder = PHONE.public_jwk()
    return sd_jwt.issue(
        KEY, claims, issuer=ORIGIN, holder=holder, status=status, issued_at=NOW, last_day=last_day
    )


def test_two_documents_of_the_same_share_no_salt_and_no_digest() -> None:
    first, second = (issued(CLAIMS).split("~") for _ in range(2))
    assert not set(first[1:-1]) & set(second[1:-1])


@pytest.mark.parametrize("claims", [{}, {**CLAIMS, "phone": "1"}, dict(list(CLAIMS.items())[1:])])
def test_a_document_has_no_fewer_and_no_more_claims(claims: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        issued(claims)


def test_a_holder_shows_no_more_than_was_chosen() -> None:
    made = shown("lives_in", "age_over_16")
    assert made.count("~") == 3
    assert holder.chosen(document(), ()).count("~") == 1


@pytest.mark.parametrize("size", [0, 1, 4, 5, 4097])
def test_packing_is_the_same_as_one_by_one(size: int) -> None:
    statuses = bytes((at * at + at // 3) % 4 for at in range(size))
    slowly = bytearray((size + 3) // 4)
    for at, status in enumerate(statuses):
        slowly[at // 4] |= status << at % 4 * 2
    assert status_list.pack(statuses) == slowly


def test_no_status_takes_more_than_two_bits() -> None:
    with pytest.raises(ValueError):
        status_list.pack(b"\0\1\4")


def test_a_list_lives_until_midnight_in_shanghai() -> None:
    for moment in (start_of(date(2026, 3, 10)), end_of(date(2026, 3, 10)) - 1):
        token = status_list.token(KEY, bytes(8), uri=URI, issued_at=moment)
        payload = json.loads(from_base64url(token.split(".")[1]))
        assert (payload["iat"], payload["exp"], payload["ttl"]) == (moment, end_of(date(2026, 3, 10)), 300)
