"""Post-checks: the month's draw, hints to look at, and the page for the officer in the street."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juzhu.counter.access import CASEWORK, actor_of, addresses, kept, officer, page
from juzhu.counter.forms_after_issue import (
    DECISIONS,
    QUESTIONS,
    REVIEW_RESULTS,
    TRUTHS,
    AssignForm,
    FoundForm,
    ReasonForm,
)
from juzhu.counter.hint_words import sentences
from juzhu.counter.views.decisions import attempt
from juzhu.design.formats import language
from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.people import actions as people
from juzhu.people.models import Account
from juzhu.permits import versions
from juzhu.permits.after import post_checks, risk_hints
from juzhu.permits.after.post_checks import ALLOWED_ROLES, Found
from juzhu.permits.after.queries import permit_meant, post_checks_for
from juzhu.permits.models import PostCheck
from juzhu.permits.queries import applications_for
from juzhu.registration.subdistricts import SUBDISTRICTS

SHOWN = 40


class AreaForm(forms.Form):
    """In which of the officer's subdistricts."""

    area = forms.ChoiceField(
        label=gettext_lazy("哪个街道"), error_messages={"required": gettext_lazy("请选街道。")}
    )

    def __init__(self, *args: object, areas: tuple[str, ...], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (code, SUBDISTRICTS[code].name(language())) for code in areas if code in SUBDISTRICTS
        ]


@officer("chief")
def draw(request: HttpRequest) -> HttpResponse:
    """Draw this month's random share of an area; the seed is recorded, and a second draw gives the first."""
    actor, today = actor_of(request), clock.today()
    form = AreaForm(request.POST or None, areas=actor.areas)
    error: JuzhuError | None = None
    if request.method == "POST" and form.is_valid():
        area = form.cleaned_data["area"]
        error = attempt(lambda: post_checks.draw(area, actor=actor, today=today))
        if error is None:
            messages.success(request, _("抽好了，在核查清单里。这个月不会再抽第二次。"))
            return redirect("counter:after_issue")
    context = {"form": form, "percent": settings.JUZHU_RANDOM_CHECK_PERCENT, "today": today}
    context["page_error"] = error.sentence if error else ""
    return page(request, "after/draw", context, room="after_issue", status=error.status if error else 200)


@officer(*CASEWORK)
def hints(request: HttpRequest) -> HttpResponse:
    """Permits that a person may want to look at, each with its figures; one press puts one on the list."""
    actor, today = actor_of(request), clock.today()
    if request.method == "POST":
        permit = permit_meant(actor, request.POST.get("number", ""))
        if permit is None:
            raise Http404
        found = [hint.as_json() for hint in risk_hints.of(permit, today)]
        made = post_checks.plan(permit, "risk", found, actor=actor, today=today)
        return redirect("counter:post_check", made.number)
    rows = [
        (permit, sentences(hint.as_json() for hint in hinted))
        for permit, hinted in risk_hints.in_areas(actor.areas, today)[:SHOWN]
    ]
    return page(request, "after/hints", {"rows": rows, "today": today}, room="after_issue")


@officer(*CASEWORK)
def check(request: HttpRequest, number: str) -> HttpResponse:
    """One check: what is registered, why it is looked at, and what was found. Made for a phone."""
    actor, today = actor_of(request), clock.today()
    row = None if "\0" in number else post_checks_for(actor).filter(number=number).first()
    if row is None:
        raise Http404
    people.log_reading(row.person_id, "post_check", actor=actor)
    does = request.POST.get("do", "")
    found = FoundForm(request.POST if does == "record" else None, initial=kept(request), review=row.is_review)
    assigned = AssignForm(request.POST if does == "assign" else None, officers=_colleagues(row))
    cancelled = ReasonForm(request.POST if does == "cancel" else None)
    error = _do(request, row, does, found, assigned, cancelled)
    done = does and error is None and not (found.errors or assigned.errors or cancelled.errors)
    if done:
        return _after(request, row, does)
    return page(
        request,
        "after/check",
        {
            "row": row,
            "today": today,
            "face": versions.shown(row.permit),
            "registration": row.person.registrations.filter(subdistrict__in=actor.areas).first(),
            "hints": sentences(row.hints),
            "found": found,
            "assign": assigned,
            "cancel": cancelled,
            "result": dict(REVIEW_RESULTS).get(row.result) if row.is_review else row.get_result_display(),
            "reviewed": applications_for(actor, today).filter(number=row.case_number or None).first(),
            "may_assign": actor.role in ALLOWED_ROLES["assign"],
            "answers": [
                (QUESTIONS[key], dict(DECISIONS if row.is_review else TRUTHS)[value])
                for key, value in row.found.items()
            ],
            "photos": addresses(row.photos.all()),
            "case": row.fraud_cases.first(),
            "page_error": error.sentence if error else "",
        },
        room="after_issue",
        status=error.status if error else 200,
    )


def _colleagues(row: PostCheck) -> list[Account]:
    """Who works in the area of a check. JSON columns are not searched alike by both databases."""
    staff = Account.objects.filter(role__in=ALLOWED_ROLES["record"], is_active=True).order_by("login")
    return [account for account in staff if row.area in account.areas]


def _do(
    request: HttpRequest,
    row: PostCheck,
    does: str,
    found: FoundForm,
    assigned: AssignForm,
    cancelled: ReasonForm,
) -> JuzhuError | None:
    actor, today = actor_of(request), clock.today()
    if does == "record":
        photos = found.take(request.FILES.getlist("papers"), actor=actor)
        if not found.is_valid():
            return None
        said = Found(found.answers(), found.cleaned_data["result"], found.cleaned_data["note"], photos)
        return attempt(lambda: post_checks.record(row, said, actor=actor, today=today))
    if does == "assign" and assigned.is_valid():
        picked = Account.objects.get(pk=assigned.cleaned_data["officer"])
        return attempt(lambda: post_checks.assign(row, picked, actor=actor))
    if does == "cancel" and cancelled.is_valid():
        reason = cancelled.cleaned_data["reason"]
        return attempt(lambda: post_checks.cancel(row, reason, actor=actor, today=today))
    return None


def _after(request: HttpRequest, row: PostCheck, does: str) -> HttpResponse:
    case = row.fraud_cases.first() if does == "record" else None
    if case is not None:
        messages.success(request, _("记下了，已经立案。下一步：告知本人。"))
        return redirect("counter:fraud_case", case.number)
    messages.success(request, _("记下了。"))
    return redirect("counter:post_check", row.number)
