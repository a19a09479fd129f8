"""Filing, as the channels ask for it: the bureaus are asked first, then the case is filed, and where
nothing is left to a person's judgement it is answered at once.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import transaction

from juzhu.evidence import inquiries
from juzhu.evidence.kinds import GUARDIAN_PROVES, PROVES, Kind
from juzhu.law import eligibility
from juzhu.law.conditions import leaves
from juzhu.law.facts import ROUTES, Purpose
from juzhu.law.policy import Policy
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.operations.rules import in_force
from juzhu.people.models import Guardianship, Person
from juzhu.permits import belonging, instant
from juzhu.permits.actions import Filing, write_endorsement, write_submission
from juzhu.permits.guardians import is_child
from juzhu.permits.models import Application, Permit
from juzhu.permits.representatives import Agent
from juzhu.permits.rules import rules_of


def file(
    application: Application,
    *,
    actor: Actor,
    today: date,
    key: str = "",
    wants_person: bool | None = None,
) -> Application:
    """File a draft, or hand in a supplement; where the district allows it, with the answer at once.

    `wants_person`: the applicant's choice that a person shall decide; None leaves what they chose before.
    Raises what `actions.submit` raises.
    """
    belonging.check(actor, application.person_id)
    purpose: Purpose = "endorsement" if application.is_endorsement else "permit"
    rules = rules_of(application, today)
    _ask_bureaus(application.person, application.route, purpose, rules, today)
    with transaction.atomic():
        filed = write_submission(application, actor=actor, today=today, key=key, wants_person=wants_person)
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
    belonging.check(actor, permit.person_id)
    _ask_bureaus(permit.person, route, "endorsement", in_force(today), today)
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


def _answer(filed: Filing | Application, actor: Actor, today: date) -> Application:
    """Tell what was filed, and what the rules alone answer. All rows are written before the first event."""
    if isinstance(filed, Application):
        return filed
    if not instant.allowed(filed.application) or instant.doubts(filed):
        return filed.tell(actor)
    given = instant.write(filed, today)
    return instant.tell(filed, given, actor)


def _ask_bureaus(person: Person, route: str, purpose: Purpose, rules: Policy, today: date) -> None:
    """Ask the departments about what the route's findings rest on, the applicant's own and a child's
    guardians'.
    """
    known = next((one for one in ROUTES if one == route), None)
    if known is None:
        return
    codes = [leaf.code for leaf in leaves(eligibility.tree(rules, known, purpose))]
    asked: dict[int, set[Kind]] = defaultdict(set)
    asked[person.pk] |= _kinds(codes, PROVES)
    if is_child(person, rules, today):
        for guardian in Guardianship.objects.filter(child=person).values_list("guardian", flat=True):
            asked[guardian] |= _kinds(codes, GUARDIAN_PROVES)
    for person_id, kinds in asked.items():
        inquiries.ask(person_id, kinds, now=clock.now())


def _kinds(codes: Iterable[str], proved_by: dict[str, Kind]) -> set[Kind]:
    return {proved_by[code] for code in codes if code in proved_by}
