"""代办: who may act for whom, on what ground, and what both must show.

Source: Hangzhou art. 22; Zhejiang art. 7.3; State Council order 663 art. 9.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from juzhu.law import facts as law
from juzhu.law import policy
from juzhu.law.calendar import completed_years
from juzhu.operations import clock, events
from juzhu.operations.actors import Actor
from juzhu.operations.errors import Sentence
from juzhu.operations.models import StoredFile
from juzhu.operations.rules import in_force
from juzhu.people.identity_numbers import parse
from juzhu.people.identity_provider import ConfirmedIdentity
from juzhu.people.models import Person
from juzhu.permits.errors import MayNotRepresent, OutOfArea, RepresentativeMissing, TransitionForbidden
from juzhu.permits.models import Application, Representative
from juzhu.permits.timing import is_over
from juzhu.permits.transitions import State
from juzhu.registration.models import Registration

CLOSE_RELATIVES = frozenset({"spouse", "parent", "child", "sibling", "grandparent", "grandchild"})
"""近亲属. Source: Civil Code art. 1045."""
MAY = {
    "minor": frozenset({"guardian", "parent", "sibling", "grandparent"}),
    "elderly": CLOSE_RELATIVES,
    "disabled": CLOSE_RELATIVES,
}
"""Ground by ground, what the representative must be to the applicant."""
ELDERLY_AGE = 60
"""Source: Law on the Protection of the Rights and Interests of the Elderly art. 2."""
ADULT_AGE = 18
"""Who acts for others has full capacity. Source: Civil Code art. 18, 161."""
EXCHANGEABLE = frozenset({State.DRAFT, State.SUBMITTED, State.SUPPLEMENT_REQUESTED})


@dataclass(frozen=True, slots=True)
class Agent:
    """代办人: who speaks for the applicant, as the identity provider confirmed them, and what both showed."""

    identity: ConfirmedIdentity
    relation: str
    ground: str
    phone: str = ""
    identity_shown: bool | None = None
    applicants_identity_shown: bool | None = None
    files: Sequence[StoredFile] = ()


def why_not(
    relation: str, ground: str, *, applicant_born: date, agent_born: date, today: date, minor_age: int
) -> Sentence:
    """Why somebody may not act for an applicant; empty when they may."""
    minor = completed_years(applicant_born, today) < minor_age
    if ground == "minor" and not minor:
        return _("申领人已满 16 周岁，不能按“未满 16 周岁”代办。请本人来办，或按别的理由代办。")
    if minor and ground != "minor":
        return _("申领人未满 16 周岁，请按“未满 16 周岁”代办。")
    if ground == "elderly" and completed_years(applicant_born, today) < ELDERLY_AGE:
        return _("老年人从 60 周岁算起。申领人没有到，请本人来办，或按别的理由代办。")
    if relation == "guardian" and not minor:
        return _("满 16 周岁的人不由监护人代办。近亲属可以代办，请选是什么亲属。")
    if relation not in MAY.get(ground, ()):
        return _("这种关系不能替申领人代办。只有监护人和近亲属可以。")
    if completed_years(agent_born, today) < ADULT_AGE:
        return _("代办人要年满 18 周岁。请换一位亲属。")
    return ""


def check(agent: Agent, applicant: Person, today: date) -> None:
    """Raises MayNotRepresent, with the reason."""
    if agent.identity.identity_number == applicant.identity_number:
        raise MayNotRepresent(_("代办人和申领人是同一个人。本人来办，不用填代办人。"))
    reason = why_not(
        agent.relation,
        agent.ground,
        applicant_born=applicant.born,
        agent_born=agent.identity.born,
        today=today,
        minor_age=in_force(today).parameters.minor_age,
    )
    if reason:
        raise MayNotRepresent(reason)


def attach(subject: Application | Registration, agent: Agent, *, actor: Actor, today: date) -> Representative:
    """Write down on an application or a registration who acted. In the caller's transaction, without an event
    of its own: the deed's own event follows. Raises MayNotRepresent.
    """
    check(agent, subject.person, today)
    known = Person.objects.filter(identity_number=agent.identity.identity_number).first()
    link: dict[str, Any] = {"application" if isinstance(subject, Application) else "registration": subject}
    row, _made = Representative.objects.update_or_create(
        **link,
        defaults={
            "person": known,
            "name": agent.identity.name,
            "identity_number": agent.identity.identity_number,
            "phone": agent.phone,
            "relation": agent.relation,
            "ground": agent.ground,
            "identity_shown": agent.identity_shown,
            "applicants_identity_shown": agent.applicants_identity_shown,
            "recorded_at": clock.now(),
            "recorded_by_id": actor.account_id,
        },
    )
    row.files.set(agent.files)
    return row


def appoint(application: Application, agent: Agent | None, *, actor: Actor, today: date) -> Application:
    """Say who acts in an application that nobody has accepted yet; None: the applicant does.

    Raises OutOfArea, TransitionForbidden, MayNotRepresent.
    """
    with transaction.atomic():
        locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
        if not actor.covers(locked.area):
            raise OutOfArea
        if locked.state not in EXCHANGEABLE or is_over(locked, today):
            raise TransitionForbidden(state=locked.state)
        about: dict[str, object] = {}
        if agent is None:
            gone, _rows = Representative.objects.filter(application=locked).delete()
            if not gone:
                return locked
        else:
            attach(locked, agent, actor=actor, today=today)
            about = {"relation": agent.relation, "ground": agent.ground}
        kind = "application.represented" if agent else "application.unrepresented"
        events.append(kind, actor=actor, subject=locked, person_id=locked.person_id, **about)
    return locked


def settle(application: Application, actor: Actor, today: date) -> None:
    """Make the representative what the actor makes of them: a guardian who files online for a child is one,
    whose real name is confirmed; an applicant who goes on alone has none. In the caller's transaction.

    At the window it is as recorded there, as long as the table still allows it on the day of filing: a child
    is never without, and somebody who has turned 16 is not represented as a child. Raises
    RepresentativeMissing, MayNotRepresent.
    """
    if actor.kind == "citizen" and application.state == State.DRAFT:
        _settle_online(application, actor)
    if actor.kind == "staff":
        _settle_at_window(application, today)


def _settle_at_window(application: Application, today: date) -> None:
    minor_age = policy.load(application.policy_id).parameters.minor_age
    row = of(application)
    if row is None:
        if completed_years(application.person.born, today) < minor_age:
            raise RepresentativeMissing
        return
    reason = why_not(
        row.relation,
        row.ground,
        applicant_born=application.person.born,
        agent_born=parse(row.identity_number, today).born,
        today=today,
        minor_age=minor_age,
    )
    if reason and application.state == State.DRAFT:
        raise MayNotRepresent(reason)


def _settle_online(application: Application, actor: Actor) -> None:
    rows = Representative.objects.filter(application=application)
    if actor.person_id is None or actor.person_id == application.person_id:
        rows.delete()
        return
    if rows.filter(person=actor.person_id).exists():
        return
    guardian = Person.objects.get(pk=actor.person_id)
    Representative.objects.update_or_create(
        application=application,
        defaults={
            "person": guardian,
            "name": guardian.name,
            "identity_number": guardian.identity_number,
            "phone": guardian.phone,
            "relation": "guardian",
            "ground": "minor",
            "identity_shown": True if guardian.identity_confirmed_at else None,
            "applicants_identity_shown": True if application.person.identity_confirmed_at else None,
            "recorded_at": clock.now(),
            "recorded_by_id": actor.account_id,
        },
    )


def of(application: Application) -> Representative | None:
    """Who acts in an application; None: the applicant. One query."""
    if application.pk is None:
        return None
    return Representative.objects.filter(application=application).first()


def as_fact(application: Application) -> law.Representative | None:
    """What the law looks at: met only when both have shown who they are."""
    row = of(application)
    if row is None:
        return None
    shown = (row.identity_shown, row.applicants_identity_shown)
    proof = False if False in shown else None if None in shown else True
    return law.Representative(identity_document=proof)
