"""Letters to who reports: what comes due, what is over, what a property firm has handed back.

They name nobody; what it is about stands on the reporters' own page.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from juzhu.operations.errors import Sentence
from juzhu.portal.letters import Written, said_day

TITLES: dict[str, Sentence] = {
    "duties_soon": gettext_lazy("有要报的事快到期了"),
    "duties_over": gettext_lazy("有要报的事过期了"),
    "handed_back": gettext_lazy("物业退回了您告知的一件，请您自己报"),
}


def _due_page(about: Mapping[str, Any]) -> str:
    return f"{reverse('reporting:due')}?for={about.get('organisation', 0)}"


def _last(about: Mapping[str, Any]) -> str:
    text = str(about.get("last", ""))
    return said_day(date.fromisoformat(text)) if text else ""


def _soon(about: Mapping[str, Any], _suffix: str) -> Written:
    count, last = int(about.get("count", 1)), _last(about)
    what = ngettext(
        "一共 %(n)s 件，最早的一件 %(day)s 到期。", "一共 %(n)s 件，最早的一件 %(day)s 到期。", count
    ) % {"n": count, "day": last}
    return (what, _("办完就不再提醒。不收费。")), _due_page(about), _("看要办什么")


def _over(about: Mapping[str, Any], _suffix: str) -> Written:
    count, last = int(about.get("count", 1)), _last(about)
    what = ngettext(
        "一共 %(n)s 件，最早的一件最晚应在 %(day)s 办。",
        "一共 %(n)s 件，最早的一件最晚应在 %(day)s 办。",
        count,
    ) % {"n": count, "day": last}
    after = _("晚了也请马上办。没有这回事的，也请在页面上说一声。")
    return (what, after), _due_page(about), _("看要办什么")


def _handed_back(about: Mapping[str, Any], _suffix: str) -> Written:
    number = str(about.get("number", ""))
    line = _("物业说这处房子不归它管。为什么，写在这一件里。请您直接报送，不收费。")
    return (
        (_("编号 %(number)s。") % {"number": number}, line),
        reverse("reporting:report", args=[number]),
        _("看这一件"),
    )


WRITERS = {"duties_soon": _soon, "duties_over": _over, "handed_back": _handed_back}
