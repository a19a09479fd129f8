"""What an officer types at the window after issue: what was said aloud, and that it was read out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juzhu.counter.forms_after_issue import FoundForm, StatementForm
from juzhu.design.uploads import UploadForm
from juzhu.permits.models import PostCheck

READ_OUT = {"required": _("请念给本人（代办人）听，确认无误再勾。")}


class HeardForm(UploadForm):
    """A statement by word of mouth, as it was taken down."""

    papers_needed = False
    statement = StatementForm.base_fields["statement"]
    read_out = forms.BooleanField(label=_("念给本人（代办人）听过，确认无误"), error_messages=READ_OUT)
    field_order = ("statement", "papers", "read_out")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"].label = _("签了名的笔录，或者本人交来的材料")


class WaivedForm(forms.Form):
    """That somebody said they do not want to be heard."""

    said = forms.BooleanField(
        label=_("跟本人（代办人）说清楚了有权陈述、申辩，本人明确说不说了"),
        error_messages={"required": _("没有明确说不陈述的，等期限到，不要代本人放弃。")},
    )


class AskedForm(forms.Form):
    """That somebody who stands here asks for it."""

    asked = forms.BooleanField(
        label=_("本人（或代办人）在场，要求这样办"), error_messages={"required": _("请先问清楚，再勾。")}
    )


class AnsweredForm(FoundForm):
    """What somebody says and shows of what a check asks, at the window."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("本人怎么说的")
        result = self.fields["result"]
        assert isinstance(result, forms.ChoiceField)
        result.choices = [row for row in PostCheck.RESULTS if row[0] != "not_met"]
        self.fields["papers"].label = _("本人出示的材料")
        self.fields["papers"].help_text = UploadForm.base_fields["papers"].help_text
        self.fields["papers"].widget = UploadForm.base_fields["papers"].widget
