"""A sheet of a department's words: template, upload, preview row by row, mending, filing, what comes back."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from juzhu.counter.access import actor_of, officer, page, page_number
from juzhu.counter.forms_departments import SheetForm
from juzhu.counter.views.departments import GIVERS, kind_of
from juzhu.evidence import sheet_files, sheets
from juzhu.evidence.errors import NothingToFile, SheetDone, SheetRefused
from juzhu.evidence.fields import Asked
from juzhu.evidence.kinds import NAMES, Kind
from juzhu.evidence.models import Sheet
from juzhu.evidence.sheets import Row
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.operations.files import LARGEST

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE = 25
SHOWN = ("wrong", "doubtful", "fine", "same")


@require_safe
@officer(*GIVERS)
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty sheet of a kind."""
    asked = kind_of(actor_of(request), kind)
    return _file(sheet_files.template(asked), f"{slugify(asked.value)}-template.xlsx")


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@officer(*GIVERS)
def upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Choose a filled-in sheet. It is read and kept as a draft; nothing is filed yet."""
    actor = actor_of(request)
    asked = kind_of(actor, kind)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if request.method == "POST" and form.is_valid():
        given = cast("UploadedFile[Any]", form.cleaned_data["sheet"])
        try:
            made = sheets.draft(asked, given.read(LARGEST + 1), given.name or "", actor=actor)
        except SheetRefused as refused:
            form.add_error("sheet", str(refused.sentence))
        else:
            return redirect("counter:sheet", made.pk)
    context = {"form": form, "kind": asked.value, "name": NAMES[asked], "most": sheet_files.MOST_ROWS}
    return page(request, "departments/sheet_upload", context, room="give")


def _own(actor: Actor, pk: int) -> Sheet:
    found: Sheet | None = sheets.own(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@officer(*GIVERS)
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft: what is wrong, odd, fine in it, each reason at its cell, with room to mend. Filed: its
    receipt.
    """
    actor = actor_of(request)
    found = _own(actor, pk)
    if found.state == "filed":
        about = {"sheet": found, "name": NAMES[Kind(found.kind)]}
        return page(request, "departments/sheet_filed", about, room="give")
    rows = sheets.look(found, actor=actor, today=clock.today())
    counts = sheets.counted(rows)
    asked = request.GET.get("show", "")
    show = asked if asked in SHOWN else next((state for state in SHOWN if counts[state]), "fine")
    number = page_number(request)
    listed = [row for row in rows if row.state == show]
    shown = listed[(number - 1) * PAGE : number * PAGE]
    context: dict[str, Any] = {
        "sheet": found,
        "name": NAMES[Kind(found.kind)],
        "counts": counts,
        "show": show,
        "tabs": [(state, counts[state]) for state in SHOWN],
        "rows": [_shown(Kind(found.kind), row) for row in shown],
        "before": sheets.filed_before(found),
        "previous_url": f"?show={show}&page={number - 1}" if number > 1 else "",
        "next_url": f"?show={show}&page={number + 1}" if len(listed) > number * PAGE else "",
    }
    return page(request, "departments/sheet", context, room="give")


def _shown(kind: Kind, row: Row) -> dict[str, Any]:
    """A row as a card: the cells that want something, to be mended; the others in one line."""
    columns = sheet_files.columns(kind)
    wanting = [_cell(row, column) for column in columns if column.name in row.faults | row.doubts]
    held = row.faults.get("person_name", "") if row.held else ""
    named = {"person_name", "person_number", *row.faults, *row.doubts}
    rest = [(c.label, row.cells.get(c.name, "")) for c in columns if c.name not in named]
    return {
        "line": row.line,
        "name": row.cells.get("person_name", ""),
        "number": row.cells.get("person_number", ""),
        "state": row.state,
        "cells": [] if held else wanting,
        "held": held,
        "rest": [(label, text) for label, text in rest if text],
    }


def _cell(row: Row, column: Asked) -> dict[str, Any]:
    return {
        "id": f"c-{row.line}-{column.name}",
        "label": column.label,
        "text": row.cells.get(column.name, ""),
        "fault": row.faults.get(column.name, ""),
        "doubt": row.doubts.get(column.name, ""),
    }


@require_POST
@officer(*GIVERS)
def mend(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the cells that were typed anew, and look again."""
    actor = actor_of(request)
    changes: dict[int, dict[str, str]] = {}
    for name, text in request.POST.items():
        _c, _dash, rest = name.partition("c-")
        line, _dash, column = rest.partition("-")
        if line.isdecimal() and len(line) < 8:
            changes.setdefault(int(line), {})[column] = str(text)
    try:
        sheets.mend(_own(actor, pk), changes, actor=actor)
    except SheetDone:
        return redirect("counter:sheet", pk)
    return redirect(f"{reverse('counter:sheet', args=[pk])}#rows")


@require_POST
@officer(*GIVERS)
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """File the good rows. Pressing twice files once."""
    actor = actor_of(request)
    try:
        sheets.file(
            _own(actor, pk), actor=actor, today=clock.today(), doubtful_too=bool(request.POST.get("doubtful"))
        )
    except SheetDone as done:
        messages.info(request, str(done.sentence))
    except NothingToFile as nothing:
        messages.error(request, str(nothing.sentence))
    return redirect("counter:sheet", pk)


@require_POST
@officer(*GIVERS)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    actor = actor_of(request)
    try:
        sheets.discard(_own(actor, pk), actor=actor)
    except SheetDone as done:
        messages.info(request, str(done.sentence))
        return redirect("counter:sheet", pk)
    messages.success(request, _("草稿已删除，什么都没有入库。"))
    return redirect("counter:give")


@require_safe
@officer(*GIVERS)
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that were not taken, each with its reason, as a sheet to mend and upload again."""
    actor = actor_of(request)
    found = _own(actor, pk)
    rows = sheets.look(found, actor=actor, today=clock.today())
    given = [
        (row.cells, _reason(Kind(found.kind), row)) for row in rows if row.state in {"wrong", "doubtful"}
    ]
    return _file(sheet_files.returned(Kind(found.kind), given), f"{found.number or 'draft'}-returned.xlsx")


def _reason(kind: Kind, row: Row) -> str:
    labels = {column.name: str(column.label) for column in sheet_files.columns(kind)}
    said = {**row.doubts, **row.faults}
    return "；".join(f"{labels.get(name, name)}：{sentence}" for name, sentence in said.items())
