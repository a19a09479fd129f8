"""What was compared, in one plain sentence a language: dwelling, study, minors and talent."""

from __future__ import annotations

from juzhu.law.calendar import add_months
from juzhu.law.kleene import Truth
from juzhu.law.row import Look, guardian_permitted, guardian_run
from juzhu.law.sentences import Say, run_sentence
from juzhu.law.wording import Text, day_en


def proof_sentence(met: Text, unproven: Text, unmet: Text) -> Say:
    def say(look: Look, truth: Truth) -> Text:
        return met if truth else unproven if truth is None else unmet

    return say


owner_title = proof_sentence(
    Text("您的房屋产权证明有了。", "The proof of title to your home is on file."),
    Text("还没有您的房屋产权证明。", "There is no proof of title to your home yet."),
    Text("这份产权证明不是您的房屋。", "The proof of title is not for a home of yours."),
)
landlord_title = proof_sentence(
    Text("房东的产权证明有了。", "Your landlord's proof of title is on file."),
    Text("还没有房东的产权证明。请房东上传。", "There is no proof of title from your landlord yet."),
    Text(
        "产权证明上的人不是您的房东。", "The proof of title is in somebody else's name, not your landlord's."
    ),
)
rental_registration = proof_sentence(
    Text("房屋已办出租登记。", "The letting is registered."),
    Text(
        "还没有查到出租登记。请房东办理。",
        "No rental registration has been found yet; your landlord can make it.",
    ),
    Text("房屋没有办出租登记。", "The letting has not been registered."),
)
rental_safety = proof_sentence(
    Text("出租安全排查已通过。", "The rental safety inspection was passed."),
    Text(
        "街道还没有排查。可以约上门时间。",
        "The subdistrict has not inspected the home yet; you can make an appointment.",
    ),
    Text("出租安全排查没有通过。", "The rental safety inspection was not passed."),
)
student_register = proof_sentence(
    Text("教育部门有您的学籍。", "The education authority has you in its student register."),
    Text(
        "教育部门还没有查到您的学籍。",
        "The education authority has not found you in its student register yet.",
    ),
    Text("教育部门没有您的学籍。", "The education authority does not have you in its student register."),
)
study_continuity = proof_sentence(
    Text("连续就读证明有了。", "The proof of continuous study is on file."),
    Text("还没有连续就读证明。", "There is no proof of continuous study yet."),
    Text("证明显示您没有连续就读。", "The proof shows that your study was interrupted."),
)


NAMES_OTHERS = Text(
    "合同写的承租人里没有您。请让房东把您写进合同；承租人是您的配偶或直系亲属的，请交亲属关系证明。",
    "You are not among the tenants in the lease. Ask your landlord to name you; if a tenant is your spouse,"
    " parent, child, grandparent or grandchild, prove it.",
)
FILING_NAMES_OTHERS = Text(
    "备案写的承租人里没有您。请让房东改备案；承租人是您的配偶或直系亲属的，请交亲属关系证明。",
    "You are not among the tenants in the lease filing. Ask your landlord to correct it; if a tenant is your"
    " spouse, parent, child, grandparent or grandchild, prove it.",
)


def _no_lease(look: Look) -> Text:
    if look.facts.dwelling is None:
        return Text(
            "还不知道您住在哪里；租房的，请提供合同。",
            "We do not know your dwelling yet; if you rent, show your lease.",
        )
    if look.facts.dwelling.tenure == "rented" and look.facts.dwelling.lease is not None:
        return NAMES_OTHERS
    return Text("还没有租赁合同。", "There is no lease yet.")


def lease_term(look: Look, truth: Truth) -> Text:
    begins, ends = look.row.lease_from, look.row.lease_to
    if begins is None or ends is None:
        return _no_lease(look)
    months = look.on.parameters.lease_months
    zh, en = ("够", "is long enough") if truth else ("不够", "is too short")
    return Text(
        f"合同 {begins} 到 {ends}，{zh} {months} 个月。",
        f"Your lease runs from {day_en(begins)} to {day_en(ends)}, which {en}: {months} months are needed.",
    )


def lease_current(look: Look, truth: Truth) -> Text:
    begins, ends, as_of = look.row.lease_from, look.row.lease_to, look.on.as_of
    if begins is None or ends is None:
        return _no_lease(look)
    if truth:
        return Text(
            f"合同 {begins} 到 {ends}，{as_of} 在合同期内。",
            f"Your lease runs from {day_en(begins)} to {day_en(ends)}, and {day_en(as_of)} lies within it.",
        )
    if begins > as_of:
        return Text(
            f"合同从 {begins} 开始，{as_of} 还没有到。",
            f"Your lease begins on {day_en(begins)}, after {day_en(as_of)}.",
        )
    return Text(
        f"合同 {ends} 已到期，请续签。",
        f"Your lease ended on {day_en(ends)}, before {day_en(as_of)}; renew it.",
    )


def lease_filing(look: Look, truth: Truth) -> Text:
    row = look.row
    if row.lease_filing:
        return Text("租赁已登记备案。", "The lease is filed.")
    if row.commodity_housing is False:
        return Text("房屋不是商品房，不用备案。", "The home is no commodity housing, so no filing is needed.")
    if truth is False:
        return Text("商品房没有租赁登记备案。", "The home is commodity housing, and its lease is not filed.")
    dwelling = look.facts.dwelling
    if dwelling is not None and dwelling.tenure == "rented" and dwelling.lease_filing:
        return FILING_NAMES_OTHERS
    return Text(
        "还没有查到租赁备案。商品房请房东先备案。",
        "No lease filing has been found yet; if it is commodity housing, your landlord must file the lease.",
    )


def enrolled_full_time_in_city(look: Look, truth: Truth) -> Text:
    row, as_of = look.row, look.on.as_of
    if truth is None:
        return Text(
            "还不知道您在哪所学校全日制就读。", "We do not know yet at which school you study full-time."
        )
    if truth:
        return Text(
            f"您 {as_of} 在杭州市区全日制就读。",
            f"You study full-time in urban Hangzhou on {day_en(as_of)}.",
        )
    if row.full_time is False:
        return Text("您的就读不是全日制。", "Your study is not full-time.")
    if row.study_division is not None and row.study_division not in look.on.area:
        return Text(
            f"学校（区划代码 {row.study_division:06}）不在杭州市区。",
            f"Your school (division {row.study_division:06}) is outside urban Hangzhou.",
        )
    if row.enrolled_on is not None and row.enrolled_on > as_of:
        return Text(
            f"您 {row.enrolled_on} 才入学，{as_of} 还没有到。",
            f"You enrol on {day_en(row.enrolled_on)}, after {day_en(as_of)}.",
        )
    left = row.left_on or as_of
    return Text(f"您 {left} 已离校。", f"You left the school on {day_en(left)}.")


def enrolled_one_year(look: Look, truth: Truth) -> Text:
    enrolled = look.row.enrolled_on
    if enrolled is None:
        return Text("还不知道您哪天入学。", "We do not know yet when you enrolled.")
    months = look.on.parameters.study_months
    full = add_months(enrolled, months)
    zh, en = ("已满", "was") if full < look.on.as_of else ("满", "is")
    term = ("一年", "a year") if months == 12 else (f" {months} 个月", f"a term of {months} months")
    return Text(
        f"您 {enrolled} 入学，{full} {zh}{term[0]}。",
        f"You enrolled on {day_en(enrolled)}; {term[1]} {en} complete on {day_en(full)}.",
    )


def _turning(look: Look) -> Text:
    """Until when guardians are asked about at all."""
    born, age = look.row.born, look.on.parameters.minor_age
    if born is None:
        return Text(f"未满 {age} 周岁的", f"if you are under {age}")
    day = add_months(born, 12 * age)
    return Text(f"{day} 满 {age} 周岁前", f"until you turn {age} on {day_en(day)}")


def guardian_permits(look: Look, truth: Truth) -> Text:
    until = _turning(look)
    everybody = look.on.parameters.minor_guardian_permits == "all"
    who = (
        Text("全部监护人", "all your guardians") if everybody else Text("一名监护人", "one of your guardians")
    )
    rule = Text(
        f"{until.zh}要{who.zh}有居住证", f"{_capital(until.en)}, {who.en} must hold a residence permit"
    )
    if truth:
        return Text(f"{rule.zh}，已符合。", f"{rule.en}, and this is so.")
    if truth is None:
        return Text(f"{rule.zh}，还没有查清。", f"{rule.en}; this is not known yet.")
    lacking = sum(not guardian_permitted(each, look.on) for each in look.facts.guardians)
    return Text(
        f"{rule.zh}，还有 {lacking} 人没有。",
        f"{rule.en}; {lacking} of {len(look.facts.guardians)} do not.",
    )


def guardian_insured_one_year(look: Look, truth: Truth) -> Text:
    until = _turning(look)
    needed = look.on.parameters.insurance_months
    if truth is None:
        return Text(
            f"{until.zh}要一名监护人连续缴社保 {needed} 个月，还没有查清。",
            f"{_capital(until.en)}, one guardian must have {needed} unbroken months of insurance;"
            " this is not known yet.",
        )
    runs = [(guardian_run(each, look.on), each) for each in look.facts.guardians]
    insured = [(run[1] - run[0], index) for index, (run, _) in enumerate(runs) if run is not None]
    if not insured:
        return Text(
            f"{until.zh}要一名监护人连续缴社保 {needed} 个月，都没有缴。",
            f"{_capital(until.en)}, one guardian must have {needed} unbroken months of insurance;"
            " none has any.",
        )
    guardian = look.facts.guardians[max(insured)[1]]
    return run_sentence(look, guardian.insurance or [], truth, Text("监护人", "Your guardian has"))


def talent_permit(look: Look, truth: Truth) -> Text:
    until, as_of = look.row.talent_until, look.on.as_of
    if until is None:
        return Text("还没有看到引进人才居住证。", "No talent permit has been seen yet.")
    if truth:
        return Text(
            f"您的引进人才居住证有效期到 {until}。",
            f"Your talent permit is valid until {day_en(until)}.",
        )
    return Text(
        f"您的引进人才居住证 {until} 已到期。",
        f"Your talent permit expired on {day_en(until)}, before {day_en(as_of)}.",
    )


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
