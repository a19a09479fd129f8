"""Checking an electronic permit alone: the standard library and `cryptography`, nothing else.

trust = Trust.read(token, root)                  # once; raises Refused
lists = Lists([status_list_token, …])
verdict = check(text, trust=trust, lists=lists, now=datetime.now(UTC))
"""

from juzhu.credentials.verify.checking import check
from juzhu.credentials.verify.errors import Refused
from juzhu.credentials.verify.status_list import Lists
from juzhu.credentials.verify.trust import Issuer, IssuerKey, Trust
from juzhu.credentials.verify.verdict import Verdict

__all__ = ["Issuer", "IssuerKey", "Lists", "Refused", "Trust", "Verdict", "check"]
