"""Electronic permits signed and checked a second, against bare calls of `cryptography` with such a key;
QR codes' versions; status lists of a million and of ten million.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import segno
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from juzhu.credentials.signing import holder, keys, offline_code, sd_jwt, status_list, trust_list
from juzhu.credentials.signing import sm2 as signing_sm2
from juzhu.credentials.signing.keys import Alg
from juzhu.credentials.signing.offline_code import CodeContent
from juzhu.credentials.tests.world import CLAIMS
from juzhu.credentials.verify import IssuerKey, Lists, Trust, check, sm2
from juzhu.credentials.verify.document import StatusReference

ORIGIN = "https://permits.gongshu.example"
GOAL = 0.4
ROUNDS = 15
PERMITS = (1 << 20, 10_000_000)


def run(scale: float) -> list[dict[str, Any]]:
    """Rows of what one core does a second; each pair is measured in turns, by the processor's time."""
    documents = [row for alg in keys.ALGS for row in _documents(alg, scale)]
    return [*documents, *_qr_codes(), *_status_lists(scale)]


def _rates(scale: float, *calls: Callable[[], object]) -> list[float]:
    """Calls a second of each, the median of rounds that take turns."""
    count = max(20, int(200 * scale))
    taken: list[list[float]] = [[] for _ in calls]
    for _ in range(ROUNDS):
        for at, call in enumerate(calls):
            begun = time.process_time()
            for _ in range(count):
                call()
            taken[at].append((time.process_time() - begun) / count)
    return [1 / statistics.median(each) for each in taken]


def _row(name: str, ours: float, peer: float, note: str, goal: float | None = GOAL) -> dict[str, Any]:
    ratio = ours / peer
    return {
        "name": name,
        "ours": ours,
        "peer": peer,
        "unit": "/s",
        "ratio": ratio,
        "goal": goal,
        "note": note,
    }


def _documents(alg: Alg, scale: float) -> list[dict[str, Any]]:
    now = int(time.time())
    today = datetime.fromtimestamp(now, UTC)
    key, phone = keys.new(alg), keys.new("ES256")
    public = phone.public_jwk()
    reference = StatusReference(f"{ORIGIN}/status/1", 5)
    content = _content(today.date())
    known = IssuerKey(key.kid, alg, key.public_jwk(), frozenset({"permit", "status"}), now - 86400)
    issuer = trust_list.issuer(ORIGIN, "330105", {"zh": "拱墅区", "en": "Gongshu"}, [known])
    trust = Trust.read(trust_list.token(key, [issuer], publisher=ORIGIN, issued_at=now), key.public_jwk())
    listed = status_list.token(key, _statuses(0), uri=reference.uri, issued_at=now)
    lists = Lists([status_list.token(key, bytes(1 << 20), uri=reference.uri, issued_at=now)])
    said = {"audience": "https://school.example", "nonce": "n-0S6_WzA2Mj"}

    def code() -> str:
        return offline_code.make(key, content, issuer=ORIGIN, status=reference, issued_at=now)

    def document() -> str:
        return sd_jwt.issue(
            key,
            CLAIMS,
            issuer=ORIGIN,
            holder=public,
            status=reference,
            issued_at=now,
            last_day=content.last_day,
        )

    def checked(shown: str, **asked: str) -> None:
        assert check(shown, trust=trust, lists=lists, now=today, **asked).outcome == "valid"

    made = code()
    shown = holder.present(document(), ("lives_in", "name"), key=phone, made_at=now, **said)
    sign, verify = _bare(alg)
    calls = (
        code,
        document,
        lambda: checked(made),
        lambda: checked(shown, **said),
        lambda: Lists([listed]).standing(reference, issuer, now),
        sign,
        verify,
        _bare("ES256")[1],
    )
    return _compared(alg, *_rates(scale, *calls))


def _compared(
    alg: Alg,
    coded: float,
    issued: float,
    read: float,
    presented: float,
    list_read: float,
    bare_sign: float,
    bare_verify: float,
    holders: float,
) -> list[dict[str, Any]]:
    """Each rate beside the bare calls that it stands for."""
    both = 1 / (1 / bare_verify + 1 / holders)
    peer = "peer: one bare call" if alg == "ES256" else "peer: one call of the same binding"
    return [
        _row(f"offline code, signed, {alg}", coded, bare_sign, peer),
        _row(f"SD-JWT VC of {len(CLAIMS)} disclosures, signed, {alg}", issued, bare_sign, peer),
        _row(f"offline code, checked with its status, {alg}", read, bare_verify, peer),
        _row(f"presentation with key binding, checked, {alg}", presented, both, "peer: two bare calls"),
        _row(f"status list of 1,048,576, read anew, {alg}", list_read, bare_verify, peer, goal=None),
    ]


def _bare(alg: Alg) -> tuple[Callable[[], object], Callable[[], object]]:
    """Signing and verifying of 300 bytes, with nothing around."""
    data = bytes(300)
    if alg == "SM2":
        private = signing_sm2.new_private()
        point, made = signing_sm2.public_of(private), signing_sm2.sign(private, data)
        return (lambda: signing_sm2.sign(private, data)), (lambda: sm2.verify(point, data, made))
    bare, how = ec.generate_private_key(ec.SECP256R1()), ec.ECDSA(SHA256())
    signature, opened = bare.sign(data, how), bare.public_key()
    return (lambda: bare.sign(data, how)), (lambda: opened.verify(signature, data, how))


def _content(day: date, name: str = "周小芸") -> CodeContent:
    return CodeContent(name, "33010526000172", "330105", day, day + timedelta(days=364), 1)


def _qr_codes() -> list[dict[str, Any]]:
    key, now = keys.new("ES256"), int(time.time())
    rows = []
    for name in ("周小芸", "阿卜杜热合曼·阿卜杜外力·买买提江"):
        content = _content(datetime.fromtimestamp(now, UTC).date(), name)
        status = StatusReference(f"{ORIGIN}/status/12", 1_000_000)
        text = offline_code.make(key, content, issuer=ORIGIN, status=status, issued_at=now)
        drawn = segno.make(text, error="m", boost_error=False, micro=False)
        version, width = float(drawn.version), drawn.symbol_size(border=0)[0]
        rows.append(
            {
                "name": f"QR code of a name of {len(name)} characters, level M",
                "ours": version,
                "peer": 14,
                "unit": "version",
                "ratio": 14 / version,
                "goal": 1,
                "note": f"{len(text)} characters, {width} modules wide; peer: the limit",
            }
        )
    return rows


def _status_lists(scale: float) -> list[dict[str, Any]]:
    key, now = keys.new("ES256"), int(time.time())
    rows = []
    for permits in PERMITS if scale >= 0.1 else PERMITS[:1]:
        shards = [_statuses(seed) for seed in range(-(-permits // status_list.SHARD))]
        begun = time.process_time()
        tokens = [status_list.token(key, shard, uri=f"{ORIGIN}/status/1", issued_at=now) for shard in shards]
        taken = time.process_time() - begun
        size = sum(map(len, tokens)) / 1e6
        rows.append(
            {
                "name": f"status lists of {permits:,} permits, one in twenty not valid, signed",
                "ours": taken,
                "peer": 5,
                "unit": "s",
                "ratio": 5 / taken,
                "goal": 1,
                "note": f"{size:.2f} MB in all; peer: wanted for ten million, in at most 10 MB",
            }
        )
    return rows


def _statuses(seed: int) -> bytes:
    """A shard in which one in twenty is suspended, terminated or superseded, here and there."""
    drawn = random.Random(seed).randbytes(1 << 20)
    table = bytes(1 + code % 3 if code < 13 else 0 for code in range(256))
    return drawn.translate(table)
