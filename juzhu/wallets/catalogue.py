"""What may be asked of a holder, and nothing else: each item with the claims that it takes, and its words.

A checker without an account gets only what says yes or no.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from juzhu.credentials.verify.sd_jwt import YEARS
from juzhu.operations.errors import Sentence
from juzhu.wallets.claims import city

QUERY = "permit"
"""The name of the one credential query in a request."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something to prove. `claims` are disclosed for it; `personal` ones say who somebody is."""

    code: str
    words: Sentence
    claims: tuple[str, ...] = ()
    personal: bool = False


_VALID = Item("valid_permit", _("有有效的居住证"))
_PREDICATES = (
    Item("lives_in_city", _("住在杭州"), ("lives_in",)),
    Item("age_over_16", _("满 16 周岁"), ("age_over_16",)),
    Item("age_over_18", _("满 18 周岁"), ("age_over_18",)),
    *(
        Item(
            f"residence_years_ge_{n}",
            format_lazy(_("居住满 {years} 年"), years=n),
            (f"residence_years_ge_{n}",),
        )
        for n in YEARS
    ),
)
_PERSONAL = (
    Item("name", _("姓名"), ("name",), personal=True),
    Item("name_and_photo", _("姓名和照片"), ("name", "photo"), personal=True),
    Item("identity_number", _("公民身份号码"), ("identity_number",), personal=True),
    Item("permit_number", _("居住证号码"), ("permit_number",), personal=True),
    Item("residence_address", _("居住地址"), ("residence_address",), personal=True),
)
ITEMS: Mapping[str, Item] = {item.code: item for item in (_VALID, *_PREDICATES, *_PERSONAL)}
"""That the permit is valid is asked for in every case."""
PREDICATES = frozenset(item.claims[0] for item in _PREDICATES)


def items(codes: Iterable[str]) -> list[Item]:
    """The items of these codes, in the catalogue's order. Raises KeyError for one that is not in it."""
    wanted = {ITEMS[code].code for code in codes} | {_VALID.code}
    return [item for item in ITEMS.values() if item.code in wanted]


def claims_of(asked: Iterable[Item]) -> list[str]:
    """The claims that are to be disclosed, each once."""
    return list(dict.fromkeys(claim for item in asked for claim in item.claims))


def expected(claim: str) -> Any:
    """What a claim must say for its item to hold; None for one that may say anything."""
    if claim not in PREDICATES:
        return None
    return city() if claim == "lives_in" else True


def query(asked: Sequence[Item], vct: str) -> dict[str, Any]:
    """The DCQL query of a request (OpenID4VP 1.0 section 6). A wallet that compares values shows nothing
    that would say no.
    """
    credential: dict[str, Any] = {"id": QUERY, "format": "dc+sd-jwt", "meta": {"vct_values": [vct]}}
    paths = [
        {"path": [claim]} | ({} if expected(claim) is None else {"values": [expected(claim)]})
        for claim in claims_of(asked)
    ]
    if paths:
        credential["claims"] = paths
    return {"credentials": [credential]}


def holds(asked: Iterable[Item], given: Mapping[str, Any]) -> bool:
    """Whether all was given that was asked for, and says what it should."""
    return all(
        claim in given and (expected(claim) is None or given[claim] == expected(claim))
        for claim in claims_of(asked)
    )


def words(given: Collection[str]) -> list[Sentence]:
    """What a holder has shown, by the claims that were given."""
    return [item.words for item in ITEMS.values() if item.claims and set(item.claims) <= set(given)]
