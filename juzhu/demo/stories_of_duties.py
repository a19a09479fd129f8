"""A firm that reports whom it hires and lets to, was ordered to correct, and is heard in a penalty case."""

from collections.abc import Callable
from datetime import date, datetime

from juzhu.demo.characters import BY_KEY
from juzhu.demo.identities import GONGCHENQIAO, MALE, Identity
from juzhu.demo.life import Life
from juzhu.demo.stage import Stage
from juzhu.evidence.spreadsheets import heading
from juzhu.operations.actors import Actor
from juzhu.operations.clock import SHANGHAI
from juzhu.people import credit_codes, organisations
from juzhu.people.models import Account, Organisation, OrganisationRecord, Trade
from juzhu.registration.duties import cases, orders
from juzhu.registration.duties.orders import Addressee
from juzhu.registration.models import CorrectionOrder, PenaltyCase
from juzhu.registration.reporting import filing, sheet_files, sheets
from juzhu.registration.reporting.entries import LEASE, WORK, Entry, Reporter

FIRM = "桥西物业服务有限公司（示例）"
CODE_BODY = "91330199MA0EXAMP9"
"""Of a county that doesn't exist; the check character follows."""
HIRED = (
    Identity("罗建军", "Luo Jianjun", MALE, date(1990, 5, 17), "421199", "湖北省黄冈市"),
    Identity("邱小虎", "Qiu Xiaohu", MALE, date(1999, 2, 26), "341299", "安徽省阜阳市"),
)
"""Hired by the firm; neither has registered."""
PLACES = ("登云路 12 号 2 幢 301 室（示例）", "石祥路 40 号 5 幢 602 室（示例）")
"""Where two landlords say that the second of them lives."""


def employer(stage: Stage) -> None:
    """Enrols his firm, reports late, is ordered to correct, and asks for a hearing before a large fine."""
    head = Life(stage, BY_KEY["employer"], BY_KEY["employer"].phone).comes("2026-01-05")
    clerk = stage.officers["P1001"]

    def enrols(today: date) -> None:
        code = CODE_BODY + credit_codes.check_character(CODE_BODY)
        OrganisationRecord.objects.create(
            credit_code=code, name=FIRM, address="杭州市拱墅区桥西示例路 1 号",
            head_name=head.identity.name, head_number=head.identity.number,
        )  # fmt: skip
        assert head.account is not None
        trades, told = (Trade.EMPLOYER, Trade.PROPERTY), {"phone": head.phone}
        organisations.enrol(
            head.account, code, FIRM, trades, GONGCHENQIAO, actor=head.actor, today=today, **told
        )

    def reports(entry: Entry) -> Callable[[date], None]:
        return lambda today: _file(Reporter(_firm()), entry, head, today)

    def ordered(facts: str, by: date, persons: int) -> Callable[[date], None]:
        def do(today: date) -> None:
            to = Addressee(organisation=_firm())
            orders.issue(
                to, "zhejiang-2016:34", facts, by, GONGCHENQIAO,
                actor=clerk.actor, today=today, persons=persons,
            )  # fmt: skip

        return do

    def opens(today: date) -> None:
        order = CorrectionOrder.objects.get()
        late = "责令期限过了，仍有一百二十名季节工没有报送。"
        cases.open_case(order, late, date(2026, 2, 9), actor=clerk.actor, today=today)

    head.on("2026-01-05", enrols).on("2026-01-12", reports(_hired(0, date(2026, 1, 5))))
    head.on("2026-01-26", ordered("检查用工时发现有一百二十名季节工没有报送。", date(2026, 2, 9), 120))
    head.on("2026-02-11", opens)
    head.on("2026-03-06", lambda today: _tell(clerk.actor, today))
    head.on("2026-03-09", lambda today: _ask_for_a_hearing(head, today))
    head.on("2026-03-09", ordered("又有两人离开后没有报送。", date(2026, 3, 20), 2))
    head.on("2026-03-09", lambda today: _half_a_sheet(head, today))
    head.on("2026-03-09", reports(_hired(1, date(2026, 3, 6)))).on("2026-03-09", reports(_lets(0)))
    stage.at(datetime(2026, 3, 9, 22, tzinfo=SHANGHAI), _landlord_says)


def _hired(turn: int, on: date) -> Entry:
    who = HIRED[turn]
    return Entry(WORK, "began", on, who.name, identity_number=who.number, phone=f"1600000104{3 + turn}")


def _lets(turn: int) -> Entry:
    who = HIRED[1]
    return Entry(
        LEASE, "began", date(2026, 3, 7 + turn), who.name, identity_number=who.number, phone="16000001044",
        subdistrict=GONGCHENQIAO, address=PLACES[turn],
    )  # fmt: skip


def _half_a_sheet(head: Life, today: date) -> None:
    """Whom the firm hired this week, with a day that is no day and a number that lacks a digit."""
    form, (first, second) = sheet_files.form_of(WORK), HIRED
    began, friday = "入职", "2026-03-06"
    rows = (
        (first.name, first.number, "", began, "2026-02-30"),
        (second.name, second.number[:17], "", began, friday),
        ("周一帆", "", "", began, friday),
    )
    lines = [[heading(column) for column in form.columns[: len(rows[0])]], *rows]
    content = "\n".join(",".join(line) for line in lines).encode()
    reporter = Reporter(_firm())
    sheets.draft(reporter, WORK, content, "本周新招的人.csv", actor=_acting(head), today=today)


def _landlord_says(today: date) -> None:
    """A private landlord says that the same tenant moved in with him."""
    landlord = Account.objects.get(login=BY_KEY["local"].phone)
    assert landlord.person is not None
    filing.file(Reporter(person=landlord.person), [_lets(1)], actor=landlord.actor, today=today)


def _file(reporter: Reporter, entry: Entry, head: Life, today: date) -> None:
    filing.file(reporter, [entry], actor=_acting(head), today=today)


def _acting(head: Life) -> Actor:
    assert head.account is not None
    return organisations.acting_for(head.account, _firm().pk)


def _tell(actor: Actor, today: date) -> None:
    cases.tell(PenaltyCase.objects.get(), 12_000, actor=actor, today=today)


def _ask_for_a_hearing(head: Life, today: date) -> None:
    cases.HEARINGS.ask(PenaltyCase.objects.get(), actor=_acting(head), today=today)


def _firm() -> Organisation:
    return Organisation.objects.get(name=FIRM)


STORIES = (employer,)
