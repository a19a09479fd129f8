"""A finding of the law in words and shapes. Reads `juzhu.law` findings, or their JSON as a dict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from juzhu.design.formats import chosen, language
from juzhu.design.legal import leaf_name

ORDER = {"unmet": 0, "time": 0, "unproven": 1, "met": 2}


def of(f: Any, name: str) -> Any:
    return f.get(name) if isinstance(f, Mapping) else getattr(f, name, None)


def shape_of(f: Any, as_of: date | None = None) -> str:
    """The finding's state, or `time` where it is unmet and a day is known on which it will be met."""
    state = str(getattr(of(f, "state"), "value", of(f, "state")))
    ready = of(f, "ready_on")
    return "time" if state == "unmet" and ready and (as_of is None or ready > as_of) else state


def word_of(shape: str) -> str:
    return {
        "met": _("已满足"),
        "unproven": _("待证明"),
        "unmet": _("未满足"),
        "time": _("到期自动满足"),
        "look": _("等您看"),
    }[shape]


def finding_context(f: Any, as_of: date | None = None) -> dict[str, Any]:
    shape, lang = shape_of(f, as_of), language()
    return {
        "shape": shape,
        "word": word_of(shape),
        "name": leaf_name(of(f, "code"), lang),
        "sentence": chosen(of(f, "message") or "", lang),
        "cites": of(f, "cites") or (),
    }


def counts_of(answer: Any) -> dict[str, int]:
    """Met, unproven, unmet; what only waits for a day counts as unmet."""
    if isinstance(answer, Mapping) and "findings" not in answer:
        return {name: int(answer.get(name, 0)) for name in ("met", "unproven", "unmet")}
    listed: Iterable[Any] = of(answer, "findings") if of(answer, "findings") is not None else answer
    counts = {"met": 0, "unproven": 0, "unmet": 0}
    for f in listed:
        shape = shape_of(f)
        counts["unmet" if shape == "time" else shape] += 1
    return counts
