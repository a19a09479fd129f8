"""What an officer does with a case on a page of its own, beside the decisions: one way for all of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from juzhu.counter import decide_bar, desk_tools
from juzhu.counter.access import actor_of, page
from juzhu.counter.casefile import open_case
from juzhu.counter.views.case import found_case
from juzhu.counter.views.decisions import attempt, done_before
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.operations.errors import JuzhuError, Sentence
from juzhu.permits.models import Application


@dataclass(frozen=True, slots=True)
class Errand:
    """`name` is that of its tool, route and template, `event` what it leaves behind, `done` what is said
    then.
    """

    name: str
    event: str
    done: Sentence
    run: Callable[[Application, Any, Actor, date], object]


def run(request: HttpRequest, number: str, errand: Errand, form: forms.Form, **context: Any) -> HttpResponse:
    """Show the page of an errand, or do it; then the case. What went wrong stands at its field, or on top."""
    actor, today = actor_of(request), clock.today()
    application = found_case(actor, number)
    error = None
    if request.method == "POST" and form.is_valid():
        error = attempt(lambda: errand.run(application, form, actor, today))
        if error is None or done_before(application, errand.event, actor, error):
            messages.success(request, str(errand.done))
            return redirect("counter:case", number)
        _at_its_field(form, error)
        application = found_case(actor, number)
    opened = open_case(application, today)
    usable = errand.name in {tool.name for tool in desk_tools.tools(opened, actor, today)}
    return page(
        request,
        f"desks/{errand.name}",
        {
            "case": application,
            "file": opened,
            "form": form,
            "today": today,
            "page_error": "" if error is None or form.errors else error.sentence,
            "blocked": "" if usable else decide_bar.held_back(opened, actor) or _("这一件现在不能这样办。"),
            **context,
        },
        status=200 if error is None else error.status,
    )


def _at_its_field(form: forms.Form, error: JuzhuError) -> None:
    field = str(error.about.get("field", "reason" if error.code == "reason_missing" else ""))
    if field in form.fields:
        form.add_error(field, str(error.sentence))
