"""A finding of the law in words, shapes and HTML. Reads `juzhu.law` findings, or their JSON as a dict."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from juzhu.design.formats import Language, chosen, language
from juzhu.design.legal import cite_anchor, cite_words, leaf_name
from juzhu.design.marks import MARKS

WORDS = {
    "met": gettext_noop("已满足"),
    "unproven": gettext_noop("待证明"),
    "unmet": gettext_noop("未满足"),
    "time": gettext_noop("到期自动满足"),
    "look": gettext_noop("等您看"),
    "checking": gettext_noop("正在核对"),
}
SEPARATOR = mark_safe('<span class="sep">·</span>')
ORDER = {"unmet": 0, "time": 0, "unproven": 1, "met": 2}


def of(f: Any, name: str) -> Any:
    return f.get(name) if isinstance(f, dict) else getattr(f, name, None)


def shape_of(f: Any, as_of: date | None = None) -> str:
    """The finding's state, or `time` where it is unmet and a day is known on which it will be met."""
    state = state_of(f)
    if state != "unmet":
        return state
    ready = of(f, "ready_on")
    return "time" if ready and (as_of is None or ready > as_of) else state


def state_of(f: Any) -> str:
    state = of(f, "state")
    return str(getattr(state, "value", state))


def word_of(shape: str) -> str:
    return _(WORDS[shape])


def finding_html(f: Any, as_of: date | None, action: str, rules: str, tag: str) -> SafeString:
    """A finding's mark, name, word, sentence and articles. `action`: the link to act, as safe HTML."""
    lang = language()
    say = chosen(of(f, "message") or "", lang)
    cites = cites_html(tuple(of(f, "cites") or ()), lang, rules)
    return mark_safe(  # noqa: S308 - each part is escaped
        opening(shape_of(f, as_of), of(f, "code"), tag, lang)
        + (f'<p class="say">{conditional_escape(say)}</p>' if say else "")
        + cites
        + (f"<div>{conditional_escape(action)}</div>" if action else "")
        + f"</div></{escape(tag)}>\n"
    )


@lru_cache(maxsize=512)
def opening(shape: str, code: str, tag: str, lang: Language) -> str:
    """What a finding of this state begins with for everybody: mark, name and word."""
    return format_html(
        '<{} class="finding {}">{}<div><div class="head"><b>{}</b><span class="word">{}</span></div>',
        tag, shape, MARKS[shape], leaf_name(code, lang), word_of(shape),
    )  # fmt: skip


@lru_cache(maxsize=512)
def cites_html(cites: tuple[str, ...], lang: Language, rules: str) -> str:
    """The articles that a finding rests on; nothing without any."""
    if not cites:
        return ""
    links = format_html_join(SEPARATOR, "{}", ((cite_html(cite, lang, rules),) for cite in cites))
    return format_html('<p class="cites">{}</p>', links)


@lru_cache(maxsize=512)
def cite_html(cite: str, lang: Language, rules: str) -> SafeString:
    """An article, linked to its place on the rules page where that is mounted."""
    words = cite_words(cite, lang)
    if not rules:
        return format_html('<span class="cite">{}</span>', words)
    return format_html('<a class="cite" href="{}#{}">{}</a>', rules, cite_anchor(cite), words)


def counts_of(answer: Any) -> dict[str, int]:
    """Met, unproven, unmet; what only waits for a day counts as unmet."""
    if isinstance(answer, dict) and "findings" not in answer:
        return {name: int(answer.get(name, 0)) for name in ("met", "unproven", "unmet")}
    listed: Iterable[Any] = of(answer, "findings") if of(answer, "findings") is not None else answer
    counts = {"met": 0, "unproven": 0, "unmet": 0}
    for f in listed:
        counts[state_of(f)] += 1
    return counts


def tally_html(answer: Any, *, row: bool) -> SafeString:
    """How many are met, unproven and unmet."""
    counts = counts_of(answer)
    if row:
        shown = [
            f'<span class="{state if n else "zero"}">{MARKS[state]}'
            f'<span class="visually-hidden">{escape(word_of(state))}</span>{n}</span>'
            for state, n in counts.items()
        ]
    else:
        shown = [
            f'<span class="state {state}">{MARKS[state]}{escape(word_of(state))} {n}</span>'
            for state, n in counts.items()
            if n
        ]
    kind = "tri" if row else "tally"
    return mark_safe(f'<span class="{kind}">{"".join(shown)}</span>\n')  # noqa: S308 - each part is escaped
