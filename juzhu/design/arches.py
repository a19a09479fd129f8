"""From a term of the law (`juzhu.law.picture`) to the drawing of an arch.

Built here and not by a template: an arch has some fifty places to fill in, and a first page has three arches.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from juzhu.design import geometry
from juzhu.design.formats import DAY_STYLES, Language, chosen, language, machine_day
from juzhu.law.picture import Term

LEGEND = (
    '<li><svg viewBox="0 0 20 20" class="st {}" aria-hidden="true" focusable="false">'
    '<path d="M2 2h16v16H2z"/></svg>{}</li>'
)


def stones_of(term: Term, lang: Language) -> list[geometry.StoneShape]:
    count = len(term.months)
    return [
        geometry.stone(index, count, month.state, month.fraction, chosen(month.label, lang))
        for index, month in enumerate(term.months)
    ]


def feet_of(term: Term) -> tuple[str, str, str]:
    """Words under the left and the right foot, and how their dates are written."""
    if term.kind == "residence":
        return pgettext("arch", "居住登记"), _("满期"), "short"
    if term.kind == "lease":
        return _("合同开始"), _("合同结束"), "short"
    if term.kind == "validity":
        return _("这一年开始"), _("满一年"), "short"
    return "", "", "month"


def caption_above(term: Term, lang: Language) -> bool:
    """Whether the caption is read before the number: 还差 52 天, but 52 days to go and 5 / 12 个月连续."""
    return lang == "zh" and (term.kind == "residence" or term.starts is None)


def arch_html(term: Term, words: Mapping[str, Any]) -> SafeString:
    """The arch with the law's own words, or with `words` in their place: above, below, left, right, feet.

    A term of another length than 6 or 12 months is written, not drawn.
    """
    lang = language()
    caption = chosen(term.caption, lang)
    above = caption_above(term, lang)
    left, right, feet = feet_of(term)
    said = {
        "above": caption if above else "", "below": "" if above else caption,
        "left": left, "right": right, "feet": feet, **words,
    }  # fmt: skip
    sentence = chosen(term.sentence, lang)
    if len(term.months) in geometry.JOINT:
        pin = geometry.pin(term.today_position) if term.today_position is not None else None
        number = f"{term.headline} <small>{conditional_escape(chosen(term.unit, lang))}</small>"
        shown = _span(stones_of(term, lang), pin, sentence)
        shown += _hole(f'<span class="big">{number}</span>', said["above"], said["below"]) + "</div>\n"
    else:
        shown = f'<p class="mb-1">{conditional_escape(sentence)}</p>\n'
    if term.starts and term.ends:
        shown += '<div class="feet">' + _foot(term.starts, said["feet"], said["left"], lang)
        shown += _foot(term.ends, said["feet"], said["right"], lang) + "</div>\n"
    return mark_safe(f'<div class="arch">{shown}</div>\n')  # noqa: S308 - each part is escaped


def empty_arch_html(sentence: str) -> SafeString:
    """An arch that nobody has begun."""
    stones = [geometry.stone(n, 6, "todo", 0, "") for n in range(6)]
    shown = _span(stones, None, sentence or _("还没有铺石的拱")) + _hole("", "", "") + "</div>\n"
    return mark_safe(f'<div class="arch">{shown}</div>\n')  # noqa: S308 - each part is escaped


@lru_cache(maxsize=64)
def legend_html(states: tuple[str, ...], lang: Language) -> SafeString:
    """What the stones mean, in the present language, which is `lang`."""
    words = {
        "laid": _("计入"),
        "part": _("正在满的一个月"),
        "todo": _("还没到"),
        "void": _("已缴，不计入"),
        "gap": _("缺缴"),
        "last": _("签注期"),
    }
    shown = [("laid" if state == "part" else state, words[state]) for state in states]
    rows = format_html_join("", LEGEND, shown)
    return format_html('<ul class="keys">{}</ul>\n', rows)


def _span(stones: list[geometry.StoneShape], pin: geometry.Pin | None, sentence: str) -> str:
    """The stones over the water, and today's pin. The sentence says the same to who can't see it."""
    return (
        f'<div class="span"><svg viewBox="{geometry.view_box(pin)}" role="img"'
        f' aria-label="{conditional_escape(sentence)}">{"".join(map(_stone, stones))}'
        f'<path class="water" d="M4 181.5H316"/>{_pin(pin)}</svg>\n'
    )


def _stone(stone: geometry.StoneShape) -> str:
    shape = f'<path d="{stone.outline}"/>'
    if stone.over:
        shape = f'<path class="under" d="{stone.outline}"/><path class="over" d="{stone.over}"/>'
    if stone.label:
        shape += f'<text x="{stone.x}" y="{stone.y}">{conditional_escape(stone.label)}</text>'
    return f'<g class="st {stone.state}{" most" if stone.mostly else ""}">{shape}</g>'


def _pin(pin: geometry.Pin | None) -> str:
    if pin is None:
        return ""
    drawn = f'<path class="pin" d="{pin.line}"/><circle class="pin" cx="{pin.x}" cy="{pin.y}" r="6"/>'
    if pin.worded:
        today = conditional_escape(_("今天"))
        place = f'x="{pin.text_x}" y="{pin.text_y}" text-anchor="{pin.anchor}"'
        drawn += f'<text class="pin-t" {place}>{today}</text>'
    return drawn


def _hole(number: str, above: str, below: str) -> str:
    """What stands in the opening: the number, and words above or below it."""
    over = f"<span>{conditional_escape(above)}</span>" if above else ""
    under = f'<span class="small">{conditional_escape(below)}</span>' if below else ""
    return f'<div class="hole">{over}{number}{under}</div>'


def _foot(value: date, style: str, word: str, lang: Language) -> str:
    written = DAY_STYLES[style](value, lang)
    machine = machine_day(value, style)
    return f'<span><time datetime="{machine}">{written}</time>{conditional_escape(word)}</span>'
