"""The one thing to do next, chosen for where somebody stands: a title, a sentence, and a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juzhu.design.formats import chosen, day, language
from juzhu.law.eligibility import Finding
from juzhu.permits.models import Application
from juzhu.permits.timing import Standing

Stage = Literal[
    "local", "unregistered", "waiting", "ready", "blocked", "draft", "submitted", "supplement", "accepted",
    "active", "window", "review", "suspended", "moving",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """`place` is a route's name. An empty `icon` draws none."""

    lead: str
    title: str
    text: str
    label: str
    place: str
    icon: str = ""
    number: str = ""
    """The application that the place is about, where it is about one."""


@dataclass(frozen=True, slots=True)
class _Seen:
    lacking: Sequence[Finding]
    application: Application | None
    today: date

    @property
    def number(self) -> str:
        return (self.application.number if self.application else None) or ""


def step_for(stage: Stage, lacking: Sequence[Finding], application: Application | None, today: date) -> Step:
    """What to do next. `lacking`: what the best route still wants proved."""
    return _STEPS[stage](_Seen(lacking, application, today))


def _on(due: date | None) -> str:
    return day(due, language()) if due else ""


def _local(seen: _Seen) -> Step:
    return Step(
        _("不用办"),
        _("您不用登记，也不用居住证"),
        _("居住证是给户籍不在杭州市区的人办的。户口迁出以后再来。"),
        _("看看规则怎么写"),
        "portal:rules",
    )


def _unregistered(seen: _Seen) -> Step:
    return Step(
        _("现在就做"),
        _("先登记住址"),
        _("登记之日起算居住时间，越早越好。约 4 分钟，不收费。"),
        _("办居住登记"),
        "portal:register",
        "map-pin",
    )


def _moving(seen: _Seen) -> Step:
    return Step(
        _("现在就做"),
        _("先登记现在的住址"),
        _("登记好了接着办签注，不用重填。登记约 4 分钟，不收费。"),
        _("办居住登记"),
        "portal:register",
        "map-pin",
    )


def _waiting(seen: _Seen) -> Step:
    if not seen.lacking:
        return Step(
            _("现在就能做"),
            _("先把申领表填好"),
            _("材料都齐了。现在填好存着，到那天再提交。"),
            _("先填申领表"),
            "portal:apply",
            "edit",
        )
    return Step(
        _("现在就能做"),
        _fix(seen.lacking[0]),
        _others(seen.lacking),
        _("先准备材料"),
        "portal:apply",
        "upload",
    )


def _ready(seen: _Seen) -> Step:
    text = _("条件都满足了。填一张表，确认提交，约 5 分钟。")
    if seen.lacking:
        text = ngettext(
            "还有 %(n)s 样要证明，办的时候会告诉您怎么办。",
            "还有 %(n)s 样要证明，办的时候会告诉您怎么办。",
            len(seen.lacking),
        ) % {"n": len(seen.lacking)}
    return Step(_("现在就做"), _("可以申领居住证了"), text, _("开始申领"), "portal:apply", "file-text")


def _blocked(seen: _Seen) -> Step:
    return Step(
        _("现在能做的"),
        _("看看哪一条没满足"),
        _("下面写着每一条为什么，和怎么办。有不对的，请到窗口更正。"),
        _("窗口在哪里"),
        "portal:counters",
        "building",
    )


def _draft(seen: _Seen) -> Step:
    return Step(
        _("没填完"),
        _("接着填申领表"),
        _("填过的都在，从上次停下的地方开始。"),
        _("接着填"),
        "portal:apply",
        "edit",
    )


def _submitted(seen: _Seen) -> Step:
    return Step(
        _("等我们答复"),
        _("现在不用做别的"),
        _("已提交，编号 %(number)s。最晚 %(day)s 告诉您是否受理。")
        % {"number": seen.number, "day": _on(seen.application.examine_by if seen.application else None)},
        _("看这一件"),
        "portal:application",
        "file-text",
        seen.number,
    )


def _supplement(seen: _Seen) -> Step:
    due = seen.application.supplement_by if seen.application else None
    left = (due - seen.today).days if due else 0
    return Step(
        _("请您补材料"),
        _("请在 %(day)s 前补齐") % {"day": _on(due)},
        ngettext(
            "还有 %(n)s 天。要补什么、怎么补，都写在告知书里。",
            "还有 %(n)s 天。要补什么、怎么补，都写在告知书里。",
            left,
        )
        % {"n": left},
        _("去补材料"),
        "portal:notice",
        "upload",
        seen.number,
    )


def _accepted(seen: _Seen) -> Step:
    stands = Standing.of(seen.application, seen.today) if seen.application else None
    due = stands.by if stands else None
    if due and due < seen.today and not (stands and stands.pause):
        return Step(
            _("我们超期了"),
            _("%(day)s 就该有结果，还没有") % {"day": _on(due)},
            _("是我们的问题，您什么也不会少。可以打电话催，也可以申请行政复议。"),
            _("看这一件"),
            "portal:application",
            "file-text",
            seen.number,
        )
    if stands and (stands.by_time or stands.application.deemed_accepted):
        text = _("我们没有按时看完。按规定，从收到那天起算已经受理。")
    else:
        text = _("已受理，编号 %(number)s。最晚 %(day)s 有结果。") % {"number": seen.number, "day": _on(due)}
    return Step(
        _("等我们答复"),
        _("现在不用做别的"),
        text,
        _("看这一件"),
        "portal:application",
        "file-text",
        seen.number,
    )


def _active(seen: _Seen) -> Step:
    return Step(
        _("随时可用"),
        _("出示电子居住证"),
        _("打开后有二维码，别人扫一扫就知道真假。"),
        _("打开居住证"),
        "portal:permit",
        "qrcode",
    )


def _window(seen: _Seen) -> Step:
    return Step(
        _("现在就做"),
        _("办今年的签注"),
        _("按一个按钮就好。已经查到的，不用再交。"),
        _("办签注"),
        "portal:endorse",
        "calendar",
    )


def _review(seen: _Seen) -> Step:
    return Step(
        _("等我们答复"),
        _("签注已提交，居住证照常用"),
        _("按时提交的，我们办得再慢也不影响您用证。"),
        _("看这一件"),
        "portal:application",
        "file-text",
        seen.number,
    )


def _suspended(seen: _Seen) -> Step:
    return Step(
        _("现在就做"),
        _("补办签注，办好就恢复使用"),
        _("批准的那天起，居住证重新可以用。越早补越好。"),
        _("补办签注"),
        "portal:endorse",
        "refresh",
    )


def _fix(finding: Finding) -> str:
    return str(chosen(finding.leaf.fix, language())).rstrip("。.")


def _others(lacking: Sequence[Finding]) -> str:
    rest = len(lacking) - 1
    if rest < 1:
        return _("就差这一样。可以先传上来，到那天再提交。")
    return ngettext(
        "另外还有 %(n)s 样，下面写着。可以先传上来，到那天再提交。",
        "另外还有 %(n)s 样，下面写着。可以先传上来，到那天再提交。",
        rest,
    ) % {"n": rest}


_STEPS: dict[Stage, Callable[[_Seen], Step]] = {
    "local": _local,
    "unregistered": _unregistered,
    "waiting": _waiting,
    "ready": _ready,
    "blocked": _blocked,
    "draft": _draft,
    "submitted": _submitted,
    "supplement": _supplement,
    "accepted": _accepted,
    "active": _active,
    "window": _window,
    "review": _review,
    "suspended": _suspended,
    "moving": _moving,
}
