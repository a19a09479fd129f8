"""通行密钥: registering a passkey, using it, naming and removing it (WebAuthn, by py_webauthn).

The device must have made sure of its user (PIN, fingerprint, face), which it does by itself: nothing of that
leaves it. The domain is that of `JUZHU_PUBLIC_URL`; where that is an address in numbers, there are none.
"""

import hashlib
import json
from collections.abc import Iterable
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import webauthn
from django.conf import settings
from django.db import IntegrityError, transaction
from webauthn.helpers import bytes_to_base64url, parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from juzhu.operations import clock, events
from juzhu.operations.errors import JuzhuError
from juzhu.people.models import Account, Attempt, Passkey
from juzhu.people.presence import attempts
from juzhu.people.presence.errors import PasskeyKnown, PasskeyNotRegistered, PasskeyRefused, TooManyPasskeys

MOST = 10
LONGEST = 20_000
"""Characters of what a browser hands over. A large attestation is a third of it."""
TIMEOUT_MS = int(attempts.LIVES.total_seconds() * 1000)


def domain() -> str:
    """The relying party's id; "" where the service has no domain, and so no passkeys."""
    parts = urlsplit(settings.JUZHU_PUBLIC_URL)
    host = parts.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return host if parts.scheme == "https" or host == "localhost" else ""
    return ""


def origin() -> str:
    """The origin of the pages on which a passkey is used."""
    parts = urlsplit(settings.JUZHU_PUBLIC_URL)
    return f"{parts.scheme}://{parts.netloc}"


def handle_of(account: Account) -> bytes:
    """The account as devices know it: the same for all of its passkeys, and telling nothing of its person."""
    return hashlib.sha256(f"juzhu account {account.pk}".encode()).digest()


def creation_options(account: Account, *, session: str) -> str:
    """What a device needs to make a passkey, as JSON. Raises TooManyPasskeys."""
    known, service = list(account.passkeys.all()), dict[str, Any](settings.JUZHU_DISTRICT)["service"]
    if len(known) >= MOST:
        raise TooManyPasskeys
    _attempt, challenge = attempts.begin(Attempt.REGISTER, session=session, account=account)
    options = webauthn.generate_registration_options(
        rp_id=domain(),
        rp_name=service["zh"],
        user_name=account.login,
        user_id=handle_of(account),
        challenge=challenge,
        timeout=TIMEOUT_MS,
        exclude_credentials=_descriptors(known),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    return webauthn.options_to_json(options)


def request_options(attempt_kind: str, *, session: str, account: Account | None, purpose: str = "") -> str:
    """What a device needs to use a passkey, as JSON: one of the account's, or any that it has for us."""
    _attempt, challenge = attempts.begin(attempt_kind, session=session, account=account, purpose=purpose)
    options = webauthn.generate_authentication_options(
        rp_id=domain(),
        challenge=challenge,
        timeout=TIMEOUT_MS,
        allow_credentials=_descriptors(account.passkeys.all()) if account else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return webauthn.options_to_json(options)


def _descriptors(passkeys: Iterable[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(
            id=bytes(passkey.credential_id),
            transports=[AuthenticatorTransport(way) for way in passkey.transports],
        )
        for passkey in passkeys
    ]


def register(account: Account, credential: str, name: str, *, session: str) -> Passkey:
    """Keep the passkey that a device has made; the caller has had presence proved.

    Raises AttemptOver, PasskeyNotRegistered, PasskeyKnown, TooManyPasskeys.
    """
    told = _read(credential, PasskeyNotRegistered)
    challenge = _challenge_of(told, PasskeyNotRegistered)
    attempts.take(Attempt.REGISTER, challenge, session=session, account=account)
    try:
        made = webauthn.verify_registration_response(
            credential=told,
            expected_challenge=challenge,
            expected_rp_id=domain(),
            expected_origin=origin(),
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError) as error:
        raise PasskeyNotRegistered from error
    try:
        with transaction.atomic():
            locked = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
            if locked.passkeys.count() >= MOST:
                raise TooManyPasskeys
            passkey = Passkey.objects.create(
                account=locked,
                name=name,
                credential_id=made.credential_id,
                public_key=made.credential_public_key,
                sign_count=made.sign_count,
                transports=_transports(told),
                synced=made.credential_backed_up,
                made_at=clock.now(),
            )
            _note("registered", passkey, account)
    except IntegrityError as error:
        raise PasskeyKnown from error
    return passkey


def _transports(told: dict[str, Any]) -> list[str]:
    """By which ways the device is reached, of those that browsers know."""
    given = told["response"].get("transports")
    known = {way.value for way in AuthenticatorTransport}
    return sorted(known & {way for way in given if isinstance(way, str)}) if isinstance(given, list) else []


def check(kind: str, credential: str, *, session: str, account: Account | None, purpose: str = "") -> Passkey:
    """The passkey that has answered our challenge: once, for this session, account and purpose, by a device
    that has made sure of its user, and with a counter that has gone on. The counter is written down.

    Raises AttemptOver, PasskeyRefused.
    """
    told = _read(credential, PasskeyRefused)
    challenge = _challenge_of(told, PasskeyRefused)
    attempts.take(kind, challenge, session=session, account=account, purpose=purpose)
    passkey = _named(told, account)
    try:
        used = webauthn.verify_authentication_response(
            credential=told,
            expected_challenge=challenge,
            expected_rp_id=domain(),
            expected_origin=origin(),
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError) as error:
        raise PasskeyRefused from error
    unchanged = Passkey.objects.filter(pk=passkey.pk, sign_count=passkey.sign_count)
    if not unchanged.update(
        sign_count=used.new_sign_count, synced=used.credential_backed_up, used_at=clock.now()
    ):
        raise PasskeyRefused  # another answer of the same device has come between
    return passkey


def _named(told: dict[str, Any], account: Account | None) -> Passkey:
    """The passkey that an answer says it is of: the account's, where it is known whose it must be."""
    try:
        key = webauthn.base64url_to_bytes(told["id"])
    except ValueError as error:
        raise PasskeyRefused from error
    mine = Passkey.objects.filter(credential_id=key).select_related("account")
    passkey = (mine.filter(account=account) if account else mine).first()
    if passkey is None or not passkey.account.is_active:
        raise PasskeyRefused
    handle = told["response"].get("userHandle")
    if handle and handle != bytes_to_base64url(handle_of(passkey.account)):
        raise PasskeyRefused
    return passkey


def _read(credential: str, refusal: type[JuzhuError]) -> dict[str, Any]:
    try:
        told = json.loads(credential) if len(credential) <= LONGEST else None
    except ValueError as error:
        raise refusal from error
    if not (
        isinstance(told, dict) and isinstance(told.get("id"), str) and isinstance(told.get("response"), dict)
    ):
        raise refusal
    return told


def _challenge_of(told: dict[str, Any], refusal: type[JuzhuError]) -> bytes:
    """The challenge that a browser says it has answered: whether it was ours is for `attempts` to know."""
    try:
        return parse_client_data_json(
            webauthn.base64url_to_bytes(told["response"]["clientDataJSON"])
        ).challenge
    except (WebAuthnException, ValueError, TypeError, KeyError, AttributeError) as error:
        raise refusal from error


def rename(passkey: Passkey, name: str, *, account: Account) -> None:
    """Call it otherwise."""
    with transaction.atomic():
        Passkey.objects.filter(pk=passkey.pk, account=account).update(name=name)
        _note("renamed", passkey, account)


def remove(passkey: Passkey, *, account: Account) -> None:
    """Forget it: the device may keep its half, which opens nothing any more."""
    with transaction.atomic():
        _note("removed", passkey, account)
        Passkey.objects.filter(pk=passkey.pk, account=account).delete()


def _note(what: str, passkey: Passkey, account: Account) -> None:
    events.append(f"passkey.{what}", actor=account.actor, subject=passkey, person_id=account.person_id)
