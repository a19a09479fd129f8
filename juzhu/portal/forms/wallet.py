"""Forms of the holder's wallet."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from juzhu.wallets.models import DEVICE_LENGTH
from juzhu.wallets.presenting import LONGEST_LINK


class DeviceForm(forms.Form):
    """What the holder calls a device."""

    device = forms.CharField(
        label=_("这台设备叫什么"),
        help_text=_("丢了、换了的时候，好认出是哪一台。"),
        max_length=DEVICE_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请给这台设备起个名字。")},
    )


class LinkForm(forms.Form):
    """A checker's link, from whatever way it came."""

    link = forms.CharField(
        label=_("对方发来的链接"),
        max_length=LONGEST_LINK,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
        error_messages={"required": _("请粘贴对方发来的链接。")},
    )
