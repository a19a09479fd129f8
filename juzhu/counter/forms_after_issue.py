"""What officers type after issue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juzhu.design.forms import DateSelect
from juzhu.design.uploads import SeveralFiles, UploadForm
from juzhu.people.models import Account
from juzhu.permits.after.measures import MOST_FINE, Measures
from juzhu.permits.after.post_checks import ASKED, DECISION
from juzhu.permits.models import PostCheck

TRUTHS = (("true", _("属实")), ("false", _("不属实")), ("unknown", _("没查清")))
QUESTIONS = {
    DECISION: _("自动作出的决定对吗"),
    "address": _("还住在登记的地方吗"),
    "work": _("还在登记的单位吗"),
    "school": _("还在登记的学校吗"),
    "identity": _("人和证是同一个人吗"),
}


DECISIONS = (("true", _("对，依据都在")), ("false", _("不对")), ("unknown", _("还没看清")))
REVIEW_RESULTS = (
    ("true", _("决定没有问题")),
    ("changed", _("当时对，现在情况变了")),
    ("wrong", _("自动办理有误")),
    ("suspected", _("涉嫌虚假")),
)


class ReasonForm(forms.Form):
    """Why something is left as it is."""

    reason = forms.CharField(
        label=_("理由"),
        help_text=_("本人会看到。写事实和依据。"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写明理由。")},
    )


class Tick(forms.BooleanField):
    """A box that may stay empty without being called optional."""

    def validate(self, value: Any) -> None:
        return None


class Told(forms.ChoiceField):
    """A question that has an answer even when nobody touched it: not clear."""

    def clean(self, value: Any) -> Any:
        return super().clean(value or "unknown")


class FoundForm(UploadForm):
    """What was found in the street, in the order in which one asks."""

    papers_needed = False
    result = forms.ChoiceField(
        label=_("结论"),
        choices=[row for row in PostCheck.RESULTS if row[0] != "wrong"],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个结论。")},
    )
    note = forms.CharField(
        label=_("看到的情况"),
        required=False,
        max_length=2000,
        help_text=_("有不属实的，写清楚哪里不一样。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, review: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = (DECISION,) if review else ASKED
        for name in self.asked:
            self.fields[name] = Told(
                label=QUESTIONS[name], choices=TRUTHS, widget=forms.RadioSelect, initial="unknown"
            )
        if review:
            self._as_review()
        self.fields["papers"].label = _("现场照片")
        self.fields["papers"].help_text = _("可以直接拍。JPG 或 PNG，每个不超过 10 MB。")
        self.fields["papers"].widget = SeveralFiles(
            attrs={"accept": ".jpg,.jpeg,.png", "multiple": True, "capture": "environment"}
        )
        self.order_fields([*self.asked, "papers", "note", "result"])

    def _as_review(self) -> None:
        """Ask about the decision, which is looked at by its papers, and not about a visit."""
        decision, result = self.fields[DECISION], self.fields["result"]
        assert isinstance(decision, forms.ChoiceField)
        assert isinstance(result, forms.ChoiceField)
        decision.choices = DECISIONS
        decision.help_text = _("请打开这一件，一条一条对照部门的信息。")
        result.choices = REVIEW_RESULTS
        self.fields["note"].label = _("看了什么，为什么")
        self.fields["note"].help_text = _("决定不对的，写清楚哪一条、为什么。")
        self.fields["papers"].label = _("附上的材料")
        self.fields["papers"].help_text = _("JPG 或 PNG，每个不超过 10 MB。")

    def answers(self) -> dict[str, str]:
        """What was answered to each question."""
        return {name: self.cleaned_data[name] for name in self.asked}


class AssignForm(forms.Form):
    """Who goes and looks."""

    officer = forms.TypedChoiceField(
        label=_("谁去核查"), coerce=int, error_messages={"required": _("请选一位。")}
    )

    def __init__(self, *args: Any, officers: Iterable[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["officer"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", "—"), *((account.pk, account.staff_name) for account in officers)]


class MeasuresForm(forms.Form):
    """What is proposed, or decided."""

    use_required_attribute = False
    warning = Tick(label=_("警告"))
    fine_yuan = forms.IntegerField(
        label=_("罚款（元）"),
        required=False,
        min_value=0,
        max_value=MOST_FINE,
        help_text=_("0 到 200 元（国务院令第 663 号第十八条）。不罚就空着。"),
        error_messages={"max_value": _("罚款最多 200 元（国务院令第 663 号第十八条）。")},
    )
    withdraw_permit = Tick(label=_("收缴居住证，使用功能终止"), help_text=_("省条例第三十六条。"))

    def measures(self) -> Measures:
        """What the action takes."""
        said = self.cleaned_data
        return Measures(said["warning"], said["fine_yuan"] or 0, said["withdraw_permit"])


class DecisionForm(MeasuresForm):
    """A decision with its reasons."""

    reason = forms.CharField(
        label=_("理由"),
        help_text=_("写认定的事实，以及怎么看待本人的陈述、申辩。"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("请写明理由。")},
    )


class StatementForm(forms.Form):
    """What was said at the station, as an officer takes it down."""

    statement = forms.CharField(
        label=_("当面陈述、申辩的内容"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("请写下本人说的话。")},
    )


class TipAboutForm(forms.Form):
    """Which permit a tip is about."""

    number = forms.CharField(
        label=_("居住证编号，或证号全号"),
        max_length=30,
        help_text=_("先在“找人”里查到是谁。"),
        error_messages={"required": _("请写编号或证号。")},
    )


class OfficersTipForm(forms.Form):
    """What an officer heard: which permit, and what."""

    number = TipAboutForm.base_fields["number"]
    text = forms.CharField(
        label=_("听到、看到的情况"),
        max_length=2000,
        min_length=5,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写情况。"), "min_length": _("请多写几个字，至少 5 个。")},
    )


class DeathForm(forms.Form):
    """That somebody has died, and what proves it."""

    on = forms.DateField(
        label=_("哪天去世"),
        error_messages={"required": _("请填日期，年月日都要选。"), "invalid": _("没有这一天，请再选一次。")},
    )
    source = forms.CharField(
        label=_("凭什么记录"),
        max_length=200,
        help_text=_("证明的名称和编号，比如死亡证明。会记入日志。"),
        error_messages={"required": _("请写明凭什么记录。")},
    )
    purpose = forms.CharField(
        label=_("为什么办这件事"),
        max_length=200,
        help_text=_("至少 4 个字，会记入日志。"),
        min_length=4,
        error_messages={"required": _("请写明用途。"), "min_length": _("请写明用途，至少 4 个字。")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].widget = DateSelect(years=range(today.year, today.year - 5, -1))


class UndoForm(UploadForm):
    """Why a fact was recorded wrongly, and what proves it."""

    reason = forms.CharField(
        label=_("哪里记错了"),
        help_text=_("本人会看到。写清楚事实，比如：同名同姓，录到了另一个人身上。"),
        max_length=2000,
        min_length=5,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("请写明哪里记错了。"),
            "min_length": _("请写明哪里记错了，至少 5 个字。本人会看到。"),
        },
    )
    proof = forms.CharField(
        label=_("凭什么撤销"),
        max_length=200,
        min_length=4,
        help_text=_("证明的名称和编号，比如户口簿、身份证、更正后的死亡证明。会记入日志。"),
        error_messages={
            "required": _("请写明凭什么撤销。"),
            "min_length": _("请写明证明的名称，至少 4 个字。"),
        },
    )
    field_order = ("reason", "proof", "papers")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"].label = _("证明的照片或扫描件")


class GuardianshipEndForm(DeathForm):
    """That somebody is a child's guardian no more, and what proves it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("哪天起不再监护")
        self.fields["source"].help_text = _("证明的名称和编号，比如判决书、变更监护的公证书。会记入日志。")


class HouseholdForm(DeathForm):
    """Where somebody's household registration is now, since when, and what proves it."""

    division = forms.CharField(
        label=_("户口所在地的区划代码"),
        max_length=6,
        help_text=_("6 位数字，比如拱墅区是 330105。"),
        error_messages={"required": _("请填区划代码。")},
    )
    address = forms.CharField(
        label=_("户籍地址"), max_length=200, error_messages={"required": _("请填户籍地址。")}
    )
    field_order = ("division", "address", "on", "source", "purpose")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("哪天迁的")
        self.fields["source"].help_text = _("证明的名称和编号，比如户口簿、准迁证。会记入日志。")
