"""What reporters type. The fields of a report, and what is wrong with them, are those of its sheet."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juzhu.credentials.verify.sd_jwt import YEARS
from juzhu.design.formats import language
from juzhu.design.forms import DateSelect
from juzhu.evidence.fields import Asked
from juzhu.operations.errors import Sentence
from juzhu.people.models import Trade
from juzhu.registration.reporting.entries import WITH_PLACE, Entry, Reporter
from juzhu.registration.reporting.sheet_files import Reader
from juzhu.registration.subdistricts import SUBDISTRICTS
from juzhu.wallets.catalogue import ITEMS
from juzhu.wallets.models import PURPOSE_LENGTH

OFFERED_TO_ASK = [code for code in ITEMS if code != "valid_permit" and not code.startswith("residence_years")]
NO_DAY = _("没有这一天，请再选一次。")
MISSING: dict[str, Sentence] = {
    "name": _("没有写姓名。"),
    "phase": _("请选一项。"),
    "happened_on": _("没有写日期。"),
    "subdistrict": _("没有写街道。"),
    "address": _("没有写地址。"),
}
PLAIN = forms.TextInput(attrs={"autocomplete": "off"})


class OneForm(forms.Form):
    """One person. Valid, `entry` is what is reported. What is odd must be confirmed once (`sure`)."""

    def __init__(self, *args: Any, kind: str, reporter: Reporter, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = Reader(kind, reporter, today)
        self.entry: Entry | None = None
        self.odd = False
        for column in self.reader.columns.values():
            self.fields[column.name] = _field(column, today, bool(self.reader.by_name))
        if not self.reader.by_name:
            del self.fields["community"]
        if reporter.area and kind in WITH_PLACE:
            self.fields["subdistrict"].initial = reporter.area
        self.fields["sure"] = forms.BooleanField(label=_("核对过了，就是这样"), required=False)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        cells = {name: _text(value) for name, value in said.items() if name != "sure"}
        row = self.reader.row(0, cells, [])
        for name, sentence in row.faults.items():
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, str(sentence))
        if not self.errors and row.doubts and not said.get("sure"):
            self.odd = True
            for name, sentence in row.doubts.items():
                self.add_error(name, str(sentence))
        self.entry = row.looked.entry
        return said

    @property
    def asks_sure(self) -> bool:
        """Whether the box must be shown by which something odd is confirmed."""
        return self.odd or bool(self.data.get("sure"))


def _text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value or "").replace("\0", "").strip()


def _field(column: Asked, today: date, with_communities: bool) -> forms.Field:
    about: dict[str, Any] = {"label": column.label, "required": column.required, "help_text": column.hint}
    about["error_messages"] = {"required": MISSING.get(column.name, _("没有填。")), "invalid": NO_DAY}
    if column.name == "phase":
        return forms.ChoiceField(
            choices=list((column.choices or {}).items()), widget=forms.RadioSelect, **about
        )
    if column.name == "subdistrict":
        places = [(code, place.name(language())) for code, place in SUBDISTRICTS.items()]
        return forms.ChoiceField(choices=[("", "—"), *places], **about)
    if column.sort == "day":
        years = range(today.year + (10 if column.name == "until_on" else 0), today.year - 4, -1)
        if column.name == "born":
            years = range(today.year, today.year - 111, -1)
        return forms.DateField(widget=DateSelect(years=years), **about)
    inputs = {"phone": {"inputmode": "tel"}, "identity_number": {"autocapitalize": "characters"}}
    attrs = {"autocomplete": "off", **inputs.get(column.name, {})}
    return forms.CharField(max_length=500, widget=forms.TextInput(attrs=attrs), **about)


class EnrolForm(forms.Form):
    """An organisation, by its head."""

    credit_code = forms.CharField(
        label=_("统一社会信用代码"), max_length=40, help_text=_("18 位，在营业执照或登记证书上。"),
        error_messages={"required": _("请填统一社会信用代码。")}, widget=PLAIN,
    )  # fmt: skip
    name = forms.CharField(
        label=_("单位的名称"), max_length=100, help_text=_("和执照上一样，写全称。"),
        error_messages={"required": _("请填单位名称。")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )  # fmt: skip
    trades = forms.MultipleChoiceField(
        label=_("单位做什么"), choices=Trade.choices, widget=forms.CheckboxSelectMultiple,
        help_text=_("可以选几项。自己的员工，每个单位都能报。"),
        error_messages={"required": _("请至少选一项。"), "invalid_choice": _("请从列表里选。")},
    )  # fmt: skip
    subdistrict = forms.ChoiceField(
        label=_("在哪个街道"),
        error_messages={"required": _("请选街道。"), "invalid_choice": _("请从列表里选街道。")},
    )
    phone = forms.CharField(
        label=_("联系电话"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["subdistrict"]
        assert isinstance(field, forms.ChoiceField)
        places = [(code, place.name(language())) for code, place in SUBDISTRICTS.items()]
        field.choices = [("", "—"), *places]


class ColleagueForm(forms.Form):
    """Somebody who is to report for the organisation."""

    phone = forms.CharField(
        label=_("同事的手机号"), max_length=20, help_text=_("同事登录本系统用的手机号。"),
        error_messages={"required": _("请填手机号。")},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    name = forms.CharField(
        label=_("同事的姓名"), max_length=100, error_messages={"required": _("请填姓名。")}, widget=PLAIN
    )
    part = forms.ChoiceField(
        label=_("让他做什么"), initial="reporter", widget=forms.RadioSelect,
        choices=[("reporter", _("只报送")), ("manager", _("报送，也管同事名单"))],
        error_messages={"required": _("请选一项。")},
    )  # fmt: skip


class ProofForm(forms.Form):
    """What a holder is asked to show, and why."""

    ask = forms.MultipleChoiceField(
        label=_("要看什么"), required=False, widget=forms.CheckboxSelectMultiple(),
        help_text=_("居住证有没有效，每次都看。别的只选用得着的。"),
        choices=[(code, item.words) for code, item in ITEMS.items() if code in OFFERED_TO_ASK],
    )  # fmt: skip
    years = forms.ChoiceField(
        label=_("居住满几年"), required=False, choices=[("", _("不看")), *((str(n), str(n)) for n in YEARS)]
    )  # fmt: skip
    purpose = forms.CharField(
        label=_("为什么要看"), max_length=PURPOSE_LENGTH, help_text=_("对方会先读到。比如：入学报名。"),
        error_messages={"required": _("请写为什么要看。")}, widget=forms.TextInput(),
    )  # fmt: skip

    @property
    def codes(self) -> list[str]:
        """The items of the catalogue."""
        years = self.cleaned_data["years"]
        return [*self.cleaned_data["ask"], *([f"residence_years_ge_{years}"] if years else [])]


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("为什么撤回"), max_length=400, help_text=_("比如：报错了人。"),
        error_messages={"required": _("请写为什么撤回。")}, widget=forms.TextInput(),
    )  # fmt: skip


class HandBackForm(forms.Form):
    reason = forms.CharField(
        label=_("为什么退回"), max_length=400, help_text=_("房东看得到。比如：这个小区不是我们管的。"),
        error_messages={"required": _("请写为什么退回。")}, widget=forms.TextInput(),
    )  # fmt: skip


class GoesOnForm(forms.Form):
    """Until when a letting goes on, if anything was agreed on."""

    until_on = forms.DateField(
        label=_("新的到期日期"), required=False, help_text=_("没有约定就空着。"),
        error_messages={"invalid": NO_DAY},
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until_on"].widget = DateSelect(years=range(today.year, today.year + 11))


class SheetForm(forms.Form):
    """A filled-in sheet."""

    sheet = forms.FileField(
        label=_("选择填好的表格"), help_text=_("xlsx 或 csv，不超过 20 MB，最多 5 万行。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": _("请选择填好的表格。"),
            "empty": _("这个文件是空的。请重新选择。"),
            "invalid": _("请选择填好的表格。"),
        },
    )  # fmt: skip
