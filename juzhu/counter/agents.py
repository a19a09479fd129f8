"""Who speaks for the person at the window, kept with the officer's session until it is written down."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.http import HttpRequest

from juzhu.operations.models import StoredFile
from juzhu.people.identity_provider import ConfirmedIdentity
from juzhu.people.models import Person
from juzhu.permits.models import Representative
from juzhu.permits.representatives import Agent

KEPT = "window_agents"
RELATIONS, GROUNDS = dict(Representative.RELATIONS), dict(Representative.GROUNDS)


def keep(request: HttpRequest, person: Person, agent: Agent) -> None:
    """Remember who acts for somebody, for whatever is done next at this visit."""
    row = {
        **{name: getattr(agent, name) for name in _PLAIN},
        "identity": {**asdict(agent.identity), "born": agent.identity.born.isoformat()},
        "files": [file.name for file in agent.files],
    }
    request.session[KEPT] = {**request.session.get(KEPT, {}), str(person.pk): row}


def forget(request: HttpRequest, person: Person) -> None:
    """The person acts alone."""
    request.session[KEPT] = {
        key: row for key, row in request.session.get(KEPT, {}).items() if key != str(person.pk)
    }


def agent_of(request: HttpRequest, person: Person) -> Agent | None:
    """Who acts for somebody at this visit; None: the person alone."""
    row: dict[str, Any] | None = request.session.get(KEPT, {}).get(str(person.pk))
    if row is None:
        return None
    known = {**row["identity"], "born": date.fromisoformat(row["identity"]["born"])}
    files = tuple(StoredFile.objects.filter(name__in=row["files"]))
    return Agent(identity=ConfirmedIdentity(**known), files=files, **{name: row[name] for name in _PLAIN})


_PLAIN = ("relation", "ground", "phone", "identity_shown", "applicants_identity_shown")
