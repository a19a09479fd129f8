"""Sheets: template, upload, a look at every row, mending, filing, what comes back."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juzhu.evidence import spreadsheets
from juzhu.evidence.errors import SheetRefused
from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.registration.models import Sheet
from juzhu.registration.reporting import sheets
from juzhu.registration.reporting.sheet_files import LARGEST, Row, columns, form_of, reason
from juzhu.registration.reporting.sheets import VERDICTS
from juzhu.reporting.access import acting, page, page_number, reporter
from juzhu.reporting.forms import SheetForm
from juzhu.reporting.words import OFFERED

PAGE = 50
BUSY = ("reading", "filing")
LISTED = 20


@require_safe
@reporter
def overview(request: HttpRequest) -> HttpResponse:
    """Which sheets one can hand in, and those handed in lately."""
    who = acting(request)
    context = {
        "offered": [(kind, *OFFERED[kind]) for kind in who.reporter.kinds],
        "sheets": [(sheet, OFFERED[sheet.kind][0]) for sheet in sheets.own(who.actor)[:LISTED]],
    }
    return page(request, "sheets/overview", context, room="sheets")


def _kind(request: HttpRequest, kind: str) -> str:
    if kind not in acting(request).reporter.kinds:
        raise Http404
    return kind


@require_safe
@reporter
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty sheet of a kind."""
    return _file(spreadsheets.template(form_of(_kind(request, kind))), f"{kind}-template.xlsx")


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=spreadsheets.XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "POST"])
@reporter
def upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Choose a filled-in sheet. It is read and kept as a draft; nothing is filed yet."""
    who = acting(request)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if _kind(request, kind) and request.method == "POST" and form.is_valid():
        given = cast("UploadedFile[Any]", form.cleaned_data["sheet"])
        try:
            made = sheets.draft(
                who.reporter, kind, given.read(LARGEST + 1), given.name or "",
                actor=who.actor, today=clock.today(),
            )  # fmt: skip
        except SheetRefused as refused:
            form.add_error("sheet", str(refused.sentence))
        else:
            return redirect("reporting:sheet", made.pk)
    context = {"form": form, "kind": kind, "title": OFFERED[kind][0]}
    return page(request, "sheets/upload", context, room="sheets")


def _own(request: HttpRequest, pk: int) -> Sheet:
    return get_object_or_404(
        sheets.own(acting(request).actor).select_related("organisation", "person"), pk=pk
    )


@require_safe
@reporter
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a sheet stands: how far it was read or filed, its rows to look at and mend, or its receipt."""
    found = _own(request, pk)
    about: dict[str, Any] = {"sheet": found, "title": OFFERED[found.kind][0]}
    if found.state in BUSY:
        return page(request, "sheets/busy", about | _done(found), room="sheets")
    if found.state == "filed":
        return page(request, "sheets/filed", about, room="sheets")
    counts = {verdict: found.counts.get(verdict, 0) for verdict in VERDICTS}
    asked = request.GET.get("show", "")
    show = asked if asked in VERDICTS else next((one for one in VERDICTS if counts[one]), "fine")
    number = page_number(request)
    rows = sheets.rows_of(found, today=clock.today(), verdict=show, first=(number - 1) * PAGE, count=PAGE)
    context = {
        **about,
        "counts": counts,
        "show": show,
        "tabs": [(verdict, counts[verdict]) for verdict in VERDICTS],
        "rows": [_card(found.kind, row) for row in rows],
        "number": number,
        "before": sheets.filed_before(found),
        "previous_url": f"?show={show}&page={number - 1}#rows" if number > 1 else "",
        "next_url": f"?show={show}&page={number + 1}#rows" if counts[show] > number * PAGE else "",
    }
    return page(request, "sheets/draft", context, room="sheets")


def _done(found: Sheet) -> dict[str, Any]:
    known = max(1, found.rows_known)
    return {
        "percent": min(100, 100 * found.rows_done // known),
        "all_seen": found.state == "filing" and found.rows_done >= found.rows_known,
    }


@require_safe
@reporter
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar alone, for who has scripts. When all is done, the whole page is to be loaded anew."""
    found = _own(request, pk)
    if found.state not in BUSY:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "reporting/sheets/_progress.html", {"sheet": found} | _done(found))


def _card(kind: str, row: Row) -> dict[str, Any]:
    """A row as a card: the cells that want something, to be mended; the others in one line."""
    asked = columns(kind)
    wanting = [column for column in asked if column.name in row.faults or column.name in row.doubts]
    named = {"name", "identity_number", *row.faults, *row.doubts}
    return {
        "line": row.line,
        "name": row.cells.get("name", ""),
        "number": row.cells.get("identity_number", ""),
        "cells": [
            {
                "id": f"c-{row.line}-{column.name}",
                "label": column.label,
                "text": row.cells.get(column.name, ""),
                "fault": row.faults.get(column.name, ""),
                "doubt": row.doubts.get(column.name, ""),
            }
            for column in wanting
        ],
        "rest": [
            (column.label, row.cells[column.name])
            for column in asked
            if column.name not in named and row.cells.get(column.name)
        ],
    }


@require_POST
@reporter
def mend(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the cells that were typed anew, and look again."""
    changes: dict[int, dict[str, str]] = {}
    for name, text in request.POST.items():
        _c, _dash, rest = name.partition("c-")
        line, _dash, column = rest.partition("-")
        if line.isascii() and line.isdecimal() and len(line) < 8:
            changes.setdefault(int(line), {})[column] = str(text)
    try:
        sheets.mend(_own(request, pk), changes, actor=acting(request).actor, today=clock.today())
    except JuzhuError as error:
        messages.info(request, str(error.sentence))
        return redirect("reporting:sheet", pk)
    show = request.POST.get("show", "")
    shown = f"?show={show}" if show in VERDICTS else ""
    return redirect(f"{reverse('reporting:sheet', args=[pk])}{shown}#rows")


@require_POST
@reporter
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """File the good rows. Pressing twice files once."""
    doubtful = bool(request.POST.get("doubtful"))
    try:
        sheets.file(
            _own(request, pk), actor=acting(request).actor, today=clock.today(), doubtful_too=doubtful
        )
    except JuzhuError as error:
        messages.error(request, str(error.sentence))
    return redirect("reporting:sheet", pk)


@require_POST
@reporter
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    try:
        sheets.discard(_own(request, pk), actor=acting(request).actor)
    except JuzhuError as error:
        messages.info(request, str(error.sentence))
        return redirect("reporting:sheet", pk)
    messages.success(request, _("草稿已删除，什么都没有报送。"))
    return redirect("reporting:sheets")


@require_safe
@reporter
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that were not taken, each with its reason, as a sheet to mend and upload again."""
    found = _own(request, pk)
    if found.state in BUSY:
        raise Http404
    rows = ((row.cells, reason(found.kind, row)) for row in sheets.back(found, today=clock.today()))
    return _file(spreadsheets.returned(form_of(found.kind), rows), f"{found.number or 'draft'}-returned.xlsx")
