"""What everybody may fetch: the trust list, the keys, the status list of each shard. Signed by the worker.

What is published is compared with what should be: each file keeps what it was made from (`basis`), and
one whose basis is another one now is made anew. So it does not matter which event was lost, which worker
died, or how often a task runs. A file is written into the folder first and into its row last: whoever dies
between the two leaves a row that says so.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings

from juzhu.credentials import keys
from juzhu.credentials.addresses import JWKS, ROOT_KEY, TRUST_LIST, origin, status_path
from juzhu.credentials.errors import DevelopmentKeys, SigningKeyMissing
from juzhu.credentials.models import PublishedDocument, Shard
from juzhu.credentials.places import SIZE
from juzhu.credentials.signing import key_store, status_list, trust_list
from juzhu.credentials.signing import keys as signing_keys
from juzhu.credentials.standings import not_valid
from juzhu.credentials.verify.days import DAY_S, day_start
from juzhu.credentials.verify.encoding import from_json_object, to_json
from juzhu.law.calendar import calendar_version
from juzhu.law.policy import Policy
from juzhu.operations import clock, health, tasks
from juzhu.operations.clock import SHANGHAI
from juzhu.operations.models import Task
from juzhu.operations.rules import in_force

log = structlog.get_logger(__name__)
PUBLISH = "credentials.publish"
PAUSE_S = 15
"""The lists of a shard are made at most once in so many seconds, however much changes meanwhile."""
KEYS_TTL_S = 300
RENEW_AFTER = timedelta(seconds=trust_list.LIFE_S) / 2
"""A trust list lives for 30 days, and is made anew after 15."""
SAID_EVERY_S = 60
_said_at = float("-inf")


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is published, by whose rules, and with which keys."""

    now: datetime
    rules: Policy

    @classmethod
    def present(cls) -> "Moment":
        now = clock.now()
        return cls(now, in_force(now.astimezone(SHANGHAI).date()))

    @property
    def seconds(self) -> int:
        return int(self.now.timestamp())


def start() -> None:
    """Enqueue what is to be published. The worker asks twice a second: this only reads, most of the time."""
    if paths := due(Moment.present()):
        soon = datetime.now(UTC) + timedelta(seconds=SAID_EVERY_S)
        waiting = Task.objects.filter(kind=PUBLISH, done_at=None, dead_at=None, run_at__lte=soon)
        waited_for = {task.payload["path"] for task in waiting}
        for path in paths:
            key = f"{PUBLISH}:{path}:{int(time.time()) // PAUSE_S}"
            if path not in waited_for and not Task.objects.filter(key=key).exists():
                tasks.enqueue(PUBLISH, {"path": path}, key=key)


def due(moment: Moment) -> list[str]:
    """The paths whose file is not what it should be. Two queries."""
    if not can_sign(moment):
        return []
    published = {row.path: row for row in PublishedDocument.objects.defer("body")}
    wanted = _wanted(moment)
    return [path for path, basis in wanted if not _stands(published.get(path), basis, moment)]


def can_sign(moment: Moment) -> bool:
    """Whether there are keys; says once a minute in the log where there are none."""
    global _said_at
    if settings.JUZHU_MODE != "production" and not keys.known():
        return True
    try:
        for use in ("root", "status", "permit"):
            keys.signing(use, moment.rules, moment.seconds)
    except (SigningKeyMissing, DevelopmentKeys) as error:
        if time.monotonic() - _said_at > SAID_EVERY_S:
            _said_at = time.monotonic()
            log.error(error.code, **error.about, do="juzhu credentials keys new; see docs/keys-and-lists.md")
        return False
    return True


def _wanted(moment: Moment) -> Iterator[tuple[str, str]]:
    """Every path with the basis that its file should have."""
    facts = [key_store.facts_of(key) for key in keys.known()]
    for path in (TRUST_LIST, JWKS, ROOT_KEY):
        yield path, _basis(facts, origin(), settings.JUZHU_DISTRICT)
    for shard in Shard.objects.all():
        yield status_path(shard.number), _basis_of(shard, moment)


def _basis_of(shard: Shard, moment: Moment) -> str:
    try:
        kid = keys.signing("status", moment.rules, moment.seconds).kid
    except SigningKeyMissing:
        kid = ""
    day = day_start(moment.seconds) // DAY_S
    return _basis(shard.wanted, day, kid, origin(), settings.JUZHU_POLICY, calendar_version())


def _basis(*made_from: object) -> str:
    return hashlib.sha256(json.dumps(made_from, sort_keys=True, default=str).encode()).hexdigest()


def _stands(row: PublishedDocument | None, basis: str, moment: Moment) -> bool:
    """Whether a file is what it should be, and where a folder is kept, there too."""
    if row is None or row.basis != basis or row.made_at > moment.now:
        return False
    if row.path == TRUST_LIST and moment.now - row.made_at > RENEW_AFTER:
        return False
    folder = settings.JUZHU_PUBLISHED_DIR
    return folder is None or (folder / row.path.lstrip("/")).is_file()


@tasks.handles(PUBLISH, outside=True)
def publish(payload: dict[str, str]) -> None:
    """Make one file anew, if it still is not what it should be. Raises SigningKeyMissing, DevelopmentKeys."""
    path, moment = payload["path"], Moment.present()
    keys.prepare(moment.rules)
    row = PublishedDocument.objects.filter(path=path).defer("body").first()
    basis = dict(_wanted(moment)).get(path)
    if basis is None or _stands(row, basis, moment):
        return
    made = _made(path, moment)
    if folder := settings.JUZHU_PUBLISHED_DIR:
        _put(folder / path.lstrip("/"), made["body"])
    etag = hashlib.sha256(made["body"]).hexdigest()[:32]
    PublishedDocument.objects.update_or_create(
        path=path, defaults={**made, "etag": etag, "basis": basis, "made_at": moment.now}
    )
    log.info("published", path=path, bytes=len(made["body"]))


def _put(target: Path, body: bytes) -> None:
    """Write a file that everybody may read, whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    with beside.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    beside.chmod(0o644)
    beside.replace(target)


def _made(path: str, moment: Moment) -> dict[str, Any]:
    """The columns of a file that is made now."""
    if path == TRUST_LIST:
        root = keys.signer("root", moment.rules, moment.seconds)
        district = settings.JUZHU_DISTRICT
        issuer = trust_list.issuer(origin(), district["code"], district["authority"], keys.known())
        token = trust_list.token(root, [issuer], publisher=origin(), issued_at=moment.seconds)
        until = moment.seconds + trust_list.LIFE_S
        return _file(token.encode(), "application/jwt", KEYS_TTL_S, until)
    if path == JWKS:
        return _file(to_json(signing_keys.jwks(keys.known())), "application/jwk-set+json", KEYS_TTL_S)
    if path == ROOT_KEY:
        root_jwk = keys.signer("root", moment.rules, moment.seconds).public_jwk()
        return _file(to_json(root_jwk), "application/jwk+json", KEYS_TTL_S)
    shard = int(path.rpartition("/")[2])
    token = status_token(shard, moment)
    until = day_start(moment.seconds) + DAY_S
    return _file(token.encode(), "application/statuslist+jwt", status_list.TTL_S, until)


def status_token(shard: int, moment: Moment) -> str:
    """The signed list of a shard, as of that moment."""
    statuses = bytearray(SIZE)
    for place, status in not_valid(shard, moment.now.astimezone(SHANGHAI).date()).items():
        statuses[place] = status
    key = keys.signer("status", moment.rules, moment.seconds)
    return status_list.token(key, statuses, uri=origin() + status_path(shard), issued_at=moment.seconds)


def _file(body: bytes, media_type: str, ttl: int, until: int | None = None) -> dict[str, Any]:
    return {
        "body": body,
        "media_type": media_type,
        "ttl": ttl,
        "valid_until": None if until is None else datetime.fromtimestamp(until, UTC),
    }


def root_jwk() -> dict[str, str] | None:
    """The public key that the trust list is signed with, for checkers to pin; None before there is one."""
    row = PublishedDocument.objects.filter(path=ROOT_KEY).first()
    return from_json_object(bytes(row.body)) if row else None


@health.tells("electronic_permit")
def _health() -> str:
    """What an operator has to do so that the electronic permit can be checked offline; "ok" for nothing."""
    now = clock.now()
    until = dict(PublishedDocument.objects.values_list("path", "valid_until"))
    if TRUST_LIST not in until:
        return "no trust list is published: make keys with juzhu credentials keys new, and run juzhu worker"
    late = sorted(path for path, end in until.items() if end is not None and end <= now)
    return f"out of date: {', '.join(late)}; see the log of juzhu worker" if late else "ok"
