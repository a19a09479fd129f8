"""Uploads, to those who may see them and to nobody else."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from juzhu.operations import clock
from juzhu.operations.files import path_of
from juzhu.people import actions as people
from juzhu.permits.files import readable_file
from juzhu.portal.access import viewer

POLICIES = {
    "image/jpeg": "default-src 'none'; sandbox; frame-ancestors 'none'",
    # A browser's own PDF reader does not start inside a sandbox; scripts were refused at the door.
    "application/pdf": "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; "
    "frame-ancestors 'none'",
}


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponseBase:
    """`/files/<name>`: one upload. What is not theirs does not exist; an officer's look is logged."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), reverse("portal:sign_in"))
    actor = viewer(request)
    found = readable_file(actor, name, clock.today())
    if found is None or not path_of(name).is_file():
        raise Http404
    stored, person_id = found
    if actor.kind == "staff" and person_id is not None:
        people.log_reading(person_id, "file", actor=actor)
    response = FileResponse(
        path_of(stored.name).open("rb"), content_type=stored.content_type, filename=stored.original_name
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = POLICIES.get(stored.content_type, "sandbox")
    return response
