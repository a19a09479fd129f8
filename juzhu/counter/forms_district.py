"""Of which day the figures are, and for how many weeks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juzhu.design.forms import DateSelect

WEEKS = {12: gettext_lazy("12 周"), 26: gettext_lazy("26 周")}
USUAL = 12


class DistrictForm(forms.Form):
    """Nothing chosen is today, and twelve weeks."""

    area = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    day = forms.DateField(
        label=gettext_lazy("哪一天"),
        help_text=gettext_lazy("不选就是今天。选过去的一天，看那天结束时的数。"),
        required=False,
        error_messages={"invalid": gettext_lazy("这一天日历上没有。请重新选，或者都不选。")},
    )
    weeks = forms.TypedChoiceField(
        label=gettext_lazy("每周的数看多久"),
        choices=list(WEEKS.items()),
        coerce=int,
        required=False,
        empty_value=str(USUAL),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["day"].widget = DateSelect(years=range(today.year, today.year - 6, -1))

    def clean_day(self) -> date:
        """Raises ValidationError for a day that has not come."""
        day: date = self.cleaned_data["day"] or self.today
        if day > self.today:
            raise forms.ValidationError(_("这一天还没有到。请选今天，或者以前的一天。"))
        return day
