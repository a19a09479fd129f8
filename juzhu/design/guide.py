"""The style guide: every component in every state, with invented data. Never mounted in production."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from juzhu.design.forms import DateSelect
from juzhu.law.picture import Stone, StoneState, Term
from juzhu.law.wording import Text

NAMES_EN = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905
DAYS = Text("天", "days")


def stones(states: str, first_month: int, fraction: float = 0.0) -> tuple[Stone, ...]:
    """One letter a stone: l laid, p part, t todo, v void, g gap, e last (endorsement)."""
    names: dict[str, StoneState] = {
        "l": "laid",
        "p": "part",
        "t": "todo",
        "v": "void",
        "g": "gap",
        "e": "last",
    }
    made = []
    for index, letter in enumerate(states):
        number = (first_month + index - 1) % 12
        short = str(number + 1) if len(states) > 6 else f"{number + 1}月"
        label = Text("缺", "gap") if letter == "g" else Text(short, NAMES_EN[number])
        made.append(Stone(names[letter], fraction if letter == "p" else 0.0, label))
    return tuple(made)


def half_year() -> Term:
    sentence = Text(
        "共 6 块石，已铺好 4 块。2025-11-01 登记，2026-05-01 满半年。",
        "4 of 6 stones are laid. Registered on 1 November 2025; complete on 1 May 2026.",
    )
    made = stones("llllpt", 11, 0.3)
    starts, ends = date(2025, 11, 1), date(2026, 5, 1)
    return Term("residence", made, starts, ends, 0.71, 52, DAYS, Text("还差", "to go"), sentence)


def lease() -> Term:
    sentence = Text(
        "合同满 12 个月，要 12 个月，够。", "Twelve whole months of the twelve needed: long enough."
    )
    unit, caption = Text("个月", "months"), Text("合同期，够一年", "lease term, long enough")
    starts, ends = date(2025, 10, 20), date(2026, 10, 19)
    return Term("lease", stones("l" * 12, 10), starts, ends, 0.39, 12, unit, caption, sentence)


def insurance() -> Term:
    sentence = Text(
        "连续 5 个月，缺 2025 年 9 月，6 个月已缴但不计入。",
        "5 months in a row; September 2025 missing; 6 paid months not counted.",
    )
    unit, caption = Text("/ 12", "/ 12"), Text("个月连续", "months in a row")
    starts, ends = date(2025, 3, 1), date(2026, 2, 1)
    return Term("insurance", stones("vvvvvvglllll", 3), starts, ends, None, 5, unit, caption, sentence)


def validity() -> Term:
    sentence = Text("有效期到 2027-05-26。", "Valid until 26 May 2027.")
    caption = Text("后可以签注", "until you can endorse")
    starts, ends = date(2026, 5, 26), date(2027, 5, 26)
    return Term("validity", stones("ptttttttttte", 5, 0.7), starts, ends, 0.065, 312, DAYS, caption, sentence)


def terms() -> dict[str, Term]:
    return {"half_year": half_year(), "lease": lease(), "insurance": insurance(), "endorsement": validity()}


def finding(
    code: str, state: str, cites: list[str], message: Text, ready_on: date | None = None
) -> dict[str, Any]:
    return {"code": code, "state": state, "cites": cites, "message": message, "ready_on": ready_on}


def findings() -> list[dict[str, Any]]:
    broken = Text("缺 2025 年 9 月，连续断了。", "September 2025 is missing, so the run is broken.")
    waiting = Text("从登记之日算起，到 2026-05-01 满半年。", "Half a year is complete on 1 May 2026.")
    unfound = Text("住建局还没有查到备案。", "The housing bureau has found no filing yet.")
    outside = Text("您的户籍在安徽省临泉县。", "Your household is registered in Linquan, Anhui.")
    return [
        finding("insured_one_year", "unmet", ["notice:2.1.2.1", "civil-code:1259"], broken),
        finding("residence_half_year", "unmet", ["notice:2.1.2"], waiting, date(2026, 5, 1)),
        finding("lease_filing", "unproven", ["notice:annex.3"], unfound),
        finding("outside_household", "met", ["notice:2.1.1"], outside),
    ]


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
    photo = forms.FileField(
        label=_("相片"), help_text=_("白底，正面。JPG 或 PNG，不超过 10 MB。"), required=False
    )
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
