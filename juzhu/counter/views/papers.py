"""Official papers as PDF, and the confirmation slip: handed to the holder or to an agent who is recorded."""

from __future__ import annotations

import secrets
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from juzhu.counter.access import CASEWORK, actor_of, officer, page
from juzhu.counter.forms_slip import SlipForm
from juzhu.counter.views.case import found_case
from juzhu.documents import issuing, queries, serving, shelf, slips
from juzhu.documents.archive import pack
from juzhu.documents.errors import AgentIncomplete, AgentIsHolder
from juzhu.documents.kinds import LANGUAGES
from juzhu.documents.shelf import Sheet
from juzhu.law import policy
from juzhu.operations import clock, files
from juzhu.operations.actors import Actor
from juzhu.operations.errors import FileRefused, JuzhuError
from juzhu.operations.models import StoredFile
from juzhu.people import actions as people
from juzhu.people.errors import IdentityNumberInvalid
from juzhu.permits.after.queries import fraud_cases_for
from juzhu.permits.models import Permit, Slip
from juzhu.permits.queries import permits_for
from juzhu.registration.queries import visible_to

MANDATE = "slip_mandate"
FIELDS: dict[type[JuzhuError], str] = {
    IdentityNumberInvalid: "agent_identity_number",
    AgentIsHolder: "agent_identity_number",
}
NAMES = {"name": "agent_name", "shows": "agent_shows", "mandate": "mandate"}


@officer(*CASEWORK)
def of_case(request: HttpRequest, number: str, slug: str, lang: str) -> HttpResponse:
    """A paper of a case in the officer's area."""
    case = found_case(actor_of(request), number)
    sheet = shelf.named(shelf.of_case(case, clock.today()), slug)
    return _pdf(request, sheet, lang, reverse("counter:case", args=[number]))


@officer(*CASEWORK)
def of_permit(request: HttpRequest, number: str, slug: str, lang: str) -> HttpResponse:
    """A paper of a permit in the officer's area."""
    permit = _permit(actor_of(request), number)
    return _pdf(request, shelf.named(shelf.of_permit(permit), slug), lang, reverse("counter:home"))


@officer(*CASEWORK)
def registration_pdf(request: HttpRequest, number: str, lang: str) -> HttpResponse:
    """The certificate of a registration in the officer's area."""
    row = visible_to(actor_of(request), clock.today()).filter(number=number).first()
    if row is None:
        raise Http404
    return _pdf(request, shelf.of_registration(row), lang, reverse("counter:home"))


@officer(*CASEWORK)
def of_fraud(request: HttpRequest, number: str, slug: str, lang: str) -> HttpResponse:
    """A paper of a case of fraud in the officer's area."""
    rows = fraud_cases_for(actor_of(request), clock.today())
    row = None if "\0" in number else rows.filter(number=number).first()
    sheet = shelf.named(shelf.of_fraud(row), slug) if row else None
    return _pdf(request, sheet, lang, reverse("counter:fraud_case", args=[number]))


@require_POST
@officer("chief")
def archive(request: HttpRequest, number: str) -> HttpResponse:
    """The whole file of an answered case as a ZIP. It is a reading, and is logged as one."""
    actor = actor_of(request)
    case = found_case(actor, number)
    try:
        package = pack(case, actor=actor, today=clock.today())
    except JuzhuError as error:
        messages.error(request, str(error.sentence))
        return redirect("counter:case", number)
    people.log_reading(case.person_id, "archive", actor=actor)
    response = HttpResponse(package.content, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{package.name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _pdf(request: HttpRequest, sheet: Sheet | None, lang: str, back: str) -> HttpResponse:
    """The PDF; and where it can't be made, the page before it, which says why."""
    if sheet is not None and lang in LANGUAGES:
        people.log_reading(sheet.person_id, "paper", actor=actor_of(request))
    return cast(HttpResponse, serving.sheet(request, sheet, lang, back))


def _permit(actor: Actor, number: str) -> Permit:
    found = None if "\0" in number else permits_for(actor, clock.today()).filter(number=number).first()
    if found is None:
        raise Http404
    return found


@officer(*CASEWORK)
def slip(request: HttpRequest, number: str) -> HttpResponse:
    """Hand out a slip: to whom, then print."""
    actor, today = actor_of(request), clock.today()
    permit = _permit(actor, number)
    version = permit.versions.first()
    kept = _kept(request, permit)
    posted = request.POST if request.method == "POST" else None
    form = SlipForm(posted, request.FILES or None, kept=kept, initial={"key": secrets.token_hex(16)})
    error: JuzhuError | None = None
    if posted is not None:
        form.keep(_take(request, permit, form, actor))
        if form.is_valid():
            try:
                made = slips.hand_out(
                    permit, form.agent(), actor=actor, today=today, key=form.cleaned_data["key"]
                )
            except JuzhuError as fault:
                error = _placed(form, fault)
            else:
                request.session.pop(MANDATE, None)
                return redirect("counter:slip_handed", made.number)
    people.log_reading(permit.person_id, "slip", actor=actor)
    status = permit.status(policy.load(settings.JUZHU_POLICY), today)
    return page(
        request,
        "slip",
        {
            "permit": permit,
            "version": version,
            "status": status,
            "form": form,
            "page_error": error.sentence if error else "",
            "needs_mandate": settings.JUZHU_AGENT_NEEDS_MANDATE,
            "earlier": list(queries.slips_for(actor).filter(permit=permit)[:10]),
        },
        room="search",
        status=error.status if error else 200,
    )


def _placed(form: SlipForm, fault: JuzhuError) -> JuzhuError | None:
    """Put a fault beside the field that it is about; give it back where it is about none."""
    if fault.status == 404:
        raise Http404 from fault
    field = FIELDS.get(type(fault), "")
    if isinstance(fault, AgentIncomplete):
        field = NAMES[str(fault.about["field"])]
    if not field:
        return fault
    form.add_error(field, str(fault.sentence))
    return None


def _take(request: HttpRequest, permit: Permit, form: SlipForm, actor: Actor) -> StoredFile | None:
    """Keep a mandate that was sent, so that another fault on the page does not cost it."""
    sent = request.FILES.get("mandate")
    if sent is None or request.POST.get("handed_to") != "agent":
        return None
    try:
        stored = files.store(sent, sent.name or "", actor=actor)  # type: ignore[arg-type]
    except FileRefused as error:
        form.add_error("mandate", str(error.sentence))
        return None
    request.session[MANDATE] = [permit.pk, stored.pk]
    return stored


def _kept(request: HttpRequest, permit: Permit) -> StoredFile | None:
    """The mandate that was sent for this permit with an earlier try."""
    owner, pk = request.session.get(MANDATE, (None, None))
    return StoredFile.objects.filter(pk=pk).first() if owner == permit.pk else None


def _slip(request: HttpRequest, number: str) -> Slip:
    found = None if "\0" in number else queries.slips_for(actor_of(request)).filter(number=number).first()
    if found is None:
        raise Http404
    return found


@officer(*CASEWORK)
def handed(request: HttpRequest, number: str) -> HttpResponse:
    """A slip that was handed out: print it, see to whom it went. A page that waits for the seal asks for the
    part with the files anew.
    """
    found = _slip(request, number)
    shown = {"slip": found, "permit": found.permit, "waiting": issuing.to_be_sealed(found)}
    shown["document"] = issuing.issued(shelf.of_slip(found), "zh")
    if "HX-Request" in request.headers:
        return render(request, "counter/_slip_files.html", shown)
    people.log_reading(found.permit.person_id, "slip", actor=actor_of(request))
    return page(request, "slip_handed", shown, room="search")


@officer(*CASEWORK)
def slip_pdf(request: HttpRequest, number: str, lang: str) -> HttpResponse:
    """The slip itself."""
    found = _slip(request, number)
    return _pdf(request, shelf.of_slip(found), lang, reverse("counter:slip_handed", args=[number]))


@officer(*CASEWORK)
def slip_ofd(request: HttpRequest, number: str) -> HttpResponse:
    """The sealed slip as OFD."""
    found = _slip(request, number)
    people.log_reading(found.permit.person_id, "paper", actor=actor_of(request))
    return cast(HttpResponse, serving.ofd(issuing.issued(shelf.of_slip(found), "zh")))


@officer(*CASEWORK)
def mandate(request: HttpRequest, number: str) -> HttpResponse:
    """The written mandate that an agent brought."""
    found = _slip(request, number)
    if found.mandate is None or not files.path_of(found.mandate.name).is_file():
        raise Http404
    people.log_reading(found.permit.person_id, "mandate", actor=actor_of(request))
    file = found.mandate
    response = FileResponse(
        files.path_of(file.name).open("rb"), content_type=file.content_type, filename=file.original_name
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = serving.POLICY
    return cast(HttpResponse, response)
