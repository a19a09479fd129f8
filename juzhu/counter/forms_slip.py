"""Who fetches a confirmation slip."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from juzhu.documents.slips import MISSING, Agent
from juzhu.operations.models import StoredFile
from juzhu.permits.models import Slip

ACCEPT = ".jpg,.jpeg,.png,.pdf"


class SlipForm(forms.Form):
    """To whom; and of an agent, who they are and what they showed. `kept`: a mandate that was sent before."""

    use_required_attribute = False
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    handed_to = forms.ChoiceField(
        label=_("谁来领"),
        choices=Slip._meta.get_field("handed_to").choices,  # type: ignore[arg-type]
        widget=forms.RadioSelect,
        error_messages={"required": _("请选谁来领。")},
    )
    agent_name = forms.CharField(label=_("受托人姓名"), max_length=100, required=False)
    agent_identity_number = forms.CharField(
        label=_("受托人公民身份号码"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    agent_shows = forms.ChoiceField(
        label=_("受托人出示了"),
        choices=Slip._meta.get_field("agent_shows").choices,  # type: ignore[arg-type]
        widget=forms.RadioSelect,
        required=False,
    )
    mandate = forms.FileField(
        label=_("书面委托书"),
        help_text=_("JPG、PNG 或 PDF，不超过 10 MB。"),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        required=False,
    )

    def __init__(self, *args: Any, kept: StoredFile | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept: StoredFile | None = None
        self.keep(kept)

    def keep(self, mandate: StoredFile | None) -> None:
        """Know of a mandate that is here already, and say so."""
        self.kept = mandate or self.kept
        if mandate:
            self.fields["mandate"].help_text = _("已经传了“%(name)s”。要换，再选一个。") % {
                "name": mandate.original_name
            }

    def clean(self) -> dict[str, Any]:
        """Name each thing that an agent lacks beside its field; the action says the same again."""
        said = super().clean() or {}
        if said.get("handed_to") != "agent":
            return said
        if not said.get("agent_name", "").strip():
            self.add_error("agent_name", MISSING["name"])
        if not said.get("agent_identity_number", "").strip():
            self.add_error("agent_identity_number", _("请填受托人的公民身份号码。"))
        if not said.get("agent_shows"):
            self.add_error("agent_shows", MISSING["shows"])
        if settings.JUZHU_AGENT_NEEDS_MANDATE and not (said.get("mandate") or self.kept):
            self.add_error("mandate", MISSING["mandate"])
        return said

    def agent(self) -> Agent | None:
        """The agent that was filled in; None: the holder came."""
        said = self.cleaned_data
        if said["handed_to"] == "holder":
            return None
        return Agent(said["agent_name"], said["agent_identity_number"], said["agent_shows"], self.kept)
