"""Administrative divisions: provinces by their two digits, and all that Hangzhou is and was (GB/T 2260)."""

PROVINCES = {
    "11": ("北京市", "Beijing"), "12": ("天津市", "Tianjin"), "13": ("河北省", "Hebei"),
    "14": ("山西省", "Shanxi"), "15": ("内蒙古自治区", "Inner Mongolia"), "21": ("辽宁省", "Liaoning"),
    "22": ("吉林省", "Jilin"), "23": ("黑龙江省", "Heilongjiang"), "31": ("上海市", "Shanghai"),
    "32": ("江苏省", "Jiangsu"), "33": ("浙江省", "Zhejiang"), "34": ("安徽省", "Anhui"),
    "35": ("福建省", "Fujian"), "36": ("江西省", "Jiangxi"), "37": ("山东省", "Shandong"),
    "41": ("河南省", "Henan"), "42": ("湖北省", "Hubei"), "43": ("湖南省", "Hunan"),
    "44": ("广东省", "Guangdong"), "45": ("广西壮族自治区", "Guangxi"), "46": ("海南省", "Hainan"),
    "50": ("重庆市", "Chongqing"), "51": ("四川省", "Sichuan"), "52": ("贵州省", "Guizhou"),
    "53": ("云南省", "Yunnan"), "54": ("西藏自治区", "Tibet"), "61": ("陕西省", "Shaanxi"),
    "62": ("甘肃省", "Gansu"), "63": ("青海省", "Qinghai"), "64": ("宁夏回族自治区", "Ningxia"),
    "65": ("新疆维吾尔自治区", "Xinjiang"),
}  # fmt: skip

HANGZHOU = {
    "330100": ("杭州市", "Hangzhou"), "330102": ("上城区", "Shangcheng"), "330105": ("拱墅区", "Gongshu"),
    "330106": ("西湖区", "Xihu"), "330108": ("滨江区", "Binjiang"), "330109": ("萧山区", "Xiaoshan"),
    "330110": ("余杭区", "Yuhang"), "330111": ("富阳区", "Fuyang"), "330112": ("临安区", "Lin'an"),
    "330113": ("临平区", "Linping"), "330114": ("钱塘区", "Qiantang"), "330122": ("桐庐县", "Tonglu"),
    "330127": ("淳安县", "Chun'an"), "330182": ("建德市", "Jiande"),
}  # fmt: skip

FORMER = {
    "330101": ("市辖区", "districts"), "330103": ("下城区", "Xiacheng"), "330104": ("江干区", "Jianggan"),
    "330121": ("萧山县", "Xiaoshan County"), "330123": ("富阳县", "Fuyang County"),
    "330124": ("临安县", "Lin'an County"), "330125": ("余杭县", "Yuhang County"),
    "330181": ("萧山市", "Xiaoshan City"), "330183": ("富阳市", "Fuyang City"),
    "330184": ("余杭市", "Yuhang City"), "330185": ("临安市", "Lin'an City"),
}  # fmt: skip
"""Codes of what is a district of the city now, as identity cards and old papers still bear them."""


def division_name(code: str, language: str = "zh") -> str:
    """A division's name as far as it is known here: Hangzhou's in full, all others by their province."""
    index = 1 if language.startswith("en") else 0
    city = HANGZHOU["330100"][index]
    if code == "330100":
        return city
    if code in FORMER:
        own = FORMER[code][index]
        return f"{own}, {city} (former)" if index else f"{city}{own}（旧）"
    if code in HANGZHOU:
        own = HANGZHOU[code][index]
        return f"{own}, {city}" if index else f"{city}{own}"
    province = PROVINCES.get(code[:2])
    return province[index] if province else code
