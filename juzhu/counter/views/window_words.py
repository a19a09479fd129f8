"""What departments know of who stands at the window, who has looked at it, and saying that it is wrong.

Source: State Council order 716 art. 7; Personal Information Protection Law art. 44 to 46.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from juzhu.counter.access import kept
from juzhu.counter.views.window import Here, at_window
from juzhu.counter.views.window_filing import refused_here
from juzhu.design.formats import day, language
from juzhu.evidence import objections
from juzhu.evidence.errors import AlreadyObjected
from juzhu.evidence.kinds import NAMES, Kind
from juzhu.evidence.queries import known_by_departments, objections_of, open_objections
from juzhu.intake.departments import word_of
from juzhu.intake.forms.after_issue import ObjectionForm
from juzhu.intake.uses import uses
from juzhu.operations.errors import JuzhuError
from juzhu.people.queries import uses_of_record
from juzhu.permits.attending import Standing
from juzhu.permits.errors import RepresentativeMissing
from juzhu.permits.window import objecting

ANSWERS_SHOWN = 20


@at_window
def known(here: Here) -> HttpResponse:
    """What is known of them, to read out; each with a way to object."""
    if not here.covers(here.current):
        return here.go()
    pieces = known_by_departments(here.person.pk)
    open_ones = open_objections(piece.pk for piece in pieces)
    mine = objections_of(here.person.pk)[:ANSWERS_SHOWN]
    context = {
        "words": [word_of(piece, open_ones.get(piece.pk)) for piece in pieces],
        "answers": [(row, NAMES[Kind(row.evidence.kind)]) for row in mine],
    }
    return here.show("known", context)


@at_window
def objection(here: Here, pk: int) -> HttpResponse:
    """有一条不对: said aloud, written down by the officer; it goes to the department that said it."""
    if not here.covers(here.current):
        return here.go()
    piece = next((row for row in known_by_departments(here.person.pk) if row.pk == pk), None)
    if piece is None:
        raise Http404
    request = here.request
    form = ObjectionForm(request.POST if request.method == "POST" else None, initial=kept(request))
    status = 200
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = objecting.file(
                piece,
                said["wrong"],
                said["right"],
                Standing(here.agent),
                actor=here.actor,
                today=here.today,
            )
        except AlreadyObjected:
            return here.go("known")
        except RepresentativeMissing as error:
            return refused_here(here, error)
        except JuzhuError as error:
            status = error.status
            form.add_error("wrong", str(error.sentence))
        else:
            sent = _("转给部门核对了，编号 %(number)s，最晚 %(day)s 答复本人。")
            due = day(made.due_on, language())
            messages.success(request, sent % {"number": made.number, "day": due})
            return here.go("known")
    context = {
        "form": form,
        "word": word_of(piece, None),
        "agent": here.agent,
        "days": settings.JUZHU_OBJECTION_WORKING_DAYS,
        "due": objections.due_after(here.today),
    }
    return here.show("object", context, status=status)


@at_window
def who_used(here: Here) -> HttpResponse:
    """Who has looked at their record, as they would read it on the phone."""
    return here.show("who_used", {"rows": uses(uses_of_record(here.person.pk))})
