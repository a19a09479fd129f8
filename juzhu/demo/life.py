"""What can happen to somebody, as steps on the stage. Dates are written as ISO days."""

import random
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from juzhu.demo import portraits
from juzhu.demo.identities import GONGCHENQIAO, Identity
from juzhu.demo.stage import Do, Stage, enter, stored
from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.operations.actors import SYSTEM, Actor
from juzhu.operations.clock import SHANGHAI
from juzhu.people.models import Account, Person
from juzhu.permits import actions, casework, facts
from juzhu.permits.models import Application, Permit
from juzhu.permits.representatives import Agent
from juzhu.registration import actions as registration

EMPLOYERS = (
    "运河服饰有限公司",
    "桥西精密仪器厂",
    "大关物流有限公司",
    "武林餐饮管理有限公司",
    "半山新材料有限公司",
)
STREETS = ("桥弄街", "小河路", "台州路", "登云路", "石祥路", "文晖路", "环城北路", "湖墅南路")
ALL_RENTED = ("lease", "title", "rental_registration", "lease_filing", "safety_inspection")
AGREED: dict[str, dict[str, Any]] = {
    "place": {"confirmed": True},
    "declaration": {"agreed": True},
    "form": {"phone": ""},
    "materials": {"seen": True},
}


class Life:
    """One person's steps. Each method puts a step on the timeline and gives the life back."""

    def __init__(self, stage: Stage, identity: Identity, phone: str, *, photo: bool = True) -> None:
        self.stage, self.identity, self.phone = stage, identity, phone
        self.account: Account | None = None
        self.known_as: Person | None = None
        self._last = datetime.min.replace(tzinfo=SHANGHAI)
        enter(identity, photo=photo)

    @property
    def person(self) -> Person:
        """Whom the law speaks of. Only inside a step after `comes`."""
        found = self.known_as or (self.account.person if self.account else None)
        assert found is not None
        return found

    @property
    def actor(self) -> Actor:
        """The citizen's own account; the service itself for somebody without one."""
        return self.account.actor if self.account else SYSTEM

    def on(self, day: str, do: Do) -> Self:
        """Let something happen on a day, in office hours, after the step before; steps are given in order."""
        dice = self.stage.dice
        earliest = datetime.combine(date.fromisoformat(day), time(9, dice.randrange(60)), SHANGHAI)
        earliest += timedelta(minutes=dice.randrange(180))
        self._last = max(earliest, self._last + timedelta(minutes=3 + dice.randrange(9)))
        self.stage.at(self._last, do)
        return self

    def comes(self, day: str, *, signs_in: bool = True) -> Self:
        """Opens an account and is known by their real name."""

        def do(today: date) -> None:
            self.account = self.stage.account_of(self.identity, self.phone, signs_in=signs_in)

        return self.on(day, do)

    def registers(
        self, day: str, area: str = GONGCHENQIAO, *, window: str = "", since: str = "", **about: str
    ) -> Self:
        """Registers where they live; at the window when an officer's login is given."""
        stay = self.stay(area, since or day, **about)

        def do(today: date) -> None:
            actor = self.stage.officers[window].actor if window else self.actor
            channel = "window" if window else "web"
            registration.register(self.person, stay, actor=actor, today=today, channel=channel)

        return self.on(day, do)

    def moves(self, day: str, area: str = GONGCHENQIAO, *, since: str) -> Self:
        """Reports a new address."""
        stay = self.stay(area, since)
        return self.on(
            day,
            lambda today: ignore(registration.move(self.person, stay, actor=self.actor, today=today)),
        )

    def stay(self, area: str, since: str, **about: str) -> registration.Stay:
        """A dwelling somewhere in an area; at `address` where one is given."""
        dice = self.stage.dice
        return registration.Stay(
            subdistrict=area,
            community=f"{area}{901 + dice.randrange(3)}",
            address=about.get("address") or _an_address(dice),
            since=date.fromisoformat(since),
            reason=about.get("reason", "work"),
            dwelling_kind=about.get("dwelling", "rented"),
            workplace=about.get("workplace", ""),
        )

    def attested(self, day: str, kind: Kind, department: str, **says: Any) -> Self:
        """A department says something of them, in the evening, when offices exchange their data."""
        moment = datetime.combine(date.fromisoformat(day), time(20, self.stage.dice.randrange(60)), SHANGHAI)
        self.stage.at(
            moment,
            lambda today: ignore(evidence.attest(self.person.pk, kind, says, department, actor=SYSTEM)),
        )
        return self

    def insured(self, day: str, *months: tuple[str, str], employer: str = "") -> Self:
        """The social-insurance bureau says on a day which months were paid; none is known to be none."""
        works_at = employer or self.stage.dice.choice(EMPLOYERS)
        runs = [
            {"from": first, "to": last, "division": "330100", "back_paid": False, "employer": works_at}
            for first, last in months
        ]
        return self.attested(day, Kind.INSURANCE, "human_resources", runs=runs)

    def rents(
        self, day: str, which: Iterable[str] = ALL_RENTED, *, lease: tuple[str, str] = ("", "")
    ) -> Self:
        """Offices attest a rented dwelling: the lease and what belongs to it, or only some of that."""
        number = f"{self.stage.dice.randrange(10**6):06d}"
        begins, ends = lease if lease[0] else (day, f"{int(day[:4]) + 3}-{day[5:7]}-28")
        said: dict[str, tuple[Kind, str, dict[str, Any]]] = {
            "lease": (
                Kind.LEASE, "housing",
                {"from": begins, "to": ends, "landlord": "房东（示例）", "commodity_housing": True},
            ),
            "title": (
                Kind.TITLE, "housing",
                {"holder": "landlord", "owner": "房东（示例）", "number": number},
            ),
            "rental_registration": (Kind.RENTAL_REGISTRATION, "police", {"number": f"CZ{number}"}),
            "lease_filing": (Kind.LEASE_FILING, "housing", {"number": f"BA{number}"}),
            "safety_inspection": (
                Kind.SAFETY_INSPECTION, "subdistrict",
                {
                    "illegal_construction": False, "dangerous_building": False,
                    "changed_use": False, "inspected_on": day,
                },
            ),
        }  # fmt: skip
        for name in which:
            kind, department, says = said[name]
            self.attested(day, kind, department, **says)
        return self

    def hands_in(self, day: str, kind: Kind, name: str, **says: Any) -> Self:
        """Uploads a photographed paper."""

        def do(today: date) -> None:
            file = stored(portraits.paper(f"{self.identity.name}{name}"), name)
            evidence.upload(self.person.pk, kind, says, [file], actor=self.actor)

        return self.on(day, do)

    def files(self, day: str, route: str, *, window: str = "") -> Self:
        """Applies; at the window when an officer's login is given."""

        def do(today: date) -> None:
            draft = self.drafted(route, today, window)
            actions.submit(draft, actor=self.by(window), today=today, key=f"demo-{draft.pk}")

        return self.on(day, do)

    def by(self, window: str = "") -> Actor:
        """Who does it: the officer of that login, or they themselves."""
        return self.stage.officers[window].actor if window else self.actor

    def drafted(self, route: str, today: date, window: str = "", agent: Agent | None = None) -> Application:
        """A draft in which every step is filled in. Only inside a step."""
        actor, channel = self.by(window), "window" if window else "web"
        draft = actions.start(self.person, route, actor=actor, today=today, channel=channel, agent=agent)
        for step, answers in AGREED.items():
            given = {"phone": self.phone} if step == "form" else answers
            draft = actions.save_step(draft, step, given, actor=actor, route=route)
        return draft

    def asks_for_endorsement(self, day: str, route: str = "employment") -> Self:
        """Files for another year."""

        def do(today: date) -> None:
            permit = Permit.objects.get(person=self.person, terminated_on=None)
            actions.request_endorsement(permit, route, actor=self.actor, today=today)

        return self.on(day, do)

    def looked_at(self, day: str, officer: str) -> Self:
        """An officer finds every upload good."""

        def do(today: date) -> None:
            actor = self.stage.officers[officer].actor
            for piece in self.person.evidence.filter(source="upload", judgement=""):
                casework.judge(self.application(), piece, "good", actor=actor, today=today)

        return self.on(day, do)

    def accepted(self, day: str, officer: str) -> Self:
        """A clerk accepts."""
        return self._decided(day, officer, casework.accept)

    def approved(self, day: str, officer: str) -> Self:
        """A reviewer approves, and the permit is issued."""
        return self._decided(day, officer, casework.approve)

    def refused(self, day: str, officer: str, reason: str) -> Self:
        """An officer refuses, with the reason."""
        return self.on(
            day,
            lambda today: ignore(
                casework.refuse(
                    self.application(), reason, actor=self.stage.officers[officer].actor, today=today
                )
            ),
        )

    def asked(self, day: str, officer: str, notes: dict[str, str] | None = None) -> Self:
        """A clerk asks once for all that is missing."""

        def do(today: date) -> None:
            application = self.application()
            answer, _seen = facts.decide(application, today)
            wanted = {**dict.fromkeys(answer.missing, ""), **(notes or {})}
            casework.request_supplement(
                application, wanted, actor=self.stage.officers[officer].actor, today=today
            )

        return self.on(day, do)

    def withdraws(self, day: str) -> Self:
        """Takes the application back."""
        return self.on(
            day, lambda today: ignore(actions.withdraw(self.application(), actor=self.actor, today=today))
        )

    def _decided(self, day: str, officer: str, action: Callable[..., Application]) -> Self:
        return self.on(
            day,
            lambda today: ignore(
                action(self.application(), actor=self.stage.officers[officer].actor, today=today)
            ),
        )

    def application(self) -> Application:
        """The latest one. Only inside a step."""
        return Application.objects.filter(person=self.person).latest("pk")


def _an_address(dice: random.Random) -> str:
    return (
        f"{dice.choice(STREETS)} {dice.randint(3, 180)} 号 {dice.randint(1, 4)} 单元"
        f" {dice.randint(1, 9)}0{dice.randint(1, 4)} 室"
    )


def ignore(result: object) -> None:
    """A step gives nothing back."""
