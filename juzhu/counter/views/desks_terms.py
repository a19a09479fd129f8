"""A case's clock and its way back: pausing, resuming, taking an acceptance back, ending by a fact."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from juzhu.counter.access import CASEWORK, kept, officer
from juzhu.counter.errands import Errand, run
from juzhu.counter.forms import PlainForm
from juzhu.counter.forms_desks import EndForm, PauseForm, ReasonForm, RouteForm
from juzhu.operations import clock
from juzhu.permits import casework, pauses, switching
from juzhu.permits.desk import endings

PAUSE = Errand(
    "pause",
    "application.paused",
    _("期限停了。要多久，书面告诉申请人了。"),
    lambda case, form, actor, today: pauses.pause(
        case,
        form.cleaned_data["reason"],
        form.cleaned_data["note"],
        form.cleaned_data["expected_days"],
        actor=actor,
        today=today,
    ),
)
RESUME = Errand(
    "resume",
    "application.resumed",
    _("期限恢复计算。新的最后一天告诉申请人了。"),
    lambda case, form, actor, today: pauses.resume(case, actor=actor, today=today),
)
TAKE_BACK = Errand(
    "take_back",
    "application.taken_back",
    _("受理收回了，这一件重新等受理。"),
    lambda case, form, actor, today: casework.take_back(
        case, form.cleaned_data["reason"], actor=actor, today=today
    ),
)
REROUTE = Errand(
    "reroute",
    "application.route_switched",
    _("途径换好了，接着办。"),
    lambda case, form, actor, today: switching.switch_route(
        case, form.cleaned_data["route"], actor=actor, today=today
    ),
)
END = Errand(
    "end",
    "application.ended",
    _("这一件终结了。"),
    lambda case, form, actor, today: endings.end(case, form.fact, actor=actor, today=today),
)


@officer(*CASEWORK)
def pause(request: HttpRequest, number: str) -> HttpResponse:
    """Stop the fifteen days, for what the law knows."""
    form = PauseForm(request.POST if request.method == "POST" else None, initial=kept(request))
    return run(request, number, PAUSE, form, reasons=pauses.REASONS)


@officer(*CASEWORK)
def resume(request: HttpRequest, number: str) -> HttpResponse:
    """Let them run again."""
    return run(request, number, RESUME, PlainForm(request.POST if request.method == "POST" else None))


@officer(*CASEWORK)
def reroute(request: HttpRequest, number: str) -> HttpResponse:
    """Go on by another route, by which all conditions are met: who meets any of them is not refused."""
    form = RouteForm(request.POST if request.method == "POST" else None)
    return run(request, number, REROUTE, form)


@officer("chief")
def take_back(request: HttpRequest, number: str) -> HttpResponse:
    """Take an accepted case back to examination, with a reason."""
    form = ReasonForm(request.POST if request.method == "POST" else None, initial=kept(request))
    return run(request, number, TAKE_BACK, form)


@officer("chief")
def end(request: HttpRequest, number: str) -> HttpResponse:
    """End a case that a fact has made pointless."""
    posted = request.POST if request.method == "POST" else None
    form = EndForm(posted, today=clock.today(), initial=kept(request))
    return run(request, number, END, form)
