"""What the law calls its conditions and its articles, in the reader's language."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any

from juzhu.design.formats import Language, chosen
from juzhu.law import policy


def room(name: str) -> ModuleType | None:
    try:
        return import_module(name)
    except ModuleNotFoundError:
        return None


def leaf_name(code: str, lang: Language) -> str:
    eligibility: Any = room("juzhu.law.eligibility")
    if eligibility is None or code not in eligibility.LEAVES:
        return code
    return str(chosen(eligibility.LEAVES[code].name, lang))


def cite_words(cite: str, lang: Language) -> str:
    """`notice:2.1.2` as 通知 二(一)2, Notice 2(1)2."""
    return policy.cite_label(cite, lang)


def cite_anchor(cite: str) -> str:
    """The id of an article on the rules page: `notice:2.1.2` is `notice-2-1-2`."""
    return cite.replace(":", "-").replace(".", "-")
