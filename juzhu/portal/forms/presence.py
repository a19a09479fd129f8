"""Forms of proving presence, one a way, and of passkeys' names."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from juzhu.people.models import Passkey
from juzhu.people.presence.passkeys import LONGEST


class PasswordForm(forms.Form):
    """The password, once more."""

    password = forms.CharField(
        label=_("登录密码"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("请输入登录密码。")},
    )


class PasskeyForm(forms.Form):
    """What the browser hands over, as JSON; the script fills it in."""

    credential = forms.CharField(
        max_length=LONGEST,
        widget=forms.HiddenInput,
        error_messages={"required": _("通行密钥没有用上。请再试一次，或者换一种方式。")},
    )


class FaceForm(forms.Form):
    """The consent, for this once."""

    agree = forms.BooleanField(
        label=_("我同意这一次用人脸核验"),
        error_messages={"required": _("同意才能用人脸核验。不同意，请换一种方式，不影响办事。")},
    )


class LocalFaceForm(forms.Form):
    """A picture, for development."""

    picture = forms.FileField(
        label=_("自拍一张"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png", "capture": "user"}),
        error_messages={"required": _("请选一张相片。"), "empty": _("请选一张相片。")},
    )


FORMS: dict[str, type[forms.Form]] = {
    "password": PasswordForm,
    "passkey": PasskeyForm,
    "face": FaceForm,
    "local_face": LocalFaceForm,
}


class NameForm(forms.Form):
    """What somebody calls a passkey."""

    name = forms.CharField(
        label=_("给它起个名字"),
        max_length=Passkey.LONGEST_NAME,
        help_text=_("比如“我的手机”。丢了哪一台，凭名字就知道该删哪一个。"),
        error_messages={"required": _("请起个名字，自己认得出就行。")},
    )


class NewPasskeyForm(PasskeyForm, NameForm):
    """A name, and the passkey that the device has made."""

    field_order = ("name", "credential")
