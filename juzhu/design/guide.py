"""The style guide: every component in every state, with invented data. Never mounted in production."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from juzhu.design.forms import DateSelect


@dataclass(frozen=True)
class Stone:
    state: str
    fraction: float
    label: dict[str, str]


@dataclass(frozen=True)
class Term:
    """The shape of `juzhu.law.picture.Term`, filled with what nobody has."""

    months: tuple[Stone, ...]
    starts: date
    ends: date
    today_position: float | None
    number: int
    unit: dict[str, str]
    sentence: dict[str, str]


NAMES_EN = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905
DAYS = {"zh": "天", "en": "days"}
MONTHS = {"zh": "个月", "en": "months"}


def stones(states: str, first_month: int, fraction: float = 0.0) -> tuple[Stone, ...]:
    """One letter a stone: l laid, p part, t todo, v void, g gap, e last (endorsement)."""
    names = {"l": "laid", "p": "part", "t": "todo", "v": "void", "g": "gap", "e": "last"}
    made = []
    for index, letter in enumerate(states):
        number = (first_month + index - 1) % 12
        label = {"zh": "缺", "en": "–"} if letter == "g" else {"zh": f"{number + 1}月", "en": NAMES_EN[number]}
        made.append(Stone(names[letter], fraction if letter == "p" else 0.0, label))
    return tuple(made)


def terms() -> dict[str, Term]:
    return {
        "half_year": Term(
            stones("llllpt", 11, 0.3), date(2025, 11, 1), date(2026, 5, 1), 0.71, 52, DAYS,
            {"zh": "拱桥图：半年共 6 块石，已铺好 4 块，第 5 块铺了三成。2025-11-01 登记，2026-05-01 满半年。",
             "en": "An arch of six monthly stones. Four are laid and the fifth is partly laid."
                   " Registered 1 November 2025; complete on 1 May 2026."},
        ),
        "lease": Term(
            stones("l" * 12, 10), date(2025, 10, 20), date(2026, 10, 19), 0.39, 12, MONTHS,
            {"zh": "拱桥图：租赁合同 12 个月，12 块石齐全。", "en": "An arch of twelve stones: a lease of twelve months."},
        ),
        "insurance": Term(
            stones("vvvvvvglllll", 3), date(2025, 3, 1), date(2026, 2, 28), None, 5, {"zh": "/ 12", "en": "/ 12"},
            {"zh": "拱桥图：近 12 个月社保。缺 9 月，前 6 个月不再计入。",
             "en": "Twelve months of insurance. September is missing; the six months before do not count."},
        ),
        "endorsement": Term(
            stones("pttttttttt" + "te", 5, 0.7), date(2026, 5, 26), date(2027, 5, 26), 0.065, 312, DAYS,
            {"zh": "拱桥图：一年 12 块石，第 1 块铺了七成。最后一块是签注期。",
             "en": "A year of twelve stones, the first partly laid. The last one is the time to endorse."},
        ),
    }  # fmt: skip


def findings() -> list[dict[str, Any]]:
    return [
        {"code": "insured_one_year", "state": "unmet", "cites": ["notice:2.1.2.1", "civil-code:1259"],
         "message": {"zh": "缺 2025 年 9 月，连续断了。", "en": "September 2025 is missing, so the run is broken."}},
        {"code": "residence_half_year", "state": "unmet", "cites": ["notice:2.1.2"], "ready_on": date(2026, 5, 1),
         "message": {"zh": "从登记之日算起，到 2026-05-01 满半年。", "en": "Half a year is complete on 1 May 2026."}},
        {"code": "lease_filing", "state": "unproven", "cites": ["notice:annex.3"],
         "message": {"zh": "住建局还没有查到备案。", "en": "The housing bureau has found no filing yet."}},
        {"code": "outside_household", "state": "met", "cites": ["notice:2.1.1"],
         "message": {"zh": "您的户籍在安徽省临泉县。", "en": "Your household is registered in Linquan, Anhui."}},
    ]  # fmt: skip


class GuideForm(forms.Form):
    name = forms.CharField(label=_("姓名"), error_messages={"required": _("请填姓名，和证件上一样。")})
    arrived_on = forms.DateField(
        label=_("来杭州的日期"),
        help_text=_("记不清可以填大概的一天。"),
        widget=DateSelect(years=range(2026, 2015, -1)),
        error_messages={"required": _("请填来杭州的日期。")},
    )
    route = forms.ChoiceField(
        label=_("按哪一条途径"),
        choices=[("employment", _("合法稳定就业")), ("dwelling", _("合法稳定住所"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一条途径。")},
    )
    street = forms.ChoiceField(label=_("街道"), choices=[("", "—"), ("gcq", _("拱宸桥街道"))], required=False)
    photo = forms.FileField(label=_("相片"), help_text=_("白底，正面。JPG 或 PNG，不超过 10 MB。"), required=False)
    note = forms.CharField(label=_("还有什么要说"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    promise = forms.BooleanField(
        label=_("我填的都是真的"), error_messages={"required": _("请勾选“我填的都是真的”。")}
    )


SHAPES = ("citizen", "public", "officer", "403", "404", "500", "session_over")


def guide(request: HttpRequest) -> HttpResponse:
    """`?shape=` one of SHAPES, `?bad=1` with the form's errors."""
    shape = request.GET.get("shape", "citizen")
    form = GuideForm({"note": "…"}) if "bad" in request.GET else GuideForm()
    context: dict[str, Any] = {
        "nav": "progress",
        "form": form,
        "terms": terms(),
        "findings": findings(),
        "route_counts": {"met": 8, "unproven": 1, "unmet": 0},
        "today": date(2026, 5, 25),
        "dues": [date(2026, 5, 24), date(2026, 5, 25), date(2026, 5, 27), date(2026, 6, 3)],
        "moment": datetime(2026, 5, 9, 10, 20, tzinfo=UTC),
        "outcomes": ("valid", "suspended", "terminated", "expired", "forged", "unknown"),
        "page": Paginator(range(95), 10).page(2),
        "rooms": [("#", _("办件"), True), ("#", _("登记核对"), False), ("#", _("统计"), False)],
        "officer_name": "林海峰",
        "officer_role": _("审核"),
        "number": "E-7Q2M",
    }
    if shape in ("citizen", "public", "officer"):
        return render(request, f"design/guide/{shape}.html", context)
    return render(request, f"design/errors/{shape if shape in SHAPES else '404'}.html", context)
