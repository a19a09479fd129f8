"""What all papers share: who issues it, to whom, its number; and how content becomes JSON for the
templates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from django.utils.translation import override

from juzhu.documents.district import Desk, desk
from juzhu.documents.kinds import Kind
from juzhu.law import policy
from juzhu.law.policy import Policy
from juzhu.operations.writing import Language, document_day
from juzhu.permits.models import ROUTE_NAMES, Application, Decision
from juzhu.registration.subdistricts import SUBDISTRICTS

SERIAL = re.compile(r"(?:.*\D)?(\d{4})-(\d+)(.*)")
LANGUAGE_CODES = {"zh": "zh-hans", "en": "en"}


class Cite(str):
    """An article by its id, such as `notice:2.1.2`. It is written out for the template."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What stands on every paper. `addressee` is a name, and Chinese; `on` is the day of the paper."""

    kind: Kind
    language: Language
    title: str
    number: str
    on: date
    authority: str
    station: str
    addressee: str
    area: str


def as_json(value: Any, lang: Language) -> Any:
    """Content as templates read it: days written out, articles as words."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_json(getattr(value, field.name), lang) for field in fields(value)}
    if isinstance(value, date):
        return document_day(value, lang)
    if isinstance(value, Cite):
        return policy.cite_label(value, lang)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (tuple, list)):
        return [as_json(part, lang) for part in value]
    return value


@dataclass(frozen=True, slots=True)
class Writer:
    """The district's words in one language."""

    desk: Desk
    lang: Language

    def say(self, key: str, **about: object) -> str:
        """A text by `section.key`. Days that it names are written as papers write them."""
        section, _, name = key.partition(".")
        said = {
            place: document_day(value, self.lang) if isinstance(value, date) else value
            for place, value in about.items()
        }
        return self.desk.say(section, name, self.lang, **said)

    def has(self, key: str) -> bool:
        """Whether there is such a text."""
        section, _, name = key.partition(".")
        return name in self.desk.words.get(section, {})

    def letterhead(self, kind: Kind, *, number: str, on: date, addressee: str, area: str) -> dict[str, Any]:
        """The fields of `Paper`, all but the title. `number` is that of the case, permit or row it is
        about.
        """
        place = SUBDISTRICTS.get(area)
        return {
            "kind": kind,
            "language": self.lang,
            "number": self.number(kind, number),
            "on": on,
            "authority": self.desk.district.office.name.in_(self.lang),
            "station": place.station(self.lang) if place else "",
            "addressee": addressee,
            "area": area,
        }

    def number(self, kind: Kind, of: str) -> str:
        """拱居受〔2026〕000172号, from the number of the case: a paper's number leads back to what it is
        about.
        """
        mark = self.say(f"marks.{kind}")
        found = SERIAL.fullmatch(of)
        if not found:
            return self.say("common.other_number", mark=mark, serial=of)
        year, serial, tail = found.groups()
        return self.say("common.number", mark=mark, year=year, serial=f"{serial}{tail}")

    def together(self, *sentences: str) -> str:
        """Sentences as one paragraph."""
        return ("" if self.lang == "zh" else " ").join(sentences)

    def matter(self, application: Application) -> str:
        """What the application is for."""
        key = "endorsement" if application.is_endorsement else "first"
        return self.say(f"common.{key}", route=self.route(application))

    def route(self, application: Application) -> str:
        """The route's name."""
        with override(LANGUAGE_CODES[self.lang]):
            return str(ROUTE_NAMES.get(application.route, ""))

    def articles(self, cites: Sequence[str], rules: Policy) -> str:
        """Articles under the full title of their law, each title once, as a decision names them."""
        places: dict[str, list[str]] = {}
        for cite in dict.fromkeys(cites):
            title, place = full_cite(cite, rules, self.lang)
            places.setdefault(title, []).append(place)
        return self.say("refusal.joined").join(
            self._law(title, [place for place in found if place]) for title, found in places.items()
        )

    def _law(self, title: str, places: Sequence[str]) -> str:
        if self.lang == "zh":
            return title + "、".join(places)
        together = " and ".join([", ".join(places[:-1]), *places[-1:]] if len(places) > 1 else places)
        return f"{title}, {together}" if together else title


def writer(lang: Language) -> Writer:
    """The words of the district's desk as it stands."""
    return Writer(desk(), lang)


def full_cite(cite: str, rules: Policy, lang: Language) -> tuple[str, str]:
    """《浙江省流动人口居住登记条例》（2016 年修订） and 第十八条: the law by its whole title, and the
    place.
    """
    label = policy.cite_label(cite, lang)
    source = next((row for row in rules.sources if row.id == cite.partition(":")[0]), None)
    if source is None:
        return label, ""
    return source.title.text.in_(lang), label.removeprefix(source.short.text.in_(lang)).strip()


def nth(application: Application, decision: Decision | None, *stages: str) -> str:
    """The case's number for its paper about a decision; from the second of its kind on with "-2": a case that
    was done anew has two, and no two papers have one number.
    """
    own = application.number or ""
    if decision is None:
        return own
    before = application.decisions.filter(stage__in=stages, pk__lt=decision.pk).count()
    return f"{own}-{before + 1}" if before else own


def latest(application: Application, *stages: str) -> Decision | None:
    """The latest decision of the first of these stages that there is."""
    made = {decision.stage: decision for decision in application.decisions.filter(stage__in=stages)}
    return next((made[stage] for stage in stages if stage in made), None)
