"""The register of e-licences: one for each permit version, made and signed by the worker."""

import re
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F

from juzhu.credentials import keys
from juzhu.credentials.addresses import origin, status_uri
from juzhu.credentials.models import Licence, Shard
from juzhu.credentials.places import SIZE, scattered
from juzhu.credentials.signing import offline_code
from juzhu.credentials.signing.errors import TooLong
from juzhu.credentials.signing.identifiers import Identifier, identifier
from juzhu.credentials.signing.keys import SigningKey
from juzhu.credentials.verify.document import StatusReference
from juzhu.law.lifecycle import last_day_of
from juzhu.law.policy import Policy
from juzhu.operations import clock, events
from juzhu.operations.actors import SYSTEM
from juzhu.operations.clock import SHANGHAI
from juzhu.operations.rules import in_force
from juzhu.permits.models import Permit, PermitVersion

log = structlog.get_logger(__name__)
SECRET_BYTES = 32
NO_SERIAL = re.compile(r"[^0-9A-Z]")


def register(permits: Iterable[int]) -> int:
    """Make what licences the versions of these permits lack; all but each permit's last one are superseded.
    Returns how many were made. Once, however often it is asked for.

    Raises SigningKeyMissing, DevelopmentKeys; NotTheWorker.
    """
    now = clock.now()
    with transaction.atomic():
        held = list(
            Permit.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=permits).order_by("pk")
        )
        lacking = {
            permit.pk: list(permit.versions.filter(licence=None).order_by("number")) for permit in held
        }
        count = sum(map(len, lacking.values()))
        if not count:
            return 0
        press = Press.at(now)
        places = iter(_places(count))
        touched = set()
        for permit in held:
            made = [press.licence(permit, version, *next(places)) for version in lacking[permit.pk]]
            if made:
                touched |= _supersede(permit, made, now)
                Licence.objects.bulk_create(made)
        want(touched)
        for permit in held:
            if numbers := [version.number for version in lacking[permit.pk]]:
                about = {"versions": numbers, "kid": press.key.kid}
                events.append(
                    "permit.licence_made", actor=SYSTEM, subject=permit, person_id=permit.person_id, **about
                )
    return count


def _supersede(permit: Permit, made: Sequence[Licence], now: datetime) -> set[int]:
    """Mark what is not the last document; the shards in which something has changed."""
    earlier = Licence.objects.filter(permit=permit, superseded_at=None)
    shards = {*earlier.values_list("shard", flat=True), *(licence.shard_id for licence in made)}
    earlier.update(superseded_at=now)
    for licence in made[:-1]:
        licence.superseded_at = now
    return shards


def sign_anew(licences: Iterable[int]) -> int:
    """Sign documents again whose key was revoked, or that name another address. Returns how many. Raises as
    `register`.
    """
    now = clock.now()
    with transaction.atomic():
        rows = Licence.objects.select_for_update(of=("self",)).select_related("version", "permit")
        held = list(rows.filter(pk__in=licences, superseded_at=None).order_by("pk"))
        if held:
            press = Press.at(now)
            for licence in held:
                press.sign(licence)
            Licence.objects.bulk_update(held, ["offline_code", "alg", "kid", "issuer", "signed_at"])
    return len(held)


def want(shards: Iterable[int]) -> None:
    """Have the lists of these shards made anew, in the caller's transaction."""
    Shard.objects.filter(number__in=sorted(shards)).update(wanted=F("wanted") + 1)


class Press:
    """Makes licences at one moment, by one key and one policy."""

    def __init__(self, now: datetime, rules: Policy, key: SigningKey) -> None:
        self.now, self.rules, self.key = now, rules, key

    @classmethod
    def at(cls, now: datetime) -> "Press":
        """With the key of this moment."""
        rules = in_force(now.astimezone(SHANGHAI).date())
        return cls(now, rules, keys.signer("permit", rules, int(now.timestamp())))

    def licence(self, permit: Permit, version: PermitVersion, shard: int, place: int) -> Licence:
        """The document of a version, signed and not saved."""
        electronic = self.rules.electronic_permit
        made = Licence(
            version=version,
            permit=permit,
            identifier=identifier(
                Identifier(
                    electronic.licence_type.code,
                    electronic.issuing_organ.code,
                    NO_SERIAL.sub("", permit.number.upper()),
                    version.number,
                )
            ),
            shard_id=shard,
            place=place,
            made_at=self.now,
        )
        self.sign(made)
        return made

    def sign(self, licence: Licence) -> None:
        """Write its signed columns. A name too long for a code of a size that can be scanned has none."""
        licence.alg, licence.kid, licence.signed_at = self.key.alg, self.key.kid, self.now
        licence.issuer = origin()
        version = licence.version
        content = offline_code.CodeContent(
            name=version.name,
            permit_number=licence.permit.number,
            division=settings.JUZHU_DISTRICT["code"],
            issued_on=version.issued_on,
            last_day=last_day_of(version.valid_until, self.rules).day,
            version=version.number,
        )
        status = StatusReference(status_uri(licence.shard_id), licence.place)
        moment = int(self.now.timestamp())
        try:
            licence.offline_code = offline_code.make(
                self.key, content, issuer=licence.issuer, status=status, issued_at=moment
            )
        except TooLong:
            licence.offline_code = ""
            log.warning("offline_code_too_long", version=version.pk)


def _places(count: int) -> list[tuple[int, int]]:
    """The next so many places, as (shard, place); the shard's row is held until commit."""
    found: list[tuple[int, int]] = []
    while len(found) < count:
        shard = _open_shard()
        number = min(count - len(found), SIZE - shard.given)
        secret = bytes(shard.secret)
        found += [(shard.number, scattered(shard.given + n, secret)) for n in range(number)]
        shard.given += number
        shard.save(update_fields=["given"])
    return found


def _open_shard() -> Shard:
    """The last shard, or a new one where it is full or there is none."""
    last = Shard.objects.select_for_update().order_by("-number").first()
    if last is not None and last.given < SIZE:
        return last
    number = last.number + 1 if last else 0
    Shard.objects.get_or_create(number=number, defaults={"secret": secrets.token_bytes(SECRET_BYTES)})
    return Shard.objects.select_for_update().get(number=number)
