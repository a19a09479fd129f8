"""From what is registered and proved to the facts that the law looks at, and from facts to a stored
decision.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import orjson

from juzhu.evidence.kinds import GUARDIAN_PROVES, PROVES, Kind
from juzhu.evidence.models import Evidence
from juzhu.evidence.queries import Proof, proof_of
from juzhu.evidence.tenants import Named
from juzhu.law import calendar, eligibility, policy
from juzhu.law import facts as law
from juzhu.law.policy import Policy
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.operations.rules import in_force
from juzhu.people.models import Person
from juzhu.people.queries import guarding
from juzhu.permits import representatives
from juzhu.permits.guardians import is_child
from juzhu.permits.homes import of_this_home
from juzhu.permits.models import Application, Decision, Permit
from juzhu.permits.rules import rules_of
from juzhu.registration import queries as registration
from juzhu.registration.models import Registration

RESIDENCE_LEAVES = frozenset({"residence_half_year", "residence_registered"})
"""What registrations answer, ours and other districts' alike."""


@dataclass(frozen=True, slots=True)
class Situation:
    """One person as the law sees them, with the rows behind it. `guardians`: a child's, each with their
    proof.
    """

    person: Person
    proof: Proof
    registrations: list[Registration]
    facts: law.Facts
    guardians: tuple[tuple[Person, Proof], ...] = ()

    @property
    def household(self) -> list[Named]:
        """Whose tenancy counts: the person's own, and that of a child's guardians."""
        return _household(self.person, self.guardians)

    def names_others(self, code: str) -> bool:
        """Whether the paper behind a leaf names tenants, and none of them makes it this person's home."""
        return self.proof.tenancy(code, self.household).names is False

    @property
    def current(self) -> Registration | None:
        """The current registration."""
        return next((row for row in self.registrations if row.ended_on is None), None)

    def behind(self, code: str) -> list[Evidence]:
        """The pieces on which a leaf's finding rests: the person's own, or their guardians'."""
        if code in GUARDIAN_PROVES:
            found = [proof.by_kind.get(GUARDIAN_PROVES[code]) for _guardian, proof in self.guardians]
        else:
            found = [self.proof.behind(code, PROVES[code])] if code in PROVES else []
            found.append(self.proof.tenancy(code, self.household).kinship)
        if code in RESIDENCE_LEAVES:
            found += self.proof.residences
        return [piece for piece in found if piece is not None]

    @property
    def evidence(self) -> list[int]:
        """Ids of the pieces that the facts were built from."""
        own = {*self.proof.by_kind.values(), *self.proof.title_of.values(), *self.proof.kin}
        own |= set(self.proof.residences)
        return sorted(piece.pk for piece in own.union(*(self.behind(code) for code in GUARDIAN_PROVES)))


def situation(
    person: Person,
    rules: Policy,
    as_of: date,
    *,
    form_done: bool | None = None,
    files: bool = True,
    representative: law.Representative | None = None,
) -> Situation:
    """Gather what is known of a person on a day, where they lived then too. `form_done`: whether the
    application form was filled in; None: not
    yet. `files`: whether the proofs' files will be looked at. `representative`: who acts for them, if
    somebody does.
    """
    registrations = registration.stays(person.pk)
    home = registration.on_day(registrations, as_of)
    proof = proof_of(person.pk, as_of, files=files, counts=of_this_home(registrations, home))
    guardians = _guardians(person, rules, as_of, files)
    facts = law.Facts(
        person=law.Person(
            born=person.born,
            household_division=person.household_division,
            application_form=form_done,
            identity_document=True if person.identity_confirmed_at else None,
            photo=True if person.photo_id else proof.shown(Kind.PHOTO),
            representative=representative,
        ),
        registrations=[*registration.as_facts(registrations), *proof.lived_elsewhere()],
        insurance=proof.insurance(),
        dwelling=proof.dwelling(
            home.dwelling_kind if home else "",
            rules.routes.dwelling.kinds,
            _household(person, guardians),
        ),
        study=proof.study(),
        talent_permit=proof.talent_permit(),
        talent_listing=proof.talent_listing(),
        labour_contract=proof.labour_contract(),
        business_licence=proof.business_licence(),
        guardians=[_guardian(guardian, theirs, rules, as_of) for guardian, theirs in guardians],
    )
    return Situation(person, proof, registrations, facts, guardians)


def _household(person: Person, guardians: Iterable[tuple[Person, Proof]]) -> list[Named]:
    people = [person, *(guardian for guardian, _proof in guardians)]
    return [Named(one.name, one.identity_number) for one in people]


def _guardians(child: Person, rules: Policy, as_of: date, files: bool) -> tuple[tuple[Person, Proof], ...]:
    if not is_child(child, rules, as_of):
        return ()
    found = guarding(child, as_of).prefetch_related("permits__endorsements", "permits__applications")
    return tuple((guardian, proof_of(guardian.pk, as_of, files=files)) for guardian in found)


def _guardian(guardian: Person, proof: Proof, rules: Policy, as_of: date) -> law.Guardian:
    return law.Guardian(
        local_household=guardian.household_division in rules.parameters.urban_divisions,
        permit_status=_permit_status(list(guardian.permits.all()), in_force(as_of), as_of),
        insurance=proof.insurance(),
    )


def _permit_status(permits: list[Permit], rules: Policy, as_of: date) -> law.PermitStatus:
    found = {permit.status(rules, as_of).status for permit in permits if permit.issued_on <= as_of}
    for status in ("active", "suspended", "terminated"):
        if status in found:
            return cast(law.PermitStatus, status)
    return "none"


def form_done(application: Application) -> bool | None:
    """Whether declaration and form were finished."""
    done = application.answers.get("declaration") and application.answers.get("form")
    return True if done or application.is_endorsement else None


def decide(
    application: Application, as_of: date, *, among: Situation | None = None
) -> tuple[eligibility.Answer, Situation]:
    """Ask the law about an application on a day, by the policy that it was filed under."""
    rules = rules_of(application, as_of)
    seen = among or situation(
        application.person,
        rules,
        as_of,
        form_done=form_done(application),
        representative=representatives.as_fact(application),
    )
    answer = eligibility.decide(
        seen.facts,
        rules,
        as_of,
        cast(law.Route, application.route),
        purpose="endorsement" if application.is_endorsement else "permit",
    )
    return answer, seen


def record(
    application: Application,
    stage: str,
    answer: eligibility.Answer,
    seen: Situation,
    as_of: date,
    actor: Actor,
) -> Decision:
    """Store a decision with everything it rests on, in the caller's transaction."""
    return Decision.objects.create(
        application=application,
        stage=stage,
        purpose="endorsement" if application.is_endorsement else "permit",
        route=application.route,
        policy_id=application.policy_id,
        as_of=as_of,
        facts=seen.facts.model_dump(mode="json", by_alias=True),
        answer=answer.as_json(),
        outcome=answer.outcome,
        calendar_version=calendar.calendar_version(),
        evidence=seen.evidence,
        made_at=clock.now(),
        made_by_id=actor.account_id,
    )


def replay(decision: Decision) -> dict[str, Any] | None:
    """Decide again from the stored facts. None when the law answers the same, else the new answer.

    Sentences may be worded better over the years; they are no part of the comparison.
    """
    answer = eligibility.decide(
        law.Facts.model_validate(decision.facts),
        policy.load(decision.policy_id),
        decision.as_of,
        cast(law.Route, decision.route),
        purpose=cast(law.Purpose, decision.purpose),
    ).as_json()
    answer = orjson.loads(orjson.dumps(answer))
    return None if _without_words(answer) == _without_words(decision.answer) else answer


def _without_words(answer: dict[str, Any]) -> dict[str, Any]:
    findings = [{key: value for key, value in row.items() if key != "message"} for row in answer["findings"]]
    return {**answer, "findings": findings}
