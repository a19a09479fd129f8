"""The district in figures: who is registered, who comes and goes, what is let; and every picture as .csv."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from juzhu.counter import figures, figures_dwellings
from juzhu.counter.access import actor_of, officer, page
from juzhu.counter.figures import Figure
from juzhu.counter.forms_district import USUAL, DistrictForm
from juzhu.operations import clock
from juzhu.operations.csv_files import as_csv
from juzhu.registration.district import areas, dwellings
from juzhu.registration.district import figures as counted
from juzhu.registration.district.areas import READERS, Area

ALL_WEEKS = "by-week"
BESIDE = frozenset({"areas", "ways", "reasons"})
"""Pictures that stand in the narrower column."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: an area, at the end of a day, with its last weeks."""

    request: HttpRequest
    area: Area
    form: DistrictForm

    @property
    def query(self) -> dict[str, str]:
        """What was chosen, as it stands in the address."""
        names = ("day_year", "day_month", "day_day", "weeks")
        return {name: value for name in names if (value := self.request.GET.get(name, ""))}

    def url(self, name: str, area: Area, *arguments: str) -> str:
        """A page of the same day and weeks, of some area."""
        asked = urlencode({"area": area.code, **self.query})
        return f"{reverse(f'counter:{name}', args=arguments)}?{asked}"

    def people(self) -> counted.Figures:
        """The figures of the area's people."""
        said = self.form.cleaned_data if self.form.is_valid() else {}
        return counted.figures(self.area, said.get("day") or clock.today(), int(said.get("weeks") or USUAL))


def _asked(request: HttpRequest) -> Asked:
    """404 for an area that is not theirs, as for one that there is not."""
    code = request.GET.get("area", "").replace("\0", "")
    area = areas.find(actor_of(request), code)
    if area is None:
        raise Http404
    return Asked(request, area, DistrictForm(request.GET, today=clock.today()))


def _frame(asked: Asked, name: str) -> dict[str, Any]:
    """Where one is, where one can go."""
    scope = areas.open_to(actor_of(asked.request))
    above = areas.above(asked.area, scope)
    return {
        "form": asked.form,
        "area": asked.area,
        "place": figures.name_of(asked.area),
        "above": [(figures.name_of(one), asked.url(name, one)) for one in above],
        "parts": [(figures.name_of(one), asked.url(name, one)) for one in areas.within(asked.area)],
        "people_url": asked.url("district", asked.area),
        "dwellings_url": asked.url("district_dwellings", asked.area),
        "chosen": asked.query,
        "least": settings.JUZHU_SMALLEST_COUNT,
    }


def _urls(asked: Asked, name: str) -> dict[str, str]:
    return {part.code: asked.url(name, part) for part in areas.within(asked.area)}


@officer(*READERS)
def people(request: HttpRequest) -> HttpResponse:
    """`/counter/district`: people of the district, a subdistrict or a community."""
    asked = _asked(request)
    found = asked.people()
    shown = [
        (figure, asked.url("district_csv", asked.area, figure.name))
        for figure in figures.of_people(found, _urls(asked, "district"))
    ]
    beside = [one for one in shown if one[0].name in BESIDE]
    now, before = found.people or (None, None)
    more = None if now is None or before is None else now - before
    context = {
        **_frame(asked, "district"),
        "tab": "people",
        "found": found,
        "figures": beside,
        "more_figures": [one for one in shown if one not in beside],
        "now": now,
        "more": more,
        "less": -more if more else 0,
        "week": found.weekly[-1],
        "recent": counted.RECENT,
        "last_sunday": found.weekly[-1].monday + figures.SIX_DAYS,
        "all_weeks_url": asked.url("district_csv", asked.area, ALL_WEEKS),
    }
    return page(request, "district/people", context, room="district")


@officer(*READERS)
def let_dwellings(request: HttpRequest) -> HttpResponse:
    """`/counter/district/dwellings`: what is let, by how far its papers are."""
    asked = _asked(request)
    found = dwellings.counted(clock.today())
    shown = [
        (figure, asked.url("district_csv", asked.area, figure.name))
        for figure in figures_dwellings.of_dwellings(found, asked.area, _urls(asked, "district_dwellings"))
    ]
    context = {
        **_frame(asked, "district_dwellings"),
        "tab": "dwellings",
        "figures": shown,
        "counted_at": found.at,
    }
    return page(request, "district/dwellings", context, room="district")


@officer(*READERS)
def table(request: HttpRequest, figure: str) -> HttpResponse:
    """`/counter/district/<figure>.csv`: the table of a picture; or all weeks of all parts of the area."""
    asked = _asked(request)
    lines = _lines(asked, figure)
    response = HttpResponse(as_csv(lines), content_type="text/csv; charset=utf-8")
    name = f"{figure}-{asked.area.code}-{clock.today():%Y%m%d}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(asked: Asked, name: str) -> list[list[str | int]]:
    if name in {"states", "parts"}:
        found = dwellings.counted(clock.today())
        return _named(figures_dwellings.of_dwellings(found, asked.area, {}), name).lines()
    told = asked.people()
    if name == ALL_WEEKS and asked.area.level != "community":
        return figures.by_week_and_area(told)
    return _named(figures.of_people(told, {}), name).lines()


def _named(all_of_them: list[Figure], name: str) -> Figure:
    found = next((figure for figure in all_of_them if figure.name == name), None)
    if found is None:
        raise Http404
    return found
