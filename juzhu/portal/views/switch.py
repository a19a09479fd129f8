"""换一条途径: one button, where another route would do. Nothing is typed again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.permits import submission
from juzhu.permits.models import ROUTE_NAMES, Application
from juzhu.permits.queries import applications_for, unfinished_application
from juzhu.permits.transitions import State
from juzhu.portal.access import circle, citizen, viewer


@require_POST
@citizen
def draft(request: HttpRequest) -> HttpResponse:
    """`/apply/switch`: a draft goes on by another route, at the same last look."""
    around = circle(request)
    found = unfinished_application(around.person, clock.today())
    if found is None or found.state != State.DRAFT:
        return redirect(reverse("portal:apply") + around.suffix)
    _switch(request, found)
    return redirect(reverse("portal:apply_confirm") + around.suffix)


@require_POST
@citizen
def filed(request: HttpRequest, number: str) -> HttpResponse:
    """`/applications/<number>/switch`: so does one that was filed and that nobody has examined."""
    row = get_object_or_404(applications_for(viewer(request), clock.today()), number=number)
    answered = _switch(request, row)
    back = request.POST.get("back") == "supplement" and not answered
    return redirect("portal:supplement" if back else "portal:application", number)


def _switch(request: HttpRequest, row: Application) -> bool:
    """Whether the rules have answered it at once."""
    route = request.POST.get("route", "")
    if route not in ROUTE_NAMES:
        raise Http404
    try:
        switched = submission.switch(
            row,
            route,
            actor=viewer(request),
            today=clock.today(),
            wants_person=bool(request.POST.get("wants_person")),
        )
    except JuzhuError as error:
        messages.error(request, str(error.sentence))
        return False
    name = {"route": ROUTE_NAMES[switched.route]}
    if switched.automatic:
        messages.success(request, _("已换成“%(route)s”。条件都由部门证明，已经自动办好。") % name)
    else:
        messages.success(request, _("已换成“%(route)s”。填的、交的都还在。") % name)
    return switched.automatic
