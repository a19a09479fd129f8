"""What happened to each character before the demo's first morning, 10 March 2026."""

from collections.abc import Callable
from datetime import date, datetime

from juzhu.demo.characters import BY_KEY, CHILD
from juzhu.demo.identities import GONGCHENQIAO, WULIN, XIAOHE
from juzhu.demo.life import ALL_RENTED, Life
from juzhu.demo.stage import Stage, record
from juzhu.evidence.kinds import Kind
from juzhu.operations.actors import SYSTEM
from juzhu.operations.clock import SHANGHAI
from juzhu.people import actions as people
from juzhu.registration.reporting import filing
from juzhu.registration.reporting.entries import Entry, Reporter

CLERK, REVIEWER = "P1001", "P1002"
SOUTH_CLERK, SOUTH_REVIEWER = "P2001", "P2002"
POSTED = "2026-03-01"
"""The day on which the bureau posted February."""


def ready(stage: Stage) -> None:
    """Insured and registered for long; the bureau and the register know it all."""
    life(stage, "ready").comes("2025-07-08").registers("2025-07-08", since="2025-07-06").insured(
        POSTED, ("2024-06", "2026-02")
    )


def arrived(stage: Stage) -> None:
    """Came yesterday, and opened an account in the evening."""
    life(stage, "arrived").comes("2026-03-09").insured("2026-03-09")


def nearly(stage: Stage) -> None:
    """Half a year is complete on 15 March."""
    life(stage, "nearly").comes("2025-09-15").registers("2025-09-15", since="2025-09-13").insured(
        POSTED, ("2024-11", "2026-02")
    )


def missing(stage: Stage) -> None:
    """Rents; every office has said its part, only the landlord's title nobody knows."""
    known = [name for name in ALL_RENTED if name != "title"]
    one = life(stage, "missing").comes("2025-06-03").registers("2025-06-03", reason="business")
    one.rents("2025-06-10", known).insured(POSTED)


def waiting(stage: Stage) -> None:
    """Filed last Friday with two papers of his own, which an officer has to look at."""
    known = ("rental_registration", "lease_filing", "safety_inspection")
    one = life(stage, "waiting").comes("2025-05-12").registers("2025-05-12", reason="business")
    one.rents("2025-05-20", known)
    one.hands_in("2026-03-06", Kind.TITLE, "房东的不动产权证.jpg", holder="landlord", owner="房东（示例）")
    one.hands_in(
        "2026-03-06", Kind.LEASE, "租房合同.jpg",
        **{"from": "2025-05-10", "to": "2027-05-09", "landlord": "房东（示例）", "commodity_housing": True},
    ).files("2026-03-06", "dwelling")  # fmt: skip


def supplement(stage: Stage) -> None:
    """Filed without the landlord's title and before the inspection: told both at once."""
    one = life(stage, "supplement").comes("2025-04-15").registers("2025-04-15", reason="family")
    one.rents("2025-04-20", ("lease", "rental_registration", "lease_filing"))
    one.files("2026-02-24", "dwelling").asked(
        "2026-02-27", CLERK, {"landlord_title": "房东在外地的，拍照发给您再传也可以。"}
    )


def refused(stage: Stage) -> None:
    """November 2025 was not paid: the year of insurance began anew in December."""
    one = life(stage, "refused").comes("2025-06-18").registers("2025-06-18")
    one.insured(POSTED, ("2024-01", "2025-10"), ("2025-12", "2026-02")).files("2026-03-05", "employment")
    one.refused("2026-03-06", CLERK, "2025 年 11 月没有缴社保，连续参保要从 2025 年 12 月重新算。")


def holder(stage: Stage) -> None:
    """Has held a permit since October."""
    one = life(stage, "holder").comes("2025-03-10").registers("2025-03-10", WULIN)
    one.insured("2025-10-08", ("2024-06", "2025-09")).files("2025-10-13", "employment")
    one.accepted("2025-10-15", SOUTH_CLERK).approved("2025-10-20", SOUTH_REVIEWER)
    one.insured(POSTED, ("2024-06", "2026-02"))


def window(stage: Stage) -> None:
    """A permit of 28 March 2025: the window has been open since 28 February."""
    one = life(stage, "window").comes("2024-06-11").registers("2024-06-11")
    one.insured("2025-03-05", ("2023-12", "2025-02")).files("2025-03-20", "employment")
    one.accepted("2025-03-24", CLERK).approved("2025-03-28", REVIEWER)
    one.insured(POSTED, ("2023-12", "2026-02"))


def suspended(stage: Stage) -> None:
    """A permit of 5 March 2025 that nobody endorsed: suspended since 6 March."""
    one = life(stage, "suspended").comes("2024-08-20").registers("2024-08-20")
    one.insured("2025-02-06", ("2023-12", "2025-01")).files("2025-02-26", "employment")
    one.accepted("2025-02-28", CLERK).approved("2025-03-05", REVIEWER)
    one.insured(POSTED, ("2023-12", "2026-02"))


def guardian(stage: Stage) -> None:
    """The father has his permit, the mother's waits for review, the child needs both."""
    father = life(stage, "guardian").comes("2025-02-17").registers("2025-02-17")
    father.insured("2025-09-02", ("2024-05", "2025-08")).files("2025-09-05", "employment")
    father.accepted("2025-09-08", CLERK).approved("2025-09-12", REVIEWER)
    mother = life(stage, "mother").comes("2025-08-18").registers("2025-08-18")
    mother.insured(POSTED, ("2024-09", "2026-02")).files("2026-03-02", "employment")
    mother.accepted("2026-03-04", CLERK)
    child = Life(stage, CHILD, "")

    def born_to_them(today: date) -> None:
        child.known_as = record(CHILD)
        for parent in (father, mother):
            people.record_guardianship(parent.person, child.person, "population_register", actor=SYSTEM)

    child.on("2025-08-19", born_to_them).registers("2025-08-19", reason="family").rents("2025-08-25")
    father.insured(POSTED, ("2024-05", "2026-02"))


def moved(stage: Stage) -> None:
    """Moved to another subdistrict in February and reported it two days later."""
    one = life(stage, "moved").comes("2025-06-20").registers("2025-06-20", XIAOHE)
    one.moves("2026-02-12", since="2026-02-10").insured(POSTED, ("2024-10", "2026-02"))


def elder(stage: Stage) -> None:
    """Came to the counter: a clerk registered her, filed for her and accepted, and printed the receipt."""
    one = life(stage, "elder").comes("2025-07-15")
    one.registers("2025-07-15", GONGCHENQIAO, window=CLERK, reason="family", dwelling="owned")
    one.attested("2025-07-16", Kind.TITLE, "housing", holder="self", owner="郑桂香", number="203311")
    one.files("2026-03-05", "dwelling", window=CLERK).accepted("2026-03-05", CLERK)


def student(stage: Stage) -> None:
    """In her second year at a university of the city; half a year is complete today."""
    one = life(stage, "student").comes("2025-09-10")
    one.registers("2025-09-10", reason="study", dwelling="dormitory", workplace="运河大学（示例）")
    one.attested(
        "2025-09-12", Kind.STUDENT_RECORD, "education",
        school="运河大学（示例）", full_time=True, division="330105", enrolled_on="2024-09-01",
    ).attested("2026-03-02", Kind.STUDY_CONTINUITY, "education")  # fmt: skip


def local(stage: Stage) -> None:
    """Registered here for good: this service is not for him. He lets a flat, and has reported his tenant."""
    landlord, tenant = life(stage, "local").comes("2026-03-02"), BY_KEY["arrived"]
    let = Entry(
        "lease",
        "began",
        date(2026, 3, 9),
        tenant.name,
        identity_number=tenant.number,
        phone=tenant.phone,
        subdistrict=GONGCHENQIAO,
        address="丽水路 58 号 3 幢 1 单元 502 室",
        until_on=date(2027, 3, 8),
    )

    def reports(today: date) -> None:
        filing.file(Reporter(person=landlord.person), [let], actor=landlord.actor, today=today)

    stage.at(datetime(2026, 3, 9, 21, tzinfo=SHANGHAI), reports)


STORIES: tuple[Callable[[Stage], None], ...] = (
    ready, arrived, nearly, missing, waiting, supplement, refused, holder,
    window, suspended, guardian, moved, elder, student, local,
)  # fmt: skip


def life(stage: Stage, key: str) -> Life:
    """The life of a character."""
    return Life(stage, BY_KEY[key], BY_KEY[key].phone)
