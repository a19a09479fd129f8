"""What the law calls its conditions and its articles, in the reader's language."""

from __future__ import annotations

from juzhu.design.formats import Language, chosen
from juzhu.law import policy
from juzhu.law.eligibility import LEAVES


def leaf_name(code: str, lang: Language) -> str:
    """A condition by its code; a code that the law does not know is written as it stands."""
    return str(chosen(LEAVES[code].name, lang)) if code in LEAVES else code


def cite_words(cite: str, lang: Language) -> str:
    """`notice:2.1.2` as 通知 二(一)2, Notice 2(1)2."""
    return policy.cite_label(cite, lang)


def cite_anchor(cite: str) -> str:
    """The id of an article on the rules page: `notice:2.1.2` is `notice-2-1-2`."""
    return cite.replace(":", "-").replace(".", "-")
