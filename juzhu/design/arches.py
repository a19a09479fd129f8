"""From a term of the law (`juzhu.law.picture`) to the drawing of an arch."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from juzhu.design import geometry
from juzhu.design.formats import chosen, language


def stones_of(term: Any, lang: Any) -> list[geometry.StoneShape]:
    count = len(term.months)
    drawn = []
    for index, month in enumerate(term.months):
        state = str(getattr(month.state, "value", month.state))
        label = str(chosen(month.label, lang) or "")
        if count > 6:
            label = label.removesuffix("月")
        drawn.append(geometry.stone(index, count, state, month.fraction or 0.0, label))
    return drawn


def arch_context(term: Any) -> dict[str, Any]:
    """What design/arch.html needs. A term of another length than 6 or 12 months is written, not drawn."""
    lang = language()
    drawable = len(term.months) in geometry.JOINT
    pin = geometry.pin(term.today_position) if drawable and term.today_position is not None else None
    return {
        "stones": stones_of(term, lang) if drawable else [],
        "pin": pin,
        "view_box": geometry.view_box(pin),
        "today_word": _("今天"),
        "sentence": chosen(term.sentence, lang),
        "number": term.number,
        "unit": chosen(term.unit, lang),
        "starts": term.starts,
        "ends": term.ends,
    }
