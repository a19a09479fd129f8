"""The subdistricts of Gongshu: nine-digit code, Chinese name, pinyin, and the police station in charge."""

from dataclasses import dataclass

DISTRICT = "330105"

_ROWS = """
001 米市巷 Mishixiang|002 湖墅 Hushu|003 小河 Xiaohe|004 和睦 Hemu|005 拱宸桥 Gongchenqiao|007 大关 Daguan
008 上塘 Shangtang|009 祥符 Xiangfu|010 康桥 Kangqiao|011 半山 Banshan|012 天水 Tianshui|013 武林 Wulin
014 长庆 Changqing|015 潮鸣 Chaoming|016 朝晖 Chaohui|017 文晖 Wenhui|018 东新 Dongxin|019 石桥 Shiqiao
"""


@dataclass(frozen=True, slots=True)
class Subdistrict:
    """街道. `zh` and `en` are whole names."""

    code: str
    zh: str
    en: str
    station_zh: str
    station_en: str

    def name(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh

    def station(self, language: str) -> str:
        return self.station_en if language.startswith("en") else self.station_zh


SUBDISTRICTS: dict[str, Subdistrict] = {
    DISTRICT + tail: Subdistrict(
        DISTRICT + tail, f"{zh}街道", f"{roman} Subdistrict", f"{zh}派出所", f"{roman} Police Station"
    )
    for tail, zh, roman in (row.split() for line in _ROWS.split("\n") for row in line.split("|") if row)
}
CODES = tuple(SUBDISTRICTS)
