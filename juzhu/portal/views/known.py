"""部门掌握的我的信息: what offices know of somebody, whence and until when; saying that it is wrong."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from juzhu.design.formats import language
from juzhu.evidence import objections
from juzhu.evidence.errors import AlreadyObjected
from juzhu.evidence.kinds import NAMES, Kind
from juzhu.evidence.models import Evidence
from juzhu.evidence.queries import known_by_departments, objections_for, open_objections
from juzhu.intake.departments import word_of
from juzhu.intake.forms.after_issue import ObjectionForm
from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.people.models import Person
from juzhu.portal.access import circle, citizen, index_of, kept, no_store, viewer
from juzhu.registration.queries import stays

ANSWERS_SHOWN = 20


@require_safe
@citizen
def known(request: HttpRequest) -> HttpResponse:
    """Everything that is known, each with its source and its day, and a way to say that it is wrong."""
    around = circle(request)
    pieces = known_by_departments(around.person.pk)
    open_ones = open_objections(piece.pk for piece in pieces)
    mine = objections_for(viewer(request), clock.today()).filter(person=around.person)
    context = {
        "nav": "tasks",
        "circle": around,
        "words": [word_of(piece, open_ones.get(piece.pk)) for piece in pieces],
        "ours": _ours(around.person),
        "answers": [(row, NAMES[Kind(row.evidence.kind)]) for row in mine.order_by("-pk")[:ANSWERS_SHOWN]],
    }
    return no_store(render(request, "portal/known/known.html", context))


def _ours(person: Person) -> dict[str, object]:
    """What this service itself holds: the identity as the police confirmed it, and the register."""
    current = next((row for row in stays(person.pk) if row.ended_on is None), None)
    place = current.place.name(language()) if current is not None else ""
    return {"person": person, "current": current, "place": place}


@require_http_methods(["GET", "HEAD", "POST"])
@citizen
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """有一条不对: what is wrong, what is right. It goes to the department that said it."""
    today = clock.today()
    piece = get_object_or_404(Evidence, source="attestation", withdrawn_at__isnull=True, pk=pk)
    index = index_of(request, piece.person_id)
    suffix = f"?for={index}" if index else ""
    standing = open_objections([piece.pk]).get(piece.pk)
    if standing is not None:
        return redirect("portal:objection", standing.number)
    form = ObjectionForm(request.POST if request.method == "POST" else kept(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = objections.file(piece, said["wrong"], said["right"], actor=viewer(request), today=today)
        except AlreadyObjected:
            return redirect(reverse("portal:known") + suffix)
        except JuzhuError as error:
            messages.error(request, str(error.sentence))
            return redirect(reverse("portal:known") + suffix)
        return redirect("portal:objection", made.number)
    context = {
        "nav": "tasks",
        "suffix": suffix,
        "word": word_of(piece, None),
        "form": form,
        "days": settings.JUZHU_OBJECTION_WORKING_DAYS,
        "due": objections.due_after(today),
    }
    return no_store(render(request, "portal/known/object.html", context))


@require_safe
@citizen
def answered(request: HttpRequest, number: str) -> HttpResponse:
    """One objection: its number, by when it is answered, and the answer."""
    today = clock.today()
    row = get_object_or_404(objections_for(viewer(request), today), number=number)
    index = index_of(request, row.person_id)
    replacement = row.replacement
    context = {
        "nav": "tasks",
        "objection": row,
        "suffix": f"?for={index}" if index else "",
        "word": word_of(row.evidence, None),
        "replacement": word_of(replacement, None) if replacement is not None else None,
        "today": today,
        "late": row.is_open and row.due_on < today,
    }
    return no_store(render(request, "portal/known/objection.html", context))
