"""Offers to load the permit, and what they are redeemed for: the authorization server's part of OpenID4VCI.

A token is good for five minutes. A refresh token is exchanged with each use, and worthless without the
device's key: whoever has it gets no document without a proof of that key.
"""

import hmac
import secrets as randomness
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db import transaction

from juzhu.credentials import checks
from juzhu.credentials.addresses import origin
from juzhu.credentials.verify.encoding import to_json
from juzhu.operations import clock, events, tasks
from juzhu.operations.actors import Actor
from juzhu.operations.clock import SHANGHAI
from juzhu.permits import versions
from juzhu.permits.models import Permit
from juzhu.permits.queries import permits_for
from juzhu.wallets import secrets
from juzhu.wallets.addresses import CONFIGURATION, OFFERS
from juzhu.wallets.claims import last_day
from juzhu.wallets.errors import InvalidGrant, InvalidRequest, NothingToLoad, NotYours, TooManyDevices
from juzhu.wallets.models import DEVICE_LENGTH, Loading, Offer

GRANT = "urn:ietf:params:oauth:grant-type:pre-authorized_code"
REFRESH = "refresh_token"
GOOD_FOR = timedelta(minutes=5)
KEPT_FOR = timedelta(hours=1)
TX_DIGITS = 6
MOST_TRIES = 5
MOST_DEVICES = 5
SCHEME = "openid-credential-offer://"


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer as its holder gets it, once. Show `tx_code` apart from the QR code of `link`."""

    reference: str
    tx_code: str
    expires_at: datetime

    @property
    def uri(self) -> str:
        """Where a wallet fetches the offer."""
        return f"{origin()}{OFFERS}{self.reference}"

    @property
    def link(self) -> str:
        """For the QR code, and for a wallet on the same device: the offer by reference."""
        return f"{SCHEME}?{urlencode({'credential_offer_uri': self.uri})}"

    @property
    def link_by_value(self) -> str:
        """The same with the offer in it, for a wallet that fetches none."""
        return f"{SCHEME}?{urlencode({'credential_offer': to_json(content(self.reference)).decode()})}"


@dataclass(frozen=True, slots=True)
class Tokens:
    """What an offer or a refresh token is exchanged for, as the wallet gets it, once."""

    access: str
    refresh: str


def make(permit: Permit, device: str, *, actor: Actor, now: datetime) -> Offered:
    """Offer the permit to one device, for its holder or a child's guardian. The caller has just proved that
    the holder is present. An earlier offer of the same account that nobody took is over.

    Raises NotYours, NothingToLoad, TooManyDevices.
    """
    today = now.astimezone(SHANGHAI).date()
    with transaction.atomic():
        if actor.account_id is None or not _theirs(actor, permit.pk, today):
            raise NotYours
        held = Permit.objects.select_for_update(no_key=True).get(pk=permit.pk)
        if not loadable(held, now):
            raise NothingToLoad
        if in_use(held) >= MOST_DEVICES:
            raise TooManyDevices
        Offer.objects.filter(permit=held, made_by=actor.account_id, redeemed_at=None).delete()
        Loading.objects.filter(permit=held, thumbprint="", access_until__lte=now).delete()
        offered = Offered(
            secrets.random(), f"{randomness.randbelow(10**TX_DIGITS):0{TX_DIGITS}}", now + GOOD_FOR
        )
        row = Offer.objects.create(
            permit=held,
            made_by_id=actor.account_id,
            device=device.strip()[:DEVICE_LENGTH],
            reference=secrets.digest(offered.reference),
            code=secrets.digest(_code(offered.reference)),
            tx_code=_tx_digest(_code(offered.reference), offered.tx_code),
            made_at=now,
            expires_at=offered.expires_at,
        )
        tasks.enqueue("wallets.forget_offer", {"offer": row.pk}, delay=KEPT_FOR)
        events.append("permit.offered", actor=actor, subject=row, person_id=held.person_id)
    return offered


def loadable(permit: Permit, now: datetime) -> bool:
    """Whether the permit is good, and its document would have a day to live."""
    today = now.astimezone(SHANGHAI).date()
    standing = checks.standing(permit, now)
    return standing.outcome == "valid" and last_day(versions.said(permit), today) >= today


def in_use(permit: Permit) -> int:
    """How many devices may have the permit's document."""
    return Loading.objects.filter(permit=permit, ended_at=None).exclude(thumbprint="").count()


def fetched(reference: str, now: datetime) -> Mapping[str, Any] | None:
    """The offer that a wallet asks for by its reference; None for one that is over, used or unknown."""
    rows = Offer.objects.filter(reference=secrets.digest(reference), redeemed_at=None, expires_at__gt=now)
    return content(reference) if rows.filter(tries__lt=MOST_TRIES).exists() else None


def content(reference: str) -> dict[str, Any]:
    """The credential offer object (OpenID4VCI 1.0 section 4.1.1)."""
    asked = {
        "input_mode": "numeric",
        "length": TX_DIGITS,
        "description": "居住证页面上的 6 位数字 / the six digits on the permit's page",
    }
    return {
        "credential_issuer": origin(),
        "credential_configuration_ids": [CONFIGURATION],
        "grants": {GRANT: {"pre-authorized_code": _code(reference), "tx_code": asked}},
    }


def redeem(code: str, tx_code: str, now: datetime) -> Tokens:
    """Exchange a pre-authorised code and its transaction code for tokens: once. After five wrong transaction
    codes the code is good for nothing.

    Raises InvalidRequest without a transaction code; InvalidGrant.
    """
    if not tx_code:
        raise InvalidRequest("Send the transaction code as tx_code.")
    with transaction.atomic():
        rows = Offer.objects.select_for_update(of=("self",))
        offer = rows.filter(code=secrets.digest(code), redeemed_at=None, expires_at__gt=now).first()
        if offer is None or offer.tries >= MOST_TRIES:
            offer = None
        elif not hmac.compare_digest(offer.tx_code, _tx_digest(code, tx_code)):
            offer.tries += 1
            offer.save(update_fields=["tries"])
            offer = None
        if offer is not None:
            offer.redeemed_at = now
            offer.save(update_fields=["redeemed_at"])
            tokens = _tokens()
            Loading.objects.create(
                permit_id=offer.permit_id,
                made_by_id=offer.made_by_id,
                device=offer.device,
                begun_at=now,
                **_columns(tokens, now),
            )
    if offer is None:
        raise InvalidGrant
    return tokens


def refresh(token: str, now: datetime) -> Tokens:
    """Exchange a refresh token for new tokens, while the device may have the document and whoever loaded it
    may still act for the permit's holder. No presence check: the device's key is asked for. Raises
    InvalidGrant.
    """
    with transaction.atomic():
        rows = Loading.objects.select_for_update(of=("self",)).select_related("made_by")
        loading = rows.filter(refresh=secrets.digest(token), ended_at=None).exclude(thumbprint="").first()
        if loading is None or not loading.made_by.is_active:
            raise InvalidGrant
        if not _theirs(loading.made_by.actor, loading.permit_id, now.astimezone(SHANGHAI).date()):
            raise InvalidGrant
        tokens = _tokens()
        Loading.objects.filter(pk=loading.pk).update(**_columns(tokens, now), requests=0)
    return tokens


def _theirs(actor: Actor, permit_id: int, today: date) -> bool:
    """Whether somebody holds a permit, or is the guardian of the child that does."""
    return actor.kind == "citizen" and permits_for(actor, today).filter(pk=permit_id).exists()


@tasks.handles("wallets.forget_offer")
def forget(payload: dict[str, int]) -> None:
    """Throw an offer away, used or not."""
    Offer.objects.filter(pk=payload["offer"], expires_at__lte=clock.now()).delete()


def _code(reference: str) -> str:
    return secrets.derived("code", reference)


def _tx_digest(code: str, tx_code: str) -> str:
    """Six digits alone would be found by trying all: the digest is keyed."""
    return secrets.derived("tx_code", f"{code} {tx_code}")


def _tokens() -> Tokens:
    return Tokens(secrets.random(), secrets.random())


def _columns(tokens: Tokens, now: datetime) -> dict[str, Any]:
    return {
        "access": secrets.digest(tokens.access),
        "access_until": now + GOOD_FOR,
        "refresh": secrets.digest(tokens.refresh),
    }
