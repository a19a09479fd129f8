"""监护关系终止: recorded at the counter with proof; from then on a former guardian does nothing."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from juzhu.counter.access import actor_of, kept, officer, page
from juzhu.counter.forms_after_issue import GuardianshipEndForm
from juzhu.counter.views.decisions import attempt
from juzhu.operations import clock
from juzhu.people import guardianships
from juzhu.people.models import Guardianship
from juzhu.registration import queries as registrations

LARGEST = 2**62
"""A database's numbers end there."""


@officer("clerk", "chief")
def end(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One guardianship of a child who is registered in the officer's area."""
    actor, today = actor_of(request), clock.today()
    rows = registrations.visible_to(actor, today)
    registration = None if "\0" in number else rows.filter(number=number).first()
    if registration is None:
        raise Http404
    theirs = Guardianship.objects.select_related("guardian").filter(child=registration.person, ended_on=None)
    row = theirs.filter(pk=pk).first() if pk < LARGEST else None
    if row is None:
        raise Http404
    form = GuardianshipEndForm(request.POST or None, today=today, initial=kept(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        proof = f"{said['source']} · {said['purpose']}"
        error = attempt(lambda: guardianships.end(row, said["on"], proof, actor=actor, today=today))
        if error is None:
            messages.success(request, _("记下了。从现在起，这位监护人看不到、也办不了这个孩子的事。"))
            return redirect("counter:person", number)
        form.add_error(None, str(error.sentence))
    context = {"person": registration.person, "registration": registration, "row": row, "form": form}
    return page(request, "after/guardianship", context, room="search")
