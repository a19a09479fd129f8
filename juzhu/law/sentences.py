"""What was compared, in one plain sentence a language: the conditions of every route, and of employment.

Each function is given the look and the leaf's truth: True met, None unproven, False unmet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from juzhu.law.calendar import add_months
from juzhu.law.cutoffs import month_number, month_of
from juzhu.law.facts import InsuranceRun
from juzhu.law.kleene import Truth
from juzhu.law.row import Look, MonthRun, contributed, reaching_run
from juzhu.law.wording import Text, day_en, month_en, month_zh

Say = Callable[[Look, Truth], Text]


def outside_household(look: Look, truth: Truth) -> Text:
    division = look.facts.person.household_division
    if truth is None:
        return Text("还不知道您的户籍在哪里。", "We do not know yet where your household registration is.")
    if truth:
        return Text(
            f"您的户籍（区划代码 {division}）不在杭州市区。",
            f"Your household registration (division {division}) is outside urban Hangzhou.",
        )
    return Text(
        f"您的户籍（区划代码 {division}）在杭州市区，不用办居住证。",
        f"Your household registration (division {division}) is in urban Hangzhou, so you need no permit.",
    )


def _paper(name: str, met: Text, absent: Text, defective: Text) -> Say:
    def say(look: Look, truth: Truth) -> Text:
        return met if truth else defective if getattr(look.row, name) is False else absent

    return say


application_form = _paper(
    "application_form",
    Text("申领表已填好。", "Your application form is complete."),
    Text("还没有申领表。", "There is no application form yet."),
    Text(
        "申领表有错，请改好再交。",
        "There is a mistake in your application form; correct it and hand it in again.",
    ),
)
identity_document = _paper(
    "identity_document",
    Text("已看过您的身份证件。", "Your identity document has been seen."),
    Text("还没有看到您的身份证件。", "Your identity document has not been seen yet."),
    Text("您的身份证件不能用，请换一份有效的。", "Your identity document cannot be used; show a valid one."),
)
photo = _paper(
    "photo",
    Text("相片合格。", "Your photograph can be used."),
    Text("还没有相片。", "There is no photograph yet."),
    Text("相片不合格，请重新拍一张。", "Your photograph cannot be used; hand in a new one."),
)
representative_identity = _paper(
    "representative_identity",
    Text("已看过代办人的身份证件。", "The identity document of the person who files for you has been seen."),
    Text(
        "还没有看到代办人的身份证件。",
        "The identity document of the person who files for you has not been seen yet.",
    ),
    Text(
        "代办人的身份证件不能用，请换一份有效的。",
        "The identity document of the person who files for you cannot be used; show a valid one.",
    ),
)


def residence_registered(look: Look, truth: Truth) -> Text:
    since, until, as_of = look.row.residence_since, look.row.residence_until, look.on.as_of
    if truth and since is not None:
        return Text(
            f"您自 {since} 起在杭州市区登记居住。", f"You have been registered here since {day_en(since)}."
        )
    if until is None:
        return Text(
            f"到 {as_of}，您在杭州市区没有居住登记。",
            f"You have no residence registration in urban Hangzhou on {day_en(as_of)}.",
        )
    if truth is None:
        days = look.on.parameters.residence_gap_days
        return Text(
            f"您的登记 {until} 到期，请在 {days} 日内登记新地址。",
            f"Your registration ended on {day_en(until)}; register your new address within {days} days.",
        )
    return Text(
        f"您的居住登记已在 {until} 结束，请重新登记。",
        f"Your residence registration ended on {day_en(until)}; register again.",
    )


def residence_half_year(look: Look, truth: Truth) -> Text:
    since, until, on = look.row.residence_since, look.row.residence_until, look.on
    if since is None:
        return Text(
            f"到 {on.as_of}，您没有居住登记，时间还没有起算。",
            f"You have no residence registration on {day_en(on.as_of)}, so no time counts yet.",
        )
    if not truth and until is not None and until < on.moved_since:
        return Text(
            f"您的居住登记已在 {until} 结束，重新登记后再起算。",
            f"Your residence registration ended on {day_en(until)}; time counts anew when you register.",
        )
    full = add_months(since, on.parameters.residence_months)
    zh, en = ("已满", "was") if full < on.as_of else ("满", "is")
    months = on.parameters.residence_months
    term = ("半年", "half a year") if months == 6 else (f" {months} 个月", f"a term of {months} months")
    return Text(
        f"您自 {since} 起在杭州市区登记居住，{full} {zh}{term[0]}。",
        f"You have been registered here since {day_en(since)}; {term[1]} {en} complete on {day_en(full)}.",
    )


def minor_employment_excluded(look: Look, truth: Truth) -> Text:
    born, age = look.row.born, look.on.parameters.minor_age
    if born is None:
        return Text("还不知道您的出生日期。", "We do not know your date of birth yet.")
    birthday = add_months(born, 12 * age)
    return Text(
        f"您 {birthday} 满 {age} 周岁，之前不能按就业申领。",
        f"You turn {age} on {day_en(birthday)}; before that day you cannot apply by employment.",
    )


def insured(look: Look, truth: Truth) -> Text:
    """Names the months that lack, and the day from which the run would be long enough."""
    if truth is None:
        return Text("社保缴费还没有查到。", "Your social insurance contributions are not known yet.")
    return run_sentence(look, look.facts.insurance or [], truth, Text("您", "You have"))


def run_sentence(look: Look, runs: list[InsuranceRun], truth: Truth, who: Text) -> Text:
    """The same for anybody's contributions; `who` begins the sentence, verb included."""
    on, needed = look.on, look.on.parameters.insurance_months
    joined = contributed(runs, on)
    run = reaching_run(joined, on)
    if run is None:
        void = _void_reason(runs, on.month - 1, look)
        reason = Text("，因为是补缴的", ", since it was paid later") if void == "back_paid" else Text("", "")
        return Text(
            f"{who.zh}在杭州市区没有计入的社保月份{reason.zh}。",
            f"{who.en} no month of social insurance in urban Hangzhou that counts{reason.en}.",
        )
    first, last = month_of(run[0]), month_of(run[1])
    months = run[1] - run[0] + 1
    span_zh, span_en = _span(run)
    oldest = on.month - on.parameters.insurance_arrears_months
    if truth:
        return Text(
            f"{who.zh}{span_zh}连续缴纳社保 {months} 个月，要求 {needed} 个月。",
            f"{who.en} contributed without a break for {months} months, {span_en}; {needed} are needed.",
        )
    if run[1] < oldest:
        lacking = _span((run[1] + 1, oldest))
        return Text(
            f"缺{lacking[0]}，连续就断了；{who.zh}最后一次缴到 {month_zh(last)}。",
            f"{_capital(lacking[1])} is missing, which breaks the run;"
            f" the last month that counts is {month_en(last)}.",
        )
    full = add_months(first, needed)
    return _too_short(look, runs, joined, run, who, Text(f"{full} 满 {needed} 个月", day_en(full)))


def _too_short(
    look: Look, runs: list[InsuranceRun], joined: list[MonthRun], run: MonthRun, who: Text, full: Text
) -> Text:
    months, first = run[1] - run[0] + 1, month_of(run[0])
    before = [earlier for earlier in joined if earlier[1] < run[0]]
    needed = look.on.parameters.insurance_months
    void = _void_reason(runs, run[0] - 1, look)
    if not before and void is None:
        return Text(
            f"{who.zh}从 {month_zh(first)}起缴了 {months} 个月；接着缴，{full.zh}。",
            f"{who.en} contributed for {months} months, since {month_en(first)};"
            f" carry on and the {needed} months are complete on {full.en}.",
        )
    gap = (before[-1][1] + 1, run[0] - 1) if before else (run[0] - 1, run[0] - 1)
    gap_zh, gap_en = _span(gap)
    lacks = {
        None: Text(f"缺{gap_zh}", f"{_capital(gap_en)} is missing"),
        "back_paid": Text(f"{gap_zh}是补缴的，不算", f"{_capital(gap_en)} was paid later and does not count"),
        "elsewhere": Text(
            f"{gap_zh}不在市区缴，不算", f"{_capital(gap_en)} was paid elsewhere and does not count"
        ),
    }[void]
    again = f"，从 {month_zh(first)}重新算起；接着缴" if void is None else f"；从 {month_zh(first)}接着缴"
    return Text(
        f"{lacks.zh.strip()}{again}，{full.zh}。",
        f"{lacks.en}; the count starts again from {month_en(first)},"
        f" and the {needed} months are complete on {full.en} if you carry on.",
    )


def _void_reason(runs: Iterable[InsuranceRun], month: int, look: Look) -> str | None:
    """Why a month that was paid does not count: `back_paid`, `elsewhere`, or None where none was paid."""
    for run in runs:
        if month_number(run.from_) <= month <= month_number(run.to):
            return "elsewhere" if run.division not in look.on.area_codes else "back_paid"
    return None


def _span(run: MonthRun) -> tuple[str, str]:
    first, last = month_of(run[0]), month_of(run[1])
    if run[0] == run[1]:
        return f" {month_zh(first)}", month_en(first)
    return f" {month_zh(first)}到 {month_zh(last)}", f"from {month_en(first)} to {month_en(last)}"


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
