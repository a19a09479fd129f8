"""要不要登记: three plain questions, each asked when the one before it was answered."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from juzhu.design.forms import DateSelect

HOME = "home"
LONG, SHORT = "long", "short"


class NeedForm(forms.Form):
    """The questions in their order; a later one is there only when it is needed for the answer."""

    household = forms.ChoiceField(
        label=_("您的户口在哪里"),
        choices=[
            ("outside", _("杭州市区以外，桐庐、淳安、建德也算")),
            ("local", _("杭州市区")),
            ("abroad", _("我是港澳台居民或者外国人")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项。看户口簿或者身份证上的地址。")},
    )
    where = forms.ChoiceField(
        label=_("现在住在哪里"),
        choices=[
            (HOME, _("租的、买的房子，宿舍，或者朋友家")),
            ("relative", _("父母、子女、配偶等近亲属家，他们是杭州市区户口")),
            ("hotel", _("宾馆、酒店、民宿")),
            ("hospital", _("医院，住院")),
            ("school", _("学校、培训机构，住校")),
            ("rescue", _("救助站")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项。都不像的，选第一个。")},
    )
    since = forms.DateField(
        label=_("从哪天住进来的"),
        error_messages={
            "required": _("请填住进来的日期，年月日都要选。"),
            "invalid": _("没有这一天，请再选一次。"),
        },
    )
    how_long = forms.ChoiceField(
        label=_("打算在杭州住多久"),
        choices=[(LONG, _("三天以上")), (SHORT, _("不到三天"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项。说不准的，选“三天以上”。")},
    )

    def __init__(self, data: Any, *, today: date, local: bool = False) -> None:
        """`local`: whose household we know, and it is not in the urban area; they aren't asked.

        Without `data` it has every question, to be asked for the first time.
        """
        super().__init__(data)
        self.today = today
        self.fields["since"].widget = DateSelect(years=range(today.year, today.year - 3, -1))
        if local:
            del self.fields["household"]
        if data is not None:
            self._drop_what_is_not_asked(data)

    def _drop_what_is_not_asked(self, data: Any) -> None:
        if "household" in self.fields and data.get("household") != "outside":
            for name in ("where", "since", "how_long"):
                del self.fields[name]
            return
        where = data.get("where")
        if where != "relative":
            del self.fields["since"]
        if where != HOME:
            del self.fields["how_long"]

    def clean_since(self) -> date:
        since: date = self.cleaned_data["since"]
        if since > self.today:
            raise ValidationError(_("这一天还没有到。请填实际住进来的日期。"))
        return since

    @property
    def next_question(self) -> str:
        """The first question without an answer; "" when all that is asked was answered."""
        return next((name for name in self.fields if not self._answered(name)), "")

    def _answered(self, name: str) -> bool:
        if name == "since":
            return any(self.data.get(f"since_{part}") for part in ("year", "month", "day"))
        return bool(self.data.get(name))
