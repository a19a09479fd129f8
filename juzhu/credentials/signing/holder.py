"""What a holder's wallet does: show chosen claims, and prove the key. For tests, commands and measurements; a
real holder's key stays on the device.
"""

from collections.abc import Collection

from juzhu.credentials.signing import jws
from juzhu.credentials.signing.keys import SigningKey
from juzhu.credentials.signing.sd_jwt import digest
from juzhu.credentials.verify.encoding import from_base64url, from_json
from juzhu.credentials.verify.sd_jwt import HOLDER_TYPE


def chosen(document: str, names: Collection[str]) -> str:
    """The document with the disclosures of these names alone."""
    issued, *disclosures, _proof = document.split("~")
    kept = [each for each in disclosures if from_json(from_base64url(each))[1] in names]
    return "~".join([issued, *kept, ""])


def present(
    document: str, names: Collection[str], *, key: SigningKey, audience: str, nonce: str, made_at: int
) -> str:
    """The chosen claims with the holder's proof for this audience and nonce; `made_at` in unix seconds."""
    shown = chosen(document, names)
    said = {"iat": made_at, "aud": audience, "nonce": nonce, "sd_hash": digest(shown)}
    return shown + jws.sign(key, HOLDER_TYPE, said)
