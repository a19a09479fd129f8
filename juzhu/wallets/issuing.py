"""From a proof of possession to a signed document: a request is stored, the worker signs, the wallet fetches.

Whoever dies on the way leaves nothing half: the row, its task and the document are one commit each, and a
worker that is killed while it signs has written nothing.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from juzhu.credentials import actions, keys
from juzhu.credentials.addresses import origin, status_uri
from juzhu.credentials.queries import licence_of, offline_code
from juzhu.credentials.signing import sd_jwt
from juzhu.credentials.verify.document import StatusReference
from juzhu.operations import clock, events, tasks
from juzhu.operations.actors import SYSTEM, Actor
from juzhu.operations.clock import SHANGHAI
from juzhu.operations.rules import in_force
from juzhu.permits import versions
from juzhu.permits.models import Permit
from juzhu.wallets import proofs, secrets
from juzhu.wallets.claims import claims, last_day
from juzhu.wallets.errors import (
    InvalidNonce,
    InvalidProof,
    InvalidToken,
    InvalidTransaction,
    NotYours,
    RequestDenied,
)
from juzhu.wallets.models import Issuance, Loading
from juzhu.wallets.offers import MOST_DEVICES, in_use, loadable
from juzhu.wallets.queries import loadings_for

KEPT_FOR = timedelta(hours=1)
MOST_REQUESTS = 5
"""Documents that may be asked for with one access token: a lost answer can be asked for again."""


def bearer(token: str, now: datetime) -> Loading:
    """The loading that an access token stands for. Raises InvalidToken."""
    found = Loading.objects.filter(access=secrets.digest(token), access_until__gt=now, ended_at=None).first()
    if found is None:
        raise InvalidToken
    return found


def request(loading: Loading, proof_jwt: str, now: datetime) -> tuple[str, Issuance]:
    """Store a request for the document, to be signed by the worker; its transaction id is in the answer and
    nowhere else. The first one binds the loading to the proof's key.

    Raises InvalidProof, InvalidNonce, InvalidToken, RequestDenied.
    """
    proof = proofs.read(proof_jwt, now)
    transaction_id = secrets.random()
    try:
        with transaction.atomic():
            _bind(loading, proof, now)
            made = Issuance.objects.create(
                loading=loading,
                transaction=secrets.digest(transaction_id),
                nonce=secrets.digest(proof.nonce),
                jwk=proof.jwk,
                asked_at=now,
            )
            tasks.enqueue("wallets.issue", {"issuance": made.pk}, key=f"wallets.issue:{made.pk}")
            tasks.enqueue("wallets.forget_issuance", {"issuance": made.pk}, delay=KEPT_FOR)
    except IntegrityError as error:
        raise InvalidNonce from error
    return transaction_id, made


def _bind(loading: Loading, proof: proofs.Proof, now: datetime) -> None:
    """Bind the loading to the key and count the request, in the caller's transaction."""
    locked = _locked(loading)
    held = locked.permit
    if locked.ended_at is not None or locked.access != loading.access:
        raise InvalidToken
    if locked.requests >= MOST_REQUESTS:
        raise RequestDenied("Too many documents were asked for with this token.")
    if not loadable(held, now):
        raise RequestDenied("The permit is not good now.")
    locked.requests += 1
    if not locked.thumbprint:
        again = Loading.objects.filter(permit=held, thumbprint=proof.thumbprint, ended_at=None)
        again.update(ended_at=now, ended_by="again")
        if in_use(held) >= MOST_DEVICES:
            raise RequestDenied("As many devices hold the permit as may.")
        locked.thumbprint = proof.thumbprint
    elif locked.thumbprint != proof.thumbprint:
        raise InvalidProof("This token is bound to another key.")
    locked.save(update_fields=["requests", "thumbprint"])


@tasks.handles("wallets.issue")
def issue(payload: dict[str, int]) -> None:
    """Sign one document, by the latest version of the permit as it stands now; or deny it, where the permit
    or the device is not good any more. Raises SigningKeyMissing, DevelopmentKeys.
    """
    now = clock.now()
    row = Issuance.objects.select_related("loading__permit").filter(pk=payload["issuance"]).first()
    if row is None or row.settled_at is not None:
        return
    loading = row.loading = _locked(row.loading)
    row.settled_at = now
    row.denied = loading.ended_at is not None or not loadable(loading.permit, now)
    if not row.denied:
        row.credential = _signed(row, now)
    row.save(update_fields=["settled_at", "denied", "credential"])
    if not row.denied:
        _loaded(loading, now)


def _locked(loading: Loading) -> Loading:
    """The loading as it stands, held until commit: its permit first, as wherever both are."""
    permit = Permit.objects.select_for_update(no_key=True, of=("self",)).select_related("person")
    held = permit.get(pk=loading.permit_id)
    locked = Loading.objects.select_for_update().get(pk=loading.pk)
    locked.permit = held
    return locked


def _signed(row: Issuance, now: datetime) -> str:
    permit, today = row.loading.permit, now.astimezone(SHANGHAI).date()
    actions.register([permit.pk])
    version = versions.said(permit)
    licence = licence_of(version)
    assert licence is not None  # it was registered a moment ago, if it was not before
    row.loading.version = version
    moment = int(now.timestamp())
    return sd_jwt.issue(
        keys.signer("permit", in_force(today), moment),
        claims(permit, version, licence, today),
        issuer=origin(),
        holder=row.jwk,
        status=StatusReference(status_uri(licence.shard_id), licence.place),
        issued_at=moment,
        last_day=last_day(version, today),
    )


def _loaded(loading: Loading, now: datetime) -> None:
    """Write down which version the device has, and that it was given."""
    assert loading.version is not None
    kind = "permit.loaded" if loading.loaded_at is None else "permit.reloaded"
    loading.loaded_at = now
    loading.save(update_fields=["version", "loaded_at"])
    person = loading.permit.person_id
    events.append(kind, actor=SYSTEM, subject=loading, person_id=person, version=loading.version.number)


def settled(issuance: Issuance) -> bool:
    """Whether the worker has answered. One query."""
    return Issuance.objects.filter(pk=issuance.pk, settled_at__isnull=False).exists()


def find(loading: Loading, transaction_id: str) -> Issuance:
    """The request of a transaction id that has not been fetched. Raises InvalidTransaction."""
    rows = Issuance.objects.filter(loading=loading, transaction=secrets.digest(transaction_id))
    found = rows.filter(fetched_at=None).first()
    if found is None:
        raise InvalidTransaction
    return found


def fetch(issuance: Issuance, now: datetime) -> str:
    """Hand the document over, once; "" while the worker has not signed. Raises RequestDenied, and
    InvalidTransaction to whoever comes second.
    """
    row = Issuance.objects.filter(pk=issuance.pk, fetched_at=None).first()
    if row is None:
        raise InvalidTransaction
    if row.denied:
        raise RequestDenied("The permit or the device is not good any more.")
    if not row.credential:
        return ""
    mine = Issuance.objects.filter(pk=row.pk, fetched_at=None)
    if not mine.update(fetched_at=now, credential=""):
        raise InvalidTransaction
    return row.credential


def code_for(loading: Loading) -> str:
    """The permit's offline code, for a device that has its document; "" where a name is too long for one.
    Raises RequestDenied before the device has a document.
    """
    if loading.loaded_at is None:
        raise RequestDenied("Fetch the document first.")
    return offline_code(loading.permit)


@tasks.handles("wallets.forget_issuance")
def forget(payload: dict[str, int]) -> None:
    """Throw away a request, with its document, whether or not it was fetched."""
    Issuance.objects.filter(pk=payload["issuance"]).delete()


def revoke(pk: int, *, actor: Actor, now: datetime) -> Loading:
    """Let a device have the document no more: it gets no other one, and what it shows is refused wherever
    this service is asked. A checker without reception goes on believing what was signed, until the next
    version or the last day. Again does no harm. Raises NotYours.
    """
    with transaction.atomic():
        rows = Loading.objects.select_for_update(of=("self",)).select_related("permit")
        mine = loadings_for(actor, now.astimezone(SHANGHAI).date()).values("pk")
        loading = rows.filter(pk=pk, pk__in=mine).first()
        if loading is None:
            raise NotYours
        _end(loading, actor, now)
    return loading


def give_up(token: str, now: datetime) -> None:
    """Let the device that has this refresh token have the document no more, because it says so itself: its
    holder has removed the permit from it. A token that is none is none already.
    """
    with transaction.atomic():
        rows = Loading.objects.select_for_update(of=("self",)).select_related("permit")
        loading = rows.filter(refresh=secrets.digest(token)).first()
        if loading is not None:
            _end(loading, SYSTEM, now)


def is_held(token: str) -> bool:
    """Whether the device that has this refresh token may still have the document. One query."""
    return Loading.objects.filter(refresh=secrets.digest(token), ended_at=None).exists()


def _end(loading: Loading, actor: Actor, now: datetime) -> None:
    if loading.ended_at is not None:
        return
    loading.ended_at, loading.ended_by = now, "revoked"
    loading.save(update_fields=["ended_at", "ended_by"])
    person = loading.permit.person_id
    events.append("permit.loading_revoked", actor=actor, subject=loading, person_id=person)
