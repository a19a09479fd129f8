"""How form fields look. Forms stay plain Django forms; `{% field %}` and `{% fields %}` draw them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.html import format_html, strip_tags
from django.utils.translation import gettext as _

from juzhu.design.formats import MONTHS, language

EMPTY = [("", "—")]
CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.SelectDateWidget, "form-select"),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
)


class NamesSelect(forms.Select):
    """A list of proper names, of people or communities: they are Chinese in every language. With
    `always_names`, the empty choice is a name, too.
    """

    def __init__(self, attrs: dict[str, Any] | None = None, *, always_names: bool = False) -> None:
        super().__init__(attrs)
        self.always_names = always_names

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if value or self.always_names:
            option["attrs"]["lang"] = "zh-CN"
        return option


class NamedBox(forms.BooleanField):
    """A box for somebody: its label is their name, Chinese in every language."""

    label_lang = "zh-CN"


class DateSelect(forms.SelectDateWidget):
    """A date as three selects, nothing chosen beforehand: year month day, or day month year in English.

    Not `type=date`: that speaks the language of the phone, and its wheels are hard for the elderly.
    """

    template_name = "design/widgets/date.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = forms.Widget.get_context(self, name, value, attrs)
        lang = language()
        given = context["widget"]["value"] or {}
        months: list[tuple[int | str, str]] = [
            (n, str(n) if lang == "zh" else MONTHS[n - 1]) for n in range(1, 13)
        ]
        choices: dict[str, tuple[str, list[tuple[int | str, str]]]] = {
            "year": (_("年"), [(year, str(year)) for year in self.years]),
            "month": (_("月"), months),
            "day": (_("日"), [(n, str(n)) for n in range(1, 32)]),
        }
        order = ("year", "month", "day") if lang == "zh" else ("day", "month", "year")
        shared = {key: text for key, text in context["widget"]["attrs"].items() if key != "id"}
        context["widget"]["subwidgets"] = [
            self._part(name, part, *choices[part], given.get(part), shared) for part in order
        ]
        return context

    def _part(
        self,
        name: str,
        part: str,
        label: str,
        choices: list[tuple[int | str, str]],
        value: Any,
        attrs: dict[str, Any],
    ) -> dict[str, Any]:
        part_name = f"{name}_{part}"
        select = forms.Select(choices=[*EMPTY, *choices])
        widget: dict[str, Any] = select.get_context(
            part_name, value or "", {**attrs, "id": f"id_{part_name}"}
        )["widget"]
        return {**widget, "part_label": label}


def css_class(widget: forms.Widget) -> str:
    return next(name for kind, name in CLASSES if isinstance(widget, kind))


def target(field: BoundField) -> str:
    """The id that a link of the error summary goes to: the first input of the field."""
    widget = field.field.widget
    if isinstance(widget, forms.SelectDateWidget):
        return f"id_{field.html_name}_{'year' if language() == 'zh' else 'day'}"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{field.auto_id}_0"
    return str(field.id_for_label)


def drawn(field: BoundField, hint: str | Promise) -> dict[str, Any]:
    """What design/field.html needs: the widget with our classes, tied to its hint and its error."""
    widget = field.field.widget
    if type(widget) in (forms.RadioSelect, forms.CheckboxSelectMultiple):
        widget.template_name = "design/widgets/choices.html"
    grouped = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.SelectDateWidget)
    hint = hint or field.help_text
    hint_id, error_id = f"{field.auto_id}_hint", f"{field.auto_id}_error"
    described = " ".join([hint_id] * bool(hint) + [error_id] * bool(field.errors))
    classes = f"{widget.attrs.get('class', '')} {css_class(widget)}".strip()
    attrs: dict[str, str | bool] = {"class": classes}
    if described:
        attrs["aria-describedby"] = described
    return {
        "field": field,
        "widget": field.as_widget(attrs=attrs),
        "hint": hint,
        "hint_id": hint_id,
        "error_id": error_id,
        "errors": list(field.errors),
        "described": described,
        "optional": not field.field.required and not isinstance(widget, forms.CheckboxInput),
        "box": isinstance(widget, forms.CheckboxInput),
        "group": grouped,
        "file": isinstance(widget, forms.FileInput),
    }


def summary(*given: forms.BaseForm) -> list[tuple[str, str]]:
    """Rows of the error summary, in the order of the fields and with their words: (id of the input, text)."""
    rows: list[tuple[str, str]] = []
    for form in given:
        rows += [("", str(text)) for text in form.non_field_errors()]
        for field in form:
            rows += [(target(field), _named(field, str(text))) for text in field.errors]
    return rows


def _named(field: BoundField, text: str) -> str:
    """A fault with the name of its field before it; somebody's name says in which language it is."""
    label, colon = strip_tags(str(field.label)), "：" if language() == "zh" else ": "
    lang = getattr(field.field, "label_lang", "")
    if not lang:
        return f"{label}{colon}{text}"
    return format_html('<span><span lang="{}">{}</span>{}{}</span>', lang, label, colon, text)
