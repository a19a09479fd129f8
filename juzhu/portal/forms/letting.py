"""What a landlord types: the dwelling, its rooms, the title, a lease with everybody named in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from juzhu.design.formats import language
from juzhu.design.forms import DateSelect, NamesSelect
from juzhu.design.uploads import UploadForm
from juzhu.intake.forms.registration import address_field
from juzhu.people.models import Membership
from juzhu.registration.dwellings.leases import TenantSaid
from juzhu.registration.dwellings.recording import DwellingSaid, RoomSaid
from juzhu.registration.models import Dwelling, Room, Tenant, TitleClaim
from juzhu.registration.models.dwellings import LANDS
from juzhu.registration.subdistricts import SUBDISTRICTS

COMMODITY = (("yes", _("是商品房")), ("no", _("不是")), ("unknown", _("不清楚")))
TRUTH = {"yes": True, "no": False, "unknown": None}
MOST_ROWS = 60
YEARS_BACK, YEARS_ON = 20, 20


class DescriptionForm(forms.Form):
    """What kind of dwelling it is. It changes as long as no office has confirmed the title."""

    use_required_attribute = False
    land = forms.ChoiceField(
        label=_("土地"),
        choices=LANDS,
        widget=forms.RadioSelect,
        help_text=_("看不动产权证或宅基地证。城里的小区一般是国有，村里的自建房一般是集体。"),
        error_messages={"required": _("请选土地是国有还是集体。")},
    )
    commodity = forms.ChoiceField(
        label=_("是不是商品房"),
        choices=COMMODITY,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项。不知道就选“不清楚”。")},
    )
    storeys = forms.IntegerField(
        label=_("一共几层楼"),
        required=False,
        min_value=1,
        max_value=120,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("请写数字。"), "max_value": _("请核对楼层数。")},
    )

    @staticmethod
    def initial_of(dwelling: Dwelling) -> dict[str, Any]:
        """What is recorded, as the form shows it."""
        said = {value: name for name, value in TRUTH.items()}[dwelling.commodity]
        return {"land": dwelling.land, "commodity": said, "storeys": dwelling.storeys}


class DwellingForm(DescriptionForm):
    """A dwelling that is recorded for the first time. `landlord`: "" is oneself, else an organisation."""

    landlord = forms.ChoiceField(
        label=_("谁是房东"),
        required=False,
        widget=NamesSelect(always_names=True),
        error_messages={"invalid_choice": _("请从列表里选。")},
    )
    subdistrict = forms.ChoiceField(
        label=_("在哪个街道"),
        error_messages={"required": _("请选街道。"), "invalid_choice": _("请从列表里选街道。")},
    )
    address = address_field()
    field_order = ("landlord", "subdistrict", "address")

    def __init__(self, *args: Any, name: str, firms: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(code, place.name(language())) for code, place in SUBDISTRICTS.items()]
        _choose(self, "subdistrict", [("", "—"), *places])
        if firms:
            theirs = [(str(row.organisation_id), row.organisation.name) for row in firms]
            _choose(self, "landlord", [("", name), *theirs])
        else:
            del self.fields["landlord"]


class Cell(forms.CharField):
    """A cell of a row that may stay empty as a whole: it is not called optional, and not asked for either."""

    def validate(self, value: Any) -> None:
        return None


class NumberCell(forms.DecimalField):
    """A number in such a row."""

    def validate(self, value: Any) -> None:
        if value is not None:
            super().validate(value)


class ChoiceCell(forms.ChoiceField):
    """A choice in such a row."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class RoomForm(forms.Form):
    """One room. An empty row is no room."""

    use_required_attribute = False
    name = Cell(label=_("叫什么"), max_length=20)
    designed_as = ChoiceCell(label=_("设计用途"), choices=Room.DESIGNED)
    square_metres = NumberCell(
        label=_("面积（平方米）"),
        max_digits=6,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"invalid": _("面积请写数字，比如 12.5。")},
    )
    let = forms.BooleanField(label=_("这间出租"), required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        named, sized = bool(found.get("name", "").strip()), found.get("square_metres") is not None
        if named and not sized and "square_metres" not in self.errors:
            self.add_error("square_metres", str(_("请写这间房的面积。")))
        if sized and not named:
            self.add_error("name", str(_("请给这间房一个叫法，比如“主卧”。")))
        return found

    @property
    def said(self) -> RoomSaid | None:
        """The room, or None for an empty row."""
        found = self.cleaned_data
        if not found.get("name", "").strip():
            return None
        return RoomSaid(
            found["name"].strip(), found["designed_as"], Decimal(found["square_metres"]), found["let"]
        )


class TenantForm(forms.Form):
    """Somebody named in the lease. An empty row is nobody."""

    use_required_attribute = False
    name = Cell(label=_("姓名"), max_length=100)
    identity_number = forms.CharField(
        label=_("公民身份号码"),
        max_length=18,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    phone = forms.CharField(
        label=_("手机号"), max_length=11, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    part = ChoiceCell(label=_("在合同里是"), choices=Tenant.PARTS)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("name", "").strip() and (found.get("identity_number") or found.get("phone")):
            self.add_error("name", str(_("请写姓名。")))
        return found

    @property
    def said(self) -> TenantSaid | None:
        """The tenant, or None for an empty row."""
        found = self.cleaned_data
        if not found.get("name", "").strip():
            return None
        return TenantSaid(
            found["name"], found.get("identity_number", ""), found.get("phone", ""), found["part"] or "tenant"
        )


class TitleForm(UploadForm):
    """The title, with its photos."""

    right = forms.ChoiceField(
        label=_("是什么证"),
        choices=TitleClaim.RIGHTS,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选是哪一种权利。")},
    )
    certificate_number = forms.CharField(
        label=_("产权证号"), max_length=60, required=False, help_text=_("写在不动产权证、宅基地证上。")
    )
    field_order = ("right", "certificate_number", "papers")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"].label = _("产权证明的照片")


class LeaseForm(UploadForm):
    """A lease. The tenants are rows of their own (`TenantForm`)."""

    room = ChoiceCell(label=_("租哪一间"), widget=NamesSelect)
    from_on = forms.DateField(
        label=_("租期第一天"),
        error_messages={"required": _("请选租期的第一天。"), "invalid": _("没有这一天，请再选一次。")},
    )
    until_on = forms.DateField(
        label=_("租期最后一天"),
        error_messages={"required": _("请选租期的最后一天。"), "invalid": _("没有这一天，请再选一次。")},
    )
    monthly_rent = forms.DecimalField(
        label=_("每月租金（元）"),
        required=False,
        min_value=Decimal(0),
        max_digits=9,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"invalid": _("租金请写数字，比如 3200。")},
    )
    field_order = ("room", "from_on", "until_on", "monthly_rent", "papers")

    def __init__(self, *args: Any, rooms: Sequence[Room], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = range(today.year - YEARS_BACK, today.year + YEARS_ON + 1)
        for name in ("from_on", "until_on"):
            self.fields[name].widget = DateSelect(years=years)
        self.fields["papers"].label = _("合同的照片")
        _choose(self, "room", [("", _("整套")), *((room.name, room.name) for room in rooms if room.let)])

    @property
    def rent_fen(self) -> int | None:
        """The rent in fen."""
        rent = self.cleaned_data.get("monthly_rent")
        return None if rent is None else int(rent * 100)


class DayForm(forms.Form):
    """A day on which something ended."""

    on = forms.DateField(
        label=_("哪一天"),
        error_messages={"required": _("请选日期。"), "invalid": _("没有这一天，请再选一次。")},
    )

    def __init__(self, *args: Any, today: date, label: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].widget = DateSelect(years=range(today.year - 3, today.year + 1))
        if label:
            self.fields["on"].label = label


class HelpForm(forms.Form):
    """What the landlord won't do, in the tenant's words."""

    use_required_attribute = False
    text = forms.CharField(
        label=_("房东不肯做什么"),
        max_length=2000,
        min_length=5,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("比如：不肯签合同、不肯给产权证、不肯去备案。写房东的电话，街道好联系。"),
        error_messages={
            "required": _("请写房东不肯做什么。"),
            "min_length": _("请多写几个字，至少 5 个。"),
        },
    )


Rooms = forms.formset_factory(RoomForm, extra=0, max_num=MOST_ROWS)
Tenants = forms.formset_factory(TenantForm, extra=0, max_num=MOST_ROWS)


def one_more(typed: QueryDict, prefix: str) -> QueryDict:
    """What was typed, with one empty row more."""
    again = typed.copy()
    rows = again.get(f"{prefix}-TOTAL_FORMS", "0")
    count = min(int(rows) if rows.isdecimal() and len(rows) < 4 else 0, MOST_ROWS - 1)
    again[f"{prefix}-TOTAL_FORMS"] = str(count + 1)
    return again


def rooms_of(formset: BaseFormSet[Any]) -> tuple[RoomSaid, ...]:
    """The rooms that were described. Only of a valid set."""
    return tuple(row.said for row in formset.forms if row.said is not None)


def tenants_of(formset: BaseFormSet[Any]) -> tuple[TenantSaid, ...]:
    """Everybody who was named. Only of a valid set."""
    return tuple(row.said for row in formset.forms if row.said is not None)


def dwelling_said(
    found: dict[str, Any], rooms: tuple[RoomSaid, ...], at: Dwelling | None = None
) -> DwellingSaid:
    """A dwelling as it was described; `at`: where it is already."""
    return DwellingSaid(
        subdistrict=at.subdistrict if at else found["subdistrict"],
        address=at.address if at else found["address"],
        community=at.community_id or "" if at else "",
        land=found["land"],
        commodity=TRUTH[found["commodity"]],
        storeys=found["storeys"],
        rooms=rooms,
    )


def _choose(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
