"""Asking a wallet to show the permit, and taking what it shows: the verifier's part of OpenID4VP.

A request lives for five minutes and takes one answer. What a holder has shown is kept for ten minutes.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.db import transaction

from juzhu.credentials import checks, keys
from juzhu.credentials.addresses import origin, shard_of
from juzhu.credentials.queries import licence_at
from juzhu.credentials.signing import jws
from juzhu.credentials.verify import Refused, algorithms, sd_jwt
from juzhu.credentials.verify.encoding import base64url, from_json_object
from juzhu.evidence.models import Client
from juzhu.operations import clock, events, tasks
from juzhu.operations.actors import SYSTEM
from juzhu.operations.clock import SHANGHAI
from juzhu.operations.rules import in_force
from juzhu.people.errors import NotAllowed
from juzhu.people.models import NAME_LENGTH, Organisation
from juzhu.wallets import catalogue, secrets
from juzhu.wallets.addresses import ANSWER, PAGE, REQUESTS, client_id, did, vct
from juzhu.wallets.errors import AccountNeeded, AskInvalid, InvalidRequest, TooManyAsked
from juzhu.wallets.models import PURPOSE_LENGTH, Loading, Presentation
from juzhu.wallets.queries import PRESENTED

GOOD_FOR = timedelta(minutes=5)
KEPT_FOR = timedelta(minutes=10)
MOST_ASKED = 30
"""Requests from one address without an account, in five minutes."""
TYPE = "oauth-authz-req+jwt"
AUDIENCE = "https://self-issued.me/v2"
SCHEME = "openid4vp://"
LONGEST_LINK = 1000
CHECKER = "/presentations/checker"
"""Of the issuer's origin: the name of the format in which a request says who asks, and why."""
AUTHENTIC = ("superseded", "document")
"""Reasons for "stale" that are found after the signatures were proved."""


@dataclass(frozen=True, slots=True)
class Checker:
    """Who asks. `organisation`: the register knows who they are; else `name` is what they call themselves."""

    name: str = ""
    organisation: Organisation | None = None
    account_id: int | None = None
    program: Client | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was made: `key` is what its result is read by, given once."""

    key: str
    row: Presentation

    @property
    def link(self) -> str:
        """For a wallet, as a QR code or on the same device."""
        return link(self.row)

    @property
    def page(self) -> str:
        """For the QR code that any phone's camera opens: the web wallet's page."""
        return page(self.row)


def ask(codes: Collection[str], purpose: str, checker: Checker, *, now: datetime) -> Asked:
    """Make a request, to be signed by the worker.

    Raises AskInvalid, AccountNeeded, TooManyAsked; NotAllowed for an organisation that is closed.
    """
    asked = _items(codes)
    closed = checker.organisation.closed_on if checker.organisation else None
    if closed is not None and closed <= now.astimezone(SHANGHAI).date():
        raise NotAllowed
    name = checker.organisation.name if checker.organisation else _plain(checker.name, NAME_LENGTH)
    purpose = _plain(purpose, PURPOSE_LENGTH)
    if not name or not purpose:
        raise AskInvalid
    if checker.organisation is None and any(item.personal for item in asked):
        raise AccountNeeded
    source = secrets.derived("source", checker.address) if checker.address else ""
    recent = Presentation.objects.filter(source=source, made_at__gt=now - GOOD_FOR)
    if source and recent.count() >= MOST_ASKED:
        raise TooManyAsked
    key = secrets.random()
    with transaction.atomic():
        row = Presentation.objects.create(
            key=secrets.digest(key),
            reference=secrets.random(),
            state=secrets.random(),
            nonce=secrets.random(),
            asked=[item.code for item in asked],
            checker=name,
            purpose=purpose,
            organisation=checker.organisation,
            asked_by_id=checker.account_id,
            asked_by_program=checker.program,
            source=source,
            made_at=now,
            expires_at=now + GOOD_FOR,
        )
        tasks.enqueue("wallets.sign_request", {"presentation": row.pk}, key=f"wallets.sign:{row.pk}")
        tasks.enqueue("wallets.forget_presentation", {"presentation": row.pk}, delay=GOOD_FOR + KEPT_FOR)
    return Asked(key, row)


def _items(codes: Collection[str]) -> list[catalogue.Item]:
    try:
        return catalogue.items(codes)
    except KeyError as error:
        raise AskInvalid from error


def _plain(text: str, longest: int) -> str:
    """A line of text; "" for one that is too long or has what can't be printed."""
    line = text.strip()
    return line if line.isprintable() and len(line) <= longest else ""


def uri(row: Presentation) -> str:
    """Where a wallet fetches the signed request."""
    return f"{origin()}{REQUESTS}{row.reference}"


def page(row: Presentation) -> str:
    """Where the holder is asked in the browser."""
    return f"{origin()}{PAGE}{row.reference}"


def link(row: Presentation) -> str:
    """What a wallet is asked by: where the signed request is."""
    said = {"client_id": client_id(), "request_uri": uri(row)}
    return f"{SCHEME}?{urlencode(said)}"


@tasks.handles("wallets.sign_request")
def sign(payload: dict[str, int]) -> None:
    """Sign one request. Raises SigningKeyMissing, DevelopmentKeys."""
    now = clock.now()
    rows = Presentation.objects.select_for_update(of=("self",))
    row = rows.filter(pk=payload["presentation"], request="", answered_at=None, expires_at__gt=now).first()
    if row is None:
        return
    moment = int(now.timestamp())
    key = keys.signer("request", in_force(now.astimezone(SHANGHAI).date()), moment)
    row.request = jws.sign(key, TYPE, request(row), kid=f"{did()}#{key.kid}")
    row.save(update_fields=["request"])


def request(row: Presentation) -> dict[str, Any]:
    """The request object (OpenID4VP 1.0 section 5). Who asks and why is said as `verifier_info`, so that a
    wallet can show it; `confirmed` where the register of organisations knows the name.
    """
    said = {"name": row.checker, "purpose": row.purpose, "confirmed": row.confirmed}
    return {
        "client_id": client_id(),
        "aud": AUDIENCE,
        "iat": int(row.made_at.timestamp()),
        "exp": int(row.expires_at.timestamp()),
        "response_type": "vp_token",
        "response_mode": "direct_post",
        "response_uri": origin() + ANSWER,
        "nonce": row.nonce,
        "state": row.state,
        "dcql_query": catalogue.query(catalogue.items(row.asked), vct()),
        "client_metadata": {
            "client_name": row.checker,
            "vp_formats_supported": {"dc+sd-jwt": {"kb-jwt_alg_values": ["ES256"]}},
        },
        "verifier_info": [{"format": origin() + CHECKER, "data": said}],
    }


def behind(link: str, now: datetime) -> Presentation | None:
    """The open request of ours that a link or the address of its page leads to; None for every other one. At
    most one query.
    """
    pages = f"{origin()}{PAGE}"
    if link.startswith(pages) and len(link) <= LONGEST_LINK:
        return open_request(link.removeprefix(pages), now)
    parts = urlsplit(link)
    said = dict(parse_qsl(parts.query)) if len(link) <= LONGEST_LINK else {}
    address = said.get("request_uri", "")
    ours = f"{origin()}{REQUESTS}"
    if said.get("client_id") != client_id() or not address.startswith(ours):
        return None
    return open_request(address.removeprefix(ours), now)


def open_request(reference: str, now: datetime) -> Presentation | None:
    """The request that a wallet asks for; None once it is answered or over. One query."""
    return Presentation.objects.filter(reference=reference, answered_at=None, expires_at__gt=now).first()


def take(form: Mapping[str, str], now: datetime) -> Presentation:
    """Take a wallet's answer, or its word that there will be none: the first one that has the form of one.

    Raises InvalidRequest for a state that is not, or not any more, that of an open request, and for what has
    no such form.
    """
    token = None if "error" in form else _presented(form.get("vp_token", ""))
    with transaction.atomic():
        rows = Presentation.objects.select_for_update(of=("self",))
        row = rows.filter(state=form.get("state", ""), answered_at=None, expires_at__gt=now).first()
        if row is None:
            raise InvalidRequest("No request waits for this answer.")
        if token is None:
            row.outcome = "declined"
        else:
            _judge(row, token, now)
        _answered(row, now)
    return row


def decline(row: Presentation, device: Loading | None, now: datetime) -> None:
    """The holder has said no on the page: write it down for them, where a device of theirs is there to say
    whose permit was asked for. Nothing else is told to the checker than that it was declined. Raises
    InvalidRequest for a request that is over.
    """
    with transaction.atomic():
        rows = Presentation.objects.select_for_update(of=("self",))
        open_row = rows.filter(pk=row.pk, answered_at=None, expires_at__gt=now).first()
        if open_row is None:
            raise InvalidRequest("No request waits for this answer.")
        open_row.outcome, open_row.loading = "declined", device
        _answered(open_row, now)


def _answered(row: Presentation, now: datetime) -> None:
    """Close a request, and let its holder read of it, in the caller's transaction."""
    row.answered_at, row.request = now, ""
    row.save()
    if row.loading is not None:
        events.append(
            PRESENTED,
            actor=SYSTEM,
            subject=row,
            person_id=row.loading.permit.person_id,
            asked=row.asked,
            given=row.given,
            outcome=row.outcome,
        )


def _presented(vp_token: str) -> str:
    """The one presentation of an answer. Raises InvalidRequest."""
    try:
        said = from_json_object(vp_token.encode())
    except (Refused, UnicodeEncodeError) as refused:
        raise InvalidRequest("vp_token must be a JSON object.") from refused
    match said:
        case {catalogue.QUERY: [str() as shown]} if len(said) == 1:
            return shown
    raise InvalidRequest(f"vp_token must hold one presentation, under `{catalogue.QUERY}`.")


def _judge(row: Presentation, token: str, now: datetime) -> None:
    """What the presentation is worth, by the register at this moment. Of what was disclosed only what was
    asked for is kept, and only while the permit is valid.
    """
    check = checks.check_shown(token, now, audience=client_id(), nonce=row.nonce)
    row.outcome, row.because = check.outcome, check.because
    if check.outcome in {"unknown", "unreadable"}:
        row.outcome = "not_a_permit"
    if check.outcome in checks.BY_OUTCOME or (check.outcome == "stale" and check.because in AUTHENTIC):
        row.loading = _device(token)
        if row.loading is None or row.loading.ended_at is not None:
            row.outcome, row.because = "device_revoked", ""
    if row.outcome != "valid":
        return
    asked = catalogue.items(row.asked)
    wanted = catalogue.claims_of(asked)
    row.result = {name: value for name, value in check.claims.items() if name in wanted}
    row.given = list(row.result)
    if not catalogue.holds(asked, row.result):
        row.outcome = "unproved"


def _device(token: str) -> Loading | None:
    """The device whose key a presentation is bound to. Its signatures were proved."""
    shown = sd_jwt.read(token)
    assert shown is not None
    payload = shown.token.payload
    at = payload["status"]["status_list"]
    shard = shard_of(at["uri"])
    licence = None if shard is None else licence_at(shard, at["idx"])
    if licence is None:
        return None
    thumbprint = base64url(algorithms.thumbprint(payload["cnf"]["jwk"]))
    rows = Loading.objects.filter(permit=licence.permit_id, thumbprint=thumbprint).select_related("permit")
    return rows.order_by("-begun_at").first()


def find(key: str) -> Presentation | None:
    """A request by the key that its checker was given. One query."""
    return Presentation.objects.filter(key=secrets.digest(key)).first()


def result(row: Presentation, now: datetime) -> Mapping[str, Any]:
    """What was shown, for ten minutes after it was."""
    kept = row.answered_at is not None and now < row.answered_at + KEPT_FOR
    return row.result if kept else {}


@tasks.handles("wallets.forget_presentation")
def forget(payload: dict[str, int]) -> None:
    """Throw away what was shown, and the whole request where no holder has answered it."""
    now = clock.now()
    mine = Presentation.objects.filter(pk=payload["presentation"])
    mine.filter(loading=None).delete()
    mine.filter(answered_at__lte=now - KEPT_FOR).update(result={}, source="")
