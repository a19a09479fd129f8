"""Papers of a permit as PDF, and the page where anybody checks a paper that they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from juzhu.credentials.checks import Check, Outcome, standing
from juzhu.design.formats import language
from juzhu.documents import codes, queries, serving, shelf
from juzhu.documents.models import IssuedDocument
from juzhu.documents.papers.base import writer
from juzhu.operations import clock
from juzhu.permits.models import Permit
from juzhu.permits.queries import current_permit
from juzhu.portal.access import circle, citizen
from juzhu.registration.models import Registration


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """What is said of a code. A name stands in it only where the paper is ours."""

    outcome: Outcome
    document: IssuedDocument | None = None
    title: str = ""
    permit: Check | None = None
    """For a slip: how the permit stands now."""
    replaced: bool = False
    registration: Registration | None = None
    """For a certificate of registration: how the registration stands now."""
    withdrawn_on: date | None = None
    """The day on which we took it back, since it rested on a mistake of ours."""


class CodeForm(forms.Form):
    """A code typed from a paper."""

    code = forms.CharField(
        label=gettext_lazy("核验码"),
        help_text=gettext_lazy("在文书左下角，16 位。横线可以不输。"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": gettext_lazy("请输入文书上的核验码。")},
    )


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """`/d`: type the code of a paper."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        read = codes.read(form.cleaned_data["code"])
        if read:
            return redirect("portal:document", read)
        form.add_error("code", _("核验码有一位不对。请对照文书再输一遍。"))
    return _open_to_all(render(request, "portal/documents/ask.html", {"form": form}))


@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """`/d/<code>`: always 200, always an answer of its own."""
    found = check(code, clock.today())
    context = {"check": found, "now": clock.now(), "authority": settings.JUZHU_DISTRICT["authority"]}
    return _open_to_all(render(request, "portal/documents/verify.html", context))


def check(code: str, today: date) -> PaperCheck:
    """Whether a paper is ours, and whether what it says still stands."""
    read = codes.read(code)
    if read is None:
        return PaperCheck("unknown")
    document = queries.issued_under(read)
    if document is None:
        return PaperCheck("forged")
    title, replaced = _title(document, today), not queries.still_stands(document, today)
    slip = queries.slip_of(document)
    if slip is not None:
        permit = standing(slip.permit, clock.now())
        return PaperCheck(permit.outcome, document, title, permit, replaced)
    registration, withdrawn = queries.registration_of(document), queries.withdrawn_on(document)
    outcome: Outcome = "expired" if replaced else "valid"
    return PaperCheck(outcome, document, title, None, replaced, registration, withdrawn)


def _title(document: IssuedDocument, today: date) -> str:
    """What the paper is called, in the reader's language."""
    sheets = queries.sheets_beside(document, today)
    found = next((sheet for sheet in sheets if sheet.about == document.about), None)
    if found:
        return found.name(language())
    key = "title_before" if document.kind == "refusal" else "title"
    return writer(language()).say(f"{document.kind}.{key}")


def _open_to_all(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store, max-age=0"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def papers_of(permit: Permit) -> list[dict[str, Any]]:
    """The lines of the permit page's list."""
    return [
        {"slug": sheet.slug, "title": sheet.name(language()), "dated": sheet.dated}
        for sheet in shelf.of_permit(permit)
    ]


@require_safe
@citizen
def slip(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    """A sealed slip of the latest permit, the citizen's or a ward's (`?for=`), as PDF or OFD."""
    permit = current_permit(circle(request).person)
    found = queries.sealed_slips_of(permit).filter(code=code).first() if permit else None
    if found is None or form not in ("pdf", "ofd"):
        raise Http404
    return serving.pdf(found) if form == "pdf" else serving.ofd(found)


@require_safe
@citizen
def of_permit(request: HttpRequest, slug: str, lang: str) -> HttpResponseBase:
    """A paper of the latest permit, the citizen's or a ward's (`?for=`), as PDF."""
    around = circle(request)
    permit = current_permit(around.person)
    sheet = shelf.named(shelf.of_permit(permit), slug) if permit else None
    return serving.sheet(request, sheet, lang, reverse("portal:permit"))
