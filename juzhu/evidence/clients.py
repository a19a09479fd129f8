"""Programs that push what departments say, or report for organisations: registered, given a secret once, and
tokens for an hour.

A secret is kept as its hash, a token as its SHA-256: who reads the database can't be any of them.
"""

import hashlib
import re
import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from juzhu.evidence.departments import gives
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import AccessToken, Client
from juzhu.operations import clock, events
from juzhu.operations.actors import Actor
from juzhu.operations.public_keys import key_set
from juzhu.people.models import Organisation

SHAPE = re.compile(r"[A-Za-z0-9._-]{1,48}")
"""Of a client's id; a database need not be asked about anything else."""
TOKEN_LIFE = timedelta(hours=1)
SCOPE = "attest:"
REPORTS = "reports"
PRESENTATIONS = "presentations"
"""The scopes of an organisation's programs: to report; to ask holders for what says who they are."""
ORGANISATIONS = (REPORTS, PRESENTATIONS)


def scope_of(kind: Kind) -> str:
    """The scope that lets a client give this kind."""
    return SCOPE + kind.value


def kinds_in(scopes: Collection[str]) -> frozenset[Kind]:
    """The kinds that scopes stand for; what is no scope of ours stands for nothing."""
    return frozenset(kind for kind in Kind if scope_of(kind) in scopes)


def make(
    name: str, department: str, kinds: Collection[Kind], keys: Mapping[str, Any], *, actor: Actor
) -> tuple[Client, str]:
    """Register a client; the secret is in the answer and nowhere else.

    Raises ValueError for a kind that the department does not give, or keys that can't be read.
    """
    foreign = sorted(set(kinds) - gives(department))
    if foreign or not kinds:
        raise ValueError(f"{department} does not give {', '.join(foreign) or 'nothing'}")
    if keys:
        key_set(keys)
    scopes = sorted(scope_of(kind) for kind in kinds)
    about = {"department": department, "keys": dict(keys)}
    return _make(name, department.replace("_", "-"), scopes, about, actor)


def make_for(
    organisation: Organisation, name: str, scopes: Sequence[str] = (REPORTS,), *, actor: Actor
) -> tuple[Client, str]:
    """Register a program of an organisation, to report or for another scope; the secret is in the answer and
    nowhere else. Raises ValueError for a scope that organisations have not.
    """
    if foreign := sorted(set(scopes) - set(ORGANISATIONS)):
        raise ValueError(f"organisations have no scope {', '.join(foreign)}")
    return _make(name, scopes[0], sorted(scopes), {"organisation": organisation}, actor)


def _make(
    name: str, prefix: str, scopes: list[str], about: Mapping[str, Any], actor: Actor
) -> tuple[Client, str]:
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        client = Client.objects.create(
            client_id=f"{prefix}-{secrets.token_hex(6)}",
            secret_hash=make_password(secret),
            name=name,
            scopes=scopes,
            made_at=clock.now(),
            **about,
        )
        events.append("client.made", actor=actor, subject=client, **_whose(client), scopes=scopes)
    return client, secret


def _whose(client: Client) -> dict[str, Any]:
    if client.organisation_id:
        return {"organisation": client.organisation_id}
    return {"department": client.department}


def rotate(client: Client, *, actor: Actor) -> str:
    """Give a client another secret; the old one and every token are good for nothing from now on."""
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        locked = Client.objects.select_for_update().get(pk=client.pk)
        locked.secret_hash = make_password(secret)
        locked.save(update_fields=["secret_hash"])
        _cut_off(locked)
        events.append("client.rotated", actor=actor, subject=locked, **_whose(locked))
    return secret


def revoke(client: Client, *, actor: Actor) -> None:
    """Shut a client out, its tokens at once. What it has said stays said."""
    with transaction.atomic():
        locked = Client.objects.select_for_update().get(pk=client.pk)
        if locked.revoked_at:
            return
        locked.revoked_at = clock.now()
        locked.save(update_fields=["revoked_at"])
        _cut_off(locked)
        events.append("client.revoked", actor=actor, subject=locked, **_whose(locked))


def _cut_off(client: Client) -> None:
    client.tokens.filter(revoked_at__isnull=True).update(revoked_at=clock.now())


def active(client_id: str) -> Client | None:
    """The client of this id, unless it was revoked."""
    if not SHAPE.fullmatch(client_id):
        return None
    return Client.objects.filter(client_id=client_id, revoked_at__isnull=True).first()


def knows(client: Client | None, secret: str) -> bool:
    """Whether this is the client's secret. For no client the same work is done: time tells nothing."""
    if client is None:
        make_password(secret)
        return False
    return check_password(secret, client.secret_hash)


def keep_token(client: Client, token: str, scopes: Collection[str], *, now: datetime) -> AccessToken:
    """Keep a token that was just given out. Tokens of this client that are long over are swept."""
    client.tokens.filter(expires_at__lt=now - timedelta(days=1)).delete()
    return AccessToken.objects.create(
        client=client,
        digest=digest(token),
        scopes=sorted(scopes),
        issued_at=now,
        expires_at=now + TOKEN_LIFE,
    )


def bearer(token: str, *, now: datetime) -> AccessToken | None:
    """A token that is good now, with its client. One query."""
    rows = AccessToken.objects.select_related("client__organisation").filter(
        revoked_at__isnull=True, client__revoked_at__isnull=True
    )
    return rows.filter(digest=digest(token), expires_at__gt=now).first()


def permitted(token: AccessToken) -> frozenset[Kind]:
    """The kinds that may be given with a token: asked for, registered for, and still the department's."""
    client = token.client
    return kinds_in(set(token.scopes) & set(client.scopes)) & gives(client.department)


def allows(token: AccessToken, scope: str) -> bool:
    """Whether a token lets its bearer do for an organisation what a scope is for."""
    client = token.client
    return client.organisation_id is not None and scope in set(token.scopes) & set(client.scopes)


def digest(token: str) -> str:
    """What of a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()
