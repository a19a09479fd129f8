"""Signing up and in, and the check of the real name."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from juzhu.operations.errors import Sentence
from juzhu.people.actions import MOBILE
from juzhu.people.errors import IdentityNumberInvalid, PhoneInvalid
from juzhu.people.identity_numbers import IdentityNumber, parse

PASSWORD_FAULTS = {
    "password_too_short": _("密码至少 8 位，请再加几位。"),
    "password_too_common": _("这个密码很多人在用，容易被猜到。请换一个。"),
    "password_entirely_numeric": _("密码不能全是数字，请加上字母。"),
}


def plain_phone(text: str) -> str:
    """A phone number as people write it (spaces, dashes, +86) without all that."""
    return re.sub(r"^(\+?86)(?=1\d{10}$)", "", re.sub(r"[\s\-]", "", text))


class SignUpForm(forms.Form):
    """Phone of mainland shape, and a password typed once: the hint says to write it down."""

    phone = forms.CharField(
        label=_("手机号"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel-national"}),
        help_text=_("11 位的大陆手机号，以后用它登录。"),
        error_messages={"required": _("请填手机号。")},
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少 8 位，不能全是数字。三四个不相干的词连起来，好记又难猜。"),
        error_messages={"required": _("请填密码。")},
    )

    def clean_phone(self) -> str:
        phone = plain_phone(self.cleaned_data["phone"])
        if not MOBILE.fullmatch(phone):
            raise ValidationError(str(PhoneInvalid.sentence), code="shape")
        return phone

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        try:
            validate_password(password)
        except ValidationError as error:
            faults = [PASSWORD_FAULTS.get(fault.code or "", fault) for fault in error.error_list]
            raise ValidationError(faults) from error
        return password


class SignInForm(forms.Form):
    """One page for citizens (phone) and officers (staff number)."""

    username = forms.CharField(
        label=_("手机号或工号"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        help_text=_("群众填手机号，工作人员填工号。"),
        error_messages={"required": _("请填手机号或工号。")},
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("请填密码。")},
    )

    def clean_username(self) -> str:
        return plain_phone(self.cleaned_data["username"])


class RealNameForm(forms.Form):
    """Name and identity number. `today` bounds the date of birth in the number."""

    name = forms.CharField(
        label=_("姓名"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("和身份证上一样。名字里有“·”的也要填。"),
        error_messages={"required": _("请填姓名，和证件上一样。")},
    )
    identity_number = forms.CharField(
        label=_("公民身份号码"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_("18 位，最后一位可能是 X。"),
        error_messages={"required": _("请填公民身份号码。")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.warning: Sentence = ""

    def clean_identity_number(self) -> str:
        try:
            number: IdentityNumber = parse(self.cleaned_data["identity_number"], self.today)
        except IdentityNumberInvalid as error:
            raise ValidationError(str(error.sentence), code=str(error.about["reason"])) from error
        self.warning = number.warning
        return number.text
