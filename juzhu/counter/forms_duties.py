"""What officers type about duties: what they found out, orders, steps of a case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juzhu.counter.forms_after_issue import ReasonForm, StatementForm
from juzhu.design.forms import DateSelect
from juzhu.registration.models import PROVISIONS, Report
from juzhu.registration.reporting.answers import FOUND

FOUND_WORDS = [(code, word) for code, word in Report.OUTCOMES if code in FOUND]


class DatedForm(forms.Form):
    """A form with one day, chosen among `years` around today's."""

    day_name = ""

    def __init__(self, *args: Any, years: range, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[self.day_name].widget = DateSelect(years=years)


def _text(label: Any, help_text: Any, missing: Any, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )


class SettleForm(forms.Form):
    """What was found out about a report."""

    outcome = forms.ChoiceField(
        label=_("核实的结果"),
        choices=FOUND_WORDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个结果。")},
    )
    said = _text(_("核实的情况"), _("怎么核实的，见到了谁。报送的一方看不到。"), _("请写明核实的情况。"))


class SaidForm(forms.Form):
    """What was found out about two words that can't both be true."""

    said = _text(_("核实的情况"), _("哪一个属实，怎么知道的。两边说的都留着。"), _("请写明核实的情况。"))


class OrderForm(DatedForm):
    """An order to correct."""

    day_name = "correct_by"
    use_required_attribute = False
    provision = forms.ChoiceField(
        label=_("依据"),
        choices=PROVISIONS,
        widget=forms.RadioSelect,
        help_text=_("省流动人口居住登记条例第三十三条到第三十五条。"),
        error_messages={"required": _("请选依据的条款。")},
    )
    persons = forms.IntegerField(
        label=_("没有报送的人数"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_("本人没有登记的，不用填。"),
    )
    facts = _text(_("事实"), _("什么时候起，该做什么，没有做。收到的人会看到。"), _("请写明事实。"))
    correct_by = forms.DateField(
        label=_("改正期限"),
        help_text=_("最晚在这一天改正。给够办事的时间。"),
        error_messages={"required": _("请选改正期限。"), "invalid": _("没有这一天，请再看一遍。")},
    )


class DayForm(DatedForm):
    """On which day it was put right."""

    day_name = "on"
    on = forms.DateField(
        label=_("改正的日期"),
        error_messages={"required": _("请选改正的日期。"), "invalid": _("没有这一天，请再看一遍。")},
    )


class OpenForm(DatedForm):
    """A case is opened."""

    day_name = "committed_on"
    facts = _text(_("事实"), _("写认定的事实和证据。"), _("请写明事实。"))
    committed_on = forms.DateField(
        label=_("违法行为最后一天"),
        error_messages={"required": _("请选日期。"), "invalid": _("没有这一天，请再看一遍。")},
    )


class FineForm(forms.Form):
    """What is proposed, in yuan. The range comes from the law, and the action holds it."""

    use_required_attribute = False
    fine_yuan = forms.IntegerField(
        label=_("罚款（元）"), min_value=1, error_messages={"required": _("请写罚款的数额。")}
    )

    def __init__(self, *args: Any, range_said: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fine_yuan"].help_text = range_said


class FineDecisionForm(FineForm):
    """A decision with its reasons."""

    reason = _text(_("理由"), _("写认定的事实，以及怎么看待陈述、申辩。"), _("请写明理由。"), rows=6)


__all__ = [
    "DayForm",
    "FineDecisionForm",
    "FineForm",
    "OpenForm",
    "OrderForm",
    "ReasonForm",
    "SaidForm",
    "SettleForm",
    "StatementForm",
]
