"""What was compared, in one plain sentence a language: work shown without insurance; the talent list."""

from __future__ import annotations

from juzhu.law.kleene import Truth
from juzhu.law.row import Look
from juzhu.law.wording import Text, day_en


def labour_contract(look: Look, truth: Truth) -> Text:
    begins, ends, as_of = look.row.contract_from, look.row.contract_until, look.on.as_of
    months = look.on.contract_months
    if begins is None:
        return Text("还没有劳动合同。", "There is no labour contract yet.")
    if begins > as_of:
        return Text(
            f"劳动合同从 {begins} 开始，{as_of} 还没有到。",
            f"Your labour contract begins on {day_en(begins)}, after {day_en(as_of)}.",
        )
    if ends is None:
        return Text(
            f"劳动合同从 {begins} 起，没有固定期限。",
            f"Your labour contract runs from {day_en(begins)} without a fixed end.",
        )
    if ends < as_of:
        return Text(
            f"劳动合同 {ends} 已到期，请续签。",
            f"Your labour contract ended on {day_en(ends)}, before {day_en(as_of)}; renew it.",
        )
    zh, en = ("够", "is long enough") if truth else ("不够", "is too short")
    return Text(
        f"劳动合同 {begins} 到 {ends}，{zh} {months} 个月。",
        f"Your labour contract runs from {day_en(begins)} to {day_en(ends)}, which {en}:"
        f" {months} months are needed.",
    )


def business_licence(look: Look, truth: Truth) -> Text:
    if truth:
        return Text(
            "您的营业执照已年报，不在经营异常名录。",
            "The annual report of your business is filed, and it is not on the list of abnormal operations.",
        )
    if look.row.annual_report is False:
        return Text("您的营业执照没有年报。", "The annual report of your business is not filed.")
    if look.row.abnormal_business:
        return Text("您的营业执照在经营异常名录里。", "Your business is on the list of abnormal operations.")
    return Text("还没有查到您的营业执照。", "Your business licence has not been found yet.")


def talent_listed(look: Look, truth: Truth) -> Text:
    row, as_of = look.row, look.on.as_of
    begins, ends = row.talent_listed_from, row.talent_listed_until
    if truth:
        return Text(
            "您在政府的投资创业、引进人才名单里。",
            "You are on the government's list of investors and talents.",
        )
    if row.talent_listed is False:
        return Text(
            "您不在政府的投资创业、引进人才名单里。",
            "You are not on the government's list of investors and talents.",
        )
    if begins is not None and begins > as_of:
        return Text(
            f"您从 {begins} 起才在引进人才名单里，{as_of} 还没有到。",
            f"You are on the list of talents from {day_en(begins)} on, after {day_en(as_of)}.",
        )
    if ends is not None and ends < as_of:
        return Text(
            f"您在引进人才名单里的时间 {ends} 已到期。",
            f"Your time on the list of talents ended on {day_en(ends)}, before {day_en(as_of)}.",
        )
    return Text(
        "还没有查到您在投资创业、引进人才名单里。",
        "You have not been found yet on the government's list of investors and talents.",
    )
