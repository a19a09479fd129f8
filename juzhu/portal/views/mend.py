"""当场更正: the applicant mends what they typed wrong, while nobody has accepted it. Source: Hangzhou art.
17(2).
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from juzhu.intake.forms.apply import DetailsForm
from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.permits.window import mending
from juzhu.portal.access import citizen, kept, no_store, viewer
from juzhu.portal.case import Case
from juzhu.portal.grown_up import own_case


@require_http_methods(["GET", "HEAD", "POST"])
@citizen
def mend(request: HttpRequest, number: str) -> HttpResponse:
    """`/applications/<number>/mend`: the form once more, as it was filed. Papers are supplemented, not
    mended.
    """
    today = clock.today()
    application = own_case(request, number)
    if not Case.of(application, today).can_mend:
        return redirect("portal:application", number)
    typed = request.POST if request.method == "POST" else kept(request)
    form = DetailsForm(typed, initial=application.answers.get("form", {}))
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            mending.correct(application, mending.FORM, answers, actor=viewer(request), today=today)
        except JuzhuError as error:
            messages.error(request, str(error.sentence))
        else:
            messages.success(request, _("改好了。现在不用做别的。"))
        return redirect("portal:application", number)
    context = {"nav": "progress", "application": application, "form": form}
    return no_store(render(request, "portal/papers/mend.html", context))
