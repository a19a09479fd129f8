"""The stones of an arch: a term counted in months, as a picture and as the sentence that says the same.

One stone a month. `laid` is complete, `part` is running (with the fraction laid), `todo` is still to come,
`void` was paid but does not count, `gap` is missing, `last` is the endorsement window.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from juzhu.law.calendar import ONE_DAY, add_months
from juzhu.law.cutoffs import Cutoffs, cutoffs, month_number, month_of
from juzhu.law.facts import Facts
from juzhu.law.lifecycle import Status
from juzhu.law.policy import Policy
from juzhu.law.row import contributed, own_lease, reaching_run, residence
from juzhu.law.wording import Text, day_en, month_en, month_short_en, month_zh

StoneState = Literal["laid", "part", "todo", "void", "gap", "last"]
TermKind = Literal["residence", "insurance", "lease", "validity"]


@dataclass(frozen=True, slots=True)
class Stone:
    """One month. `fraction`: how much of it is laid, 0 to 1. `label`: short, for inside the stone."""

    state: StoneState
    fraction: float
    label: Text


@dataclass(frozen=True, slots=True)
class Term:
    """`starts` and `ends` stand under the feet; `today_position` is 0 at the left foot, 1 at the right.

    `headline` is the one number in the opening, `unit` what it counts, `caption` the words above or below it.
    """

    kind: TermKind
    months: tuple[Stone, ...]
    starts: date | None
    ends: date | None
    today_position: float | None
    headline: int
    unit: Text
    caption: Text
    sentence: Text


def _label(day: date, short: bool) -> Text:
    return Text(str(day.month) if short else f"{day.month}月", month_short_en(day))


def _days(n: int) -> Text:
    return Text("天", "day" if n == 1 else "days")


def _months(n: int) -> Text:
    return Text("个月", "month" if n == 1 else "months")


def _laid_until(start: date, months: int, laid_until: date, short: bool) -> tuple[Stone, ...]:
    """Stones from `start` on, laid up to that day."""
    stones = []
    for n in range(months):
        first, after = add_months(start, n), add_months(start, n + 1)
        fraction = min(1.0, max(0.0, (laid_until - first).days / (after - first).days))
        state: StoneState = "laid" if fraction == 1 else "part" if fraction > 0 else "todo"
        stones.append(Stone(state, fraction, _label(first, short)))
    return tuple(stones)


def _position(stones: tuple[Stone, ...], start: date, today: date) -> float | None:
    """Where the day stands on the arch, stones being equally wide; None off it."""
    for n in range(len(stones)):
        first, after = add_months(start, n), add_months(start, n + 1)
        if first <= today < after:
            return (n + (today - first).days / (after - first).days) / len(stones)
    return 1.0 if today == add_months(start, len(stones)) else None


def _unbuilt(kind: TermKind, months: int, sentence: Text) -> Term:
    stones = (Stone("todo", 0.0, Text("", "")),) * months
    return Term(kind, stones, None, None, None, months, _months(months), Text("要", "needed"), sentence)


def residence_term(facts: Facts, policy: Policy, as_of: date) -> Term:
    """Half a year from the day registration was filed. Source: notice 2(1)2, Zhejiang art. 16(2)."""
    on = cutoffs(policy, as_of)
    months = on.parameters.residence_months
    since, until = residence(facts.registrations, on)
    if since is None or (until is not None and until < on.moved_since):
        nothing = Text(
            f"还没有居住登记；登记之日起满 {months} 个月。",
            f"There is no residence registration yet; {months} months count from the day of registration.",
        )
        return _unbuilt("residence", months, nothing)
    ends = add_months(since, months)
    stones = _laid_until(since, months, as_of, short=months > 6)
    laid = sum(stone.state == "laid" for stone in stones)
    sentence = Text(
        f"共 {months} 块石，已铺好 {laid} 块。{since} 登记，{ends} 满{_term_zh(months)}。",
        f"{laid} of {months} stones are laid. Registered on {day_en(since)}; complete on {day_en(ends)}.",
    )
    left = (ends - as_of).days
    if left > 0:
        number, unit, caption = left, _days(left), Text("还差", "to go")
    else:
        number, unit, caption = months, _months(months), Text(f"已满{_term_zh(months)}", "complete")
    return Term(
        "residence", stones, since, ends, _position(stones, since, as_of), number, unit, caption, sentence
    )


def _term_zh(months: int) -> str:
    return {6: "半年", 12: "一年"}.get(months, f" {months} 个月")


def insurance_term(facts: Facts, policy: Policy, as_of: date) -> Term:
    """The last months up to the latest that can be posted. Source: notice 2(1)2(1)."""
    on = cutoffs(policy, as_of)
    needed = on.parameters.insurance_months
    if not facts.insurance:
        known = facts.insurance is not None
        nothing = Text(
            "没有社保缴费。" if known else "社保缴费还没有查到。",
            "There are no contributions." if known else "The contributions are not known yet.",
        )
        return _unbuilt("insurance", needed, nothing)
    joined = contributed(facts.insurance, on)
    run = reaching_run(joined, on)
    counts = run if run is not None and run[1] >= on.month - on.parameters.insurance_arrears_months else None
    last = max(counts[1] if counts else 0, on.month - min(1, on.parameters.insurance_arrears_months))
    window = range(last - needed + 1, last + 1)
    paid = _paid_months(facts, on)
    stones = tuple(_insured_stone(month, counts, paid) for month in window)
    number = min(needed, counts[1] - counts[0] + 1) if counts else 0
    first_day, last_day = month_of(window[0]), month_of(window[-1])
    sentence = Text(
        f"{month_zh(first_day)}到 {month_zh(last_day)}：连续 {number} 个月{_listed(window, stones, 'zh')}。",
        f"{month_en(first_day)} to {month_en(last_day)}: {number} months in a row"
        f"{_listed(window, stones, 'en')}.",
    )
    unit = Text(f"/ {needed}", f"/ {needed}")
    caption = Text("个月连续", "months in a row")
    return Term("insurance", stones, first_day, last_day, None, number, unit, caption, sentence)


def _paid_months(facts: Facts, on: Cutoffs) -> frozenset[int]:
    """Every month in which anything was paid, whether or not it counts."""
    return frozenset(
        month
        for run in facts.insurance or ()
        for month in range(month_number(run.from_), min(month_number(run.to), on.month) + 1)
    )


def _insured_stone(month: int, counts: tuple[int, int] | None, paid: frozenset[int]) -> Stone:
    label = _label(month_of(month), short=True)
    if counts is not None and counts[0] <= month <= counts[1]:
        return Stone("laid", 1.0, label)
    if month in paid:
        return Stone("void", 0.0, label)
    if any(earlier < month for earlier in paid):
        return Stone("gap", 0.0, Text("缺", "gap"))
    return Stone("todo", 0.0, label)


def _listed(window: range, stones: tuple[Stone, ...], lang: Literal["zh", "en"]) -> str:
    gaps = [month_of(month) for month, stone in zip(window, stones, strict=True) if stone.state == "gap"]
    void = sum(stone.state == "void" for stone in stones)
    if lang == "zh":
        words = [f"缺 {'、'.join(month_zh(day) for day in gaps)}"] if gaps else []
        words += [f"{void} 个月已缴但不计入"] if void else []
        return "".join(f"，{word}" for word in words)
    words = [f"{', '.join(month_en(day) for day in gaps)} missing"] if gaps else []
    words += [f"{void} paid {_months(void).en} not counted"] if void else []
    return "".join(f"; {word}" for word in words)


def lease_term(facts: Facts, policy: Policy, as_of: date) -> Term:
    """The term of the contract, not the time elapsed. Source: notice 2(1)2(2)."""
    needed = policy.parameters.lease_months
    dwelling = facts.dwelling
    lease = own_lease(facts)
    if lease is None:
        nothing = Text(
            f"还没有租赁合同；合同要满 {needed} 个月。", f"There is no lease yet; it needs {needed} months."
        )
        if dwelling is not None and dwelling.tenure != "rented":
            nothing = Text("这种住处不看租期。", "This kind of home needs no lease.")
        return _unbuilt("lease", needed, nothing)
    after = lease.to + ONE_DAY
    stones = _laid_until(lease.from_, needed, after, short=True)
    months = (after.year - lease.from_.year) * 12 + after.month - lease.from_.month
    months -= add_months(lease.from_, months) > after
    enough = add_months(lease.from_, needed) <= after
    verdict = Text("够" if enough else "不够", "long enough" if enough else "too short")
    sentence = Text(
        f"合同 {lease.from_} 到 {lease.to}，满 {months} 个月，要 {needed} 个月，{verdict.zh}。",
        f"The lease runs from {day_en(lease.from_)} to {day_en(lease.to)},"
        f" {months} whole {_months(months).en} of the {needed} needed: {verdict.en}.",
    )
    caption = Text(f"合同期，{verdict.zh}{_term_zh(needed).strip()}", f"lease term, {verdict.en}")
    return Term(
        "lease", stones, lease.from_, lease.to, _within(lease.from_, after, as_of), months, _months(months),
        caption, sentence,
    )  # fmt: skip


def _within(first: date, after: date, day: date) -> float | None:
    """Where the day lies between the two, or None outside."""
    return (day - first).days / (after - first).days if first <= day < after else None


def validity_term(standing: Status, policy: Policy, as_of: date) -> Term:
    """The year up to the next anniversary; its last stone is the endorsement window. Source: notice 2(1)4."""
    p = policy.parameters
    ends, opens = standing.valid_until, standing.window.opens
    starts = add_months(ends, -p.endorsement_months)
    running = _laid_until(starts, p.endorsement_months, min(as_of, ends), short=True)
    first_last = p.endorsement_months - p.endorsement_window_months
    stones = tuple(
        Stone("last", stone.fraction, stone.label) if n >= first_last and stone.state != "laid" else stone
        for n, stone in enumerate(running)
    )
    position = _position(stones, starts, as_of)
    if standing.status != "active":
        number, unit, caption = 0, _days(0), _ended(standing)
    elif as_of < opens:
        number = (opens - as_of).days
        unit, caption = _days(number), Text("后可以签注", "until you can endorse")
    else:
        number = max(0, (standing.window.closes - as_of).days)
        unit, caption = _days(number), Text("内办签注", "left to endorse")
    sentence = Text(
        f"有效期到 {ends}。签注期 {opens} 到 {standing.window.closes}。",
        f"Valid until {day_en(ends)}. Endorse between {day_en(opens)} and {day_en(standing.window.closes)}.",
    )
    return Term("validity", stones, starts, ends, position, number, unit, caption, sentence)


def _ended(standing: Status) -> Text:
    return Text("已终止", "terminated") if standing.status == "terminated" else Text("已中止", "suspended")
