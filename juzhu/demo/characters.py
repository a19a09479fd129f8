"""Who appears in the demo. All are invented; their identity numbers begin with counties that don't exist.

A character is who somebody is; what happened to them is in `stories`.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juzhu.demo.cast_of_cases import CASES
from juzhu.demo.identities import (
    FEMALE,
    GONGCHENQIAO,
    MALE,
    TIANSHUI,
    WULIN,
    XIAOHE,
    Character,
    Identity,
)
from juzhu.operations.errors import Sentence
from juzhu.people.models import Role

NORTH, SOUTH = (GONGCHENQIAO, XIAOHE), (WULIN, TIANSHUI)
PASSWORD = "qiao-zai-heshang-8"  # noqa: S105, it stands on the entrance page
"""Of every account of the demo, citizens' and officers'."""


@dataclass(frozen=True, slots=True)
class Officer:
    """One account of the staff."""

    login: str
    name: str
    roman: str
    role: Role
    areas: tuple[str, ...]
    see: Sentence
    department: str = ""

    @property
    def key(self) -> str:
        return self.login

    @property
    def role_name(self) -> Sentence:
        """What the role is called here, in words that a visitor understands."""
        return ROLE_NAMES[self.role]


ROLE_NAMES: dict[str, Sentence] = {
    Role.CLERK: pgettext_lazy("role", "受理员"),
    Role.REVIEWER: pgettext_lazy("role", "审核员"),
    Role.CHIEF: pgettext_lazy("role", "派出所所长"),
    Role.SUBDISTRICT: pgettext_lazy("role", "街道工作人员"),
    Role.DEPARTMENT: pgettext_lazy("role", "部门工作人员"),
    Role.AUDITOR: pgettext_lazy("role", "审计员"),
    Role.ADMINISTRATOR: pgettext_lazy("role", "系统管理员"),
    Role.PLANNER: pgettext_lazy("role", "规划统计人员"),
}

GROUPS: dict[str, Sentence] = {
    "before": _("还没有居住证"),
    "during": _("正在办"),
    "holding": _("已经有居住证"),
    "special": _("一家人、老人、学生和别的人"),
    "bureau": _("部门说的话"),
    "helped": _("在窗口办的"),
    "hard": _("不顺的件"),
    "after": _("领证以后"),
    "ended": _("证到了头"),
    "reporting": _("替单位报送"),
    "letting": _("出租房屋和租房"),
}

CHARACTERS: tuple[Character, ...] = (
    Character(
        "周晓芸", "Zhou Xiaoyun", FEMALE, date(1993, 8, 17), "341299", "安徽省阜阳市",
        key="ready", phone="16000001004", group="before",
        situation=_("样样都有"),
        see=_("社保和登记都查得到，不用传材料，今天就能申领。"),
    ),
    Character(
        "陈向南", "Chen Xiangnan", MALE, date(1999, 6, 18), "411799", "河南省驻马店市",
        key="arrived", phone="16000001001", group="before",
        situation=_("昨天刚到"),
        see=_("还没有登记。登记那天起，才开始算居住时间。"),
    ),
    Character(
        "吴秋燕", "Wu Qiuyan", FEMALE, date(1996, 9, 22), "361199", "江西省上饶市",
        key="nearly", phone="16000001002", group="before",
        situation=_("快住满半年"),
        see=_("2026-03-15 满半年。把日期往后拨一周，再看能不能申领。"),
    ),
    Character(
        "刘建国", "Liu Jianguo", MALE, date(1983, 4, 2), "341299", "安徽省阜阳市",
        key="missing", phone="16000001003", group="before",
        situation=_("只缺一份材料"),
        see=_("租房的六项里，只缺房东的产权证明。拍照传上来就行。"),
    ),
    Character(
        "黄志强", "Huang Zhiqiang", MALE, date(1988, 11, 9), "511399", "四川省南充市",
        key="waiting", phone="16000001005", group="during",
        situation=_("交上去了，等受理"),
        see=_("五个工作日没人看，就算已受理。他传的两份材料等人看。"),
    ),
    Character(
        "罗玉兰", "Luo Yulan", FEMALE, date(1979, 3, 27), "421199", "湖北省黄冈市",
        key="supplement", phone="16000001006", group="during",
        situation=_("收到一次性告知"),
        see=_("还缺什么、怎么补、哪天前补，一次说完。"),
    ),
    Character(
        "孟𠅤", "Meng Qiu", MALE, date(1990, 7, 9), "141099", "山西省临汾市",
        key="refused", phone="16000001012", group="during",
        situation=_("没有批准，名字里有生僻字"),
        see=_("社保断过一个月。决定书写明理由、条款和怎么救济。"),
    ),
    Character(
        "阿依努尔·买买提", "Aynur Memet", FEMALE, date(1994, 2, 11), "653199", "新疆喀什地区",
        ethnic_group="05", key="holder", phone="16000001011", group="holding",
        situation=_("证正常，名字里有“·”"),
        see=_("打开电子证，换一部手机扫码：只看见脸和“阿依努尔·*”。"),
    ),
    Character(
        "沈立新", "Shen Lixin", MALE, date(1985, 1, 15), "320999", "江苏省盐城市",
        key="window", phone="16000001007", group="holding",
        situation=_("正在签注期内"),
        see=_("按一个按钮就能签注。不按，2026-03-31 起证就停用。"),
    ),
    Character(
        "何小龙", "He Xiaolong", MALE, date(1991, 10, 30), "522499", "贵州省毕节市",
        key="suspended", phone="16000001008", group="holding",
        situation=_("忘了签注，证停用了"),
        see=_("2026-03-06 起停用。补一次签注，批准后恢复。"),
    ),
    Character(
        "林建平", "Lin Jianping", MALE, date(1987, 12, 5), "350799", "福建省南平市",
        key="guardian", phone="16000001009", group="special",
        situation=_("替四岁的女儿办"),
        see=_("一诺要父母都有居住证。妈妈的等审核，批了她就能申领。"),
    ),
    Character(
        "方文静", "Fang Wenjing", FEMALE, date(1989, 6, 1), "350799", "福建省南平市",
        key="mother", phone="16000001015", group="special",
        situation=_("一诺的妈妈，等审核"),
        see=_("已经受理，要另一位工作人员审核。成为林海峰，替她批。"),
    ),
    Character(
        "宋佳宁", "Song Jianing", FEMALE, date(1997, 3, 14), "431299", "湖南省怀化市",
        key="moved", phone="16000001016", group="special",
        situation=_("上个月搬了家"),
        see=_("十日内报了新地址，居住时间接着算，没有断。"),
    ),
    Character(
        "郑桂香", "Zheng Guixiang", FEMALE, date(1950, 11, 3), "330699", "浙江省绍兴市",
        key="elder", phone="16000001010", group="special",
        situation=_("七十五岁，在窗口办的"),
        see=_("工作人员替她填好，回执可以打印。页面用大字。"),
    ),
    Character(
        "韩雨桐", "Han Yutong", FEMALE, date(2005, 1, 30), "371599", "山东省聊城市",
        key="student", phone="16000001013", group="special",
        situation=_("大学生，今天住满半年"),
        see=_("学籍由教育局直接证明，按连续就读申领。"),
    ),
    Character(
        "徐国良", "Xu Guoliang", MALE, date(1975, 5, 20), "330199", "杭州市拱墅区",
        household="330105", key="local", phone="16000001014", group="special",
        situation=_("本地户口"),
        see=_("户口在市区的人不用登记，也不用办居住证。"),
    ),
    *CASES,
    Character(
        "贺立群", "He Liqun", MALE, date(1979, 10, 8), "330199", "杭州市拱墅区",
        household="330105", key="employer", phone="16000001042", group="reporting",
        situation=_("替物业公司报送"),
        see=_("招了谁、租给谁，三个工作日内报。迟了，先责令改正；要罚，先听他说。"),
    ),
    Character(
        "钱有余", "Qian Youyu", MALE, date(1968, 2, 19), "330199", "杭州市拱墅区",
        household="330105", key="landlord", phone="16000001045", group="letting",
        situation=_("有八处房子出租"),
        see=_("有全办好的，有等部门的，有要整改的，有住得太挤的。到期没报搬走的，他会收到提醒。"),
    ),
    Character(
        "尤佳怡", "You Jiayi", FEMALE, date(1995, 5, 26), "361199", "江西省上饶市",
        key="tenant", phone="16000001046", group="letting",
        situation=_("房东什么都办好了"),
        see=_("合同、产权、登记、备案、排查，房东交过一次，她申领时一份也不用再交。"),
    ),
    Character(
        "韦立志", "Wei Lizhi", MALE, date(1991, 9, 14), "522499", "贵州省毕节市",
        key="renter", phone="16000001047", group="letting",
        situation=_("房东不肯配合"),
        see=_("说了一声“房东不配合”，街道接着去找房东。街道的单子上看得到等了几天。"),
    ),
)  # fmt: skip

CHILD = Identity("林一诺", "Lin Yinuo", FEMALE, date(2021, 5, 20), "350799", "福建省南平市")

NEWCOMERS: tuple[Identity, ...] = (
    Identity("杨帆", "Yang Fan", MALE, date(1998, 4, 12), "421199", "湖北省黄冈市"),
    Identity("马小燕", "Ma Xiaoyan", FEMALE, date(2000, 8, 8), "641299", "宁夏吴忠市", ethnic_group="03"),
    Identity("次仁卓玛", "Tsering Drolma", FEMALE, date(1995, 12, 21), "542399", "西藏日喀则市", "", "04"),
    Identity("王䶮", "Wang Yan", MALE, date(1986, 2, 2), "231299", "黑龙江省绥化市"),
    Identity("覃秀英", "Qin Xiuying", FEMALE, date(1958, 10, 15), "452299", "广西来宾市", "", "08"),
)
"""In the population register, and with no account: a visitor can sign up as one of them."""

OFFICERS: tuple[Officer, ...] = (
    Officer(
        "P1001", "徐静", "Xu Jing", Role.CLERK, NORTH,
        _("看材料、受理、一次性告知。手里有代办件、更正、线索和核查，还有一件要回避。"),
    ),
    Officer(
        "P1002", "林海峰", "Lin Haifeng", Role.REVIEWER, NORTH,
        _("审核同事受理的件，批准后证就签发。有一件在等鉴定，有一件自动办的要人再看。"),
    ),
    Officer(
        "P1003", "沈国华", "Shen Guohua", Role.CHIEF, NORTH,
        _("派件、收回、记复议、决定作假的件。受理、审核都行，同一件不能一人办完。"),
    ),
    Officer(
        "P1004", "汪婷", "Wang Ting", Role.CLERK, NORTH,
        _("这周不在岗，件由徐静代办。走之前交出去一件。"),
    ),
    Officer("P2001", "潘晓东", "Pan Xiaodong", Role.CLERK, SOUTH, _("只看得到武林、天水两个街道的件。")),
    Officer("P2002", "蒋丽", "Jiang Li", Role.REVIEWER, SOUTH, _("看不到拱宸桥、小河的件，知道编号也不行。")),
    Officer(
        "S3001", "俞敏", "Yu Min", Role.SUBDISTRICT, (GONGCHENQIAO,),
        _("管本街道的报送、出租房屋和排查，不办证。"),
    ),
    Officer(
        "D4001", "章伟", "Zhang Wei", Role.DEPARTMENT, (),
        _("一条异议等答复，答复过一条；一张表有错要改，一张已经交了。看不到申领。"), "human_resources",
    ),
    Officer(
        "D4002", "周岚", "Zhou Lan", Role.DEPARTMENT, (),
        _("部门人员，看不到个人的申领。"), "education",
    ),
    Officer(
        "D4003", "陆平", "Lu Ping", Role.DEPARTMENT, (),
        _("部门人员，看不到个人的申领。"), "housing",
    ),
    Officer(
        "D4004", "高原", "Gao Yuan", Role.DEPARTMENT, (),
        _("部门人员，看不到个人的申领。"), "police",
    ),
    Officer("A5001", "邵正", "Shao Zheng", Role.AUDITOR, (), _("查谁看过、改过什么，自己改不了任何东西。")),
    Officer(
        "G6001", "苗青", "Miao Qing", Role.PLANNER, (),
        _("只看数：全区登记了多少人，每周谁来谁走，房屋办到哪一步。看不到任何人。"),
    ),
    Officer("M9001", "钱进", "Qian Jin", Role.ADMINISTRATOR, (), _("管账号，看不到群众的件。")),
)  # fmt: skip

BY_KEY: dict[str, Character] = {character.key: character for character in CHARACTERS}
