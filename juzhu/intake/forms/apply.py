"""Forms of an application: the route, the declaration, what only the applicant knows, the last look."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from juzhu.law.facts import Route

PHONE = re.compile(r"\+?[0-9]{7,15}")


class RouteForm(forms.Form):
    """By which route. `anyway` is asked only after the warning that this route would be refused today."""

    route = forms.ChoiceField(
        label=_("按哪一条途径"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("请选一条途径。"),
            "invalid_choice": _("请从下面的途径里选一条。"),
        },
    )
    anyway = forms.BooleanField(label=_("我知道，还是先按这一条填"), required=False)

    def __init__(self, *args: Any, choices: Sequence[tuple[Route, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["route"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)


class DeclarationForm(forms.Form):
    """告知承诺."""

    agreed = forms.BooleanField(
        label=_("我看明白了，我承诺做到"),
        error_messages={"required": _("请先读完，再勾选承诺。不承诺的，请到窗口办。")},
    )


class DetailsForm(forms.Form):
    """What nobody but the applicant can say. Everything else is known and is not asked (requirements A05)."""

    phone = forms.CharField(
        label=_("手机号"),
        max_length=20,
        help_text=_("结果发到这个号码。"),
        error_messages={"required": _("请填手机号，结果要通知您。")},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    workplace = forms.CharField(
        label=_("单位或学校"),
        max_length=100,
        required=False,
        help_text=_("没有就空着。"),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=_("电子邮箱"),
        required=False,
        error_messages={"invalid": _("邮箱地址不完整，要有 @ 和后面的部分。")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    emergency_name = forms.CharField(label=_("紧急联系人"), max_length=100, required=False)
    emergency_phone = forms.CharField(
        label=_("紧急联系人的电话"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )

    def clean_phone(self) -> str:
        return _phone(self.cleaned_data["phone"])

    def clean_emergency_phone(self) -> str:
        typed = self.cleaned_data["emergency_phone"]
        return _phone(typed) if typed else ""


def _phone(typed: str) -> str:
    number = re.sub(r"[\s\-]", "", typed)
    if not PHONE.fullmatch(number):
        raise ValidationError(_("电话号码只有数字，手机号是 11 位。请再看一遍。"))
    return number


def wants_person() -> forms.BooleanField:
    """The choice that a person decides, and not the rules alone."""
    return forms.BooleanField(
        label=_("请工作人员办，不要自动办理"),
        help_text=_("条件都由部门的信息证明的，提交后按规则自动办好。勾选了，就由两位工作人员先后看。"),
        required=False,
    )


class ConfirmForm(forms.Form):
    """The last look. `anyway` is asked only when the answer of today would be a refusal, `wants_person` only
    where the rules alone may answer (Personal Information Protection Law art. 24).
    """

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    route = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    """The route that the page showed: in another tab it may have been changed since."""
    wants_person = wants_person()
    anyway = forms.BooleanField(
        label=_("我知道今天提交会不予受理，还是要提交"),
        error_messages={"required": _("请勾选确认；或者先存着，到能申领那天再提交。")},
    )

    def __init__(self, *args: Any, refused: bool, instant: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not refused:
            del self.fields["anyway"]
        if not instant:
            del self.fields["wants_person"]
