"""What an officer types at the window."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from juzhu.design.forms import DateSelect
from juzhu.intake.forms.apply import DetailsForm
from juzhu.intake.forms.materials import PaperForm
from juzhu.people.divisions import HANGZHOU, PROVINCES, division_name
from juzhu.people.errors import IdentityNumberInvalid
from juzhu.people.identity_numbers import normalised, parse
from juzhu.people.models import NAME_LENGTH, Sex
from juzhu.permits.models import Representative

CLAIMED = re.compile(r"[0-9]{1,17}[0-9X]?")
"""A number as somebody remembers it, or a part of one."""
PHONE_TYPES = {"inputmode": "tel", "autocomplete": "off"}


class IdentityForm(forms.Form):
    """Name and number, as they stand on the document that lies on the table."""

    name = forms.CharField(
        label=_("姓名"),
        max_length=NAME_LENGTH,
        error_messages={"required": _("请照证件填姓名。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    identity_number = forms.CharField(
        label=_("公民身份号码"),
        max_length=40,
        error_messages={"required": _("请照证件填公民身份号码。没有证件，走“没有带证件”。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_identity_number(self) -> str:
        try:
            return parse(self.cleaned_data["identity_number"], self.today).text
        except IdentityNumberInvalid as error:
            raise ValidationError(str(error.sentence)) from error


class PendingForm(forms.Form):
    """What somebody without a document says of themself."""

    name = forms.CharField(
        label=_("姓名"),
        max_length=NAME_LENGTH,
        error_messages={"required": _("请填本人说的姓名。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    sex = forms.TypedChoiceField(
        label=_("性别"),
        coerce=int,
        choices=[(Sex.MALE.value, Sex.MALE.label), (Sex.FEMALE.value, Sex.FEMALE.label)],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选性别。")},
    )
    born = forms.DateField(
        label=_("出生日期"),
        error_messages={"required": _("请选出生的年、月、日。"), "invalid": _("没有这一天，请再选一次。")},
    )
    household_division = forms.ChoiceField(
        label=_("自己说的户籍地"), error_messages={"required": _("请选户籍在哪里。")}
    )
    household_address = forms.CharField(
        label=_("户籍的详细地址"), max_length=200, required=False, help_text=_("记得多少写多少。")
    )
    number = forms.CharField(
        label=_("自己记得的身份证号码"),
        max_length=40,
        required=False,
        help_text=_("15 位、18 位都行，记不全就写记得的。不当证明用，只用来找有没有别的档案。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    phone = forms.CharField(
        label=_("手机号"), max_length=20, required=False, widget=forms.TextInput(attrs=PHONE_TYPES)
    )
    another = forms.BooleanField(label=_("问过了，不是同一个人，另外录入"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "zh"
        own = [(code, division_name(code, language)) for code in HANGZHOU if code != "330100"]
        rest = [(f"{head}0000", division_name(f"{head}0000", language)) for head in PROVINCES]
        field = self.fields["household_division"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *rest, *own]
        self.fields["born"].widget = DateSelect(years=range(today.year, today.year - 110, -1))

    def clean_number(self) -> str:
        """As numbers are stored; what can't be part of one is asked again."""
        number = normalised(self.cleaned_data["number"])
        if number and not CLAIMED.fullmatch(number):
            raise ValidationError(_("号码最多 18 位，都是数字，最后一位可以是 X。记不清就空着。"))
        return number


class AgentForm(IdentityForm):
    """代办人: who stands here for somebody else, and what both have shown."""

    field_order = ("name", "identity_number", "relation", "ground")
    relation = forms.ChoiceField(
        label=_("是申领人的什么人"),
        choices=Representative.RELATIONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选代办人是申领人的什么人。")},
    )
    ground = forms.ChoiceField(
        label=_("为什么代办"),
        choices=Representative.GROUNDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选代办的理由。")},
    )
    identity_shown = forms.BooleanField(
        label=_("看过代办人的身份证件"), error_messages={"required": _("请先看代办人的身份证件。")}
    )
    applicants_identity_shown = forms.BooleanField(
        label=_("看过申领人的身份证件"), required=False, help_text=_("还没有带来的，先不勾，以后补。")
    )
    guardianship_shown = forms.BooleanField(
        label=_("看过户口簿或出生医学证明，是孩子的监护人"),
        required=False,
        help_text=_("勾了，以后监护人也能在网上替孩子办。"),
    )
    phone = forms.CharField(
        label=_("代办人手机号"), max_length=20, required=False, widget=forms.TextInput(attrs=PHONE_TYPES)
    )


class AgentPapers(PaperForm):
    """Pictures of both documents; none are asked for."""

    hint = _("两个人的证件可以拍下来存着。可以不拍。")


class WindowForm(DetailsForm):
    """The applicant's form, asked aloud, with the declaration that they have signed. A phone is no
    condition.
    """

    field_order = ("signed",)
    signed = forms.BooleanField(
        label=_("告知承诺书本人看过（或念给本人听过），已在纸上签名"),
        error_messages={"required": _("请先请本人在告知承诺书上签名，再勾。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        phone = self.fields["phone"]
        phone.required, phone.help_text = False, _("没有手机的空着。结果到窗口来问，或者打电话。")
        phone.label = _("本人手机号")

    def clean_phone(self) -> str:
        return super().clean_phone() if self.cleaned_data["phone"] else ""

    def answers(self) -> dict[str, Any]:
        """The form's own answers."""
        return {name: value for name, value in self.cleaned_data.items() if name != "signed"}


HOW_KNOWN = (("present", _("本人在场说的")), ("phone", _("打电话问过本人")), ("paper", _("照材料上写的改")))


class MendForm(DetailsForm):
    """What was typed wrong in the form, and how the officer knows."""

    how = forms.ChoiceField(
        label=_("凭什么改"),
        choices=HOW_KNOWN,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选凭什么改。")},
    )
    note = forms.CharField(
        label=_("补充说明"), max_length=300, required=False, help_text=_("只留在这一件里。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].required = False

    def clean_phone(self) -> str:
        return super().clean_phone() if self.cleaned_data["phone"] else ""

    def answers(self) -> dict[str, Any]:
        """The form's own answers."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"how", "note"}}

    @property
    def reason(self) -> str:
        """What is kept of it."""
        return reason_of(self.cleaned_data)


class HowKnownForm(forms.Form):
    """How the officer knows that something about a paper was typed wrong."""

    how = forms.ChoiceField(
        label=_("凭什么改"),
        choices=HOW_KNOWN,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选凭什么改。")},
    )
    note = forms.CharField(
        label=_("补充说明"), max_length=300, required=False, help_text=_("只留在这一件里。")
    )


def reason_of(said: dict[str, Any]) -> str:
    """How it is known, as a code and the officer's words."""
    return " ".join(part for part in (said["how"], said["note"]) if part)


class DeclineForm(forms.Form):
    """拒不补正: what the applicant declared, in words that they will read."""

    reason = forms.CharField(
        label=_("申领人怎么说的"),
        help_text=_("申请人会一字不差地看到。写清楚是本人还是代办人说的。"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写明申领人怎么说的。")},
    )
    declared = forms.BooleanField(
        label=_("一次性告知书本人收到了，本人明确说不再补"),
        error_messages={"required": _("没有明确说不补的，等补正期到，不要办不予受理。")},
    )


class WithdrawForm(forms.Form):
    """Taking back a case for somebody who stands here."""

    asked = forms.BooleanField(
        label=_("本人（或代办人）在场，要求撤回"), error_messages={"required": _("请先问清楚，再勾。")}
    )
