"""Words that several of the portal's pages share."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juzhu.portal.next_step import Stage

DEEP_TITLES: dict[Stage, Any] = {
    "local": _("您不用办居住证"),
    "unregistered": _("居住时间还没有开始算"),
    "waiting": _("居住满半年"),
    "ready": _("可以申领了"),
    "blocked": _("现在还不能申领"),
    "draft": _("申领表还没有提交"),
    "submitted": _("已提交，等受理"),
    "supplement": _("要补材料"),
    "accepted": _("已受理，等结果"),
    "active": _("居住证有效"),
    "window": _("可以签注了"),
    "review": _("签注在办，居住证有效"),
    "suspended": _("居住证功能中止"),
}
DONE_BY: dict[Stage, int] = {"submitted": 2, "review": 2, "supplement": 2, "accepted": 3}
"""At which of the four steps (submit, accept, review, issue) an application stands."""
STEP_NAMES = (
    pgettext_lazy("step", "提交"),
    pgettext_lazy("step", "受理"),
    pgettext_lazy("step", "审核"),
    pgettext_lazy("step", "签发"),
)
