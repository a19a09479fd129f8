"""Forms after issue: what somebody says before a decision, a tip."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juzhu.design.formats import language
from juzhu.registration.subdistricts import SUBDISTRICTS

LONGEST = 200


class TipForm(forms.Form):
    """What somebody has seen. Whom it is about is words: the page knows nobody by name."""

    area = forms.ChoiceField(
        label=_("在哪个街道"),
        error_messages={"required": _("请选街道，我们好转给管那里的派出所。")},
    )
    about = forms.CharField(
        label=_("谁，住在哪里"),
        max_length=LONGEST,
        help_text=_("知道多少写多少：姓名、门牌，或居住证编号。"),
        error_messages={"required": _("请写一点线索，我们才找得到。")},
    )
    text = forms.CharField(
        label=_("您看到了什么"),
        max_length=2000,
        min_length=5,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("请写您看到的情况。"), "min_length": _("请多写几个字，至少 5 个。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = self.fields["area"]
        assert isinstance(area, forms.ChoiceField)
        area.choices = [("", "—"), *((place.code, place.name(language())) for place in SUBDISTRICTS.values())]
