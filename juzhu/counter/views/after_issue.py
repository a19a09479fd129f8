"""证后: what waits after issue, by what falls due; corrections and tips."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juzhu.counter.access import CASEWORK, account_of, actor_of, addresses, kept, officer, page, page_number
from juzhu.counter.forms_after_issue import OfficersTipForm, ReasonForm, TipAboutForm
from juzhu.counter.views.decisions import attempt
from juzhu.design.formats import language
from juzhu.intake.forms.after_issue import entry_words
from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.people import actions as people
from juzhu.permits.after import corrections, post_checks
from juzhu.permits.after.corrections import BY_PROVIDER, DECIDES, FIELDS
from juzhu.permits.after.queries import (
    OPEN_FRAUD,
    attended,
    corrections_for,
    fraud_cases_for,
    permit_meant,
    post_checks_for,
    tips_for,
)
from juzhu.permits.errors import TransitionForbidden
from juzhu.permits.models import Correction
from juzhu.registration.subdistricts import SUBDISTRICTS

TABS = {
    "checks": gettext_lazy("核查"),
    "corrections": gettext_lazy("更正"),
    "tips": gettext_lazy("线索"),
    "cases": gettext_lazy("案件"),
}
PAGE = 30
DUE_WITHIN = {"checks": 30, "corrections": 10, "cases": 90}


@officer(*CASEWORK)
def after_issue(request: HttpRequest) -> HttpResponse:
    """`/counter/after`: one of four lists, what falls due first on top."""
    actor, today = actor_of(request), clock.today()
    tab = request.GET.get("tab", "checks")
    if tab not in TABS:
        raise Http404
    lists: dict[str, Any] = {
        "checks": post_checks_for(actor).filter(state="planned"),
        "corrections": corrections_for(actor, today).filter(state="filed"),
        "tips": tips_for(actor).filter(state="new"),
        "cases": fraud_cases_for(actor, today).filter(state__in=OPEN_FRAUD).order_by("decide_by", "pk"),
    }
    number = page_number(request)
    start = PAGE * (number - 1)
    found = list(lists[tab][start : start + PAGE + 1])
    home = reverse("counter:after_issue")
    return page(
        request,
        "after/home",
        {
            "today": today,
            "tab": tab,
            "tabs": [
                {"url": f"{home}?tab={key}", "label": label, "here": key == tab, "count": lists[key].count()}
                for key, label in TABS.items()
            ],
            "rows": [(row, _word(tab, row)) for row in found[:PAGE]],
            "term": DUE_WITHIN.get(tab, 30),
            "chief": account_of(request).role == "chief",
            "previous_url": f"{home}?tab={tab}&page={number - 1}" if number > 1 else "",
            "next_url": f"{home}?tab={tab}&page={number + 1}" if len(found) > PAGE else "",
        },
        room="after_issue",
    )


def _word(tab: str, row: Any) -> Any:
    """What a row is about, in a word or two."""
    if tab == "checks":
        return row.get_plan_display()
    if tab == "corrections":
        return FIELDS[row.field]
    return SUBDISTRICTS[row.area].name(language()) if tab == "tips" else row.get_state_display()


@officer(*CASEWORK)
def correction(request: HttpRequest, number: str) -> HttpResponse:
    """What the holder says is wrong, the proof, and two answers."""
    actor, today = actor_of(request), clock.today()
    row = None if "\0" in number else corrections_for(actor, today).filter(number=number).first()
    if row is None:
        raise Http404
    people.log_reading(row.permit.person_id, "correction", actor=actor)
    form = ReasonForm(request.POST if request.POST.get("do") == "decline" else None, initial=kept(request))
    error: JuzhuError | None = None
    if request.method == "POST" and (request.POST.get("do") == "correct" or form.is_valid()):
        error = attempt(lambda: _settle(row, form, request))
        if error is None or _settled_by(row.pk, actor.account_id, error):
            messages.success(request, _("办好了。本人会收到消息。"))
            return redirect("counter:correction", number)
    return page(
        request,
        "after/correction",
        {
            "row": row,
            "today": today,
            "name": FIELDS[row.field],
            "was": entry_words(row.field, row.was),
            "wanted": entry_words(row.field, row.wanted),
            "by_provider": row.field in BY_PROVIDER,
            "files": addresses(row.files.all()),
            "stood": attended("correction", row.number),
            "form": form,
            "may": row.state == "filed" and actor.role in DECIDES,
            "page_error": error.sentence if error else "",
        },
        room="after_issue",
        status=error.status if error else 200,
    )


def _settle(row: Any, form: ReasonForm, request: HttpRequest) -> object:
    actor, today = actor_of(request), clock.today()
    if request.POST.get("do") == "correct":
        return corrections.correct(row, actor=actor, today=today)
    return corrections.decline(row, form.cleaned_data["reason"], actor=actor, today=today)


def _settled_by(pk: int, account_id: int | None, error: JuzhuError) -> bool:
    """Whether the same officer has just answered it: a double click, or the Back button."""
    done = Correction.objects.filter(pk=pk, decided_by=account_id) if account_id else None
    return isinstance(error, TransitionForbidden) and done is not None and done.exists()


@officer(*CASEWORK)
def tip(request: HttpRequest, number: str) -> HttpResponse:
    """A tip: find whom it is about and have them checked, or leave it with a reason."""
    actor, today = actor_of(request), clock.today()
    row = None if "\0" in number else tips_for(actor).filter(number=number).first()
    if row is None:
        raise Http404
    does = request.POST.get("do", "")
    about = TipAboutForm(request.POST if does == "follow" else None)
    reason = ReasonForm(request.POST if does == "dismiss" else None)
    error: JuzhuError | None = None
    if does == "follow" and about.is_valid():
        permit = permit_meant(actor, about.cleaned_data["number"])
        if permit is None:
            about.add_error("number", _("您的辖区里没有这张居住证。请再看一遍。"))
        else:
            error = attempt(lambda: post_checks.follow_tip(row, permit, actor=actor, today=today))
    elif does == "dismiss" and reason.is_valid():
        error = attempt(lambda: post_checks.dismiss_tip(row, reason.cleaned_data["reason"], actor=actor))
    if does and error is None and not (about.errors or reason.errors):
        messages.success(request, _("处理好了。"))
        return redirect(f"{reverse('counter:after_issue')}?tab=tips")
    context = {"row": row, "place": SUBDISTRICTS[row.area], "about": about, "reason": reason}
    context["page_error"] = error.sentence if error else ""
    return page(request, "after/tip", context, room="after_issue", status=error.status if error else 200)


@officer(*CASEWORK)
def new_tip(request: HttpRequest) -> HttpResponse:
    """What an officer heard becomes a check at once, since they know whom they mean."""
    actor, today = actor_of(request), clock.today()
    form = OfficersTipForm(request.POST or None, initial=kept(request))
    if request.method == "POST" and form.is_valid():
        permit = permit_meant(actor, form.cleaned_data["number"])
        if permit is None:
            form.add_error("number", _("您的辖区里没有这张居住证。请再看一遍。"))
        else:
            made = post_checks.plan(
                permit, "tip", [], actor=actor, today=today, tip=form.cleaned_data["text"]
            )
            return redirect("counter:post_check", made.number)
    return page(request, "after/new_tip", {"form": form}, room="after_issue")
