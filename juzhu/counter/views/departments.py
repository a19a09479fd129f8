"""A department's own word: what it has said, giving it on one person, replacing it, taking it back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from juzhu.counter.access import actor_of, kept, officer, page, page_number
from juzhu.counter.forms_departments import PersonForm, SpansForm, WordForm, word_form
from juzhu.design import evidence_words
from juzhu.evidence import actions, doubts
from juzhu.evidence.fields import FIELDS
from juzhu.evidence.kinds import DEPARTMENTS, FORMS, NAMES, GuardianshipRecord, Kind
from juzhu.evidence.models import Evidence
from juzhu.evidence.queries import attested_by, open_objections, same_words
from juzhu.evidence.rights import department_of, kinds_of
from juzhu.evidence.sheets import own
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.operations.errors import JuzhuError
from juzhu.people.errors import ConflictOfInterest
from juzhu.people.models import Person

GIVERS = ("department", "subdistrict")
PAGE = 50


def kind_of(actor: Actor, name: str) -> Kind:
    """A kind that the officer may speak of; for every other name there is no page."""
    kind = next((kind for kind in kinds_of(actor) if kind.value == name), None)
    if kind is None:
        raise Http404
    return kind


@officer(*GIVERS)
def attested(request: HttpRequest) -> HttpResponse:
    """What the officer's department has said, newest first, by kind and way, a page at a time."""
    actor = actor_of(request)
    asked = {name: request.GET.get(name, "") for name in ("kind", "way")}
    known = {"kind": {kind.value for kind in Kind}, "way": set(evidence_words.WAYS)}
    wanted = {name: value for name, value in asked.items() if value in known[name]}
    number = page_number(request)
    found = list(attested_by(actor).filter(**wanted)[(number - 1) * PAGE : number * PAGE + 1])
    pieces = found[:PAGE]
    objected = open_objections(piece.pk for piece in pieces)
    mine = set(kinds_of(actor))
    rows = [
        {
            "piece": piece,
            "name": NAMES[Kind(piece.kind)],
            "content": evidence_words.lines(piece),
            "way": evidence_words.way(piece),
            "validity": evidence_words.validity(piece, clock.today()),
            "objection": objected.get(piece.pk),
            "ours": Kind(piece.kind) in mine and piece.withdrawn_at is None,
        }
        for piece in pieces
    ]
    context = {
        "rows": rows,
        "department": DEPARTMENTS.get(department_of(actor), ""),
        "kinds": [(kind.value, NAMES[kind]) for kind in kinds_of(actor)],
        "ways": list(evidence_words.WAYS.items()),
        "filters": asked,
        "previous_url": f"?{urlencode({**wanted, 'page': number - 1})}" if number > 1 else "",
        "next_url": f"?{urlencode({**wanted, 'page': number + 1})}" if len(found) > PAGE else "",
    }
    return page(request, "departments/attested", context, room="attested")


@officer(*GIVERS)
def give(request: HttpRequest) -> HttpResponse:
    """Of what the department may give its word: on one person, or many on a sheet; and the last receipts."""
    actor = actor_of(request)
    context = {
        "department": DEPARTMENTS.get(department_of(actor), ""),
        "kinds": [
            (kind.value, NAMES[kind], [str(row.label) for row in FIELDS[kind]]) for kind in kinds_of(actor)
        ],
        "sheets": [(sheet, NAMES[Kind(sheet.kind)]) for sheet in own(actor)[:10]],
    }
    return page(request, "departments/give", context, room="give")


@officer(*GIVERS)
def give_kind(request: HttpRequest, kind: str) -> HttpResponse:
    """One person, one word: find them, fill in, look at it, save."""
    actor, today = actor_of(request), clock.today()
    asked = kind_of(actor, kind)
    typed = request.POST if request.method == "POST" else kept_typed(request)
    person = PersonForm(typed, actor=actor)
    form = word_form(asked)(typed, kind=asked, today=today)
    return _fill_in(request, asked, form, person)


def kept_typed(request: HttpRequest) -> QueryDict | None:
    """What was typed on this page when the session ended, as a form to show again; None when nothing was."""
    typed = kept(request)
    if not typed:
        return None
    again = QueryDict(mutable=True)
    again.update(typed)
    return again


@officer(*GIVERS)
def replace_word(request: HttpRequest, pk: int) -> HttpResponse:
    """A newer word in place of one that stands: the person is the same, the form says what it says now."""
    actor, today = actor_of(request), clock.today()
    piece = _own_piece(actor, pk)
    kind = kind_of(actor, piece.kind)
    typed = request.POST if request.method == "POST" else None
    initial = WordForm.initial_from(kind, piece.says)
    form = word_form(kind)(typed, kind=kind, today=today, initial=initial)
    return _fill_in(request, kind, form, None, piece=piece)


def _own_piece(actor: Actor, pk: int) -> Evidence:
    piece = attested_by(actor).filter(pk=pk, withdrawn_at__isnull=True).first()
    if piece is None:
        raise Http404
    return piece


def _fill_in(
    request: HttpRequest,
    kind: Kind,
    form: WordForm,
    finder: PersonForm | None,
    *,
    piece: Evidence | None = None,
) -> HttpResponse:
    step = request.POST.get("step", "")
    forms = [each for each in (finder, form) if each is not None]
    context: dict[str, Any] = {"kind": kind.value, "name": NAMES[kind], "form": form, "finder": finder}
    context |= {"piece": piece, "forms": forms}
    if step == "more":
        context["form"] = SpansForm.with_one_more(request.POST, clock.today())
        context["finder"] = finder and PersonForm(actor=actor_of(request), initial=request.POST.dict())
    faulty = [each for each in forms if not each.is_valid()]
    valid = step in {"preview", "save"} and not faulty
    person = piece.person if piece is not None else finder.person if finder is not None else None
    if not valid or person is None:
        context["bound"] = context["page_error"] = step in {"preview", "save"}
        return page(request, "departments/give_kind", context, room="give")
    if step == "preview":
        context |= {"person": person, **_preview(kind, form, person, actor_of(request))}
        return page(request, "departments/give_preview", context, room="give")
    return _save(request, kind, form, person, piece)


def _preview(kind: Kind, form: WordForm, person: Person, actor: Actor) -> dict[str, Any]:
    content = FORMS[kind].model_validate(form.says)
    before = same_words([person.pk], kind, department_of(actor)).get((person.pk, content.about))
    guardians = set()
    if isinstance(content, GuardianshipRecord):
        number = content.guardian_identity_number
        guardians = {number} if Person.objects.filter(identity_number=number).exists() else set()
    odd = doubts.of(kind, content, person, clock.today(), before, guardians)
    labels = {row.name: str(row.label) for row in FIELDS[kind]}
    return {
        "content": evidence_words.lines_of(kind, content),
        "before": evidence_words.lines(before) if before is not None else [],
        "same": before is not None and before.content == content,
        "doubts": [(labels.get(name, name), sentence) for name, sentence in odd.items()],
    }


def _save(
    request: HttpRequest, kind: Kind, form: WordForm, person: Person, piece: Evidence | None
) -> HttpResponse:
    try:
        _piece, new = actions.give(person, kind, form.says, actor=actor_of(request), instead_of=piece)
    except JuzhuError as error:
        messages.error(request, str(error.sentence))
        return redirect("counter:give")
    if new:
        messages.success(request, _("已入库：%(name)s。办件里马上能看到。") % {"name": NAMES[kind]})
    else:
        messages.info(request, _("和原来的一样，没有改动。"))
    return redirect(f"{reverse('counter:attested')}?kind={kind.value}")


@officer(*GIVERS)
def withdraw_word(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the department's own word back, after one more look."""
    actor = actor_of(request)
    piece = _own_piece(actor, pk)
    kind = kind_of(actor, piece.kind)
    if request.method == "POST":
        try:
            actions.withdraw_word(piece, actor=actor)
        except ConflictOfInterest as error:
            messages.error(request, str(error.sentence))
            return redirect("counter:attested")
        except JuzhuError as error:
            raise Http404 from error
        messages.success(request, _("已撤下：%(name)s。从现在起不作数。") % {"name": NAMES[kind]})
        return redirect("counter:attested")
    context = {"piece": piece, "name": NAMES[kind], "content": evidence_words.lines(piece)}
    return page(request, "departments/withdraw", context, room="attested")
