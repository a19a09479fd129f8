"""A landlord with a dwelling in every state, his tenants, and what the offices have before them of it."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from juzhu.demo import portraits
from juzhu.demo.characters import BY_KEY
from juzhu.demo.identities import FEMALE, GONGCHENQIAO, MALE, Identity
from juzhu.demo.life import Life, ignore
from juzhu.demo.stage import Do, Stage, stored
from juzhu.demo.stories_of_duties import FIRM
from juzhu.operations.actors import Actor
from juzhu.operations.clock import SHANGHAI
from juzhu.people.models import Organisation
from juzhu.registration.dwellings import (
    filings,
    helping,
    inspections,
    leases,
    letting,
    recording,
    titles,
)
from juzhu.registration.dwellings.inspections import Found
from juzhu.registration.dwellings.leases import LeaseSaid, TenantSaid
from juzhu.registration.dwellings.recording import DwellingSaid, RoomSaid
from juzhu.registration.dwellings.rights import Landlord
from juzhu.registration.dwellings.titles import TitleSaid
from juzhu.registration.models import Dwelling, HelpCall, Inspection, Lease, LettingRecord
from juzhu.registration.reporting import filing
from juzhu.registration.reporting.entries import LEASE, Entry, Reporter

DONE, WAITING = "小河路 26 号 2 幢 301 室（示例）", "小河路 26 号 2 幢 302 室（示例）"
TO_MEND, AGAIN = "金华南路 9 号（示例）", "金华南路 11 号（示例）"
CROWDED, ENDING = "温州路 70 号 1 单元 101 室（示例）", "温州路 70 号 1 单元 102 室（示例）"
OVER, RETURNED = "永宁街 3 号 501 室（示例）", "永宁街 3 号 502 室（示例）"
TOLD = "登云路 55 号 6 幢 1201 室（示例）"
TWO_ROOMS = (
    RoomSaid("主卧", "bedroom", Decimal("14.50")),
    RoomSaid("次卧", "bedroom", Decimal("9.00")),
    RoomSaid("厨房", "kitchen", Decimal("6.00"), let=False),
)
SMALL = (RoomSaid("卧室", "bedroom", Decimal("9.00")),)
GOOD = {
    "illegal_construction": False, "dangerous_building": False, "changed_use": False,
    "let_by_designed_room": True, "kitchen_or_cellar_let": False, "extinguisher": True,
    "escape_kit": True, "window_bars_open": True,
}  # fmt: skip
TENANTS = (
    Identity("葛小兰", "Ge Xiaolan", FEMALE, date(1997, 4, 9), "361199", "江西省上饶市"),
    Identity("柴明亮", "Chai Mingliang", MALE, date(1989, 8, 23), "411799", "河南省驻马店市"),
    Identity("乔大伟", "Qiao Dawei", MALE, date(1992, 11, 5), "341299", "安徽省阜阳市"),
    Identity("阮玉芬", "Ruan Yufen", FEMALE, date(1994, 1, 17), "431299", "湖南省怀化市"),
    Identity("施小军", "Shi Xiaojun", MALE, date(1996, 7, 2), "511399", "四川省南充市"),
    Identity("简秋菊", "Jian Qiuju", FEMALE, date(1990, 10, 28), "522499", "贵州省毕节市"),
    Identity("瞿文海", "Qu Wenhai", MALE, date(1986, 3, 12), "421199", "湖北省黄冈市"),
)
"""Tenants who have no page of their own in the demo."""
ANSWERED = Identity("夏春梅", "Xia Chunmei", FEMALE, date(1988, 12, 20), "231299", "黑龙江省绥化市")
"""A tenant whom the subdistrict has answered."""


@dataclass(slots=True)
class Lets:
    """The landlord's steps. Each puts one on the timeline."""

    stage: Stage
    life: Life
    homes: dict[str, Dwelling] = field(default_factory=dict)
    turn: int = 0

    def on(self, day: str, do: Do) -> None:
        """Let something happen on a day, after what was put there before; the stories are told one by one."""
        self.turn += 1
        moment = datetime.combine(date.fromisoformat(day), time(13), SHANGHAI)
        self.stage.at(moment + timedelta(minutes=3 * self.turn), do)

    @property
    def actor(self) -> Actor:
        return self.life.actor

    def office(self, login: str) -> Actor:
        """The officer who answers."""
        return self.stage.officers[login].actor

    def records(self, day: str, address: str, land: str, rooms: tuple[RoomSaid, ...] = TWO_ROOMS) -> None:
        """Records a dwelling with its rooms and shows the title."""

        def do(today: date) -> None:
            said = DwellingSaid(GONGCHENQIAO, address, land, rooms, commodity=land == "state" or None)
            right = "ownership" if land == "state" else "homestead"
            title = TitleSaid(right=right, certificate_number="", files=[_paper(address, "产权证")])
            made = recording.record(
                Landlord(person=self.life.person), said, title, actor=self.actor, today=today
            )
            self.homes[address] = made.dwelling

        self.on(day, do)

    def title(self, day: str, address: str, reason: str = "") -> None:
        """The office confirms the title, or returns it with a reason."""

        def do(today: date) -> None:
            home = self.homes[address]
            actor = self.office("D4003" if home.land == "state" else "S3001")
            if reason:
                titles.give_back(home.claims.get(), reason, actor=actor, today=today)
            else:
                titles.confirm(home.claims.get(), actor=actor, today=today)

        self.on(day, do)

    def files(self, day: str, address: str, recorded: str = "") -> None:
        """Files the letting with the police, who record it on a day."""

        def do(today: date) -> None:
            letting.file(self.homes[address], actor=self.actor, today=today)

        def answer(today: date) -> None:
            row = LettingRecord.objects.get(dwelling=self.homes[address])
            letting.record(row, actor=self.office("P1001"), today=today)

        self.on(day, do)
        if recorded:
            self.on(recorded, answer)

    def leases(self, day: str, address: str, term: tuple[str, str], *people: Identity) -> None:
        """Hands in a lease; its tenants are reported with it once it has begun."""
        began, until = (date.fromisoformat(one) for one in term)
        tenants = tuple(TenantSaid(one.name, one.number) for one in people)

        def do(today: date) -> None:
            files = [_paper(address, f"租赁合同{began}")]
            said = LeaseSaid(began, until, tenants, files, monthly_rent_fen=260_000)
            leases.hand_in(self.homes[address], said, actor=self.actor, today=today)

        self.on(day, do)

    def lease_answered(self, day: str, address: str) -> None:
        """The housing department files the lease; on collective land the subdistrict looks at it."""

        def do(today: date) -> None:
            lease = Lease.objects.get(dwelling=self.homes[address])
            if lease.dwelling.land == "state":
                row = filings.ask(lease, actor=self.actor, today=today)
                filings.file(row, f"示例{lease.pk:04d}", today, actor=self.office("D4003"), today=today)
            else:
                leases.see(lease, actor=self.office("S3001"), today=today)

        self.on(day, do)

    def asks_filing(self, day: str, address: str) -> None:
        """Asks for a filing that nobody has answered yet."""
        self.on(
            day,
            lambda today: ignore(
                filings.ask(Lease.objects.get(dwelling=self.homes[address]), actor=self.actor, today=today)
            ),
        )

    def asks_inspection(self, day: str, address: str) -> None:
        """Asks the subdistrict to come."""
        self.on(
            day,
            lambda today: ignore(inspections.ask(self.homes[address], actor=self.actor, today=today)),
        )

    def inspected(self, day: str, address: str, tenants: int, **about: Any) -> None:
        """The subdistrict's officer comes and keeps what was found."""

        def do(today: date) -> None:
            row = Inspection.objects.get(dwelling=self.homes[address], state="asked")
            answers = GOOD | about.get("amiss", {})
            found = Found(
                today, answers, tenants=tenants, mend_by=about.get("mend_by"), note=about.get("note", "")
            )
            inspections.record(row, found, f"demo-{row.number}", actor=self.office("S3001"), today=today)

        self.on(day, do)


def landlord(stage: Stage) -> None:
    """Eight dwellings: one in which all is done, and one for each thing that can be in the way."""
    lets = Lets(stage, Life(stage, BY_KEY["landlord"], BY_KEY["landlord"].phone).comes("2025-03-20"))
    _all_done(lets)
    _about_to_end(lets)
    _waits_for_everybody(lets)
    _to_mend(lets)
    _too_many(lets)
    _over(lets)
    lets.records("2026-03-02", RETURNED, "state", SMALL)
    lets.title("2026-03-04", RETURNED, "照片反光，权利人一栏看不清。请重新拍一张。")
    lets.on("2026-03-09", _tells_the_firm(lets.life))


def _all_done(lets: Lets) -> None:
    """Title, letting, lease and inspection are in order; the tenant has nothing to hand in."""
    tenant = BY_KEY["tenant"]
    lets.records("2025-08-11", DONE, "state")
    lets.title("2025-08-13", DONE)
    lets.files("2025-08-13", DONE, recorded="2025-08-15")
    lets.leases("2025-08-18", DONE, ("2025-08-18", "2026-08-17"), tenant)
    lets.lease_answered("2025-08-20", DONE)
    lets.asks_inspection("2025-08-20", DONE)
    lets.inspected("2025-08-26", DONE, 1)
    life = Life(lets.stage, tenant, tenant.phone).comes("2025-08-18")
    life.registers("2025-08-20", address=DONE, since="2025-08-18", workplace="桥西精密仪器厂")


def _about_to_end(lets: Lets) -> None:
    """The lease ends this month, and the inspection lapses soon after."""
    lets.records("2025-03-21", ENDING, "state")
    lets.title("2025-03-25", ENDING)
    lets.files("2025-03-25", ENDING, recorded="2025-03-27")
    lets.leases("2025-03-26", ENDING, ("2025-03-26", "2026-03-25"), TENANTS[0])
    lets.lease_answered("2025-03-31", ENDING)
    lets.asks_inspection("2025-03-31", ENDING)
    lets.inspected("2025-04-02", ENDING, 1)
    _lives(lets.stage, TENANTS[0], ENDING, "2025-03-28", 0)


def _waits_for_everybody(lets: Lets) -> None:
    """Just handed in: housing department, police and subdistrict have it, some days already."""
    lets.records("2026-02-25", WAITING, "state")
    lets.files("2026-02-26", WAITING)
    lets.leases("2026-03-02", WAITING, ("2026-03-01", "2027-02-28"), TENANTS[1])
    lets.asks_filing("2026-03-02", WAITING)
    lets.asks_inspection("2026-02-27", WAITING)


def _to_mend(lets: Lets) -> None:
    """Two houses on collective land: one to be mended, one mended and waiting for the second look."""
    for address, (recorded, asked, seen, until) in {
        TO_MEND: ("2026-02-02", "2026-02-05", "2026-02-24", "2026-03-16"),
        AGAIN: ("2026-01-12", "2026-01-15", "2026-01-22", "2026-02-21"),
    }.items():
        lets.records(recorded, address, "collective")
        lets.title(asked, address)
        lets.files(asked, address, recorded=asked)
        lets.asks_inspection(asked, address)
        amiss = {"extinguisher": False, "window_bars_open": False}
        note = "二楼窗上的防盗窗要能从里面打开。"
        lets.inspected(seen, address, 0, amiss=amiss, mend_by=date.fromisoformat(until), note=note)
    lets.leases("2026-03-03", TO_MEND, ("2026-03-02", "2027-03-01"), TENANTS[2])
    lets.asks_inspection("2026-02-20", AGAIN)


def _too_many(lets: Lets) -> None:
    """A room for two in which three are registered; the subdistrict is asked to look."""
    lets.records("2026-01-05", CROWDED, "collective", SMALL)
    lets.title("2026-01-08", CROWDED)
    lets.files("2026-01-08", CROWDED, recorded="2026-01-12")
    lets.leases("2026-01-12", CROWDED, ("2026-01-10", "2027-01-09"), *TENANTS[3:5])
    lets.lease_answered("2026-01-15", CROWDED)
    for turn, one in enumerate(TENANTS[3:6]):
        _lives(lets.stage, one, CROWDED, "2026-01-14", 3 + turn)
    lets.asks_inspection("2026-03-06", CROWDED)


def _over(lets: Lets) -> None:
    """A lease that is over, of which the landlord has not said that the tenant left: overdue since Friday."""
    lets.records("2025-03-24", OVER, "state", SMALL)
    lets.title("2025-03-26", OVER)
    lets.leases("2025-03-28", OVER, ("2025-03-04", "2026-03-03"), TENANTS[6])


def _lives(stage: Stage, one: Identity, address: str, day: str, turn: int) -> None:
    life = Life(stage, one, f"1600000106{turn}", photo=False).comes(day, signs_in=False)
    life.registers(day, address=address)


def _tells_the_firm(life: Life) -> Do:
    """He tells the property firm of a tenant, instead of the police."""

    def do(today: date) -> None:
        one = TENANTS[2]
        entry = Entry(
            LEASE, "began", date(2026, 3, 6), one.name, identity_number=one.number,
            subdistrict=GONGCHENQIAO, address=TOLD, until_on=date(2026, 9, 5),
        )  # fmt: skip
        firm = Organisation.objects.get(name=FIRM)
        filing.tell_property_firm(Reporter(person=life.person), entry, firm, actor=life.actor, today=today)

    return do


def renter(stage: Stage) -> None:
    """Two tenants whose landlords won't help: one waits for the subdistrict, one was answered."""
    who = BY_KEY["renter"]
    life = Life(stage, who, who.phone).comes("2025-08-25")
    life.registers("2025-08-27", address="湖墅南路 188 号 3 幢 402 室（示例）")

    def calls(today: date) -> None:
        text = "房东说办出租登记要交税，不肯办，也不给产权证。房东姓罗，电话 16000009900。"
        helping.call(life.person, text, actor=life.actor, today=today)

    life.on("2026-03-04", calls)
    second = Life(stage, ANSWERED, "16000001069", photo=False).comes("2025-11-03", signs_in=False)
    second.registers("2025-11-05", address="湖墅南路 190 号 1 幢 202 室（示例）")
    street = stage.officers["S3001"]

    def asks(today: date) -> None:
        helping.call(second.person, "房东不肯签合同。", actor=second.actor, today=today)

    def answered(today: date) -> None:
        row = HelpCall.objects.get(person=second.person)
        helping.take_up(row, actor=street.actor)
        helping.settle(row, "和房东说好了，这周五前补签合同，再一起交上来。", actor=street.actor)

    second.on("2026-02-16", asks).on("2026-02-24", answered)


def _paper(address: str, name: str) -> Any:
    return stored(portraits.paper(f"{address}{name}"), f"{name}.jpg")


STORIES = (landlord, renter)
