"""What somebody says when a department's word about them is wrong."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ObjectionForm(forms.Form):
    """In their own words: nobody has to know which field it is."""

    use_required_attribute = False
    wrong = forms.CharField(
        label=_("哪里不对"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("例如：去年 9 月我已经换了单位，这里还是旧单位。"),
        error_messages={"required": _("请写哪里不对。")},
    )
    right = forms.CharField(
        label=_("对的是什么"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("知道就写，不知道可以不写。"),
    )
