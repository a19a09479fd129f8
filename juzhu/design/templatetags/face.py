"""Tags of the components. They choose words and numbers; the markup stands in templates/design, and that
of the few which a page shows many times (arches, findings, tallies) in Python, some ten times as fast.

No tag writes `style=`: all geometry that comes from data is an SVG attribute (CSP `style-src 'self'`).
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import segno
from django import forms, template
from django.forms.boundfield import BoundField
from django.templatetags import i18n
from django.templatetags import static as files
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from juzhu.design import formats, geometry, legal, marks
from juzhu.design import forms as drawing
from juzhu.design import kept as kept_pieces
from juzhu.design.arches import arch_html, empty_arch_html, legend_html
from juzhu.design.context import surroundings
from juzhu.design.findings import cite_html, finding_html, shape_of, tally_html, word_of
from juzhu.law.calendar import is_published
from juzhu.law.picture import Term

register = template.Library()
PLAIN = re.compile(r"'[^'\\]*'" r'|"[^"\\]*"')

# Dates, numbers, words


@register.simple_tag
def day(value: date | None, style: str = "full") -> str | SafeString:
    """`<time>` of a date. Styles: full, short, document, row (no year), month. Nothing for None."""
    if value is None:
        return ""
    words = formats.DAY_STYLES[style](value, formats.language())
    machine = formats.machine_day(value, style)
    return mark_safe(f'<time datetime="{machine}">{words}</time>')  # noqa: S308 - digits and names of months


@register.simple_tag
def moment(value: datetime | None, row: bool = False) -> str | SafeString:
    """`<time>` of an aware moment on Hangzhou's clock; `row=True` drops the year."""
    if value is None:
        return ""
    local = formats.in_shanghai(value)
    words = (formats.row_moment if row else formats.moment)(value, formats.language())
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), words)


@register.simple_tag
def period(start: date, end: date) -> SafeString:
    """`2025-10-20 到 2026-10-19`."""
    word = "到" if formats.language() == "zh" else "to"
    return format_html("{} {} {}", day(start), word, day(end))


@register.tag
def translate(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """Django's own tag; a plain text, as nearly all are, is looked up once in each language."""
    node = i18n.do_translate(parser, token)
    bits = token.split_contents()
    return Said(node) if len(bits) == 2 and PLAIN.fullmatch(bits[1]) else node


class Said(template.Node):
    """A plain text of a template, in the reader's language."""

    child_nodelists = ()

    def __init__(self, node: i18n.TranslateNode) -> None:
        self.node = node
        self.said: dict[str | None, str] = {}

    def render(self, context: template.Context) -> str:
        lang = get_language()
        if lang not in self.said:
            self.said[lang] = self.node.render(context)
        return self.said[lang]


@register.simple_tag
def either(zh: Any, en: Any) -> Any:
    """The one of the two that is in the reader's language."""
    return conditional_escape(en if formats.language() == "en" else zh)


@register.filter
def both(value: Any) -> Any:
    """The reader's side of anything that has `zh` and `en`."""
    return formats.chosen(value, formats.language())


@register.simple_tag
def id_number(number: str) -> SafeString:
    """A masked identity number that breaks between its parts, not within them."""
    return format_html_join(
        mark_safe("<wbr>"), "{}", ((part,) for part in re.split(r"(\*+)", formats.mask_id(number)))
    )


register.filter("mask_id", formats.mask_id, is_safe=False)
register.filter("mask_phone", formats.mask_phone, is_safe=False)
register.filter("mask_name", formats.mask_name, is_safe=False)
register.filter("grouped", formats.grouped)
register.filter("small_count", formats.small_count)
register.filter("file_size", formats.file_size)


@register.filter
def weekday(value: date) -> str:
    """`周一` or `Mon`."""
    return formats.weekday(value, formats.language())


# Shapes


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; silent to screen readers unless it has a `label`."""
    if label:
        href = f"{address_of('juzhu/icons.svg')}#{name}"
        return format_html('<svg class="i" role="img" aria-label="{}"><use href="{}"/></svg>', label, href)
    return silent_icon(name)


@lru_cache(maxsize=256)
def silent_icon(name: str) -> SafeString:
    """An icon without words of its own is alike everywhere."""
    href = f"{address_of('juzhu/icons.svg')}#{name}"
    return format_html('<svg class="i" aria-hidden="true" focusable="false"><use href="{}"/></svg>', href)


@register.simple_tag
def static(path: str) -> str:
    """Django's own tag, with each file's address looked up once: it is the same until the next release."""
    return address_of(path)


@lru_cache(maxsize=256)
def address_of(path: str) -> str:
    return files.static(path)


@register.simple_tag
def mark(shape: str) -> SafeString:
    """met, unproven, unmet, time, look or checking. Always beside its word."""
    return marks.MARKS[shape]


@register.simple_tag
def outcome_mark(kind: str) -> SafeString:
    """Of the live code: valid, suspended, terminated, expired, forged or unknown. Of documents, for the last
    three: stale, forged, not_a_permit or unreadable.
    """
    return marks.OUTCOMES[kind]


@register.inclusion_tag("design/outcome_plate.html")
def outcome_plate(kind: str, heading: str = "h1") -> dict[str, str]:
    """The coloured plate of a verification: mark, verdict, one line. Stands in `.outcome.o-<kind>`."""
    verdict, sub = {
        "valid": (_("有效"), _("居住证现在有效")),
        "suspended": (_("功能中止"), _("证是真的，现在不能使用")),
        "terminated": (_("已终止"), _("证是真的，已不再有效")),
        "expired": (_("码已过期"), _("还不知道证是否有效")),
        "forged": (_("伪造或被改"), _("签名对不上，不要采信")),
        "unknown": (_("不是居住证码"), _("这个码不是我们发的")),
        "stale": (_("已过时"), _("说不准现在是否有效")),
        "not_a_permit": (_("不是居住证码"), _("这个码不是我们发的")),
        "unreadable": (_("读不出来"), _("码不完整，或者没拍清楚")),
    }[kind]
    return {"kind": kind, "heading": heading, "verdict": verdict, "sub": sub}


@register.simple_tag
def qr(text: str, label: str = "") -> SafeString:
    """A QR code as SVG that fills its box, error correction M."""
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(
        omitsize=True, border=4, dark="#1d2a30", light="#fff", svgclass=None, lineclass=None
    )
    opening = format_html('<svg role="img" aria-label="{}" ', label or _("二维码"))
    return mark_safe(opening + drawn.removeprefix("<svg "))  # noqa: S308 - segno draws, it quotes no text


# The law's answers


@register.simple_tag
def arch(term: Term, **words: str) -> SafeString:
    """A term counted in months, as an arch of 6 or 12 stones, with the law's own words.

    `above`, `below` (the number), `left`, `right` (under the feet) and `feet` (short or month) replace them.
    """
    unknown = words.keys() - {"above", "below", "left", "right", "feet"}
    if unknown:
        raise template.TemplateSyntaxError(f"arch knows no {', '.join(sorted(unknown))}")
    return arch_html(term, words)


@register.simple_tag
def empty_arch(sentence: str = "") -> SafeString:
    """An arch that nobody has begun: the picture of an empty page."""
    return empty_arch_html(sentence)


@register.simple_tag
def arch_legend(*states: str) -> SafeString:
    """What the stones mean: `{% arch_legend "laid" "void" "gap" %}`."""
    return legend_html(states, formats.language())


@register.simple_tag(takes_context=True)
def finding(
    context: template.Context,
    f: Any,
    url: str = "",
    label: str = "",
    button: bool = False,
    as_of: date | None = None,
    tag: str = "li",
) -> SafeString:
    """One condition: mark, name, word, sentence, articles; a link to act (`url`, `label`, `button=True`)."""
    css = "btn btn-outline mt-1" if button else "link-btn"
    action = format_html('<a class="{}" href="{}">{}</a>', css, url, label) if url else ""
    return finding_html(f, as_of, action, rules_page(context), tag)


@register.simple_tag(takes_context=True)
def cite(context: template.Context, source: str) -> SafeString:
    """An article, linked to its place on the rules page where that is mounted."""
    return cite_html(source, formats.language(), rules_page(context))


def rules_page(context: template.Context) -> str:
    """Where articles lead to; "" without such a page."""
    return str((context.get("places") or {}).get("rules", ""))


@register.filter
def shape(f: Any) -> str:
    """met, unproven, unmet, or time for an unmet one that time alone cures."""
    return shape_of(f)


@register.filter
def word(name: str) -> str:
    """The word of a mark: 已满足, 待证明, 未满足, 到期自动满足, 等您看."""
    return word_of(name)


@register.filter
def leaf_name(code: str) -> str:
    """The name of a condition by its code."""
    return legal.leaf_name(code, formats.language())


@register.simple_tag
def tally(answer: Any, row: bool = False) -> SafeString:
    """How many are met, unproven, unmet. `answer` has `findings`, or is a list of them, or a dict of counts.

    `row=True` is the narrow form of a table's row, zeros included.
    """
    return tally_html(answer, row=row)


@register.simple_tag
def may_move(*days: date | None) -> str:
    """A sentence where a last day that was counted over rest days lies in a year whose holidays are not
    published; "" else.
    """
    years = sorted({day.year for day in days if day is not None and not is_published(day.year)})
    if not years:
        return ""
    return _("%(year)s 年的放假安排还没有公布，这一天可能会变。") % {"year": years[0]}


@register.inclusion_tag("design/days_left.html")
def days_left(due: date, today: date, total: int = 15) -> dict[str, str]:
    """A bar that empties, and the words; brown from three days on, red once overdue. `total` days in all."""
    left = (due - today).days
    if left < 0:
        words = ngettext("已超 %(n)s 天", "已超 %(n)s 天", -left) % {"n": -left}
    elif left == 0:
        words = _("今天到期")
    else:
        words = ngettext("还剩 %(n)s 天", "还剩 %(n)s 天", left) % {"n": left}
    css = "over" if left < 0 else "soon" if left <= 3 else ""
    width = 59.0 if left < 0 else 59 * geometry.share(left, total) / 100
    return {"css": css, "words": words, "width": f"{width:.1f}"}


@register.inclusion_tag("design/bar.html")
def bar(value: float, most: float, line: float | None = None, kind: str = "have") -> dict[str, str]:
    """A bar from zero. `line` is a threshold on its scale; kinds: have, more (hatched: not enough), reach."""
    mark_at = "" if line is None else f"{geometry.share(line, most):.2f}"
    return {"kind": kind, "width": f"{geometry.share(value, most):.2f}", "line": mark_at}


# Pages


@register.simple_tag(takes_context=True)
def kept(context: template.Context, piece: str, **values: Any) -> SafeString:
    """A template of the frame, rendered once for each set of `values`; it sees them alone (`design.kept`)."""
    around = context.get("surroundings") or surroundings()
    return kept_pieces.piece(piece, values, around, context.get("csrf_token"), context.get("here", ""))


@register.inclusion_tag("design/steps.html")
def steps(now: int, *labels: str) -> dict[str, Any]:
    """Where we are: `{% steps 3 "告知承诺" "在线填表" "上传材料" "确认提交" %}`."""
    words = _("第 %(now)s 步，共 %(all)s 步") % {"now": now, "all": len(labels)}
    return {"now": now, "labels": labels, "words": words}


@register.inclusion_tag("design/countdown.html")
def countdown(left: int, period: int = 30) -> dict[str, Any]:
    """Seconds until the code changes. At nought the element fires `juzhu:due`, for HTMX to fetch the next."""
    return {"left": left, "period": period, "offset": f"{100 - geometry.share(left, period):.0f}"}


@register.inclusion_tag("design/field.html")
def field(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """A form field with label, hint, error and input."""
    return drawing.drawn(bound, hint)


@register.inclusion_tag("design/fields.html")
def fields(form: forms.BaseForm) -> dict[str, Any]:
    """All fields of a form, hidden ones first."""
    return {"form": form}


@register.inclusion_tag("design/error_summary.html")
def error_summary(*given: forms.BaseForm) -> dict[str, Any]:
    """Top of the page: every error, linked to its input. Nothing without errors."""
    return {"rows": drawing.summary(*given)}
