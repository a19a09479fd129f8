"""One check for both kinds of document: signature and key first, then status, then the document's own end."""

from datetime import datetime

from juzhu.credentials.verify import offline_code, sd_jwt
from juzhu.credentials.verify.document import LEEWAY_S, Document
from juzhu.credentials.verify.errors import Because, Outcome, Refused
from juzhu.credentials.verify.status_list import SUPERSEDED, SUSPENDED, TERMINATED, VALID, Lists, Standing
from juzhu.credentials.verify.trust import Issuer, Trust
from juzhu.credentials.verify.verdict import Verdict

MAX_BYTES = 256 << 10
BY_STATUS: dict[int, tuple[Outcome, Because]] = {
    VALID: ("valid", ""),
    TERMINATED: ("terminated", ""),
    SUSPENDED: ("suspended", ""),
    SUPERSEDED: ("stale", "superseded"),
}
Unproved = offline_code.Code | sd_jwt.Presentation


def check(
    data: str | bytes,
    *,
    trust: Trust | None,
    lists: Lists,
    now: datetime,
    audience: str | None = None,
    nonce: str | None = None,
) -> Verdict:
    """Judge what somebody shows, whatever it is: an answer, never an exception.

    `now` is aware. With `audience` or `nonce` a presentation must bear its holder's proof of them; a code,
    which has none, is then refused.
    """
    moment = int(now.timestamp())
    try:
        shown = _read(_text(data))
        issuer, document = _proved(shown, trust, moment)
        held = shown.held(audience, nonce, moment)
    except Refused as refused:
        return Verdict(refused.outcome, refused.because)
    standing = lists.standing(document.status, issuer, moment) if trust and trust.current(moment) else None
    outcome, because = _judged(document, standing, trust, moment)
    return Verdict(
        outcome,
        because,
        document.kind,
        document.claims,
        document.issuer,
        issuer.name,
        issuer.division,
        document.kid,
        document.expires_at,
        standing.listed_at if standing else None,
        held,
    )


def _text(data: str | bytes) -> str:
    """The text in question; raises Refused for too much, and for what is no text."""
    if len(data) > MAX_BYTES:
        raise Refused
    try:
        return (data if isinstance(data, str) else data.decode()).strip("\t\n\r ")
    except UnicodeDecodeError as error:
        raise Refused("not_a_permit") from error


def _read(text: str) -> Unproved:
    if text.startswith(offline_code.PREFIX):
        return offline_code.read(text)
    if offline_code.ANY_VERSION.match(text):
        raise Refused
    shown = sd_jwt.read(text)
    if shown is None:
        raise Refused("not_a_permit")
    return shown


def _proved(shown: Unproved, trust: Trust | None, moment: int) -> tuple[Issuer, Document]:
    """The issuer whose key signed it, and what it says; raises Refused."""
    issuer = trust.issuers.get(shown.issuer) if trust else None
    key = issuer.key(shown.kid, "permit") if issuer else None
    if issuer is None or key is None:
        raise _unknown(trust, moment)
    if not shown.signed_by(key.alg, key.jwk):
        raise Refused("forged", "signature")
    document = shown.document()
    if key.revoked(document.issued_before):
        raise Refused("forged", "key_revoked")
    if not key.in_use(document.issued_at, document.issued_before):
        raise _unknown(trust, moment)
    return issuer, document


def _unknown(trust: Trust | None, moment: int) -> Refused:
    """A newer list may know the key."""
    return Refused("forged", "key_unknown") if trust and trust.current(moment) else Refused("stale", "trust")


def _judged(
    document: Document, standing: Standing | None, trust: Trust | None, moment: int
) -> tuple[Outcome, Because]:
    if trust is None or not trust.current(moment):
        return "stale", "trust"
    if document.issued_at > moment + LEEWAY_S:
        return "stale", "document"
    if standing is None:
        return "stale", "list"
    outcome, because = BY_STATUS.get(standing.status, ("stale", "list"))
    if outcome == "valid" and moment >= document.expires_at:
        return "stale", "document"
    return outcome, because
