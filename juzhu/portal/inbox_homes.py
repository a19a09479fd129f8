"""What messages about somebody's home say: who reported what, what is going to end, what is still to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juzhu.design.formats import day, language
from juzhu.operations.errors import Sentence

Writing = tuple[tuple[str, ...], str, str]
Writer = Callable[[Mapping[str, Any], str], Writing]

TITLES: dict[str, Sentence] = {
    "asked_to_register": gettext_lazy("有人报了您的住处或工作，请您确认"),
    "change_proposed": gettext_lazy("有人报了新情况，请您看看对不对"),
    "exemption_ends": gettext_lazy("再过几天，就要登记住址了"),
    "exemption_over": gettext_lazy("现在要登记住址了"),
    "stay_ends": gettext_lazy("您说的居住时间快到了"),
    "stay_over": gettext_lazy("您说的居住时间过了，还住着吗"),
    "register_due": gettext_lazy("登记住址的期限快到了"),
    "register_late": gettext_lazy("住址还没有登记，现在办还来得及"),
    "change_due": gettext_lazy("办变更的期限快到了"),
    "change_over": gettext_lazy("办变更的期限过了，现在办还来得及"),
}


def _on(about: Mapping[str, Any], name: str) -> str:
    text = str(about.get(name, ""))
    return day(date.fromisoformat(text), language()) if text else ""


def _asked(about: Mapping[str, Any], suffix: str) -> Writing:
    lines = (
        _("您还没有登记住址。报送的内容不会自动变成登记，要您自己说了才算。"),
        _("对的，按一下就去登记，地址替您填好，不收费。不对的，也请说一声。"),
    )
    return lines, reverse("portal:reported"), _("看看报了什么")


def _proposed(about: Mapping[str, Any], suffix: str) -> Writing:
    lines = (
        _("您的登记没有变。对的，按一下就改好；不对的，也按一下，登记不变。"),
        _("不收任何费用。"),
    )
    return lines, reverse("portal:reported"), _("看看报了什么")


def _ends(about: Mapping[str, Any], suffix: str) -> Writing:
    lines = (
        _("到 %(day)s 为止可以不登记。接着住的，从第二天起要登记。") % {"day": _on(about, "last")},
        _("现在就登记也可以：居住时间从登记那天起算，约 4 分钟，不收费。"),
    )
    return lines, reverse("portal:register") + suffix, _("办居住登记")


def _over(about: Mapping[str, Any], suffix: str) -> Writing:
    lines = (
        _("可以不登记的日子到 %(day)s 为止。还住在杭州的，请在 3 个工作日内登记。")
        % {"day": _on(about, "last")},
        _("约 4 分钟，不收费，当场有凭证。已经离开的，不用办。"),
    )
    return lines, reverse("portal:register") + suffix, _("办居住登记")


def _stay(about: Mapping[str, Any], suffix: str) -> Writing:
    lines = (
        _("您登记的时候说住到 %(day)s。接着住，按一下就延长。") % {"day": _on(about, "until")},
        _("不办也没关系，到那天登记不会停。要离开杭州的，请办“离开杭州”。"),
    )
    return lines, reverse("portal:registration") + suffix, _("延长")


def _late(about: Mapping[str, Any], suffix: str) -> Writing:
    lines = (
        _("按规定，到杭州后 3 个工作日内登记。晚了也收，不用补什么。"),
        _("居住时间从登记那天起算，早一天登记，早一天能申领居住证。不收费。"),
        _("没有住在这里的，请按“不对”，就不再提醒您。"),
    )
    return lines, reverse("portal:reported"), _("看看报了什么")


def _stay_over(about: Mapping[str, Any], suffix: str) -> Writing:
    lines = (
        _("您登记的时候说住到 %(day)s。登记没有停，居住时间照算。") % {"day": _on(about, "until")},
        _("还住着的，按一下就延长。已经离开的，请办“离开杭州”。不收费。"),
    )
    return lines, reverse("portal:registration") + suffix, _("延长")


def _register_due(about: Mapping[str, Any], suffix: str) -> Writing:
    lines = (
        _("有人报了您的住处或工作。住在杭州的，最晚 %(day)s 登记。") % {"day": _on(about, "last")},
        _("约 4 分钟，不收费。没有这回事的，请按“不对”，就不再提醒您。"),
    )
    return lines, reverse("portal:reported"), _("看看报了什么")


def _change_due(about: Mapping[str, Any], suffix: str) -> Writing:
    lines = (
        _("有人报了新情况。是真的，最晚 %(day)s 办变更，按一下就好。") % {"day": _on(about, "last")},
        _("不对的，也按一下，登记不变。不收费。"),
    )
    return lines, reverse("portal:reported"), _("看看报了什么")


def _change_over(about: Mapping[str, Any], suffix: str) -> Writing:
    lines = (
        _("有人报了新情况。是真的，最晚应在 %(day)s 办变更。晚了也收。") % {"day": _on(about, "last")},
        _("不对的，也按一下，登记不变。不收费。"),
    )
    return lines, reverse("portal:reported"), _("看看报了什么")


WRITERS: dict[str, Writer] = {
    "asked_to_register": _asked,
    "change_proposed": _proposed,
    "exemption_ends": _ends,
    "exemption_over": _over,
    "stay_ends": _stay,
    "stay_over": _stay_over,
    "register_due": _register_due,
    "register_late": _late,
    "change_due": _change_due,
    "change_over": _change_over,
}
