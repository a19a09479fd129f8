"""The characters whose cases are not the plain way: what departments say, the window, what goes wrong, and
what comes after issue. Their stories are in `stories_in_hand` and `stories_after_issue`.
"""

from datetime import date

from django.utils.translation import gettext_lazy as _

from juzhu.demo.identities import FEMALE, MALE, Character, Identity

CASES: tuple[Character, ...] = (
    Character(
        "谢明哲", "Xie Mingzhe", MALE, date(1992, 4, 18), "361199", "江西省上饶市",
        key="bureau", phone="16000001017", group="bureau",
        situation=_("谁也没报过，局里有"),
        see=_("什么证明都还没有。他一申领就问人力社保局，局里答了，证当场签发。"),
    ),
    Character(
        "邓小梅", "Deng Xiaomei", FEMALE, date(1995, 10, 2), "431299", "湖南省怀化市",
        key="unreached", phone="16000001018", group="bureau",
        situation=_("局里查不到的时候"),
        see=_("先在上面把人力社保局停掉，再成为她去申领：算“正在核对”，不算缺。再开，答复就到。"),
    ),
    Character(
        "曹丽华", "Cao Lihua", FEMALE, date(1990, 12, 9), "511399", "四川省南充市",
        key="disputing", phone="16000001019", group="bureau",
        situation=_("说局里记错了，等答复"),
        see=_("去年 10 月的社保，她说缴了。人力社保局答复以前，不能用这一条不予她。"),
    ),
    Character(
        "彭志伟", "Peng Zhiwei", MALE, date(1987, 3, 30), "421199", "湖北省黄冈市",
        key="answered", phone="16000001020", group="bureau",
        situation=_("说过不对，局里改了"),
        see=_("异议三天就有答复：漏报的那个月补上了，今天就能申领。"),
    ),
    Character(
        "黎安然", "Li Anran", FEMALE, date(1988, 5, 15), "341299", "安徽省阜阳市",
        key="talent", phone="16000001021", group="bureau",
        situation=_("有引进人才居住证"),
        see=_("刚来两个月。人力社保局交的表里有她，可以直接换领，不用住满半年。"),
    ),
    Character(
        "蔡阿珍", "Cai Azhen", FEMALE, date(1947, 9, 21), "331199", "浙江省丽水市",
        key="represented", officer="P1001", group="helped",
        situation=_("七十八岁，女儿替她来办"),
        see=_("代办人、关系、出示的证件都记着，扫描件在案里。她自己不用手机。"),
    ),
    Character(
        "石大山", "Shi Dashan", MALE, date(1984, 1, 6), "522499", "贵州省毕节市",
        key="unnamed", officer="P1001", group="helped",
        situation=_("没有证件，身份待核实"),
        see=_("先登记，居住时间照算。等核实了身份，才能申领。"),
    ),
    Character(
        "贺志刚", "He Zhigang", MALE, date(1986, 8, 8), "411799", "河南省驻马店市",
        key="paused", phone="16000001022", group="hard",
        situation=_("合同要鉴定，期限停着"),
        see=_("停几天、为什么停、依据哪一条都告诉他，停的日子不算。"),
    ),
    Character(
        "雷海燕", "Lei Haiyan", FEMALE, date(1991, 6, 25), "321399", "江苏省宿迁市",
        key="redone", phone="16000001023", group="hard",
        situation=_("不予的决定被复议撤销了"),
        see=_("正在重新办。原来的决定、复议的结果，都在她的件里。"),
    ),
    Character(
        "汤家豪", "Tang Jiahao", MALE, date(1998, 2, 14), "361199", "江西省上饶市",
        key="switching", phone="16000001024", group="hard",
        situation=_("选的途径不行，另一条行"),
        see=_("草稿填到了最后一步。按“就业”会不予，换成“住所”就行，不用重填。"),
    ),
    Character(
        "齐敏", "Qi Min", FEMALE, date(1994, 11, 11), "371599", "山东省聊城市",
        key="reviewed", phone="16000001025", group="hard",
        situation=_("自动办的，要人再看"),
        see=_("当场自动签发了。她要工作人员再看一遍，证照常用。"),
    ),
    Character(
        "田雨薇", "Tian Yuwei", FEMALE, date(1993, 5, 4), "341299", "安徽省阜阳市",
        key="corrected", phone="16000001026", group="after",
        situation=_("证改过一次，又搬过一次家"),
        see=_("同一张证有三版，哪一版写什么都看得到。确认单由她哥哥领走了一张。"),
    ),
    Character(
        "金慧敏", "Jin Huimin", FEMALE, date(1989, 7, 19), "231299", "黑龙江省绥化市",
        key="mending", phone="16000001027", group="after",
        situation=_("要换证上的相片"),
        see=_("更正交上去了，等徐静看。答应十天之内答复。"),
    ),
    Character(
        "苏文斌", "Su Wenbin", MALE, date(1984, 10, 17), "530699", "云南省昭通市",
        key="late", phone="16000001028", group="after",
        situation=_("签注晚了二十多天"),
        see=_("补签后恢复了。居住年限有两种算法，两个数不一样，用在哪里都写明。"),
    ),
    Character(
        "潘永福", "Pan Yongfu", MALE, date(1978, 4, 26), "621099", "甘肃省庆阳市",
        key="missed", phone="16000001029", group="after",
        situation=_("三年没有签注"),
        see=_("2023 年起停用。补一次签注就恢复，不用一年一年补。"),
    ),
    Character(
        "戴俊", "Dai Jun", MALE, date(1990, 9, 3), "530699", "云南省昭通市",
        key="told", phone="16000001030", group="after",
        situation=_("被告知材料可能是假的"),
        see=_("事实、拟怎么处理、哪天前可以陈述，都写着。听了他的，才能决定。"),
    ),
    Character(
        "范金龙", "Fan Jinlong", MALE, date(1985, 12, 12), "621099", "甘肃省庆阳市",
        key="withdrawn", phone="16000001031", group="ended",
        situation=_("用了假材料，证收缴了"),
        see=_("陈述过，由没有立案的人决定。决定写明罚多少、依据和怎么救济。"),
    ),
    Character(
        "姚远帆", "Yao Yuanfan", MALE, date(1982, 2, 28), "321399", "江苏省宿迁市",
        key="away", phone="16000001032", group="ended",
        situation=_("户口迁到了拱墅"),
        see=_("2026-02-25 起是本地户口，证从那天起终止，不用他来办。"),
    ),
    Character(
        "卢德才", "Lu Decai", MALE, date(1944, 3, 8), "330699", "浙江省绍兴市",
        key="ended", phone="16000001033", group="ended",
        situation=_("办到一半，人去世了"),
        see=_("派出所记下后，件就终结了。家里人打开手机，看不到催办和错误。"),
    ),
)  # fmt: skip
"""Phones end with the turn in which they joined the demo."""

DAUGHTER = Identity("蒋秀娟", "Jiang Xiujuan", FEMALE, date(1975, 6, 12), "331199", "浙江省丽水市")
"""Of 蔡阿珍. She bears her father's name."""
BROTHER = Identity("田雨辰", "Tian Yuchen", MALE, date(1990, 3, 1), "341299", "安徽省阜阳市")
"""Fetches the slip of 田雨薇."""
