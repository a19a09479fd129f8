"""What the inbox says on a 16th birthday, and in the month before: to the child, and to its guardians."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juzhu.operations.errors import Sentence
from juzhu.permits.coming_of_age import NOW, SOON, WARDS

TITLES: dict[str, Sentence] = {
    SOON: gettext_lazy("快满 16 周岁了，以后由本人办"),
    NOW: gettext_lazy("您满 16 周岁了，从今天起自己办"),
    WARDS: gettext_lazy("孩子满 16 周岁了，从今天起由本人办"),
}


def _soon(suffix: str) -> tuple[tuple[str, ...], str, str]:
    lines = (
        _("生日那天起，居住证的事由本人看、本人办；监护人看不到，也办不了。"),
        _("请先用本人的手机开通账号、实名认证。正在办的事接着办，期限不变。"),
    )
    return lines, reverse("portal:home") + suffix, _("看进度")


def _now(suffix: str) -> tuple[tuple[str, ...], str, str]:
    lines = (
        _("居住证的事从现在起由您自己看、自己办，监护人看不到了。"),
        _("正在办的事接着办，期限不变；以前交的材料都在。"),
        _("您没有手机的，提醒还发给监护人：只说有消息，不说内容。"),
    )
    return lines, reverse("portal:home") + suffix, _("看进度")


def _wards(suffix: str) -> tuple[tuple[str, ...], str, str]:
    lines = (
        _("从现在起，孩子居住证的事您看不到，也办不了。正在办的，由本人接着办，期限不变。"),
        _("请让本人用自己的手机开通账号、实名认证，或者带身份证到窗口办。"),
        _("本人有账号或手机以前，有新消息还用短信告诉您：只说有消息，不说内容。"),
    )
    return lines, reverse("portal:counters"), _("窗口在哪里")


LETTERS: dict[str, Callable[[str], tuple[tuple[str, ...], str, str]]] = {
    SOON: _soon,
    NOW: _now,
    WARDS: _wards,
}
