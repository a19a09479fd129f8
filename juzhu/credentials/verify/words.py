"""What a checker is told, in Chinese and English."""

from typing import Literal

from juzhu.credentials.verify.errors import Because, Outcome

Lang = Literal["zh", "en"]
Words = dict[Lang, str]

OUTCOMES: dict[Outcome, Words] = {
    "valid": {"zh": "有效", "en": "Valid"},
    "suspended": {"zh": "使用功能已中止", "en": "Suspended"},
    "terminated": {"zh": "使用功能已终止", "en": "Terminated"},
    "stale": {"zh": "无法确认，需要更新", "en": "Out of date"},
    "forged": {"zh": "伪造或者被改动", "en": "Forged or altered"},
    "not_a_permit": {"zh": "不是居住证", "en": "Not a residence permit"},
    "unreadable": {"zh": "无法读取", "en": "Unreadable"},
}
REASONS: dict[Because, Words] = {
    "": {"zh": "", "en": ""},
    "list": {
        "zh": "手头没有当前的状态列表，请联网更新后再核验。",
        "en": "No current status list is at hand: fetch a fresh one and check again.",
    },
    "document": {
        "zh": "凭证已过最后一日，或者签发时间晚于本机时间，请持证人重新加载。",
        "en": "Its last day is past, or it is signed later than this clock: ask the holder to load it anew.",
    },
    "superseded": {
        "zh": "已有更新的版本，请持证人重新加载。",
        "en": "There is a newer version of it: ask the holder to load that.",
    },
    "trust": {
        "zh": "手头没有当前的信任列表，请联网更新后再核验。",
        "en": "No current trust list is at hand: fetch a fresh one and check again.",
    },
    "signature": {
        "zh": "签名不符，内容并非签发机关所签。",
        "en": "The signature is wrong: the issuer did not sign this.",
    },
    "key_unknown": {
        "zh": "签名的密钥不属于已知的签发机关。",
        "en": "The key that signed it belongs to no known issuer.",
    },
    "key_revoked": {
        "zh": "签名的密钥已经作废。",
        "en": "The key that signed it was revoked before.",
    },
    "holder": {
        "zh": "出示人没有证明这是本人的凭证，或者是为别处出示的。",
        "en": "Whoever shows it did not prove to be its holder, or showed it for somebody else.",
    },
    "digest": {
        "zh": "出示的项目不在签名之内。",
        "en": "Something is shown that the issuer did not sign.",
    },
    "malformed": {
        "zh": "内容不符合凭证的格式。",
        "en": "Its content is not what such a document holds.",
    },
    "algorithm": {
        "zh": "本机无法核验这种签名算法。",
        "en": "This machine cannot check signatures of its kind.",
    },
}
CLAIMS: dict[str, Words] = {
    "name": {"zh": "姓名", "en": "Name"},
    "sex": {"zh": "性别", "en": "Sex"},
    "ethnic_group": {"zh": "民族", "en": "Ethnic group"},
    "birthdate": {"zh": "出生日期", "en": "Date of birth"},
    "identity_number": {"zh": "公民身份号码", "en": "Identity number"},
    "household_division": {"zh": "户籍地区划", "en": "Division of the household"},
    "household_address": {"zh": "户籍地址", "en": "Address of the household"},
    "residence_address": {"zh": "居住地址", "en": "Address of residence"},
    "workplace": {"zh": "服务处所", "en": "Workplace"},
    "permit_number": {"zh": "居住证号", "en": "Permit number"},
    "division": {"zh": "签发地区划", "en": "Issuing division"},
    "licence_id": {"zh": "证照标识", "en": "Licence identifier"},
    "version": {"zh": "版本", "en": "Version"},
    "issued_on": {"zh": "签发日期", "en": "Issued on"},
    "valid_until": {"zh": "最后一日", "en": "Last day"},
    "photo": {"zh": "相片", "en": "Photo"},
    "lives_in": {"zh": "居住城市", "en": "Lives in"},
    **{f"age_over_{age}": {"zh": f"年满{age}周岁", "en": f"{age} or older"} for age in (16, 18)},
    **{
        f"residence_years_ge_{years}": {"zh": f"居住满{years}年", "en": f"Resident for {years} years or more"}
        for years in range(1, 11)
    },
}


def named(name: str, lang: Lang) -> str:
    """A claim's name as a person reads it; one that is not known as it is."""
    return CLAIMS[name][lang] if name in CLAIMS else name


def said(name: str, value: object, lang: Lang) -> str:
    """A claim's value as a person reads it."""
    if value is True or value is False:
        return {"zh": "是" if value else "否", "en": "yes" if value else "no"}[lang]
    if name == "photo":
        return {"zh": "有" if value else "无", "en": "enclosed" if value else "none"}[lang]
    return str(value)
