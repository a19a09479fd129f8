"""Handing out a confirmation slip at the station: to the holder, or to an agent who is recorded.

The notice lets any trusted person fetch it, who shows the holder's identity card or permit. Their own
identity, and a written mandate where the district asks for one, are kept by analogy with Hangzhou art. 22.
Source: notice 2(2)4, 2(2)5.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from juzhu.documents import codes
from juzhu.documents.errors import AgentIncomplete, AgentIsHolder, NoVersion, PermitEnded
from juzhu.law import policy
from juzhu.operations import clock, events, numbers, once
from juzhu.operations.actors import Actor
from juzhu.operations.models import StoredFile
from juzhu.people.errors import NotAllowed
from juzhu.people.identity_numbers import parse
from juzhu.permits import conflicts
from juzhu.permits.errors import OutOfArea
from juzhu.permits.models import Permit, Slip
from juzhu.permits.moves import staff_id
from juzhu.permits.queries import CASEWORKERS

PREFIX = "QR"
MISSING = {
    "name": _("请填受托人的姓名。"),
    "shows": _("请选受托人出示了什么。"),
    "mandate": _("请传书面委托书。"),
}


@dataclass(frozen=True, slots=True)
class Agent:
    """受托人: who they are, what of the holder's they showed, and their mandate."""

    name: str
    identity_number: str
    shows: str
    mandate: StoredFile | None = None


def hand_out(permit: Permit, agent: Agent | None, *, actor: Actor, today: date, key: str = "") -> Slip:
    """Record a slip that is printed now; `agent` None: to the holder. The same `key` again gives the same
    slip.

    Raises NotAllowed, OutOfArea, ConflictOfInterest, PermitEnded, NoVersion; AgentIncomplete, AgentIsHolder,
    IdentityNumberInvalid.
    """
    if actor.kind != "staff" or actor.role not in CASEWORKERS:
        raise NotAllowed
    with transaction.atomic():
        locked = Permit.objects.select_for_update(no_key=True).select_related("person").get(pk=permit.pk)
        if not actor.covers(locked.area):
            raise OutOfArea
        conflicts.check_person(actor, locked.person)
        known = once.claim(f"slip:{actor.account_id}", key) if key else None
        if known:
            return Slip.objects.get(number=known.result)
        if locked.status(policy.load(settings.JUZHU_POLICY), today).status == "terminated":
            raise PermitEnded
        version = locked.versions.first()
        if version is None:
            raise NoVersion
        slip = Slip.objects.create(
            number=numbers.yearly(PREFIX, today.year),
            code=codes.new(),
            permit=locked,
            version=version,
            handed_to="agent" if agent else "holder",
            **(_checked(agent, version.identity_number, today) if agent else {}),
            handed_at=clock.now(),
            handed_on=today,
            handed_by_id=staff_id(actor),
        )
        if key:
            once.remember(f"slip:{actor.account_id}", key, slip.number)
        events.append(
            "permit.slip_handed",
            actor=actor,
            subject=locked,
            person_id=locked.person_id,
            slip=slip.number,
            version=version.number,
            to=slip.handed_to,
        )
    return slip


def _checked(agent: Agent, holders_number: str, today: date) -> dict[str, object]:
    """The agent's columns, once nothing is missing."""
    shown = {"identity_card", "permit"}
    lacking = {
        "name": not agent.name.strip(),
        "shows": agent.shows not in shown,
        "mandate": settings.JUZHU_AGENT_NEEDS_MANDATE and agent.mandate is None,
    }
    for field, missing in lacking.items():
        if missing:
            raise AgentIncomplete(MISSING[field], field=field)
    number = parse(agent.identity_number, today).text
    if number == holders_number:
        raise AgentIsHolder
    return {
        "agent_name": agent.name.strip(),
        "agent_identity_number": number,
        "agent_shows": agent.shows,
        "mandate": agent.mandate,
    }
