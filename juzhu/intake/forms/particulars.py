"""What somebody says of themself beside where they live: each may be left out."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juzhu.operations.errors import Sentence
from juzhu.registration.models import Particulars
from juzhu.registration.models.particulars import EDUCATION, EMPLOYMENT, INSURED, MARITAL, POLITICAL
from juzhu.registration.particulars import Said

LABELS: dict[str, Sentence] = {
    "education": _("文化程度"),
    "employment": _("就业情况"),
    "insured": _("社会保险"),
    "marital_status": _("婚姻状况"),
    "political_status": _("政治面貌"),
}
CHOICES: dict[str, tuple[tuple[str, Sentence], ...]] = {
    "education": EDUCATION,
    "employment": EMPLOYMENT,
    "insured": INSURED,
    "marital_status": MARITAL,
    "political_status": POLITICAL,
}
HINTS: dict[str, Sentence] = {"insured": _("职工或居民的养老、医疗保险都算。")}


class ParticularsForm(forms.Form):
    """`asked`: what is asked of this person; `before`: what they have said."""

    def __init__(
        self, *args: Any, asked: Collection[str], before: Particulars | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, label in LABELS.items():
            if name in asked:
                about: dict[str, Any] = {"label": label, "help_text": HINTS.get(name, "")}
                self.fields[name] = forms.ChoiceField(
                    choices=[("", _("不填")), *CHOICES[name]],
                    required=False,
                    initial=getattr(before, name, ""),
                    error_messages={"invalid_choice": _("请从列表里选。")},
                    **about,
                )

    @property
    def said(self) -> Said:
        """What was chosen, as the action takes it."""
        return Said(**self.cleaned_data)


def shown(row: Particulars | None) -> list[tuple[Sentence, str]]:
    """What was said, in words, for who may read it."""
    if row is None:
        return []
    return [
        (label, str(getattr(row, f"get_{name}_display")()))
        for name, label in LABELS.items()
        if getattr(row, name)
    ]
