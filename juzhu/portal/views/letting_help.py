"""房东不配合: a tenant says so, and reads what the subdistrict has answered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.portal.access import circle, citizen, kept, no_store, viewer
from juzhu.portal.forms.letting import HelpForm
from juzhu.registration.dwellings import helping, queries
from juzhu.registration.queries import history


@require_http_methods(["GET", "HEAD", "POST"])
@citizen
def help_call(request: HttpRequest) -> HttpResponse:
    """`/letting/help`: what was said before with its answers, and saying it."""
    around, today = circle(request), clock.today()
    calls = queries.help_calls_of(viewer(request), today).filter(person=around.person)
    current = history(around.person.pk).filter(ended_on=None).first()
    form = HelpForm(request.POST if request.method == "POST" else kept(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = helping.call(around.person, form.cleaned_data["text"], actor=viewer(request), today=today)
        except JuzhuError as error:
            form.add_error(None, str(error.sentence))
        else:
            messages.success(
                request,
                _("收到了，编号 %(number)s。街道会联系房东，答复会告诉您。") % {"number": made.number},
            )
            return redirect(reverse("portal:letting_help") + around.suffix)
    context = {
        "nav": "tasks",
        "circle": around,
        "form": form,
        "calls": list(calls),
        "open": calls.filter(state__in=["new", "helping"]).exists(),
        "current": current,
    }
    return no_store(render(request, "portal/letting/help.html", context))
