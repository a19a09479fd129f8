"""A policy pack as people read it: its parameters with their provisions, and what differs in another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from juzhu.design.formats import chosen, language
from juzhu.design.legal import cite_anchor, cite_words
from juzhu.law.acts import ACTS
from juzhu.law.eligibility import LEAVES
from juzhu.law.facts import Tenure
from juzhu.law.policy import Parameters, Policy, load
from juzhu.operations.errors import Sentence
from juzhu.operations.rules import schedule
from juzhu.people.divisions import division_name

STATUS_WORDS: dict[str, Sentence] = {
    "draft": gettext_lazy("征求意见稿，还没有正式施行"),
    "in_force": gettext_lazy("已施行"),
    "repealed": gettext_lazy("已废止"),
    "illustrative": gettext_lazy("示意，待与正式文本核对"),
}
NAMES: dict[str, Sentence] = {
    "urban_area": gettext_lazy("杭州市区包括"),
    "urban_area_former": gettext_lazy("算作市区的旧区划"),
    "residence_months": gettext_lazy("居住登记要满"),
    "residence_counts_from": gettext_lazy("居住时间从哪天算"),
    "residence_gap_days": gettext_lazy("搬家时登记最多断开"),
    "insurance_months": gettext_lazy("社保要连续缴满"),
    "insurance_gap_months": gettext_lazy("社保最多可以断"),
    "insurance_arrears_months": gettext_lazy("社保还没入账也算的月份"),
    "back_paid_counts": gettext_lazy("补缴的月份"),
    "lease_months": gettext_lazy("租赁合同期限要满"),
    "contract_months": gettext_lazy("劳动合同期限要满"),
    "study_months": gettext_lazy("就读要满"),
    "minor_age": gettext_lazy("未成年人是指不满"),
    "minor_guardian_permits": gettext_lazy("孩子按住所申领，监护人要有居住证"),
    "local_guardian_counts": gettext_lazy("监护人是杭州市区户籍"),
    "minor_employment": gettext_lazy("未成年人按就业申领"),
    "endorsement_months": gettext_lazy("多久签注一次"),
    "endorsement_window_months": gettext_lazy("签注期有多长"),
    "late_endorsement": gettext_lazy("签注晚了，居住年限"),
    "endorsement_anchor": gettext_lazy("签注的周年从哪天算"),
    "residence_years_base": gettext_lazy("居住年限从哪天算"),
    "residence_years_for_services": gettext_lazy("公共服务看的居住年限"),
    "residence_years_for_points": gettext_lazy("积分看的居住年限"),
    "roll_to_working_day": gettext_lazy("最后一天是休息日"),
    "issue_days": gettext_lazy("受理后多久发证"),
    "examination_working_days": gettext_lazy("网上提交后多久看完"),
    "supplement_days": gettext_lazy("补正材料的时间"),
    "change_days": gettext_lazy("住址变了多久内报"),
    "register_from_days": gettext_lazy("打算住多久要登记"),
    "register_working_days": gettext_lazy("到杭州后多久内登记"),
    "relative_days": gettext_lazy("住在本市户籍近亲属家，多久以内可以不登记"),
    "report_working_days": gettext_lazy("单位、房东、物业、中介多久内报"),
}
CHOICES: dict[tuple[str, object], Sentence] = {
    ("residence_counts_from", "registered_on"): gettext_lazy("登记那天"),
    ("back_paid_counts", True): gettext_lazy("算"),
    ("back_paid_counts", False): gettext_lazy("不算"),
    ("minor_guardian_permits", "all"): gettext_lazy("监护人都要有"),
    ("minor_guardian_permits", "any"): gettext_lazy("一个监护人有就可以"),
    ("local_guardian_counts", True): gettext_lazy("不用居住证"),
    ("local_guardian_counts", False): gettext_lazy("也要居住证"),
    ("minor_employment", True): gettext_lazy("可以"),
    ("minor_employment", False): gettext_lazy("不可以"),
    ("late_endorsement", "restart"): gettext_lazy("从补办那天重新算"),
    ("late_endorsement", "exclude_gap"): gettext_lazy("只减去中止的天数"),
    ("endorsement_anchor", "issue_date"): gettext_lazy("签发那天"),
    ("endorsement_anchor", "makeup_date"): gettext_lazy("补办那天"),
    ("residence_years_base", "issued_on"): gettext_lazy("签发那天"),
    ("residence_years_for_services", "continuous"): gettext_lazy("现在连续的一段"),
    ("residence_years_for_services", "cumulative"): gettext_lazy("各段加起来"),
    ("residence_years_for_points", "continuous"): gettext_lazy("现在连续的一段"),
    ("residence_years_for_points", "cumulative"): gettext_lazy("各段加起来"),
    ("roll_to_working_day", True): gettext_lazy("顺延到下一个工作日"),
    ("roll_to_working_day", False): gettext_lazy("不顺延"),
}
Change = Literal["same", "chg", "add", "cut"]


When = Literal["past", "now", "future"]


@dataclass(frozen=True, slots=True)
class Run:
    """One stretch of days in which a pack ran, runs or will run."""

    pack: Policy
    since: date | None
    until: date | None
    when: When


def runs(today: date) -> list[Run]:
    """The district's schedule, oldest first."""
    now = schedule().entry(today)
    found: list[Run] = []
    when: When = "past"
    for entry in schedule().entries:
        if entry == now:
            when = "now"
        elif when == "now":
            when = "future"
        found.append(Run(load(entry.policy_id), entry.since, entry.until, when))
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """One parameter, or one condition of a route, in one pack or in two."""

    name: object
    value: str
    cites: tuple[str, ...]
    other: str = ""
    change: Change = "same"


def value_words(name: str, value: Any) -> str:
    """A parameter's value as people say it; the unit is in the parameter's name. None: the pack has none."""
    if value is None:
        return _("没有这一条")
    if isinstance(value, str | bool):
        return str(CHOICES[name, value])
    if name.endswith("working_days"):
        return ngettext("%(n)s 个工作日", "%(n)s 个工作日", value) % {"n": value}
    if name.endswith("days"):
        return ngettext("%(n)s 天", "%(n)s 天", value) % {"n": value}
    if name == "minor_age":
        return _("%(n)s 周岁") % {"n": value}
    if name.endswith("months"):
        return ngettext("%(n)s 个月", "%(n)s 个月", value) % {"n": value}
    return _divisions(value)


def _divisions(codes: tuple[str, ...]) -> str:
    return _("、").join(division_name(code, language()) for code in codes)


def parameters(pack: Policy) -> list[Row]:
    """Every parameter that the program reads, in the order of the law."""
    return [
        Row(NAMES[name], value_words(name, getattr(pack.parameters, name)), pack.provisions[name])
        for name in pack.parameters.given
    ] + _hearings(pack)


def _hearings(pack: Policy) -> list[Row]:
    """Before which decisions a hearing is offered; a figure that was not held against its source says so."""
    fines = (
        (_("听证：对个人罚款多少以上"), pack.hearing.person_fine),
        (_("听证：对单位罚款多少以上"), pack.hearing.organisation_fine),
    )
    rows = [Row(name, _sure(_("%(n)s 元") % {"n": of.yuan}, of.confirmed), of.cites) for name, of in fines]
    taken = pack.hearing.withdrawal
    said = _("告知听证") if taken.offered else _("不告知听证")
    return [*rows, Row(_("听证：收缴骗领的居住证"), _sure(said, taken.confirmed), taken.cites)]


def _sure(said: str, confirmed: bool) -> str:
    return said if confirmed else said + _("（待核对）")


def _home(tenure: Tenure) -> Callable[[Policy], tuple[str, ...]]:
    return lambda pack: pack.routes.dwelling.kinds.get(tenure, ())


ROUTE_PARTS: tuple[tuple[Sentence, Callable[[Policy], tuple[str, ...]]], ...] = (
    (gettext_lazy("每条途径都要"), lambda pack: pack.routes.common.requires + pack.routes.residence.requires),
    (
        gettext_lazy("合法稳定就业"),
        lambda pack: pack.routes.employment.requires + pack.routes.employment.minor.requires,
    ),
    (gettext_lazy("合法稳定就业：有一样就可以"), lambda pack: pack.routes.employment.requires_any),
    (gettext_lazy("合法稳定住所：自己的房子"), _home("owned")),
    (gettext_lazy("合法稳定住所：租的房子"), _home("rented")),
    (gettext_lazy("合法稳定住所：近亲属的房子"), _home("relative")),
    (gettext_lazy("合法稳定住所：公有住房"), _home("public_rental")),
    (gettext_lazy("合法稳定住所：单位宿舍"), _home("dormitory")),
    (gettext_lazy("合法稳定住所：借住、寄住"), _home("lodging")),
    (gettext_lazy("合法稳定住所：只限上面几种"), lambda pack: pack.routes.dwelling.acceptance),
    (gettext_lazy("合法稳定住所：未成年人还要"), lambda pack: pack.routes.dwelling.minor.requires),
    (gettext_lazy("连续就读"), lambda pack: pack.routes.study.requires),
    (gettext_lazy("连续就读：未成年人还要"), lambda pack: pack.routes.study.minor.requires),
    (gettext_lazy("引进人才居住证换领（不看居住时间）"), lambda pack: pack.routes.talent.requires),
    (gettext_lazy("引进人才（不看居住时间）：有一样就可以"), lambda pack: pack.routes.talent.requires_any),
)


@dataclass(frozen=True, slots=True)
class Group:
    """The conditions of one route."""

    name: Sentence
    rows: tuple[Row, ...]


def conditions(pack: Policy) -> list[Group]:
    """Each route with its conditions, what proves each, and where it is written."""
    return [
        Group(
            name,
            tuple(
                Row(LEAVES[code].name, _either(LEAVES[code].material), pack.cites[code])
                for code in codes(pack)
            ),
        )
        for name, codes in ROUTE_PARTS
        if codes(pack)
    ]


def _either(text: Any) -> str:
    return str(chosen(text, language()))


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision that the pack cites, and what rests on it."""

    cite: str
    uses: tuple[object, ...]

    @property
    def anchor(self) -> str:
        """The id that articles link to."""
        return cite_anchor(self.cite)

    @property
    def label(self) -> str:
        """How the provision is written."""
        return cite_words(self.cite, language())


def provisions(pack: Policy, source_id: str) -> list[Provision]:
    """Every provision of one source that anything in the pack rests on, in the order of its places."""
    uses: dict[str, list[object]] = {}
    for name, cites in pack.provisions.items():
        for cite in cites:
            uses.setdefault(cite, []).append(NAMES[name])
    for code, cites in pack.cites.items():
        for cite in cites:
            uses.setdefault(cite, []).append(LEAVES[code].name)
    for name, cites in pack.acts.items():
        for cite in cites:
            uses.setdefault(cite, []).append(ACTS[name])
    for cite in pack.cited:
        uses.setdefault(cite, [])
    mine = [cite for cite in uses if cite.partition(":")[0] == source_id]
    return [Provision(cite, tuple(dict.fromkeys(uses[cite]))) for cite in sorted(mine, key=_place)]


def _place(cite: str) -> tuple[tuple[int, str], ...]:
    steps = cite.partition(":")[2].split(".")
    return tuple((int(step), "") if step.isdecimal() else (999, step) for step in steps)


def difference(running: Policy, other: Policy) -> list[Row]:
    """Running beside another pack: parameters that differ, conditions that come and go."""
    rows = []
    for name in Parameters.model_fields:
        ours, theirs = getattr(running.parameters, name), getattr(other.parameters, name)
        if ours != theirs:
            words = value_words(name, ours), value_words(name, theirs)
            cites = other.provisions.get(name) or running.provisions[name]
            rows.append(Row(NAMES[name], words[0], cites, words[1], "chg"))
    for part, codes in ROUTE_PARTS:
        before, after = codes(running), codes(other)
        rows += [_came_or_went(part, code, running, "cut") for code in before if code not in after]
        rows += [_came_or_went(part, code, other, "add") for code in after if code not in before]
    return rows


def _came_or_went(part: Sentence, code: str, pack: Policy, change: Literal["add", "cut"]) -> Row:
    asked, not_asked = _("要证明"), _("不要求")
    name = _("%(part)s：%(leaf)s") % {"part": part, "leaf": _either(LEAVES[code].name)}
    pair = (not_asked, asked) if change == "add" else (asked, not_asked)
    return Row(name, pair[0], pack.cites[code], pair[1], change)
