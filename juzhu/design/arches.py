"""From a term of the law (`juzhu.law.picture`) to the drawing of an arch."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from juzhu.design import geometry
from juzhu.design.formats import Language, chosen, language
from juzhu.law.picture import Term


def stones_of(term: Term, lang: Language) -> list[geometry.StoneShape]:
    count = len(term.months)
    return [
        geometry.stone(index, count, month.state, month.fraction, chosen(month.label, lang))
        for index, month in enumerate(term.months)
    ]


def feet_of(term: Term) -> tuple[str, str, str]:
    """Words under the left and the right foot, and how their dates are written."""
    return {
        "residence": (_("居住登记"), _("满期"), "short"),
        "insurance": ("", "", "month"),
        "lease": (_("合同开始"), _("合同结束"), "short"),
        "validity": (_("这一年开始"), _("有效期到"), "short"),
    }[term.kind]


def caption_above(term: Term, lang: Language) -> bool:
    """Whether the caption is read before the number: 还差 52 天, but 52 days to go and 5 / 12 个月连续."""
    return lang == "zh" and (term.kind == "residence" or term.starts is None)


def arch_context(term: Term) -> dict[str, Any]:
    """What design/arch.html needs. A term of another length than 6 or 12 months is written, not drawn."""
    lang = language()
    drawable = len(term.months) in geometry.JOINT
    pin = geometry.pin(term.today_position) if drawable and term.today_position is not None else None
    left, right, feet = feet_of(term)
    caption = chosen(term.caption, lang)
    above = caption_above(term, lang)
    return {
        "stones": stones_of(term, lang) if drawable else [],
        "pin": pin,
        "view_box": geometry.view_box(pin),
        "today_word": _("今天"),
        "sentence": chosen(term.sentence, lang),
        "number": term.headline,
        "unit": chosen(term.unit, lang),
        "above": caption if above else "",
        "below": "" if above else caption,
        "left": left,
        "right": right,
        "feet": feet,
        "starts": term.starts,
        "ends": term.ends,
    }
