"""A case that was filed, with its person at the window or on the phone: mended, taken back, not completed.

Source: Hangzhou art. 17(2), 17(3).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from juzhu.counter.access import actor_of, kept, officer, page
from juzhu.counter.agents import agent_of
from juzhu.counter.casefile import open_case
from juzhu.counter.forms_window import DeclineForm, HowKnownForm, MendForm, WithdrawForm, reason_of
from juzhu.counter.views.case import found_case
from juzhu.counter.views.decisions import attempt
from juzhu.counter.views.window import AT_WINDOW
from juzhu.evidence.errors import EvidenceInvalid
from juzhu.evidence.kinds import NAMES, Kind
from juzhu.evidence.models import Evidence
from juzhu.evidence.queries import standing as papers_of
from juzhu.intake.forms.materials import PaperForm
from juzhu.intake.slots import slot_of
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.operations.errors import JuzhuError, Sentence
from juzhu.permits import actions
from juzhu.permits.attending import Standing
from juzhu.permits.models import Application
from juzhu.permits.transitions import State
from juzhu.permits.window import cases as window_actions
from juzhu.permits.window import mending
from juzhu.permits.window.mending import MENDABLE


@officer(*AT_WINDOW)
def mend(request: HttpRequest, number: str) -> HttpResponse:
    """当场更正: the form as it was filed, and the papers about which something was typed."""
    actor, today = actor_of(request), clock.today()
    case = found_case(actor, number)
    typed = request.POST if request.method == "POST" else None
    form = MendForm(typed, initial={**case.answers.get("form", {}), **kept(request)})
    error = None
    if request.method == "POST" and form.is_valid():
        error = attempt(
            lambda: mending.correct(
                case, mending.FORM, form.answers(), actor=actor, today=today, reason=form.reason
            )
        )
        if error is None:
            messages.success(request, _("改好了，记录里写明改了哪几项。"))
            return redirect("counter:case", number)
    return _page(request, case, "mend", error, {"form": form, "papers": _typed_papers(case)})


def _typed_papers(case: Application) -> list[tuple[Evidence, Sentence]]:
    """Uploads about which something was typed."""
    return [
        (piece, NAMES[Kind(piece.kind)])
        for piece in papers_of(case.person_id)
        if piece.source == "upload" and piece.says and (slot := slot_of(piece)) and slot.form is not PaperForm
    ]


@officer(*AT_WINDOW)
def mend_paper(request: HttpRequest, number: str, piece: int) -> HttpResponse:
    """What was typed about one paper: mended, the old piece kept."""
    actor, today = actor_of(request), clock.today()
    case = found_case(actor, number)
    old = next((row for row, _name in _typed_papers(case) if row.pk == piece), None)
    slot = slot_of(old) if old else None
    if old is None or slot is None:
        raise Http404
    typed = request.POST if request.method == "POST" else None
    form = slot.form(
        typed, prefix=slot.key, name=slot.name, today=today, initial=slot.form.initial_from(old.says)
    )
    del form.fields["files"]
    how = HowKnownForm(typed)
    error = None
    if request.method == "POST" and form.is_valid() and how.is_valid():
        says = {**old.says, **dict(slot.fixed), **form.says()}
        reason = reason_of(how.cleaned_data)
        error = attempt(
            lambda: mending.correct_paper(case, old, says, actor=actor, today=today, reason=reason)
        )
        if error is None:
            messages.success(request, _("改好了。这份材料请再看一遍。"))
            return redirect("counter:case", number)
        if isinstance(error, EvidenceInvalid):
            form.add_error(None, str(error.sentence))
    return _page(request, case, "mend_paper", error, {"form": form, "how": how, "paper": slot.name})


def _page(
    request: HttpRequest,
    case: Application,
    template: str,
    error: JuzhuError | None,
    context: dict[str, object],
) -> HttpResponse:
    if error is not None:
        case.refresh_from_db()
    opened = open_case(case, clock.today())
    blocked = "" if opened.standing.state in MENDABLE else _("这一件已经受理或答复，不能当场更正。")
    shown = {"case": case, "file": opened, "page_error": error.sentence if error else "", "blocked": blocked}
    status = error.status if error else 200
    return page(request, f"window/{template}", {**context, **shown}, status=status)


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done on a person's word, after a page that says what follows."""

    template: str
    states: frozenset[State]
    form: type[forms.Form]
    run: Callable[[Application, forms.Form, Standing, Actor, date], object]
    done: Sentence


WITHDRAW = Deed(
    "withdraw",
    frozenset({State.SUBMITTED, State.SUPPLEMENT_REQUESTED, State.ACCEPTED}),
    WithdrawForm,
    lambda case, form, standing, actor, today: actions.withdraw(
        case, actor=actor, today=today, standing=standing
    ),
    gettext_lazy("已替本人撤回。居住登记和居住时间不受影响。"),
)
DECLINE = Deed(
    "decline",
    frozenset({State.SUPPLEMENT_REQUESTED}),
    DeclineForm,
    lambda case, form, standing, actor, today: window_actions.decline(
        case, form.cleaned_data["reason"], actor=actor, today=today
    ),
    gettext_lazy("已不予受理。理由和救济办法发给申请人了。"),
)


@officer(*AT_WINDOW)
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take a case back for somebody who stands here."""
    return _on_their_word(request, number, WITHDRAW)


@officer(*AT_WINDOW)
def decline(request: HttpRequest, number: str) -> HttpResponse:
    """The applicant declares not to complete: 不予受理."""
    return _on_their_word(request, number, DECLINE)


def _on_their_word(request: HttpRequest, number: str, deed: Deed) -> HttpResponse:
    actor, today = actor_of(request), clock.today()
    case = found_case(actor, number)
    form = deed.form(request.POST if request.method == "POST" else None, initial=kept(request))
    error = None
    if request.method == "POST" and form.is_valid():
        standing = Standing(agent_of(request, case.person))
        error = attempt(lambda: deed.run(case, form, standing, actor, today))
        if error is None:
            messages.success(request, str(deed.done))
            return redirect("counter:case", number)
        if error.code == "reason_missing":
            form.add_error("reason", str(error.sentence))
        case = found_case(actor, number)
    opened = open_case(case, today)
    blocked = "" if opened.standing.state in deed.states else _("这一件现在不能这样办。")
    shown = {
        "case": case,
        "file": opened,
        "form": form,
        "blocked": blocked,
        "notice": case.notices.first(),
        "agent": agent_of(request, case.person),
        "page_error": "" if error is None or form.errors else error.sentence,
    }
    return page(request, f"window/{deed.template}", shown, status=error.status if error else 200)


@officer(*AT_WINDOW)
@require_POST
def extend(request: HttpRequest, number: str) -> HttpResponse:
    """More time to complete, asked for over the counter or by phone; once."""
    case = found_case(actor_of(request), number)
    error = attempt(lambda: actions.extend_supplement(case, actor=actor_of(request), today=clock.today()))
    if error:
        messages.error(request, str(error.sentence))
    else:
        messages.success(request, _("补正期限延长了一次。"))
    return redirect("counter:case", number)
