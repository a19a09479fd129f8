"""Signs the trust list that `verify.trust` reads."""

from collections.abc import Iterable, Mapping

from juzhu.credentials.signing import jws
from juzhu.credentials.signing.key_store import facts_of
from juzhu.credentials.signing.keys import LISTED, SigningKey
from juzhu.credentials.verify.trust import TYPE, Issuer, IssuerKey

LIFE_S = 30 * 86400


def token(root: SigningKey, issuers: Iterable[Issuer], *, publisher: str, issued_at: int) -> str:
    """A signed list of issuers that lives for 30 days. Keys for other uses than permits and status stay out.

    The root's own key stands in the header, for checkers who have pinned its thumbprint.
    """
    payload = {
        "iss": publisher,
        "iat": issued_at,
        "exp": issued_at + LIFE_S,
        "issuers": [
            {
                "id": issuer.id,
                "division": issuer.division,
                "name": dict(issuer.name),
                "keys": [facts_of(key) for key in issuer.keys.values() if key.uses & LISTED],
            }
            for issuer in issuers
        ],
    }
    return jws.sign(root, TYPE, payload, jwk=root.public_jwk())


def issuer(origin: str, division: str, name: Mapping[str, str], keys: Iterable[IssuerKey]) -> Issuer:
    """An issuer with all of its keys, as a key store lists them."""
    return Issuer(origin, division, name, {key.kid: key for key in keys})
