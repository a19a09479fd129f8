"""The kinds of papers. Each has a template, a mark in its number, and words in `templates/words.toml`."""

from enum import StrEnum


class Kind(StrEnum):
    """文书种类."""

    RECEIPT = "receipt"
    """受理回执. Source: notice 2(1)3; Zhejiang art. 18."""
    DEEMED = "deemed"
    """视为受理告知书. Source: Administrative Licensing Law art. 32, by analogy."""
    NOTICE = "notice"
    """一次性告知书. Source: notice 2(1)3; Hangzhou art. 17."""
    REFUSAL = "refusal"
    """不予受理、不予办理决定书. Source: notice 2(1)3; Zhejiang art. 18; Administrative Licensing Law art.
    38.
    """
    NON_ENDORSEMENT = "non_endorsement"
    """不予签注决定书. Source: notice 2(1)4; Zhejiang art. 19; Hangzhou art. 19, 21."""
    LAPSE = "lapse"
    """申请终结告知书（补正期满）: nothing was handed in, and nothing refused. Source: Hangzhou art. 17; the
    term is the pack's.
    """
    ENDED = "ended"
    """申请终结告知书: a fact has made the application pointless. Source: Hangzhou art. 2."""
    PAUSE = "pause"
    """办理期限中止告知书. Source: Administrative Licensing Law art. 45, by analogy."""
    CORRECTION = "correction"
    """更正、变更告知书. Source: Hangzhou art. 18; Zhejiang art. 19."""
    TERMINATION = "termination"
    """使用功能终止告知书. Source: Hangzhou art. 21."""
    REGISTRATION = "registration"
    """居住登记凭证. Source: Hangzhou art. 13, 25; notice 2(1)1."""
    FRAUD_NOTICE = "fraud_notice"
    """行政处罚事先告知书, 拟处理告知书. Source: Administrative Penalty Law art. 44."""
    FRAUD_DECISION = "fraud_decision"
    """行政处罚决定书, 处理决定书. Source: Administrative Penalty Law art. 59; Zhejiang art. 36."""
    FRAUD_CLOSURE = "fraud_closure"
    """不予行政处罚决定书. Source: Administrative Penalty Law art. 57."""
    SLIP = "slip"
    """《浙江省居住证》确认单. Source: notice 2(2)4, 2(2)5."""


LANGUAGES = ("zh", "en")
"""The official paper, and its reading version."""
