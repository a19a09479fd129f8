"""What people say is wrong in a department's word: the queue by due day, and the answer."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from juzhu.counter.access import actor_of, kept, officer, page, page_number
from juzhu.counter.forms_departments import AnswerForm, SpansForm, WordForm, word_form
from juzhu.counter.views.departments import GIVERS
from juzhu.design import evidence_words
from juzhu.evidence import objections
from juzhu.evidence.kinds import NAMES, Kind
from juzhu.evidence.models import Objection
from juzhu.evidence.queries import objections_for
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.operations.errors import JuzhuError
from juzhu.people import actions as people

PAGE = 50
ANSWERS = ("correct", "withdraw", "uphold")
READ = "counter_objection_read"


@officer(*GIVERS)
def queue(request: HttpRequest) -> HttpResponse:
    """Open objections by their due day; the answered ones, newest first, on a tab of their own."""
    actor, today = actor_of(request), clock.today()
    done = request.GET.get("tab") == "done"
    mine = objections_for(actor, today)
    found = mine.exclude(state="open").order_by("-answered_at", "-pk") if done else mine.filter(state="open")
    number = page_number(request)
    rows = list(found[(number - 1) * PAGE : number * PAGE + 1])
    tab = "tab=done&" if done else ""
    context = {
        "rows": [(row, NAMES[Kind(row.evidence.kind)]) for row in rows[:PAGE]],
        "done": done,
        "today": today,
        "days": settings.JUZHU_OBJECTION_WORKING_DAYS,
        "previous_url": f"?{tab}page={number - 1}" if number > 1 else "",
        "next_url": f"?{tab}page={number + 1}" if len(rows) > PAGE else "",
    }
    return page(request, "departments/objections", context, room="objections")


def _found(actor: Actor, number: str) -> Objection:
    found = None
    if "\0" not in number:
        found = objections_for(actor, clock.today()).filter(number=number).first()
    if found is None:
        raise Http404
    return found


@officer(*GIVERS)
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """One objection: what we say, what the person says, and the answer. `?as=` names which."""
    actor, today = actor_of(request), clock.today()
    objection = _found(actor, number)
    if request.session.get(READ) != number:
        people.log_reading(objection.person_id, "objection", actor=actor)
        request.session[READ] = number
    kind = Kind(objection.evidence.kind)
    asked = request.POST.get("as") or request.GET.get("as", "")
    way = asked if asked in ANSWERS and objection.is_open else ""
    typed = request.POST if request.method == "POST" and way else None
    reply = AnswerForm(typed, initial=kept(request))
    says = WordForm.initial_from(kind, objection.evidence.says)
    form = word_form(kind)(typed, kind=kind, today=today, initial=says) if way == "correct" else None
    trouble = ""
    if request.POST.get("step") == "more" and form is not None:
        form = SpansForm.with_one_more(request.POST, today)
        reply = AnswerForm(initial=request.POST.dict())
        typed = None
    elif typed is not None and not [
        each for each in (reply, form) if each is not None and not each.is_valid()
    ]:
        try:
            _answer(objection, way, form, reply.cleaned_data["answer"], actor)
        except JuzhuError as error:
            trouble = str(error.sentence)
        else:
            messages.success(request, _("%(number)s 已答复，本人会收到消息。") % {"number": number})
            return redirect("counter:objections")
    context: dict[str, Any] = {
        "objection": objection,
        "name": NAMES[kind],
        "content": evidence_words.lines(objection.evidence),
        "replaced_by": evidence_words.lines(objection.replacement) if objection.replacement else [],
        "way": way,
        "answers": ANSWERS,
        "reply": reply,
        "form": form,
        "bound": typed is not None,
        "page_error": typed is not None,
        "trouble": trouble,
        "today": today,
        "days": settings.JUZHU_OBJECTION_WORKING_DAYS,
    }
    return page(request, "departments/objection", context, room="objections")


def _answer(objection: Objection, way: str, form: WordForm | None, answer: str, actor: Actor) -> None:
    today = clock.today()
    if way == "uphold":
        objections.uphold(objection, answer, actor=actor, today=today)
    else:
        says = None if form is None else form.says
        objections.correct(objection, says, answer, actor=actor, today=today)
