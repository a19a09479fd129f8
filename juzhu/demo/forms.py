"""The date picked by three selects."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juzhu.demo.clock import END
from juzhu.design.forms import DateSelect


class DateForm(forms.Form):
    """A later day."""

    day = forms.DateField(
        label=_("哪一天"),
        help_text=_("只能选今天以后的日期。"),
        error_messages={
            "required": _("请选年、月、日。"),
            "invalid": _("没有这一天。请再选一次。"),
        },
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].widget = DateSelect(years=range(today.year, END.year + 1))
