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
OF_AGENTS = ("agent_name", "agent_identity_number", "agent_shows", "mandate")


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
    agent_name = forms.CharField(
        label=_("受托人姓名"), max_length=100, error_messages={"required": MISSING["name"]}
    )
    agent_identity_number = forms.CharField(
        label=_("受托人公民身份号码"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请填受托人的公民身份号码。")},
    )
    agent_shows = forms.ChoiceField(
        label=_("受托人出示了"),
        choices=Slip._meta.get_field("agent_shows").choices,  # type: ignore[arg-type]
        widget=forms.RadioSelect,
        error_messages={"required": MISSING["shows"]},
    )
    mandate = forms.FileField(
        label=_("书面委托书"),
        help_text=_("JPG、PNG 或 PDF，不超过 10 MB。"),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": MISSING["mandate"]},
    )

    def __init__(self, *args: Any, kept: StoredFile | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mandate"].required = settings.JUZHU_AGENT_NEEDS_MANDATE
        self.kept: StoredFile | None = None
        self.keep(kept)
        if self.is_bound and self.data.get("handed_to") != "agent":
            for name in OF_AGENTS:
                self.fields[name].required = False

    def keep(self, mandate: StoredFile | None) -> None:
        """Know of a mandate that is here already, and say so."""
        self.kept = mandate or self.kept
        if mandate:
            self.fields["mandate"].required = False
            self.fields["mandate"].help_text = _("已经传了“%(name)s”。要换，再选一个。") % {
                "name": mandate.original_name
            }

    def agent(self) -> Agent | None:
        """The agent that was filled in; None: the holder came."""
        said = self.cleaned_data
        if said["handed_to"] == "holder":
            return None
        return Agent(said["agent_name"], said["agent_identity_number"], said["agent_shows"], self.kept)
