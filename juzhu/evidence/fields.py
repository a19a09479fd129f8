"""The fields of every kind as people see them: label, sort, whether asked, choices, an example.

Pages, sheets and what is shown of a piece are all made from this table, so that they never differ. A field
that holds a list of rows (an insurance's months) is described row by row, in the kind's own order.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from juzhu.evidence.kinds import Kind
from juzhu.operations.errors import Sentence

Sort = Literal[
    "text", "day", "month", "truth", "choice", "kinds", "identity", "code",
    "division", "count", "area", "money", "names", "people",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """One field. `name` is its key in what is stored; `example` stands in a sheet's example row."""

    name: str
    label: Sentence
    sort: Sort = "text"
    required: bool = False
    choices: Mapping[str, Sentence] | None = None
    hint: Sentence = ""
    example: str = ""


INSURANCE_KINDS: dict[str, Sentence] = {
    "pension": _("养老"),
    "unemployment": _("失业"),
    "injury": _("工伤"),
    "medical": _("医疗"),
    "maternity": _("生育"),
}
LAND: dict[str, Sentence] = {"state": _("国有"), "collective": _("集体")}
STAGES: dict[str, Sentence] = {
    "primary": _("小学"),
    "junior": _("初中"),
    "senior": _("高中"),
    "vocational": _("中职、高职"),
    "higher": _("普通高校"),
}
STUDYING: dict[str, Sentence] = {
    "enrolled": _("在读"),
    "suspended": _("休学"),
    "transferred": _("转学"),
    "graduated": _("毕业"),
    "left": _("退学"),
}
CONCLUSIONS: dict[str, Sentence] = {"passed": _("通过"), "to_mend": _("要整改"), "failed": _("不通过")}
HOLDERS: dict[str, Sentence] = {"self": _("本人"), "landlord": _("房东")}
RIGHTS: dict[str, Sentence] = {
    "ownership": _("所有权"),
    "use": _("使用权"),
    "homestead": _("宅基地使用权"),
}
GUARDIANS: dict[str, Sentence] = {"mother": _("母亲"), "father": _("父亲"), "other": _("其他监护人")}
RELATIVES: dict[str, Sentence] = {
    "spouse": _("配偶"),
    "parent": _("父母"),
    "child": _("子女"),
    "grandparent": _("祖父母、外祖父母"),
    "grandchild": _("孙子女、外孙子女"),
}

_ISSUER = Asked("organ", _("出具机关"), example="拱墅区住房和城乡建设局（示例）")
_LOCATION = Asked("location", _("房屋坐落"), example="桥弄街 6 幢 2 单元 301 室（示例）")
_NUMBER = Asked("number", _("编号"), example="示例-0001")
_CODE = Asked("employer_code", _("单位统一社会信用代码"), "code", example="91330105MA2EXAMPL6")
_TENANTS = Asked(
    "tenants", _("承租人"), "people", hint=_("姓名后面写证号，几个人用分号隔开。"),
    example="周晓芸 341221199308170023",
)  # fmt: skip
_COMMODITY = Asked("commodity_housing", _("商品房"), "truth", example="是")

FIELDS: dict[Kind, tuple[Asked, ...]] = {
    Kind.PHOTO: (),
    Kind.STUDENT_RECORD: (
        Asked("student_number", _("学籍号"), example="G341221201205170021"),
        Asked("school", _("学校"), required=True, example="拱宸桥小学（示例）"),
        Asked("division", _("学校所在地"), "division", True, hint=_("6 位行政区划代码，拱墅区是 330105。"),
              example="330105"),
        Asked("full_time", _("全日制"), "truth", True, example="是"),
        Asked("stage", _("学段"), "choice", choices=STAGES, example="小学"),
        Asked("grade", _("年级"), example="三年级"),
        Asked("class_name", _("班级"), example="2 班"),
        Asked("enrolled_on", _("入学日期"), "day", example="2023-09-01"),
        Asked("status", _("就读状态"), "choice", choices=STUDYING, example="在读"),
        Asked("left_on", _("离校日期"), "day", hint=_("还在读就不填。")),
    ),
    Kind.STUDY_CONTINUITY: (
        Asked("school", _("学校"), example="拱宸桥小学（示例）"),
        Asked("since", _("连续就读从"), "day", example="2023-09-01"),
        Asked("until", _("连续就读到"), "day", hint=_("还在读就不填。")),
    ),
    Kind.INSURANCE: (
        Asked("month", _("缴费月份"), "month", True, example="2026-02"),
        Asked("kinds", _("险种"), "kinds", True, INSURANCE_KINDS, _("几种用顿号隔开。"), "养老、失业、工伤"),
        Asked("division", _("参保地"), "division", True, hint=_("6 位行政区划代码，杭州市是 330100。"),
              example="330100"),
        Asked("paid_month", _("到账月份"), "month", example="2026-02"),
        Asked("back_paid", _("补缴"), "truth", example="否"),
        Asked("employer", _("单位"), example="运河服饰有限公司（示例）"),
        _CODE,
    ),
    Kind.LABOUR_CONTRACT: (
        Asked("employer", _("单位"), required=True, example="运河服饰有限公司（示例）"),
        _CODE,
        Asked("from", _("合同从"), "day", True, example="2025-03-01"),
        Asked("to", _("合同到"), "day", hint=_("没有固定期限就不填。"), example="2027-02-28"),
        Asked("signed_on", _("签订日期"), "day", example="2025-02-26"),
        Asked("post", _("工作岗位"), example="缝纫"),
    ),
    Kind.TALENT_PERMIT: (
        _NUMBER,
        Asked("issued_on", _("发证日期"), "day", example="2025-01-01"),
        Asked("valid_until", _("有效期至"), "day", example="2027-12-31"),
        Asked("organ", _("出具机关"), example="杭州市人力资源和社会保障局（示例）"),
    ),
    Kind.TALENT_LISTING: (
        Asked("list_name", _("名单"), required=True, example="2026 年区级引进人才名单（示例）"),
        Asked("organ", _("出具机关"), example="拱墅区人民政府（示例）"),
        Asked("listed_on", _("列入日期"), "day", example="2026-01-15"),
        Asked("listed_until", _("有效期至"), "day", example="2028-12-31"),
    ),
    Kind.RESIDENCE_ELSEWHERE: (
        Asked("division", _("登记的区"), "division", True, hint=_("6 位行政区划代码，西湖区是 330106。"),
              example="330106"),
        Asked("registered_on", _("登记日期"), "day", True, example="2025-07-01"),
        Asked("ended_on", _("登记到"), "day", hint=_("还住在那里就不填。"), example="2026-02-28"),
        Asked("number", _("登记编号"), example="西湖登-示例-0001"),
        Asked("organ", _("出具机关"), example="杭州市公安局西湖区分局（示例）"),
    ),
    Kind.LEASE_FILING: (
        Asked("number", _("备案号"), required=True, example="拱房租备-示例-0001"),
        Asked("landlord", _("出租人"), example="王建平"),
        Asked("landlord_identity_number", _("出租人证号"), "identity", example="330103197002030012"),
        _TENANTS,
        _LOCATION,
        Asked("use", _("用途"), example="居住"),
        Asked("area", _("面积（平方米）"), "area", example="58.5"),
        Asked("from", _("租期从"), "day", example="2025-06-01"),
        Asked("to", _("租期到"), "day", example="2027-05-31"),
        Asked("monthly_rent", _("月租金（元）"), "money", example="3200"),
        _COMMODITY,
        Asked("filed_on", _("备案日期"), "day", example="2025-06-10"),
        Asked("organ", _("备案机关"), example="拱墅区住房和城乡建设局（示例）"),
    ),
    Kind.LEASE: (
        Asked("from", _("租期从"), "day", True, example="2025-06-01"),
        Asked("to", _("租期到"), "day", True, example="2027-05-31"),
        Asked("landlord", _("出租人"), example="王建平"),
        _TENANTS,
        _LOCATION,
        _COMMODITY,
    ),
    Kind.TITLE: (
        Asked("holder", _("谁的房子"), "choice", True, HOLDERS, example="房东"),
        Asked("owner", _("权利人"), example="王建平"),
        Asked("owner_identity_number", _("权利人证号"), "identity", example="330103197002030012"),
        Asked("number", _("证书编号"), example="浙（2020）示例不动产权第 0000001 号"),
        Asked("right", _("权利类型"), "choice", choices=RIGHTS, example="所有权"),
        Asked("land", _("土地性质"), "choice", choices=LAND, example="国有"),
        _LOCATION,
        Asked("area", _("面积（平方米）"), "area", example="58.5"),
        Asked("registered_on", _("登记日期"), "day", example="2020-04-08"),
    ),
    Kind.PUBLIC_RENTAL: (
        _NUMBER,
        Asked("tenant", _("承租人"), example="周晓芸"),
        _LOCATION,
        Asked("from", _("租期从"), "day", example="2025-01-01"),
        Asked("to", _("租期到"), "day", example="2027-12-31"),
    ),
    Kind.SAFETY_INSPECTION: (
        Asked("address", _("房屋地址"), required=True, example="善贤社区 3 组 12 号（示例）"),
        Asked("owner", _("房主"), example="王建平"),
        Asked("land", _("土地性质"), "choice", choices=LAND, example="集体"),
        Asked("storeys", _("层数"), "count", example="3"),
        Asked("rooms", _("出租房间数"), "count", example="6"),
        Asked("area", _("出租面积（平方米）"), "area", example="96"),
        Asked("tenants", _("承租人数"), "count", example="8"),
        Asked("illegal_construction", _("违法建筑"), "truth", True, example="否"),
        Asked("dangerous_building", _("危险房屋"), "truth", True, example="否"),
        Asked("changed_use", _("擅自改变用途"), "truth", True, example="否"),
        Asked("let_by_designed_room", _("按原设计的房间出租"), "truth", example="是"),
        Asked("kitchen_or_cellar_let", _("厨房、阳台、地下室、车库住人"), "truth", example="否"),
        Asked("extinguisher", _("有灭火器"), "truth", example="是"),
        Asked("escape_kit", _("有面罩、绳、哨、手电"), "truth", example="是"),
        Asked("window_bars_open", _("防盗窗能打开"), "truth", example="是"),
        Asked("large_let", _("10 间或 10 床以上"), "truth", example="否"),
        Asked("conclusion", _("结论"), "choice", choices=CONCLUSIONS, example="通过"),
        Asked("inspectors", _("排查人"), "names", hint=_("几个人用顿号隔开。"), example="沈红、陆一鸣"),
        Asked("inspected_on", _("排查日期"), "day", True, example="2026-02-10"),
        Asked("valid_until", _("有效期至"), "day", hint=_("排查表上没有写有效期就不填。"),
              example="2027-02-09"),
    ),
    Kind.RENTAL_REGISTRATION: (
        _NUMBER,
        Asked("landlord", _("出租人"), example="王建平"),
        _LOCATION,
        Asked("registered_on", _("登记日期"), "day", example="2025-06-03"),
    ),
    Kind.GUARDIANSHIP: (
        Asked("guardian_name", _("监护人姓名"), required=True, example="周晓芸"),
        Asked("guardian_identity_number", _("监护人证号"), "identity", True, example="341221199308170023"),
        Asked("relation", _("是孩子的"), "choice", True, GUARDIANS, example="母亲"),
        Asked("since", _("从哪天起"), "day", example="2018-05-01"),
        Asked("basis", _("监护依据"), hint=_("出生医学证明、户口簿、判决书等。"), example="出生医学证明"),
    ),
    Kind.KINSHIP: (
        Asked("relative_name", _("亲属姓名"), required=True, example="周建国"),
        Asked("relative_identity_number", _("亲属证号"), "identity", example="341221196503120013"),
        Asked("relation", _("是本人的"), "choice", True, RELATIVES, example="父母"),
    ),
    Kind.BUSINESS_LICENCE: (
        Asked("name", _("名称"), required=True, example="拱墅区小周早点铺（示例）"),
        Asked("code", _("统一社会信用代码"), "code", example="92330105MA2EXAMP0W"),
        Asked("operator", _("经营者、法定代表人"), example="周晓芸"),
        Asked("address", _("经营场所"), example="桥弄街 18 号（示例）"),
        Asked("registered_on", _("成立日期"), "day", example="2024-03-18"),
        Asked("annual_report_filed", _("报了年报"), "truth", example="是"),
        Asked("on_abnormal_list", _("在经营异常名录"), "truth", example="否"),
    ),
    Kind.DORMITORY: (
        Asked("employer", _("单位"), required=True, example="运河服饰有限公司（示例）"),
        _CODE,
        _LOCATION,
        Asked("title_shown", _("有产权证"), "truth", example="是"),
        Asked("commitment_shown", _("有安全承诺书"), "truth", example="是"),
    ),
    Kind.LODGING: (
        Asked("owner", _("房主"), example="王建平"),
        Asked("owner_identity_number", _("房主证号"), "identity", example="330103197002030012"),
        _LOCATION,
        Asked("since", _("从哪天起"), "day", example="2025-06-01"),
    ),
}  # fmt: skip


def field_of(kind: Kind, name: str) -> Asked | None:
    """A field by its key."""
    return next((field for field in FIELDS[kind] if field.name == name), None)


def say(kind: Kind, given: Mapping[str, Any]) -> dict[str, Any]:
    """What was read field by field, in the form of its kind: nothing for what was not filled in."""
    return {field.name: given[field.name] for field in FIELDS[kind] if given.get(field.name) is not None}
