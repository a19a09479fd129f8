"""What of a case is being checked with a department: not to be asked of the applicant, and no ground against
them. Source: State Council order 716 art. 7.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from juzhu.evidence import inquiries
from juzhu.evidence.checking import Check, Why, checks
from juzhu.evidence.kinds import DEPARTMENTS, GUARDIAN_PROVES, NAMES, PROVES, Kind
from juzhu.law import eligibility
from juzhu.law.conditions import leaves
from juzhu.law.eligibility import Answer
from juzhu.law.facts import ROUTES, Purpose
from juzhu.law.policy import Policy
from juzhu.operations import clock
from juzhu.operations.errors import Sentence
from juzhu.people.models import Guardianship, Person
from juzhu.permits import facts
from juzhu.permits.facts import Situation
from juzhu.permits.guardians import is_child
from juzhu.permits.models import Application
from juzhu.permits.rules import rules_of


@dataclass(frozen=True, slots=True)
class Awaited:
    """One finding that a department can settle, and is asked about."""

    code: str
    kind: Kind
    why: Why
    department: str

    @property
    def bureau(self) -> Sentence:
        """Who is asked."""
        return DEPARTMENTS.get(self.department, self.department)

    @property
    def name(self) -> Sentence:
        """What they are asked for."""
        return NAMES[self.kind]

    @property
    def sentence(self) -> str:
        """What goes on, whose fault it is not, and that there is nothing to do."""
        if self.why == "objection":
            return _("您说这一条不对，正在等%(bureau)s核对。这不影响您提交。") % {"bureau": self.bureau}
        return _("%(bureau)s的数据暂时查不到。这不影响您提交。有答复就告诉您。") % {"bureau": self.bureau}

    @property
    def once_filed(self) -> str:
        """The same for somebody who has handed in what there is."""
        if self.why == "objection":
            return _("您说这一条不对，正在等%(bureau)s核对。现在不用您做什么。") % {"bureau": self.bureau}
        return _("正在向%(bureau)s查。不用您交，有答复就告诉您。") % {"bureau": self.bureau}

    @property
    def for_officer(self) -> str:
        """The same for who handles the case."""
        if self.why == "objection":
            return _("申请人有异议，正在等%(bureau)s核对。") % {"bureau": self.bureau}
        return _("正在向%(bureau)s核对，它还没有答复。") % {"bureau": self.bureau}


def ask(application: Application, today: date) -> None:
    """`ask_for` what an application rests on."""
    purpose: Purpose = "endorsement" if application.is_endorsement else "permit"
    ask_for(application.person, application.route, purpose, rules_of(application, today), today)


def ask_for(person: Person, route: str, purpose: Purpose, rules: Policy, today: date) -> None:
    """Ask the bureaus what the route's conditions rest on, of the applicant and of a child's guardians.

    Call it outside of any transaction: it waits for others, two seconds at most.
    """
    known = next((one for one in ROUTES if one == route), None)
    if known is None:
        return
    codes = {leaf.code for leaf in leaves(eligibility.tree(rules, known, purpose))}
    asked = {person.pk: {PROVES[code] for code in codes & PROVES.keys()}}
    kinds = {GUARDIAN_PROVES[code] for code in codes & GUARDIAN_PROVES.keys()}
    asked |= dict.fromkeys(_guardians(person, rules, today), kinds)
    inquiries.ask(asked, now=clock.now())


def of_case(application: Application, today: date) -> list[Awaited]:
    """What of a case that is in hand departments are asked about. One query where there is nothing, as nearly
    always; in a child's case one more.
    """
    person = application.person
    if not checks({person.pk, *_guardians(person, rules_of(application, today), today)}):
        return []
    return list(awaited(*facts.decide(application, today)).values())


def awaited(answer: Answer, seen: Situation) -> dict[str, Awaited]:
    """The unproven findings of an answer that a department is asked about, by code. One query."""
    return _of(seen, [finding.code for finding in answer.findings if finding.state == "unproven"])


def disputed(answer: Answer, seen: Situation) -> dict[str, Awaited]:
    """What would be held against the applicant but for a department that is looking into it, by code: unmet
    findings that rest on a word which is objected to, or asked for anew, and unproven ones whose word is
    objected to and does not count meanwhile. One query.
    """
    open_ones = {finding.code: finding.state for finding in answer.findings if finding.state != "met"}
    found = _of(seen, list(open_ones))
    return {code: one for code, one in found.items() if open_ones[code] == "unmet" or one.why == "objection"}


def _guardians(person: Person, rules: Policy, today: date) -> list[int]:
    """Whose papers count beside a child's own; nobody's beside a grown-up's, without a query."""
    if not is_child(person, rules, today):
        return []
    return list(
        Guardianship.objects.filter(child=person, ended_on=None).values_list("guardian_id", flat=True)
    )


def _of(seen: Situation, codes: Collection[str]) -> dict[str, Awaited]:
    by_kind = _by_kind(checks([seen.person.pk, *(guardian.pk for guardian, _proof in seen.guardians)]))
    found = {}
    for code in codes:
        if code in GUARDIAN_PROVES:
            kind, whose = GUARDIAN_PROVES[code], [guardian.pk for guardian, _proof in seen.guardians]
        elif code in PROVES:
            kind, whose = PROVES[code], [seen.person.pk]
        else:
            continue
        check = next((by_kind[pk, kind] for pk in whose if (pk, kind) in by_kind), None)
        if check is not None:
            found[code] = Awaited(code, kind, check.why, check.department)
    return found


def _by_kind(found: list[Check]) -> Mapping[tuple[int, Kind], Check]:
    """The weightiest of each; they come in that order."""
    return {(check.person_id, check.kind): check for check in found}


def named(found: Collection[Awaited]) -> str:
    """The bureaus, each once, as one reads them in a sentence."""
    return _("、").join(dict.fromkeys(str(one.bureau) for one in found))
