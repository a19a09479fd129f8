"""A code's text, for who can't scan it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from juzhu.credentials.verify.checking import MAX_BYTES


class TextForm(forms.Form):
    text = forms.CharField(
        label=_("文字"),
        help_text=_("以 JZ1: 开头的一串，或者持证人发来的证明。"),
        max_length=MAX_BYTES,
        widget=forms.Textarea(
            attrs={"rows": 4, "autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
        ),
        error_messages={"required": _("请粘贴码里的文字。")},
    )
