"""代办: who stands at the window for somebody else. Source: Hangzhou art. 22."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from juzhu.counter import agents
from juzhu.counter.forms_window import AgentForm, AgentPapers
from juzhu.counter.views.window import Here, at_window
from juzhu.operations import files
from juzhu.operations.errors import FileRefused, JuzhuError
from juzhu.operations.models import StoredFile
from juzhu.people import actions as people
from juzhu.people.identity_provider import provider
from juzhu.permits import representatives
from juzhu.permits.representatives import EXCHANGEABLE, Agent

GUARDIANS = frozenset({"guardian", "parent"})


@at_window
def agent(here: Here) -> HttpResponse:
    """Name the representative, or say that the applicant acts alone."""
    request = here.request
    if "alone" in request.POST:
        agents.forget(request, here.person)
        _appoint(here, None)
        return here.go()
    typed = request.POST if request.method == "POST" else None
    form = AgentForm(typed, today=here.today, initial=_before(here))
    papers = AgentPapers(typed, prefix="agent", name=_("证件"), today=here.today)
    status = 200
    if request.method == "POST":
        stored = _stored(here, papers)
        if form.is_valid() and not papers.errors:
            try:
                _keep(here, form.cleaned_data, stored)
            except JuzhuError as error:
                status = error.status
                form.add_error(_field_of(error), str(error.sentence))
            else:
                messages.success(request, _("代办人记下了。下面办的事都会写上。"))
                return here.go()
    return here.show("agent", {"form": form, "papers": papers, "agent": here.agent}, status=status)


def _before(here: Here) -> dict[str, Any]:
    known = here.agent
    if known is None:
        return {"applicants_identity_shown": bool(here.person.identity_number)}
    return {
        "name": known.identity.name,
        "identity_number": known.identity.identity_number,
        "relation": known.relation,
        "ground": known.ground,
        "phone": known.phone,
        "identity_shown": known.identity_shown,
        "applicants_identity_shown": known.applicants_identity_shown,
    }


def _stored(here: Here, papers: AgentPapers) -> list[StoredFile]:
    """The pictures of the documents; a bad one leaves its sentence, good ones are kept for the next press."""
    known = here.agent
    found = list(known.files) if known else []
    for upload in here.request.FILES.getlist("agent-files"):
        try:
            found.append(files.store(cast(BinaryIO, upload), upload.name or "?", actor=here.actor))
        except FileRefused as refused:
            papers.add_error("files", str(refused.sentence))
    return found


def _keep(here: Here, said: dict[str, Any], stored: list[StoredFile]) -> None:
    identity = provider().confirm(said["name"].strip(), said["identity_number"])
    named = Agent(
        identity=identity,
        relation=said["relation"],
        ground=said["ground"],
        phone=said["phone"],
        identity_shown=True,
        applicants_identity_shown=True if said["applicants_identity_shown"] else None,
        files=tuple(stored),
    )
    representatives.check(named, here.person, here.today)
    if said["guardianship_shown"] and said["ground"] == "minor" and said["relation"] in GUARDIANS:
        guardian = people.record_person(identity, actor=here.actor)
        people.record_guardianship(guardian, here.person, "window", actor=here.actor)
    agents.keep(here.request, here.person, named)
    _appoint(here, named)


def _appoint(here: Here, named: Agent | None) -> None:
    """What is in hand already bears the new name, as long as nobody has accepted it."""
    unfinished = here.unfinished
    if unfinished is None or unfinished.state not in EXCHANGEABLE or not here.actor.covers(unfinished.area):
        return
    representatives.appoint(unfinished, named, actor=here.actor, today=here.today)


def _field_of(error: JuzhuError) -> str:
    return "relation" if error.code == "may_not_represent" else "identity_number"
