"""Reporting one person, or telling the property firm instead."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.people import organisations
from juzhu.people.models import Organisation
from juzhu.registration.duties import reporters
from juzhu.registration.reporting import filing
from juzhu.registration.reporting.entries import LEASE, Reporter
from juzhu.reporting import owed
from juzhu.reporting.access import acting, page, reporter, typed
from juzhu.reporting.forms import OneForm
from juzhu.reporting.words import OFFERED


@require_http_methods(["GET", "POST"])
@reporter
def one(request: HttpRequest, kind: str) -> HttpResponse:
    """Report one person. Pressing twice reports once."""
    who = acting(request)
    if kind not in who.reporter.kinds:
        raise Http404
    today = clock.today()
    begins = _begins(request, who.reporter, kind, today)
    form = OneForm(typed(request), kind=kind, reporter=who.reporter, today=today, initial=begins)
    if request.method == "POST" and form.is_valid() and form.entry is not None:
        (filed,) = filing.file(who.reporter, [form.entry], actor=who.actor, today=today)
        if not filed.new:
            messages.info(request, _("这件事您以前报过，编号没有变，不用再报。"))
        return redirect("reporting:report", filed.report.number)
    title, when, _icon = OFFERED[kind]
    context = {
        "form": form,
        "kind": kind,
        "title": title,
        "when": when,
        "may_tell": kind == LEASE and "property" not in _trades(who.organisation),
    }
    return page(request, "one", context)


def _begins(request: HttpRequest, by: Reporter, kind: str, today: date) -> dict[str, Any]:
    """What the form begins with: of one of the reporter's own duties that is named in the address."""
    key = request.GET.get("about", "")
    found = reporters.find(by, key, today) if key else None
    return owed.initial(found) if found is not None and owed.KIND_OF.get(found.kind) == kind else {}


def _trades(organisation: Organisation | None) -> list[str]:
    return organisation.trades if organisation else []


class FirmForm(OneForm):
    """A letting that the property firm is told of: first of all, which firm."""

    field_order = ("firm",)
    firm = forms.ChoiceField(
        label=gettext_lazy("告诉哪家物业"),
        error_messages={
            "required": gettext_lazy("请选物业。"),
            "invalid_choice": gettext_lazy("请从列表里选物业。"),
        },
    )

    def __init__(self, *args: object, firms: list[Organisation], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["firm"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *((str(firm.pk), firm.name) for firm in firms)]


@require_http_methods(["GET", "POST"])
@reporter
def firm(request: HttpRequest) -> HttpResponse:
    """Tell the property firm instead; it then has its own three working days. Source: Zhejiang art. 9."""
    who = acting(request)
    if LEASE not in who.reporter.kinds or who.is_property_firm:
        raise Http404
    firms = organisations.property_firms()
    form = FirmForm(typed(request), kind=LEASE, reporter=who.reporter, today=clock.today(), firms=firms)
    if request.method == "POST" and form.is_valid() and form.entry is not None:
        chosen = next(row for row in firms if str(row.pk) == form.cleaned_data["firm"])
        try:
            told = filing.tell_property_firm(
                who.reporter, form.entry, chosen, actor=who.actor, today=clock.today()
            )
        except JuzhuError as error:
            form.add_error("firm", str(error.sentence))
        else:
            return redirect("reporting:report", told.number)
    return page(request, "firm", {"form": form, "none": not firms})
