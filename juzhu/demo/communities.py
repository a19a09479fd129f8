"""Invented communities, three a subdistrict, so that an address can be picked. None of them is official."""

from juzhu.registration.models import Community
from juzhu.registration.subdistricts import CODES

NAMES = (
    "桥东", "柳岸", "运新", "安乐桥", "米仓", "秋涛里", "长木", "塘前", "望河", "小桥里", "荷塘", "东篱",
    "吉祥里", "善和", "半道", "青莎", "船坞", "古新", "上河", "梧桐", "麦庄", "永宁", "新文", "仓前里",
    "清波", "石灰坝", "杏林", "和丰", "皋亭里", "紫荆", "瓜山里", "康宁", "平炼", "花园岗", "萍水里", "万家",
    "登云里", "香樟", "锦昌", "大浒里", "丽水里", "余杭塘", "水洋", "勤丰", "三里亭", "沈塘", "观桥", "凤麟",
    "小天竺", "竹竿里", "环北", "仙林", "中山北", "体东",
)  # fmt: skip


def rows() -> list[Community]:
    """The communities; their codes end in 901 to 903, which the official list does not use."""
    return [
        Community(code=f"{code}{901 + n}", subdistrict=code, name=f"{NAMES[at * 3 + n]}社区")
        for at, code in enumerate(CODES)
        for n in range(3)
    ]
