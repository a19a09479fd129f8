"""What came after the permit: corrections, late endorsements, checks, false papers, and what ended it."""

from datetime import date

from juzhu.demo import portraits
from juzhu.demo.cast_of_cases import BROTHER
from juzhu.demo.identities import XIAOHE
from juzhu.demo.long_life import paper
from juzhu.demo.stage import Stage, stored
from juzhu.demo.stories_in_hand import CHIEF, CLERK, POSTED, REVIEWER, life
from juzhu.evidence.kinds import Kind
from juzhu.operations.models import StoredFile
from juzhu.permits.after.measures import Measures
from juzhu.permits.after.post_checks import Found
from juzhu.permits.desk.remedies import Filed

TRUE = Found({"address": "true", "work": "true"}, "true", "本人在家，单位也对得上。")


def corrected(stage: Stage) -> None:
    """Three versions of one permit: issued, a digit put right, moved to another subdistrict."""
    one = life(stage, "corrected").comes("2025-04-21")
    one.registers("2025-04-21", address="登云路 18 号 2 单元 301 室")
    one.insured("2025-11-02", ("2024-08", "2025-10")).files("2025-11-06", "employment")
    one.accepted("2025-11-07", CLERK).approved("2025-11-12", REVIEWER)
    one.asks_for_correction(
        "2026-01-08", "residence_address", "登云路 81 号 2 单元 301 室", "门牌是 81 号，证上写成了 18 号。",
        lambda: paper("门牌.jpg"),
    ).is_corrected("2026-01-12", CLERK)  # fmt: skip
    one.moves("2026-02-06", XIAOHE, since="2026-02-04").insured(POSTED, ("2024-08", "2026-02"))
    one.to_be_checked("2026-02-25", CLERK, "听说登云路那套房子早就空了。", CLERK)
    one.checked("2026-02-27", CLERK, TRUE).slip_fetched("2026-03-04", CLERK, BROTHER)


def mending(stage: Stage) -> None:
    """Somebody else's picture is on her permit; she has handed in her own."""
    one = life(stage, "mending").comes("2025-05-06").registers("2025-05-06")
    one.insured("2025-12-02", ("2024-09", "2025-11")).files("2025-12-08", "employment")
    one.accepted("2025-12-09", CLERK).approved("2025-12-15", REVIEWER)
    one.insured(POSTED, ("2024-09", "2026-02"))
    one.asks_for_correction("2026-03-06", "photo", "", "证上的相片不是我，登记时传错了。", _another_picture)


def _another_picture() -> StoredFile:
    return stored(portraits.portrait("金慧敏本人", True, 36), "相片.jpg")


def late(stage: Stage) -> None:
    """Endorsed three weeks late: the two ways of counting give two figures since."""
    one = life(stage, "late").comes("2024-05-13").registers("2024-05-13")
    one.insured("2025-01-05", ("2023-10", "2024-12")).files("2025-01-13", "employment")
    one.accepted("2025-01-15", CLERK).approved("2025-01-20", REVIEWER)
    one.insured("2026-02-01", ("2023-10", "2026-01")).asks_for_endorsement("2026-02-12")
    one.accepted("2026-02-13", CLERK).approved("2026-02-24", REVIEWER)
    one.insured(POSTED, ("2023-10", "2026-02"))
    one.to_be_checked("2026-03-05", REVIEWER, "邻居说这一户去年冬天没有人住。", CLERK)


def missed(stage: Stage) -> None:
    """A permit of 2022 that was never endorsed."""
    one = life(stage, "missed").comes("2022-02-14").registers("2022-02-14")
    one.insured("2022-09-01", ("2021-06", "2022-08")).files("2022-09-02", "employment")
    one.accepted("2022-09-05", CLERK).approved("2022-09-09", REVIEWER)
    one.insured(POSTED, ("2021-06", "2026-02"))


def told(stage: Stage) -> None:
    """A check found that the lease was never signed; he has until the 14th to say something."""
    one = life(stage, "told").comes("2025-03-17").registers("2025-03-17")
    one.rents("2025-03-24").files("2025-10-09", "dwelling")
    one.accepted("2025-10-10", CLERK).approved("2025-10-16", REVIEWER)
    one.to_be_checked("2026-02-26", REVIEWER, "房东打电话说没有租给过他。", REVIEWER)
    one.checked(
        "2026-03-04", REVIEWER,
        Found({"address": "false"}, "suspected", "房东说合同上不是他的签名，房子一直空着。"),
    )  # fmt: skip
    one.told_of_fraud("2026-03-09", REVIEWER, Measures(warning=True, fine_yuan=200, withdraw_permit=True))


def withdrawn(stage: Stage) -> None:
    """The whole way to a decision, and his permit taken back."""
    one = life(stage, "withdrawn").comes("2025-02-24").registers("2025-02-24")
    one.rents("2025-03-03", ("title", "rental_registration", "lease_filing", "safety_inspection"))
    one.hands_in(
        "2025-09-04", Kind.LEASE, "租房合同.jpg",
        **{"from": "2025-02-20", "to": "2027-02-19", "landlord": "房东（示例）", "commodity_housing": True},
    ).files("2025-09-04", "dwelling")  # fmt: skip
    one.looked_at("2025-09-05", CLERK).accepted("2025-09-05", CLERK).approved("2025-09-11", REVIEWER)
    one.to_be_checked("2026-01-06", CLERK, "中介说合同是他自己做的。", CLERK)
    one.checked(
        "2026-01-09", CLERK,
        Found({"address": "false"}, "suspected", "房东不认识他，合同是他自己打印的。"),
    )  # fmt: skip
    one.told_of_fraud("2026-01-12", CLERK, Measures(warning=True, fine_yuan=200, withdraw_permit=True))
    one.states("2026-01-15", "合同是中介帮我弄的，我以为是真的。房子我住过两个月。")
    one.decided_on(
        "2026-01-22", CHIEF, Measures(warning=True, fine_yuan=100, withdraw_permit=True),
        "合同系本人打印，中介和房东都有证言。住过两个月，罚款减为 100 元。",
    )  # fmt: skip
    filed = Filed("reconsideration", "拱墅区人民政府", "杭拱政复〔2026〕9 号（示例）", date(2026, 2, 10))
    one.contests_the_decision("2026-02-12", filed, CHIEF)


def away(stage: Stage) -> None:
    """His household registration moved here: the permit has done its work."""
    one = life(stage, "away").comes("2024-07-08").registers("2024-07-08")
    one.insured("2025-05-02", ("2023-11", "2025-04")).files("2025-05-08", "employment")
    one.accepted("2025-05-09", CLERK).approved("2025-05-14", REVIEWER)
    one.household_moves("2026-02-25", CLERK, "330105", "杭州市拱墅区大关路（示例）", "户口迁移证明（示例）")


def ended(stage: Stage) -> None:
    """Died while his case was in hand."""
    one = life(stage, "ended").comes("2025-06-23").registers("2025-06-23", reason="family", dwelling="owned")
    one.attested("2025-06-24", Kind.TITLE, "housing", holder="self", owner=one.identity.name, number="208806")
    one.files("2026-03-02", "dwelling").dies("2026-03-06", CLERK, "2026-03-04", "居民死亡医学证明（示例）")


STORIES = (corrected, mending, late, missed, told, withdrawn, away, ended)
