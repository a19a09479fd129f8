"""Cases that do not go the plain way: what departments say, who comes to the window, what stops or turns."""

from collections.abc import Sequence
from datetime import date, datetime

from juzhu.demo.cast_of_cases import DAUGHTER
from juzhu.demo.characters import BY_KEY
from juzhu.demo.identities import FEMALE, GONGCHENQIAO, MALE, Identity
from juzhu.demo.long_life import LongLife
from juzhu.demo.stage import Stage, enter
from juzhu.evidence import sheet_files, sheets
from juzhu.evidence.kinds import Kind
from juzhu.operations.clock import SHANGHAI
from juzhu.permits.after import post_checks
from juzhu.permits.desk.remedies import Filed

CLERK, REVIEWER, CHIEF, AWAY = "P1001", "P1002", "P1003", "P1004"
INSURER = "D4001"
POSTED = "2026-03-01"
PASSERS_BY: tuple[Identity, ...] = (
    Identity("苗春燕", "", FEMALE, date(1992, 3, 3), "371599", "山东省聊城市"),
    Identity("牛志远", "", MALE, date(1989, 1, 21), "411799", "河南省驻马店市"),
    Identity("段小军", "", MALE, date(1996, 6, 7), "421199", "湖北省黄冈市"),
    Identity("尹桂芝", "", FEMALE, date(1990, 10, 13), "522499", "贵州省毕节市"),
    Identity("万里鹏", "", MALE, date(1983, 8, 24), "530699", "云南省昭通市"),
    Identity("毕海涛", "", MALE, date(1987, 5, 2), "361199", "江西省上饶市"),
)
"""Not on the entrance: the first has a case that went from hand to hand, the last a refusal that was
overturned, the others were answered at once.
"""


def bureau(stage: Stage) -> None:
    """Registered for long, and nobody has attested anything: the bureau's own books know it."""
    for key in ("bureau", "unreached"):
        life(stage, key).comes("2025-08-04").registers("2025-08-04")


def disputing(stage: Stage) -> None:
    """The bureau's word lacks October; she says that it was paid, and has filed."""
    one = life(stage, "disputing").comes("2025-07-01").registers("2025-07-01")
    one.insured(POSTED, ("2024-05", "2025-09"), ("2025-11", "2026-02"), employer="运河服饰有限公司")
    one.objects("2026-03-06", "2025 年 10 月没有缴。", "10 月是缴了的，工资条上扣了。")
    one.files("2026-03-09", "employment")


def answered(stage: Stage) -> None:
    """Was right: the employer had posted a month late, and the bureau has put it in. Gives a tip, too."""
    one = life(stage, "answered").comes("2025-06-16").registers("2025-06-16")
    one.insured(POSTED, ("2024-06", "2025-11"), ("2026-01", "2026-02"), employer="大关物流有限公司")
    one.objects("2026-03-03", "2025 年 12 月没有缴。", "单位 12 月缴了。")
    run = {"from": "2024-06", "to": "2026-02", "division": "330100", "employer": "大关物流有限公司"}
    one.is_put_right("2026-03-06", INSURER, {"runs": [run]}, "查过了：单位申报晚了，12 月已经补记。")
    about, word = "登云路 40 号 1 单元（示例）", "五楼那一户早就搬走了，证还在用。"
    one.does("2026-03-09", lambda today: post_checks.report(GONGCHENQIAO, about, word, actor=one.actor))


def talent(stage: Stage) -> None:
    """Came two months ago; a department's sheet names the permit that is exchanged."""
    one = life(stage, "talent").comes("2026-01-12").registers("2026-01-12")

    def files_a_sheet(today: date) -> None:
        says = ("YC20250911", "2025-09-11", "2028-09-10", "杭州市人力资源和社会保障局（示例）")
        rows = [(one.identity.name, one.identity.number, *says), ("何人", one.identity.number, *says)]
        officer = stage.officers[INSURER].actor
        content = _sheet(Kind.TALENT_PERMIT, rows)
        sheet = sheets.draft(Kind.TALENT_PERMIT, content, "引进人才居住证.csv", actor=officer)
        sheets.file(sheet, actor=officer, today=today, doubtful_too=False)

    one.on("2026-03-03", files_a_sheet)


def half_a_sheet(stage: Stage) -> None:
    """A sheet of insurance that lies there with its faults: a month, a number, a person of another name."""
    good, month, name = (BY_KEY[key] for key in ("local", "student", "missing"))
    paid = ("养老、医疗", "330100", "", "", "半山新材料有限公司")

    def drafts(today: date) -> None:
        rows = [
            (good.name, good.number, "2026-02", *paid),
            (month.name, month.number, "2026-13", *paid),
            ("何人", "340000199001010011", "2026-02", *paid),
            ("何人", name.number, "2026-02", *paid),
        ]
        content, officer = _sheet(Kind.INSURANCE, rows), stage.officers[INSURER].actor
        sheets.draft(Kind.INSURANCE, content, "二月.csv", actor=officer)

    stage.at(datetime(2026, 3, 9, 16, 20, tzinfo=SHANGHAI), drafts)


def _sheet(kind: Kind, rows: Sequence[Sequence[str]]) -> bytes:
    """A sheet as a department sends it: the template's columns, as far as the rows go."""
    heads = [sheet_files.heading(column) for column in sheet_files.columns(kind)]
    return "\n".join(",".join(row) for row in (heads[: len(rows[0])], *rows)).encode()


def represented(stage: Stage) -> None:
    """Her daughter stands at the window, registers her and files for her; both cards are scanned."""
    enter(DAUGHTER)
    who = BY_KEY["represented"]
    one = LongLife(stage, who, "16000001034", agent=DAUGHTER).is_received("2025-08-11", CLERK)
    one.is_registered("2025-08-11", CLERK, reason="family", dwelling="owned")
    one.attested("2025-08-12", Kind.TITLE, "housing", holder="self", owner=who.name, number="207718")
    one.is_filed_for("2026-03-09", "dwelling", CLERK)


def unnamed(stage: Stage) -> None:
    """Has lost every document. What he says is written down, and he is registered."""
    one = LongLife(stage, BY_KEY["unnamed"], "16000001035").is_received_unnamed("2026-03-02", CLERK)
    one.is_registered("2026-03-02", CLERK, reason="work")


def paused(stage: Stage) -> None:
    """The landlord denies the signature under the lease: it is examined, and the days stand still."""
    one = life(stage, "paused").comes("2025-06-09").registers("2025-06-09", reason="business")
    one.rents("2025-06-12", ("title", "rental_registration", "lease_filing", "safety_inspection"))
    one.hands_in(
        "2026-02-26", Kind.LEASE, "租房合同.jpg",
        **{"from": "2025-06-01", "to": "2027-05-31", "landlord": "房东（示例）", "commodity_housing": True},
    ).files("2026-02-26", "dwelling")  # fmt: skip
    one.looked_at("2026-03-02", CLERK).accepted("2026-03-02", CLERK)
    one.paused("2026-03-05", REVIEWER, "appraisal", "请司法鉴定所看合同上房东的签名（示例）。", 10)


def redone(stage: Stage) -> None:
    """Refused for a month that the bureau had lost; overturned, and being done anew."""
    one = life(stage, "redone").comes("2025-05-26").registers("2025-05-26")
    one.insured("2026-01-02", ("2024-03", "2025-06"), ("2025-08", "2025-12"), employer="桥西精密仪器厂")
    one.files("2026-01-08", "employment")
    one.refused("2026-01-13", CLERK, "2025 年 7 月没有缴社保，连续参保不满一年。")
    filed = Filed("reconsideration", "拱墅区人民政府（示例）", "拱政复〔2026〕示例 7 号", date(2026, 1, 20))
    one.contested("2026-01-22", CHIEF, filed)
    one.insured("2026-02-24", ("2024-03", "2026-01"), employer="桥西精密仪器厂")
    one.overturned("2026-03-04", CHIEF, on="2026-03-03")
    one.reopened("2026-03-04", CHIEF, "复议决定撤销：2025 年 7 月实际已缴，社保记录已更正。")
    one.insured(POSTED, ("2024-03", "2026-02"), employer="桥西精密仪器厂")


def overturned(stage: Stage) -> None:
    """Another refusal was overturned yesterday, and the chief has not had it done anew yet."""
    one = LongLife(stage, PASSERS_BY[5], "16000001041").comes("2025-06-02", signs_in=False)
    one.registers("2025-06-02").insured("2026-01-02", ("2024-05", "2025-07"), ("2025-09", "2025-12"))
    one.files("2026-01-14", "employment").refused(
        "2026-01-19", CLERK, "2025 年 8 月没有缴社保，连续参保不满一年。"
    )
    filed = Filed("reconsideration", "拱墅区人民政府（示例）", "拱政复〔2026〕示例 9 号", date(2026, 1, 27))
    one.contested("2026-01-29", CHIEF, filed).overturned("2026-03-09", CHIEF, on="2026-03-06")


def switching(stage: Stage) -> None:
    """Chose employment, where he lacks four months; his flat would do."""
    one = life(stage, "switching").comes("2025-06-30").registers("2025-06-30")
    one.rents("2025-07-04", lease=("2025-06-25", "2027-06-24")).insured(POSTED, ("2025-07", "2026-02"))
    one.drafts("2026-03-09", "employment")


def reviewed(stage: Stage) -> None:
    """Answered by the rules alone; she wants a person to look."""
    one = life(stage, "reviewed").comes("2025-07-21").registers("2025-07-21")
    one.insured("2026-02-01", ("2024-08", "2026-01")).is_answered_at_once("2026-02-12", "employment")
    one.insured(POSTED, ("2024-08", "2026-02")).asks_for_a_person("2026-03-06")


def from_hand_to_hand(stage: Stage) -> None:
    """The chief gives a case to a clerk, who hands it over before she is away."""
    one = LongLife(stage, PASSERS_BY[0], "16000001036").comes("2025-07-14", signs_in=False)
    one.registers("2025-07-14").insured(POSTED, ("2024-10", "2026-02")).files("2026-03-05", "employment")
    one.assigned("2026-03-05", CHIEF, AWAY, "这位申请人以前是她接待的。")
    one.handed_over("2026-03-06", AWAY, CLERK, "下周我不在岗，请徐静接着办。")


def answered_at_once(stage: Stage) -> None:
    """Some whom the rules alone answered: a share of them is looked at later."""
    for turn, who in enumerate(PASSERS_BY[1:5]):
        one = LongLife(stage, who, str(16000001037 + turn))
        one.comes("2025-08-18", signs_in=False).registers("2025-08-18")
        one.insured(POSTED, ("2024-09", "2026-02")).is_answered_at_once(f"2026-03-0{2 + turn}", "employment")


def life(stage: Stage, key: str) -> LongLife:
    """The life of a character."""
    return LongLife(stage, BY_KEY[key], BY_KEY[key].phone)


STORIES = (
    bureau, disputing, answered, talent, half_a_sheet, represented, unnamed, paused, redone, overturned,
    switching, reviewed, from_hand_to_hand, answered_at_once,
)  # fmt: skip
