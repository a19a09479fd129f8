"""登记码: an officer prints the sheet for a building's door in their area."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from juzhu.counter.access import actor_of, officer, page
from juzhu.documents import posters as sheets
from juzhu.intake.forms.registration import AddressForm, check_community, with_choices
from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.registration.doors import Door
from juzhu.registration.models import Community
from juzhu.registration.subdistricts import SUBDISTRICTS

MAKERS = ("clerk", "chief", "subdistrict")


class DoorForm(AddressForm):
    """Which door; in the officer's own area."""

    subdistrict = forms.ChoiceField(
        label=_("街道"),
        error_messages={"required": _("请选街道。"), "invalid_choice": _("请从列表里选街道。")},
    )
    field_order = ("subdistrict", "community", "address")

    def __init__(self, *args: Any, areas: tuple[str, ...], **kwargs: Any) -> None:
        self.areas = areas
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        super().prepare()
        lang = get_language() or "zh"
        places = [(code, SUBDISTRICTS[code].name(lang)) for code in self.areas if code in SUBDISTRICTS]
        blank = [("", "—")] if len(places) > 1 else []
        with_choices(self.fields["subdistrict"], [*blank, *places])
        self.fields["address"].help_text = _("贴在单元门上的，写到单元；贴在房门上的，写到室。")

    def clean(self) -> dict[str, Any]:
        check_community(self)
        return self.cleaned_data


@officer(*MAKERS)
def poster(request: HttpRequest) -> HttpResponse:
    """Say which door, and get the sheet as PDF."""
    actor = actor_of(request)
    form = DoorForm(
        request.POST if request.method == "POST" else None,
        answers={},
        today=clock.today(),
        communities=Community.objects.filter(subdistrict__in=actor.areas),
        areas=actor.areas,
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        door = Door(said["subdistrict"], said.get("community", ""), said["address"].strip())
        try:
            return sheets.answer(sheets.render(door, clock.now()), "door")
        except JuzhuError as error:
            status = error.status
            form.add_error("address", str(error.sentence))
    return page(request, "poster", {"form": form}, room="", status=status)
