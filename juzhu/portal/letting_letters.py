"""Messages about let dwellings: an office's answer to a landlord, the subdistrict's to a tenant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juzhu.operations.errors import Sentence


class About(Protocol):
    """What is needed of a message: the number that it quotes, and whom it is about."""

    @property
    def number(self) -> str: ...
    @property
    def suffix(self) -> str: ...


Lines = tuple[tuple[str, ...], str, str]
TITLES: dict[str, Sentence] = {
    "letting_done": gettext_lazy("出租房屋的事办好了一件"),
    "letting_returned": gettext_lazy("出租房屋的材料退回了，写了要补什么"),
    "title_returned": gettext_lazy("产权证明退回了，写了要补什么"),
    "letting_to_mend": gettext_lazy("安全排查没有通过，写了要改什么"),
    "help_taken_up": gettext_lazy("街道在联系您的房东"),
    "help_settled": gettext_lazy("街道答复了房东的事"),
}


def _dwelling(about: About, line: str) -> Lines:
    number = _("编号 %(number)s。") % {"number": about.number}
    return (number, line), reverse("portal:letting_dwelling", args=[about.number]), _("看这处房屋")


def _done(about: About) -> Lines:
    return _dwelling(about, _("还剩什么没办，这处房屋的页面上都写着。"))


def _returned(about: About) -> Lines:
    return _dwelling(about, _("退回的原因写在页面上。补好再交，不用从头来。"))


def _title_returned(about: About) -> Lines:
    number = _("编号 %(number)s。") % {"number": about.number}
    line = _("退回的原因写在页面上。补好再交，不用从头来。")
    return (number, line), reverse("portal:letting"), _("看我的出租房屋")


def _to_mend(about: About) -> Lines:
    return _dwelling(about, _("要改什么、什么时候前改好，都写在页面上。改好了请街道来复查。"))


def _help(about: About, line: str) -> Lines:
    number = _("编号 %(number)s。") % {"number": about.number}
    return (number, line), reverse("portal:letting_help") + about.suffix, _("打开看")


def _taken_up(about: About) -> Lines:
    return _help(about, _("有结果就告诉您。现在不用做别的。"))


def _settled(about: About) -> Lines:
    return _help(about, _("结果和接下来怎么办，写在答复里。"))


WRITERS: dict[str, Callable[[About], Lines]] = {
    "letting_done": _done,
    "letting_returned": _returned,
    "title_returned": _title_returned,
    "letting_to_mend": _to_mend,
    "help_taken_up": _taken_up,
    "help_settled": _settled,
}
