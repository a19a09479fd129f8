"""Figures of the district as pictures: a finding, what is counted, and the table that the chart shows.

What is kept back stands as a word in the table and as nothing in the chart; the same table is the .csv.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juzhu.design import formats
from juzhu.design.formats import grouped, language
from juzhu.operations.errors import Sentence
from juzhu.registration.district.areas import Area
from juzhu.registration.district.figures import RECENT, Figures, Line, Shares
from juzhu.registration.models import Reason
from juzhu.registration.subdistricts import SUBDISTRICTS

SIX_DAYS = timedelta(days=6)
WAYS: dict[str, tuple[Sentence, Sentence]] = {
    "mobile": (gettext_lazy("手机浏览器"), gettext_lazy("用手机自己登记的最多，占 %(n)s%%")),
    "web": (gettext_lazy("电脑浏览器"), gettext_lazy("用电脑自己登记的最多，占 %(n)s%%")),
    "window": (gettext_lazy("窗口"), gettext_lazy("到窗口登记的最多，占 %(n)s%%")),
    "report": (gettext_lazy("有人报送，本人再登记"), gettext_lazy("有人报送以后登记的最多，占 %(n)s%%")),
}
"""How somebody registered, and the finding when most did so."""
REASONS: dict[str, tuple[Sentence, Sentence]] = {
    "work": (Reason.WORK.label, gettext_lazy("来工作的最多，占 %(n)s%%")),
    "business": (Reason.BUSINESS.label, gettext_lazy("来做生意的最多，占 %(n)s%%")),
    "study": (Reason.STUDY.label, gettext_lazy("来上学的最多，占 %(n)s%%")),
    "family": (Reason.FAMILY.label, gettext_lazy("来投靠亲属的最多，占 %(n)s%%")),
    "other": (Reason.OTHER.label, gettext_lazy("说其他事由的最多，占 %(n)s%%")),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: its head, the head as it fits beside a bar, where it leads to, its numbers."""

    head: SafeString | str
    short: str
    numbers: Sequence[int | None]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture. `kind` is how it is drawn: "areas" lying bars, the second number a thin line; "pairs" lying
    bars in pairs; "weeks" standing bars in pairs; "parts" of a hundred; "states" and "ones" lying bars. Areas
    with nought are in the table alone.
    """

    name: str
    kind: str
    title: SafeString | str
    about: str
    heads: Sequence[str]
    rows: Sequence[Row]
    unit: str = ""

    @property
    def drawn(self) -> bool:
        """Whether there is anything to draw."""
        columns = 1 if self.kind in {"ones", "states"} else 2
        return any(number for row in self.rows for number in row.numbers[:columns])

    def lines(self) -> list[list[str | int]]:
        """The table as the lines of a .csv."""
        return [
            list(self.heads),
            *([plain(row.head), *(said(number) for number in row.numbers)] for row in self.rows),
        ]


def said(number: int | None) -> str | int:
    """A number, or the word for one that is kept back."""
    return _("不显示") if number is None else number


def plain(text: SafeString | str) -> str:
    """Without its marks of language."""
    return strip_tags(str(text))


def name_of(area: Area | None) -> SafeString | str:
    """What an area is called. Communities have no other name than their Chinese one."""
    if area is None:
        return _("没写社区")
    if area.community is not None:
        return format_html('<span lang="zh-CN">{}</span>', area.community.name)
    if area.level == "subdistrict":
        return SUBDISTRICTS[area.code].name(language())
    return _("全区") if area.level == "district" else _("您的辖区")


def short_name(area: Area | None) -> str:
    """What stands beside a bar."""
    return plain(name_of(area)).removesuffix("街道").removesuffix("社区").removesuffix(" Subdistrict")


def of_people(found: Figures, urls: Mapping[str, str]) -> list[Figure]:
    """The pictures of an area's people. `urls`: where the parts of the area lead to, by their codes."""
    parts = found.area.level != "community"
    return [
        *([_by_area(found, urls)] if parts else []),
        _by_week(found),
        *([_last_week(found, urls)] if parts else []),
        _shares("ways", WAYS, found.channels, _("登记的办法")),
        _shares("reasons", REASONS, found.reasons, _("居住事由")),
    ]


def unit_of(area: Area) -> str:
    """What an area is divided into."""
    return _("社区") if area.level == "subdistrict" else _("街道")


def _by_area(found: Figures, urls: Mapping[str, str]) -> Figure:
    about = _("登记着的人（%(day)s），按%(parts)s；竖线是 %(before)s 的数")
    days = {"day": _day(found.day), "before": _day(found.before), "parts": unit_of(found.area)}
    return Figure(
        "areas", "areas", _most(found.people_by_area, _("{place}最多，有 {n} 人")), about % days,
        [unit_of(found.area), _day(found.day), _day(found.before)], _rows(found.people_by_area, urls),
    )  # fmt: skip


def _by_week(found: Figures) -> Figure:
    known = [(week.came, week.monday) for week in found.weekly if week.came]
    title = _("这些周没有可以显示的数")
    if known:
        most, monday = max(known)
        title = _("%(day)s 那周来的人最多，有 %(n)s 人") % {"day": _row_day(monday), "n": grouped(most)}
    rows = [Row(_day(week.monday), _row_day(week.monday), (week.came, week.left)) for week in found.weekly]
    return Figure(
        "weeks", "weeks", title, _("每周新来的和离开的人，最后 %(n)s 个整周") % {"n": len(rows)},
        [_("从周一起的一周"), _("新来"), _("离开")], rows,
    )  # fmt: skip


def _last_week(found: Figures, urls: Mapping[str, str]) -> Figure:
    monday = found.weekly[-1].monday
    days = {"from": _day(monday), "to": _day(monday + SIX_DAYS), "parts": unit_of(found.area)}
    return Figure(
        "last-week", "pairs", _most(found.last_week, _("最后一周，到{place}的人最多，有 {n} 人")),
        _("%(from)s 到 %(to)s 新来的和离开的人，按%(parts)s") % days,
        [unit_of(found.area), _("新来"), _("离开")], _rows(found.last_week, urls),
    )  # fmt: skip


def _shares(name: str, words: Mapping[str, tuple[Sentence, Sentence]], found: Shares, about: str) -> Figure:
    """Parts of those who came in the last weeks, in whole per cents."""
    heads = [about, "%"]
    told = _("%(about)s：最后 %(n)s 周新来的人，每百人里有几个") % {"about": about, "n": RECENT}
    if found is None:
        return Figure(name, "parts", _("人太少，不算比例"), told, heads, [], "%")
    alone, together = found
    unknown = (gettext_lazy("没有记下"), gettext_lazy("没有记下的最多，占 %(n)s%%"))
    rows = []
    for key, share in alone.items():
        word = str(words.get(key, unknown)[0])
        rows.append(Row(word, word, [share]))
    if together:
        word = _("其余的合在一起")
        rows.append(Row(word, word, [100 - sum(alone.values())]))
    first = next(iter(alone), None)
    title = str(words.get(first, unknown)[1]) % {"n": alone[first]} if first else _("哪一种都不多")
    return Figure(name, "parts", title, told, heads, rows, "%")


def by_week_and_area(found: Figures) -> list[list[str | int]]:
    """All weeks of all parts of an area, as the lines of a .csv."""
    heads: list[str | int] = [_("从周一起的一周"), unit_of(found.area), _("新来"), _("离开")]
    return [heads] + [
        [monday.isoformat(), plain(name_of(line.area)), *map(said, line.numbers)]
        for monday, lines in found.by_week_and_area
        for line in lines
    ]


def _most(lines: Sequence[Line], finding: str) -> SafeString | str:
    """The finding about the area with the most, of those that are shown."""
    known = [line for line in lines if line.numbers[0]]
    if not known:
        return _("没有可以显示的数")
    most = max(known, key=lambda line: line.numbers[0] or 0)
    return format_html(finding, place=name_of(most.area), n=grouped(most.numbers[0] or 0))


def _rows(lines: Sequence[Line], urls: Mapping[str, str]) -> list[Row]:
    """Rows by what they count, the most first; what is kept back stands last."""
    order = sorted(lines, key=lambda line: -1 if line.numbers[0] is None else line.numbers[0], reverse=True)
    return [
        Row(
            name_of(line.area),
            short_name(line.area),
            line.numbers,
            urls.get(line.area.code, "") if line.area else "",
        )
        for line in order
    ]


def _day(value: date) -> str:
    return formats.day(value, language())


def _row_day(value: date) -> str:
    return formats.row_day(value, language())
