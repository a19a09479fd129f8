"""What a child's case takes from the guardians: their papers, so far as a finding rests on them.

Source: notice 2(1)3.
"""

from datetime import date

from django.db.models import QuerySet

from juzhu.evidence.kinds import GUARDIAN_PROVES
from juzhu.evidence.models import Evidence
from juzhu.law import calendar, eligibility
from juzhu.law.conditions import leaves
from juzhu.law.facts import ROUTES
from juzhu.law.policy import Policy
from juzhu.people.models import Person
from juzhu.people.queries import guarding
from juzhu.permits.models import Application
from juzhu.permits.rules import rules_of


def is_child(person: Person, rules: Policy, as_of: date) -> bool:
    """Whether somebody's guardians count on that day."""
    return calendar.completed_years(person.born, as_of) < rules.parameters.minor_age


def kinds_asked(application: Application, as_of: date) -> set[str]:
    """The kinds of a guardian's papers that findings of this case rest on; none in a grown-up's case."""
    rules = rules_of(application, as_of)
    route = next((route for route in ROUTES if route == application.route), None)
    if route is None or not is_child(application.person, rules, as_of):
        return set()
    asked = leaves(eligibility.tree(rules, route, "endorsement" if application.is_endorsement else "permit"))
    return {GUARDIAN_PROVES[leaf.code].value for leaf in asked if leaf.code in GUARDIAN_PROVES}


def papers(application: Application, as_of: date) -> QuerySet[Evidence]:
    """What the guardians have handed in, or a department says of them, of those kinds: newest first, with
    persons and files. No query in a grown-up's case.
    """
    kinds = kinds_asked(application, as_of)
    if not kinds:
        return Evidence.objects.none()
    standing = Evidence.objects.filter(kind__in=kinds, withdrawn_at__isnull=True)
    theirs = standing.filter(person__in=guarding(application.person, as_of))
    return theirs.select_related("person").prefetch_related("files")
