"""The form of one more year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juzhu.intake.forms.apply import wants_person
from juzhu.law.facts import Route


class EndorseForm(forms.Form):
    """By which route the next year is asked for. `wants_person` is asked only where the rules alone may
    answer.
    """

    key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    wants_person = wants_person()
    route = forms.ChoiceField(
        label=_("按哪一条途径签注"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一条途径。"), "invalid_choice": _("请从下面的途径里选一条。")},
    )

    def __init__(
        self, *args: Any, choices: Sequence[tuple[Route, Any]], instant: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not instant:
            del self.fields["wants_person"]
        field = self.fields["route"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)
