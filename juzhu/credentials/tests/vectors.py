"""Documents of every outcome and reason, each with its verdict: for checkers in other languages.

`python -m juzhu.credentials.tests.vectors FILE.json` writes a JSON list of objects:

    name      what the case is; those that begin with "SM2" need that algorithm
    data      what is shown, a text
    trust     the trust list's token, or null; a list that is refused counts as none
    root      the pinned root: its JWK, or its thumbprint as text
    lists     the tokens of the status lists at hand; one that is refused counts as none
    now       unix seconds
    audience, nonce   what the holder's proof must answer; absent where none is asked for
    verdict   what `verify.check` answers, as `Verdict.as_dict()` has it

Keys, times and salts are fixed; all but the SM2 signatures come out the same each time. What is `expected`
was written by hand beside each case, and `test_vectors` compares: this is not merely what the program does.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from juzhu.credentials.signing import holder, jws
from juzhu.credentials.signing.status_list import compress
from juzhu.credentials.tests.world import (
    AUDIENCE,
    BEGAN,
    ELSEWHERE,
    KEY,
    LAST_DAY,
    LOST,
    LOST_FROM,
    NEXT,
    NONCE,
    NOW,
    OLD,
    ORIGIN,
    OTHER_PHONE,
    PERMIT_ONLY,
    ROOT,
    SM2,
    STATUS_ONLY,
    STRANGER,
    SUPERSEDED,
    SUSPENDED,
    TERMINATED,
    TODAY,
    VALID,
    altered,
    code,
    code_payload,
    disclosed,
    document,
    flipped,
    headed,
    headers,
    listed,
    lost_bit,
    nothing_listed,
    packed_list,
    parts_of,
    raw_code,
    shown,
    signed,
    trust,
    without,
)  # fmt: skip
from juzhu.credentials.verify import Lists, Refused, Trust, Verdict, cbor, check
from juzhu.credentials.verify.algorithms import thumbprint
from juzhu.credentials.verify.days import DAY_S, end_of, start_of
from juzhu.credentials.verify.encoding import base64url

ASKED = {"audience": AUDIENCE, "nonce": NONCE}
END = end_of(LAST_DAY)
LONG_AGO = NOW - 30 * DAY_S
"""A trust list of then has come to its end."""


@dataclass(frozen=True)
class Case:
    name: str
    data: str
    expected: str
    """The outcome, and after a colon the reason."""
    trust: str | None = field(default_factory=trust)
    root: Any = field(default_factory=ROOT.public_jwk)
    lists: tuple[str, ...] = field(default_factory=lambda: (listed(),))
    now: int = NOW
    asked: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def verdict(self) -> Verdict:
        """What our own checker answers."""
        try:
            trusted = Trust.read(self.trust, self.root) if self.trust else None
        except Refused:
            trusted = None
        now = datetime.fromtimestamp(self.now, UTC)
        return check(self.data, trust=trusted, lists=Lists(self.lists), now=now, **self.asked)

    def as_dict(self) -> dict[str, Any]:
        given = {name: getattr(self, name) for name in ("name", "data", "trust", "root", "lists", "now")}
        return {**given, **self.asked, "verdict": self.verdict.as_dict()}


def cases() -> list[Case]:
    """Every case, each of another name."""
    groups = (
        good, stopped, out_of_date, bad_lists, bad_trust, bad_signatures, bad_keys, bad_holders,
        bad_disclosures, bad_codes, bad_documents, strange, damaged_codes, damaged_documents, sm2,
    )  # fmt: skip
    return [case for group in groups for case in group()]


def each(expected: str, of: Mapping[str, str], **given: Any) -> Iterator[Case]:
    """Cases that differ in what is shown."""
    for name, data in of.items():
        yield Case(name, data, expected, **given)


def good() -> Iterator[Case]:
    shown_to_us = shown("name", "age_over_18")
    last = {"now": END - 1, "trust": trust(END - 60), "lists": (listed(issued_at=END - 60),)}
    yield from each("valid", {
        "a code": code(),
        "a code with a long name": code(name="阿卜杜热合曼·阿卜杜外力·买买提江"),
        "a code between blanks": f" \r\n{code()}\t\n",
        "a code signed 60 seconds ahead": code(issued_at=NOW + 60),
        "a code of a key that another has followed": code(signer=OLD, issued_at=BEGAN + DAY_S),
        "a code of a lost key, from before its loss": code(signer=LOST, issued_at=LOST_FROM - 1),
        "a document with everything disclosed": document(),
        "a document with nothing disclosed": holder.chosen(document(), ()),
        "a document of a lost key, from the day before": document(signer=LOST, issued_at=LOST_FROM - DAY_S),
        "a presentation that nobody asked for": shown(),
    })  # fmt: skip
    yield Case("a presentation that answers", shown_to_us, "valid", asked=ASKED)
    yield Case("a presentation for us, of any nonce", shown_to_us, "valid", asked={"audience": AUDIENCE})
    yield Case("a code in the last second of its last day", code(), "valid", **last)
    yield Case("a list in its last second", code(), "valid", now=end_of(TODAY) - 1)
    yield Case("a list made 60 seconds ahead", code(), "valid", lists=(listed(issued_at=NOW + 60),))
    yield Case("a root by its thumbprint", code(), "valid", root=base64url(thumbprint(ROOT.public_jwk())))
    yield Case("a list of a key for lists alone", code(), "valid", lists=(listed(STATUS_ONLY),))


def stopped() -> Iterator[Case]:
    after = END + 3600
    late = {"now": after, "trust": trust(after - 60), "lists": (listed(issued_at=after - 60),)}
    for idx, outcome in ((SUSPENDED, "suspended"), (TERMINATED, "terminated")):
        yield Case(f"a code, {outcome}", code(idx), outcome)
        yield Case(f"a presentation, {outcome}", shown(of=document(idx)), outcome, asked=ASKED)
        yield Case(f"a code, {outcome}, after its last day", code(idx), outcome, **late)
    newer = (nothing_listed(issued_at=NOW - 7200), listed())
    yield Case("the newer of two lists", code(SUSPENDED), "suspended", lists=newer)
    a_strangers = (listed(), nothing_listed(STRANGER, issued_at=NOW - 60))
    yield Case(
        "the older of two lists, the newer a stranger's", code(SUSPENDED), "suspended", lists=a_strangers
    )


def out_of_date() -> Iterator[Case]:
    after: dict[str, Any] = {"now": END, "trust": trust(END - 60), "lists": (listed(issued_at=END),)}
    yield Case("a code after its last day", code(), "stale:document", **after)
    yield Case("a document after its last day", document(), "stale:document", **after)
    yield Case("a code signed 61 seconds ahead", code(issued_at=NOW + 61), "stale:document")
    yield Case("a document of tomorrow", document(issued_at=NOW + DAY_S), "stale:document")
    begun = document(signer=NEXT, issued_at=start_of(date(2026, 4, 1)))
    yield Case("a document of a key that will begin", begun, "stale:document")
    yield Case("a code, superseded", code(SUPERSEDED), "stale:superseded")
    yield Case(
        "a document, superseded, after its last day", document(SUPERSEDED), "stale:superseded", **after
    )
    yield Case("no list after the last day", code(), "stale:list", **{**after, "lists": ()})


def bad_lists() -> Iterator[Case]:
    good_array = compress(bytes(1024))
    for name, lists in {
        "no list": (),
        "a list that is none": ("no list", trust(), ""),
        "a list made 61 seconds ahead": (listed(issued_at=NOW + 61),),
        "a list of another address": (listed(uri=f"{ORIGIN}/status/4"),),
        "a list that ends before the index": (listed(size=VALID),),
        "a list of an unknown key": (listed(STRANGER),),
        "a list of a key for permits alone": (listed(PERMIT_ONLY),),
        "a list of a lost key": (listed(LOST),),
        "a list of a key that has ended": (listed(OLD),),
        "a list of a key that has not begun": (listed(NEXT),),
        "a list that was altered": (flipped(listed(), 200),),
        "a list that is a bomb": (packed_list(compress(bytes((4 << 20) + 1))),),
        "a list cut off within its array": (packed_list(good_array[:-4]),),
        "a list with more behind its array": (packed_list(good_array + b"\0"),),
        "a list of three bits": (packed_list(good_array, 3),),
    }.items():
        yield Case(name, code(), "stale:list", lists=lists)
    yield Case("the list of yesterday, at midnight", code(), "stale:list", now=end_of(TODAY))


def bad_trust() -> Iterator[Case]:
    print_ = base64url(thumbprint(ROOT.public_jwk()))
    for name, token in {
        "no trust list": None,
        "a trust list of another root": trust(root=STRANGER),
        "a trust list that was altered": altered(trust(), exp=NOW * 2),
        "a trust list past its end": trust(LONG_AGO),
        "a trust list made 61 seconds ahead": trust(NOW + 61),
    }.items():
        yield Case(name, code(), "stale:trust", trust=token)
    yield Case("another root's thumbprint", code(), "stale:trust", trust=trust(root=STRANGER), root=print_)
    yield from each("stale:trust", {
        "an old trust list, terminated": code(TERMINATED),
        "an old trust list, of an unknown key": code(signer=STRANGER),
        "an old trust list, of an unknown issuer": code(issuer=ELSEWHERE),
    }, trust=trust(LONG_AGO))  # fmt: skip


def bad_signatures() -> Iterator[Case]:
    protected, _, payload, signature = parts_of(code())
    longer = cbor.encode({**code_payload(), 4: END + DAY_S})
    last_bit = signature[:-1] + bytes([signature[-1] ^ 1])
    head, said, rest = headed(document(), alg="none").split(".", 2)
    yield from each("forged:signature", {
        "a code with another end": raw_code(parts=[protected, {}, longer, signature]),
        "a code with one bit turned": raw_code(parts=[protected, {}, payload, last_bit]),
        "a code with a short signature": raw_code(parts=[protected, {}, payload, signature[:-1]]),
        "a code without signature": raw_code(parts=[protected, {}, payload, b""]),
        "a code signed with nought": raw_code(parts=[protected, {}, payload, bytes(64)]),
        "a code that names another algorithm": raw_code(protected={**headers(KEY), 1: -65538}),
        "a document with another end": altered(document(), exp=END + DAY_S),
        "a document with another holder": altered(document(), cnf={"jwk": OTHER_PHONE.public_jwk()}),
        "a document without signature": f"{head}.{said}.~{rest.split('~', 1)[1]}",
        "a document that names another algorithm": headed(document(), alg="SM2"),
    })  # fmt: skip
    yield Case(
        "an old trust list, altered",
        altered(document(), exp=END * 2),
        "forged:signature",
        trust=trust(LONG_AGO),
    )


def bad_keys() -> Iterator[Case]:
    yield from each("forged:key_unknown", {
        "a code of an unknown key": code(signer=STRANGER),
        "a document of an unknown key": document(signer=STRANGER),
        "a code of an unknown issuer": code(issuer=ELSEWHERE),
        "a document of an unknown issuer": document(issuer=ELSEWHERE),
        "a code of a key for lists alone": code(signer=STATUS_ONLY),
        "a code from before its key": code(signer=NEXT),
        "a code from after its key": code(signer=OLD),
    })  # fmt: skip
    yield from each("forged:key_revoked", {
        "a code of a lost key, from its loss": code(signer=LOST, issued_at=LOST_FROM),
        "a document of a lost key, from that day": document(signer=LOST, issued_at=LOST_FROM - 3600),
    })  # fmt: skip
    yield Case(
        "an old trust list, of a lost key", code(signer=LOST), "forged:key_revoked", trust=trust(LONG_AGO)
    )


def bad_holders() -> Iterator[Case]:
    shown_part, proof = shown().rsplit("~", 1)
    yield from each("forged:holder", {
        "no proof where one is asked for": document(),
        "a code where a proof is asked for": code(),
        "a proof for another audience": shown(audience="https://bank.example"),
        "a proof of another nonce": shown(nonce="another"),
        "a proof of another key": shown(proof=OTHER_PHONE),
        "a proof of other disclosures": holder.chosen(document(), ("name",)) + proof,
        "a proof of another document": holder.chosen(document(SUSPENDED), ("lives_in",)) + proof,
        "a proof of ten minutes ago": shown(made_at=NOW - 601),
        "a proof 61 seconds ahead": shown(made_at=NOW + 61),
        "a proof that was altered": f"{shown_part}~{altered(proof, nonce='other')}",
        "a proof of another type": f"{shown_part}~{headed(proof, typ='JWT')}",
        "a proof without signature": shown().rsplit(".", 1)[0] + ".",
    }, asked=ASKED)  # fmt: skip
    yield Case("a proof of another key that nobody asked for", shown(proof=OTHER_PHONE), "forged:holder")


def bad_disclosures() -> Iterator[Case]:
    issued, first, *rest = document().split("~")
    made_up, _ = disclosed("c2FsdA", "age_over_16", True)
    yield from each("forged:digest", {
        "a disclosure that was made up": f"{document()}{made_up}~",
        "a disclosure that comes twice": "~".join([issued, first, first, *rest]),
        "a disclosure that was altered": "~".join([issued, flipped(first, 40), *rest]),
    })  # fmt: skip
    for name, values in {
        "the issuer": ["c2FsdA", "iss", ELSEWHERE],
        "no name": ["c2FsdA", True],
        "a number as its name": ["c2FsdA", 7, True],
    }.items():
        made, digest = disclosed(*values)
        yield Case(f"a disclosure of {name}", signed(tail=f"~{made}~", _sd=[digest]), "forged:malformed")
    one, two = disclosed("YQ", "name", "周"), disclosed("Yg", "name", "吴")
    both = signed(tail=f"~{one[0]}~{two[0]}~", _sd=[one[1], two[1]])
    yield Case("two disclosures of one name", both, "forged:malformed")


def bad_codes() -> Iterator[Case]:
    said = code_payload()
    permit = said[-70001]
    yield from each("forged:malformed", {
        "a code without its end": raw_code(without(4)),
        "a code without its status": raw_code(without(65535)),
        "a code without its permit": raw_code(without(-70001)),
        "a code without its issuer": raw_code(without(1)),
        "a code whose name is a number": raw_code({**said, -70001: {**permit, 1: 7}}),
        "a code whose end is text": raw_code({**said, 4: "2027"}),
        "a code whose end is true": raw_code({**said, 4: True}),
        "a code whose days are past all calendars": raw_code({**said, -70001: {**permit, 5: 2**40}}),
        "a code that is a list": raw_code([1, 2, 3]),
        "a code of another tag": raw_code(tag=61),
        "a code with a header that is not signed": raw_code(unprotected={4: b"12345678"}),
        "a code with a header too many": raw_code(protected={**headers(KEY), 2: [4]}),
        "a code with a header too few": raw_code(protected={1: -7}),
        "a code of three parts": raw_code(parts=[b"", {}, b""]),
    })  # fmt: skip


def bad_documents() -> Iterator[Case]:
    yield from each("forged:malformed", {
        "a document without its end": signed(drop="exp"),
        "a document without its status": signed(drop="status"),
        "a document without its holder": signed(drop="cnf"),
        "a document without digests": signed(drop="_sd"),
        "a document of another issuer's kind": signed(vct=f"{ELSEWHERE}/credentials/residence-permit"),
        "a document of another digest": signed(_sd_alg="sha-512"),
        "a document with a negative end": signed(exp=-1),
    })  # fmt: skip


def strange() -> Iterator[Case]:
    permit = f"{ORIGIN}/credentials/residence-permit"
    yield from each("not_a_permit", {
        "nothing": "",
        "blanks": " \n",
        "an address": f"{ORIGIN}/v/AAECAwQFBgcAAAAA",
        "a live code": "AAECAwQFBgcDfQ-wq0mT3m2iVb1u7zNf7K5E",
        "a sentence": "请出示居住证",
        "a health certificate": "HC1:6BFOXN%TS3DH0YOJ58S S-W5HDC *M0II5XHC9B5G2+$N",
        "an object": '{"outcome":"valid"}',
        "a token of another type": jws.sign(KEY, "JWT", {"iss": ORIGIN, "vct": permit}),
        "a document of another kind": signed(vct=f"{ORIGIN}/credentials/library-card"),
        "a document without kind": signed(drop="vct"),
        "a trust list where a permit is wanted": trust(),
        "a status list where a permit is wanted": listed(),
        "dots": "a.b.c",
        "a tilde": "hello~world",
    })  # fmt: skip


def damaged_codes() -> Iterator[Case]:
    made, payload = code(), cbor.encode(code_payload())
    yield from each("unreadable", {
        "a code that is cut off": made[:-30],
        "a code of its beginning alone": "JZ1:",
        "a code in small letters": "JZ1:" + made[4:].lower(),
        "a code with a foreign character": made[:50] + "_" + made[51:],
        "a code with a Chinese character": made[:50] + "居" + made[51:],
        "a code with a triple too large": made[:4] + ":::" + made[7:],
        "a code of a later kind": "JZ2:" + made[4:],
        "a code with more behind it": raw_code(after=b"\0"),
        "a code with a number spelled long": raw_code(payload.replace(b"\x04\x1a", b"\x18\x04\x1a", 1)),
        "a code of open length": raw_code(b"\xbf" + payload[1:] + b"\xff"),
        "a code with a name twice": raw_code(b"\xa2\x01\x61a\x01\x61a"),
        "a code in another order": raw_code(b"\xa2\x04\x01\x01\x61a"),
        "a code with a fraction": raw_code(b"\xa1\x01\xfb" + bytes(8)),
        "a code with a number past 2^53": raw_code(b"\xa1\x04\x1b" + b"\xff" * 8),
        "a code nested too deep": raw_code(b"\xa1\x01" + b"\x81" * 9 + b"\x01"),
        "a code that promises too much": raw_code(b"\xa1\x01\x9a\x7f\xff\xff\xff"),
        "a code with text that is none": raw_code(b"\xa1\x01\x61\xff"),
        "too much": "JZ1:" + "0" * (256 << 10),
    })  # fmt: skip


def damaged_documents() -> Iterator[Case]:
    whole = document()
    yield from each("unreadable", {
        "a document cut off in its signature": whole.split("~")[0][:-10],
        "a document cut off in a disclosure": whole[:-20],
        "a document without its last tilde": whole[:-1],
        "a document with a line break": whole[:100] + "\n" + whole[100:],
        "a document with an empty disclosure": whole + "~",
        "a document with a damaged header": whole[:20] + "!" + whole[21:],
        "a document with a damaged payload": whole[:120] + "!" + whole[121:],
        "a document with a lost bit": lost_bit(whole),
    })  # fmt: skip


def sm2() -> Iterator[Case]:
    yield from each("valid", {"SM2: a code": code(signer=SM2), "SM2: a document": document(signer=SM2)})
    yield Case("SM2: a presentation", shown(of=document(signer=SM2)), "valid", asked=ASKED)
    yield Case("SM2: a list, suspended", code(SUSPENDED), "suspended", lists=(listed(SM2),))
    yield Case("SM2: another end", altered(document(signer=SM2), exp=END * 2), "forged:signature")
    yield Case("SM2: a root", code(), "valid", trust=trust(root=SM2), root=SM2.public_jwk())


def main() -> None:
    made = [case.as_dict() for case in cases()]
    Path(sys.argv[1]).write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
