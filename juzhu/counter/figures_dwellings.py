"""Let dwellings of the district as pictures, of what was counted this morning."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juzhu.counter.figures import Figure, Row, name_of, short_name, unit_of
from juzhu.design.formats import grouped
from juzhu.operations.errors import Sentence
from juzhu.registration.district.areas import Area, within
from juzhu.registration.district.dwellings import Counted, tables
from juzhu.registration.district.figures import Table, own

NAMES: dict[str, Sentence] = {
    "all": gettext_lazy("系统里的房屋"),
    "let": gettext_lazy("在租的"),
    "recorded": gettext_lazy("办了出租登记"),
    "filed": gettext_lazy("办了租赁备案"),
    "inspected": gettext_lazy("排查合格"),
    "unrecorded": gettext_lazy("在租，没有出租登记"),
    "crowded": gettext_lazy("住得太满"),
}


def of_dwellings(counted: Counted, area: Area, urls: Mapping[str, str]) -> list[Figure]:
    """The pictures of an area's dwellings: by state; those without a record, by its parts; and a table of all
    states by its parts.
    """
    upper, lower = tables(counted, area)
    numbers = {state: own(area, upper[state], lower[state]) for state in NAMES}
    found = [_states({state: some[0] if some else None for state, some in numbers.items()})]
    if area.level != "community":
        found.append(_parts(area, lower, urls))
    return found


def _states(known: Mapping[str, int | None]) -> Figure:
    let, unrecorded = known["let"], known["unrecorded"]
    title = _("没有可以显示的数") if let is None else _("系统里没有在租的房屋")
    if let and unrecorded is not None:
        about = {"let": grouped(let), "n": grouped(unrecorded)}
        title = _("在租的 %(let)s 处里，%(n)s 处没有出租登记") % about
    elif let:
        title = _("在租的有 %(let)s 处") % {"let": grouped(let)}
    rows = [Row(str(word), str(word), [known[state]]) for state, word in NAMES.items()]
    return Figure(
        "states",
        "states",
        title,
        _("房屋，按办到了哪一步（处）；一处可以算在几行里"),
        [_("办到哪一步"), _("处")],
        rows,
    )


def _parts(area: Area, lower: Mapping[str, Table], urls: Mapping[str, str]) -> Figure:
    order = ["unrecorded", *(state for state in NAMES if state != "unrecorded")]
    rows = []
    for part in within(area):
        numbers = [lower[state].cells(part.code)[0] for state in order]
        rows.append(Row(name_of(part), short_name(part), numbers, urls.get(part.code, "")))
    rows.sort(key=lambda row: -(-1 if row.numbers[0] is None else row.numbers[0]))
    title = _("没有可以显示的数")
    if rows and rows[0].numbers[0]:
        title = format_html(
            _("没有出租登记的，{place}最多，有 {n} 处"), place=rows[0].head, n=grouped(rows[0].numbers[0])
        )
    about = _("在租、没有出租登记的房屋（处），按%(parts)s；表格里有其他情况") % {"parts": unit_of(area)}
    return Figure("parts", "ones", title, about, [unit_of(area), *(str(NAMES[one]) for one in order)], rows)
