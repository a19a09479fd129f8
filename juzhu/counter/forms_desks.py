"""What officers type about who has a case, its clock, its remedies, and themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juzhu.design.forms import DateSelect, NamesSelect
from juzhu.people.models import Account, DeclaredRelation
from juzhu.permits.desk.endings import Fact
from juzhu.permits.desk.remedies import Filed
from juzhu.permits.models import ROUTE_NAMES, FraudCase, Remedy
from juzhu.permits.pauses import LONGEST_DAYS, REASONS

NOBODY = ""
ENDINGS = (
    ("death", _("申请人去世")),
    ("local_household", _("户口迁入了本市市区")),
)


def _reason(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明理由。")},
    )


def _day(label: Any, years: range, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        widget=DateSelect(years=years),
        error_messages={"required": _("年月日都要选。"), "invalid": _("没有这一天，请再看一遍。")},
    )


class ReasonForm(forms.Form):
    """Why, in words that the history keeps."""

    reason = _reason(_("理由"), _("至少 5 个字，记入经过。"))


class ColleagueForm(ReasonForm):
    """To whom, and why. `nobody` is what giving it to no one in particular is called here."""

    field_order = ("to", "reason")

    def __init__(
        self, *args: Any, colleagues: Sequence[tuple[Account, int]], nobody: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(account.pk): account for account, _count in colleagues}
        choices = [(str(account.pk), _named(account, count)) for account, count in colleagues]
        self.fields["to"] = forms.ChoiceField(
            label=_("交给谁"),
            required=False,
            choices=[(NOBODY, nobody), *choices],
            widget=NamesSelect,
            error_messages={"invalid_choice": _("请从列出的同事里选。")},
        )
        self.order_fields(list(self.field_order))

    @property
    def to(self) -> Account | None:
        """The colleague who was chosen."""
        return self.colleagues.get(self.cleaned_data["to"])


def _named(account: Account, count: int) -> str:
    return _("%(name)s，%(post)s，手上 %(n)s 件") % {
        "name": account.staff_name,
        "post": account.get_role_display(),
        "n": count,
    }


class PauseForm(forms.Form):
    """For what the clock stands still, who does it, and how long."""

    reason = forms.ChoiceField(
        label=_("要做什么"),
        choices=[(code, reason.name) for code, reason in REASONS.items()],
        widget=forms.RadioSelect,
        help_text=_("法律只认这六种。别的原因不能停。"),
        error_messages={"required": _("请选一种。"), "invalid_choice": _("法律只认这六种，请从里面选。")},
    )
    note = forms.CharField(
        label=_("由谁做、做什么"),
        help_text=_("申请人会一字不差地看到。"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明由谁做、做什么。申请人会看到。")},
    )
    expected_days = forms.IntegerField(
        label=_("预计要几天"),
        help_text=_("书面告诉申请人。过了这些天还没有恢复，会排到最前面提醒。"),
        min_value=1,
        max_value=LONGEST_DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("请写预计要几天。"),
            "invalid": _("请写一个数字，比如 10。"),
            "min_value": _("至少 1 天。"),
            "max_value": _("最多 90 天。"),
        },
    )


class EndForm(forms.Form):
    """Which fact ends a case, since when, and what proves it."""

    reason = forms.ChoiceField(
        label=_("因为什么终结"),
        choices=ENDINGS,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一种。")},
    )
    source = forms.CharField(
        label=_("凭什么记录"),
        help_text=_("证明的名称和编号，比如死亡证明、户口簿、准迁证。会记入日志。"),
        max_length=200,
        error_messages={"required": _("请写明凭什么记录。")},
    )
    division = forms.CharField(
        label=_("户口所在地的区划代码"),
        help_text=_("户口迁入的才填。6 位数字，比如拱墅区是 330105。"),
        max_length=6,
        required=False,
    )
    address = forms.CharField(
        label=_("户籍地址"), help_text=_("户口迁入的才填。"), max_length=200, required=False
    )
    field_order = ("reason", "on", "source", "division", "address")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = _day(_("哪天去世，或者哪天迁的"), range(today.year, today.year - 5, -1))
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("reason") == "local_household":
            for name, words in (("division", _("请填区划代码。")), ("address", _("请填户籍地址。"))):
                if not said.get(name):
                    self.add_error(name, words)
        return said

    @property
    def fact(self) -> Fact:
        """What the action takes."""
        said = self.cleaned_data
        return Fact(said["reason"], said["on"], said["source"], said["division"], said["address"])


class RemedyForm(forms.Form):
    """What was filed, with whom, and when."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("remedy", "哪一种"),
        choices=Remedy.KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选复议还是诉讼。")},
    )
    authority = forms.CharField(
        label=_("复议机关或者法院"), max_length=100, error_messages={"required": _("请写受理的机关。")}
    )
    case_number = forms.CharField(label=_("案号"), max_length=60, required=False)
    note = forms.CharField(
        label=_("备注"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, today: date, penalties: Iterable[FraudCase] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["filed_on"] = _day(_("哪一天提起"), range(today.year, today.year - 4, -1))
        self.penalties = {str(row.pk): row for row in penalties}
        if self.penalties:
            named = [(pk, f"{row.number} {row.get_state_display()}") for pk, row in self.penalties.items()]
            self.fields["against"] = forms.ChoiceField(
                label=_("不服哪一个"),
                choices=[("", _("这一件的答复")), *named],
                required=False,
                widget=forms.RadioSelect,
            )
        self.order_fields(["against", "kind", "authority", "case_number", "filed_on", "note"])

    def filed(self) -> Filed:
        """What the action takes."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "against"}
        return Filed(**said)

    def against(self) -> FraudCase | None:
        """The case of fraud whose decision is contested."""
        return self.penalties.get(self.cleaned_data.get("against", ""))


class OutcomeForm(forms.Form):
    """How a remedy ended."""

    outcome = forms.ChoiceField(
        label=_("结果"),
        choices=Remedy.OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选结果。")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome_on"] = _day(_("哪一天的结果"), range(today.year, today.year - 4, -1))


class AbsenceForm(forms.Form):
    """Who is away, from when to when, and who stands in."""

    def __init__(
        self,
        *args: Any,
        officers: Sequence[Account],
        colleagues: Sequence[Account],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.officers = {str(account.pk): account for account in officers}
        self.stand_ins = {str(account.pk): account for account in colleagues}
        years = range(today.year, today.year + 2)
        if len(officers) > 1:
            self.fields["account"] = forms.ChoiceField(
                label=_("谁不在岗"),
                choices=[(key, _posted(one)) for key, one in self.officers.items()],
                widget=NamesSelect,
            )
        self.fields["from_on"] = _day(_("从哪一天"), years)
        self.fields["until_on"] = _day(_("到哪一天"), years, _("这一天也算在内。"))
        self.fields["stands_in"] = forms.ChoiceField(
            label=_("谁来代"),
            required=False,
            choices=[("", _("没有人代")), *((key, _posted(one)) for key, one in self.stand_ins.items())],
            widget=NamesSelect,
            help_text=_("这几天，手上的件都算在代的人手里；回来那天自动回到本人。"),
        )

    @property
    def account(self) -> Account:
        """Who is away: the only one there is, or the one who was chosen."""
        chosen = self.cleaned_data.get("account") or next(iter(self.officers))
        return self.officers[chosen]

    @property
    def stand_in(self) -> Account | None:
        """Who stands in."""
        return self.stand_ins.get(self.cleaned_data["stands_in"])


def _posted(account: Account) -> str:
    return _("%(name)s，%(post)s") % {"name": account.staff_name, "post": account.get_role_display()}


class NumberForm(forms.Form):
    """A citizen's identity number."""

    identity_number = forms.CharField(
        label=_("公民身份号码"),
        max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请填 18 位的公民身份号码。")},
    )


class RelationForm(NumberForm):
    """Whose cases an officer keeps away from."""

    relation = forms.ChoiceField(
        label=_("和您是什么关系"),
        choices=DeclaredRelation.RELATIONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选关系。")},
    )


class RouteForm(forms.Form):
    """By which other route to go on."""

    route = forms.ChoiceField(
        label=_("换成哪一条途径"),
        choices=list(ROUTE_NAMES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一条途径。")},
    )
