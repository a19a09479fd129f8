"""回避: nobody handles their own case, or that of somebody near to them.

Who is near to whom is said in the room of people (`keeping_away`); here, whose case an application is. It
is asked in every action of an officer, whatever the page showed. Source: requirements G04; Administrative
Penalty Law art. 43; Administrative Licensing Law, by analogy.
"""

from collections.abc import Iterable

from juzhu.operations.actors import Actor
from juzhu.people.errors import ConflictOfInterest
from juzhu.people.keeping_away import household as _household
from juzhu.people.keeping_away import near as _near
from juzhu.people.models import Person
from juzhu.permits.models import Application, Representative


def check(actor: Actor, application: Application) -> None:
    """Raises ConflictOfInterest when an officer would handle a case of their own or of their family."""
    if in_conflict(actor, application):
        raise ConflictOfInterest


def check_person(actor: Actor, person: Person, *others: str) -> None:
    """The same where the affair is no application: a check after issue, a correction, a fact, a fraud case.
    `others`: the identity numbers of who acts in it besides.

    Raises ConflictOfInterest.
    """
    if actor.kind != "staff" or actor.account_id is None:
        return
    if _near(_household(person) | frozenset(others)).filter(pk=actor.account_id).exists():
        raise ConflictOfInterest


def in_conflict(actor: Actor, application: Application) -> bool:
    """Whether an officer has to keep away from a case. Citizens and the service itself never have to."""
    if actor.kind != "staff" or actor.account_id is None:
        return False
    return bool(among([actor.account_id], application))


def among(accounts: Iterable[int], application: Application) -> set[int]:
    """Those of some officers' accounts that have to keep away from a case. Three queries."""
    return set(_near(parties(application)).filter(pk__in=list(accounts)).values_list("pk", flat=True))


def touches_the_staff(application: Application) -> bool:
    """Whether any officer at all would have to keep away: then no rule alone decides. Three queries."""
    return _near(parties(application)).exists()


def parties(application: Application) -> frozenset[str]:
    """The identity numbers of those whose case it is: the applicant, their guardians, who acts for them.

    A representative who was recorded without their person is known by the number that they showed.
    """
    numbers = set(_household(application.person))
    for shown, known in Representative.objects.filter(application=application).values_list(
        "identity_number", "person__identity_number"
    ):
        numbers |= {shown, known or ""}
    return frozenset(numbers - {""})
