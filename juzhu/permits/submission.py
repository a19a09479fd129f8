"""Filing, as the channels ask for it: the bureaus are asked first, then the case is filed, and where
nothing is left to a person's judgement it is answered at once.
"""

from datetime import date

from django.db import transaction

from juzhu.law.facts import Purpose
from juzhu.operations.actors import Actor
from juzhu.operations.rules import in_force
from juzhu.permits import belonging, bureaus, instant
from juzhu.permits.actions import Filing, write_endorsement, write_submission
from juzhu.permits.attending import Standing
from juzhu.permits.models import Application, Permit
from juzhu.permits.representatives import Agent
from juzhu.permits.rules import rules_of
from juzhu.permits.settling import settle
from juzhu.permits.switching import Switch, can_switch, write_switch
from juzhu.permits.transitions import OPEN, State


def file(
    application: Application,
    *,
    actor: Actor,
    today: date,
    key: str = "",
    wants_person: bool | None = None,
    channel: str = "",
) -> Application:
    """File a draft, or hand in a supplement; where the district allows it, with the answer at once.

    `wants_person`: the applicant's choice that a person shall decide; None leaves what they chose before.
    `channel`: "web" or "mobile", where it is known. Raises what `actions.submit` raises.
    """
    belonging.check(actor, application.person_id, today)
    bureaus.ask(application, today)
    with transaction.atomic():
        filed = write_submission(
            application, actor=actor, today=today, key=key, wants_person=wants_person, channel=channel
        )
        return _answer(filed, actor, today)


def endorse(
    permit: Permit,
    route: str,
    *,
    actor: Actor,
    today: date,
    channel: str = "web",
    key: str = "",
    wants_person: bool = False,
    agent: Agent | None = None,
) -> Application:
    """File for another year; where the district allows it, with the answer at once.

    Raises what `actions.request_endorsement` raises.
    """
    belonging.check(actor, permit.person_id, today)
    settle(permit.person_id, today)
    bureaus.ask_for(permit.person, route, "endorsement", in_force(today), today)
    with transaction.atomic():
        filed = write_endorsement(
            permit,
            route,
            actor=actor,
            today=today,
            channel=channel,
            key=key,
            wants_person=wants_person,
            agent=agent,
        )
        return _answer(filed, actor, today)


def switch(
    application: Application,
    route: str,
    *,
    actor: Actor,
    today: date,
    wants_person: bool = False,
    standing: Standing | None = None,
) -> Application:
    """Ask by another route; what was filed and nobody has examined is answered at once by the new one, where
    the district allows it and the applicant does not ask for a person (`wants_person`), now or before.

    Raises what `switching.switch_route` raises.
    """
    belonging.check(actor, application.person_id, today)
    if application.state in OPEN and can_switch(application, today):
        purpose: Purpose = "endorsement" if application.is_endorsement else "permit"
        bureaus.ask_for(application.person, route, purpose, rules_of(application, today), today)
    with transaction.atomic():
        switched = write_switch(application, route, actor=actor, today=today, standing=standing)
        if wants_person and isinstance(switched, Switch):
            switched.application.wants_person = True
            switched.application.save(update_fields=["wants_person"])
        return _answer(switched, actor, today)


def _answer(filed: Filing | Application, actor: Actor, today: date) -> Application:
    """Tell what was filed, and what the rules alone answer. All rows are written before the first event."""
    if isinstance(filed, Application):
        return filed
    if filed.application.state == State.DRAFT and isinstance(filed, Switch):
        return filed.tell(actor)
    if not instant.allowed(filed.application) or instant.doubts(filed):
        return filed.tell(actor)
    given = instant.write(filed, today)
    return instant.tell(filed, given, actor)
