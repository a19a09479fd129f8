"""What can happen to somebody beyond the plain way: at the window, at the desks, after issue. Each is a step
on the stage that calls the room's own action.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, Self

from juzhu.demo import portraits
from juzhu.demo.identities import GONGCHENQIAO, Identity
from juzhu.demo.life import Life, ignore
from juzhu.demo.stage import Stage, stored
from juzhu.documents import slips
from juzhu.evidence import objections
from juzhu.operations.actors import Actor
from juzhu.operations.models import StoredFile
from juzhu.people import actions as people
from juzhu.people.identity_provider import provider
from juzhu.permits import actions, instant, pauses, submission
from juzhu.permits.after import corrections, fraud, post_checks
from juzhu.permits.after.measures import Measures
from juzhu.permits.after.post_checks import Found
from juzhu.permits.desk import assignment, remedies
from juzhu.permits.desk.remedies import Filed
from juzhu.permits.models import Application, Correction, FraudCase, Permit, PostCheck
from juzhu.permits.representatives import Agent
from juzhu.permits.window import registering


class LongLife(Life):
    """A life with more in it. As in `Life`, each method puts a step on the timeline."""

    def __init__(
        self, stage: Stage, identity: Identity, phone: str, *, agent: Identity | None = None
    ) -> None:
        super().__init__(stage, identity, phone)
        self.agent = agent

    def officer(self, login: str) -> Actor:
        """An officer who acts."""
        return self.stage.officers[login].actor

    def does(self, day: str, act: Callable[[date], object]) -> Self:
        """A step whose result nobody needs."""
        return self.on(day, lambda today: ignore(act(today)))

    # At the window

    def is_received(self, day: str, officer: str) -> Self:
        """Stands at the window, or somebody does for them, and is entered by their number; no account."""

        def do(today: date) -> None:
            confirmed = provider().confirm(self.identity.name, self.identity.number)
            self.known_as = people.record_person(confirmed, actor=self.officer(officer))

        return self.on(day, do)

    def is_received_unnamed(self, day: str, officer: str, *, name: str = "", number: str = "") -> Self:
        """Stands at the window without a document: what they say is written down as claimed. `name`: as it is
        misspelt there; `number`: as they remember it.
        """

        def do(today: date) -> None:
            who = self.identity
            claim = people.Claim(
                name or who.name, who.sex, who.born, who.division, who.address, self.phone, number
            )
            self.known_as = people.record_pending(claim, actor=self.officer(officer), today=today)

        return self.on(day, do)

    def is_registered(self, day: str, officer: str, area: str = GONGCHENQIAO, **about: str) -> Self:
        """Registers at the window, alone or through a relative."""
        stay = self.stay(area, day, **about)
        return self.does(
            day,
            lambda today: registering.register(
                self.person, stay, self._acting(), actor=self.officer(officer), today=today
            ),
        )

    def is_filed_for(self, day: str, route: str, officer: str) -> Self:
        """A relative files at the window."""

        def do(today: date) -> None:
            draft = self.drafted(route, today, officer, self._acting())
            actions.submit(draft, actor=self.officer(officer), today=today, key=f"demo-{draft.pk}")

        return self.on(day, do)

    def _acting(self) -> Agent | None:
        """The relative who acts, with scans of what both showed."""
        if self.agent is None:
            return None
        return Agent(
            provider().confirm(self.agent.name, self.agent.number),
            "child",
            "elderly",
            self.phone,
            identity_shown=True,
            applicants_identity_shown=True,
            files=[paper(f"{self.agent.name}的身份证.jpg"), paper(f"{self.identity.name}的身份证.jpg")],
        )

    # In hand

    def drafts(self, day: str, route: str) -> Self:
        """Fills everything in and does not file it yet."""
        return self.does(day, lambda today: self.drafted(route, today))

    def is_answered_at_once(self, day: str, route: str) -> Self:
        """Files, and the rules alone answer."""

        def do(today: date) -> None:
            draft = self.drafted(route, today)
            submission.file(draft, actor=self.actor, today=today, key=f"demo-{draft.pk}")

        return self.on(day, do)

    def asks_for_a_person(self, day: str) -> Self:
        """Wants somebody to look at what the rules alone answered."""
        return self.does(
            day, lambda today: instant.ask_person(self.application(), actor=self.actor, today=today)
        )

    def objects(self, day: str, wrong: str, right: str) -> Self:
        """Says that the latest word of a department is wrong."""

        def do(today: date) -> None:
            piece = self.person.evidence.filter(source="attestation").latest("pk")
            objections.file(piece, wrong, right, actor=self.actor, today=today)

        return self.on(day, do)

    def is_put_right(self, day: str, officer: str, says: dict[str, Any], answer: str) -> Self:
        """The department corrects its word."""

        def do(today: date) -> None:
            said = self.person.objections.latest("pk")
            objections.correct(said, says, answer, actor=self.officer(officer), today=today)

        return self.on(day, do)

    def paused(self, day: str, officer: str, reason: str, note: str, days: int) -> Self:
        """The fifteen days stand still."""
        return self.does(
            day,
            lambda today: pauses.pause(
                self.application(), reason, note, days, actor=self.officer(officer), today=today
            ),
        )

    def contested(self, day: str, chief: str, filed: Filed) -> Self:
        """A chief writes down that a remedy was filed."""
        return self.does(
            day,
            lambda today: remedies.record(self.application(), filed, actor=self.officer(chief), today=today),
        )

    def overturned(self, day: str, chief: str, on: str) -> Self:
        """And how it ended."""

        def do(today: date) -> None:
            remedy = self.application().remedies.latest("pk")
            remedies.conclude(
                remedy, "overturned", date.fromisoformat(on), actor=self.officer(chief), today=today
            )

        return self.on(day, do)

    def reopened(self, day: str, chief: str, reason: str) -> Self:
        """A chief has it done anew."""
        return self.does(
            day,
            lambda today: remedies.reopen(self.application(), reason, actor=self.officer(chief), today=today),
        )

    def assigned(self, day: str, chief: str, to: str, reason: str) -> Self:
        """A chief gives the case to somebody."""
        return self._given(day, assignment.assign, chief, to, reason)

    def handed_over(self, day: str, officer: str, to: str, reason: str) -> Self:
        """Who has it gives it to a colleague."""
        return self._given(day, assignment.hand_over, officer, to, reason)

    def _given(self, day: str, give: Callable[..., Application], officer: str, to: str, reason: str) -> Self:
        return self.does(
            day,
            lambda today: give(
                self.application(),
                self.stage.officers[to],
                reason,
                actor=self.officer(officer),
                today=today,
            ),
        )

    # After issue

    def permit(self) -> Permit:
        """The latest one. Only inside a step."""
        return Permit.objects.filter(person=self.person).latest("pk")

    def asks_for_correction(
        self, day: str, field: str, wanted: str, why: str, proof: Callable[[], StoredFile]
    ) -> Self:
        """Says what is wrong on the permit."""
        return self.does(
            day,
            lambda today: corrections.ask(
                self.permit(), field, wanted, why, [proof()], actor=self.actor, today=today
            ),
        )

    def is_corrected(self, day: str, officer: str) -> Self:
        """A clerk puts it right."""

        def do(today: date) -> None:
            asked = Correction.objects.filter(permit=self.permit()).latest("pk")
            corrections.correct(asked, actor=self.officer(officer), today=today)

        return self.on(day, do)

    def slip_fetched(self, day: str, officer: str, by: Identity) -> Self:
        """Somebody else fetches a confirmation slip, with a mandate."""

        def do(today: date) -> None:
            agent = slips.Agent(by.name, by.number, "identity_card", paper("委托书.jpg"))
            slips.hand_out(self.permit(), agent, actor=self.officer(officer), today=today, key="demo")

        return self.on(day, do)

    def to_be_checked(self, day: str, officer: str, word: str, to: str) -> Self:
        """An officer puts the permit on the list, and the chief says who goes."""

        def do(today: date) -> None:
            check = post_checks.plan(
                self.permit(), "tip", [], actor=self.officer(officer), today=today, tip=word
            )
            post_checks.assign(check, self.stage.officers[to], actor=self.officer("P1003"))

        return self.on(day, do)

    def checked(self, day: str, officer: str, found: Found) -> Self:
        """An officer was there."""

        def do(today: date) -> None:
            planned = PostCheck.objects.filter(permit=self.permit(), state="planned").latest("pk")
            post_checks.record(planned, found, actor=self.officer(officer), today=today)

        return self.on(day, do)

    def told_of_fraud(self, day: str, officer: str, proposed: Measures) -> Self:
        """Is told the facts, what is proposed, and that they may speak."""
        return self.does(
            day,
            lambda today: fraud.tell(self._fraud(), proposed, actor=self.officer(officer), today=today),
        )

    def states(self, day: str, statement: str) -> Self:
        """Says their side."""
        return self.does(
            day, lambda today: fraud.hear(self._fraud(), statement, actor=self.actor, today=today)
        )

    def decided_on(self, day: str, chief: str, measures: Measures, reason: str) -> Self:
        """A chief who did not open the case decides."""
        return self.does(
            day,
            lambda today: fraud.decide(
                self._fraud(), measures, reason, actor=self.officer(chief), today=today
            ),
        )

    def contests_the_decision(self, day: str, filed: Filed, chief: str) -> Self:
        """A chief writes down that a remedy was filed against it."""
        return self.does(
            day,
            lambda today: remedies.record_against(
                self._fraud(), filed, actor=self.officer(chief), today=today
            ),
        )

    def _fraud(self) -> FraudCase:
        return FraudCase.objects.filter(person=self.person).latest("pk")

    # What ends it

    def household_moves(self, day: str, officer: str, division: str, address: str, source: str) -> Self:
        """Their household registration is here from that day."""
        return self.does(
            day,
            lambda today: people.record_household(
                self.person, division, address, today, source, actor=self.officer(officer), today=today
            ),
        )

    def dies(self, day: str, officer: str, on: str, source: str) -> Self:
        """The office learns that they have died."""
        return self.does(
            day,
            lambda today: people.record_death(
                self.person,
                date.fromisoformat(on),
                source,
                actor=self.officer(officer),
                today=today,
            ),
        )


def paper(name: str) -> StoredFile:
    """A drawn paper, kept. Only inside a step."""
    return stored(portraits.paper(name), name)
