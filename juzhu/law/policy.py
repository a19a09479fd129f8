"""Policy packs: a notice's parameters, the leaves each route requires, its sources and its readings, as data.

A pack is a TOML file in `policies/`. It may extend another one and then says only what differs. Once put
together it must hold exactly the parameters that code reads: one too many or one too few is `InvalidPack`.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal, Self

from pydantic import (
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    ValidationError,
    model_validator,
)

from juzhu.law.acts import ACTS, Cite, Hearings, Remedies
from juzhu.law.electronic import ElectronicPermit
from juzhu.law.errors import InvalidPack, UnknownPolicy
from juzhu.law.requirements import Part, Requirements
from juzhu.law.wording import Text, numeral_zh

Months = Annotated[StrictInt, Field(ge=1, le=600)]
Days = Annotated[StrictInt, Field(ge=0, le=3650)]
Count = Annotated[StrictInt, Field(ge=0, le=120)]
Codes = tuple[Annotated[StrictStr, Field(pattern=r"^[0-9]{6}$")], ...]
Lang = Literal["zh", "en"]
Counter = Literal["continuous", "cumulative"]


class Words(Part):
    """A text in both languages, neither empty."""

    zh: Annotated[StrictStr, Field(min_length=1)]
    en: Annotated[StrictStr, Field(min_length=1)]

    @property
    def text(self) -> Text:
        return Text(self.zh, self.en)


class Source(Part):
    """A document that provisions are cited from. `style` says how a place in it is written."""

    id: Annotated[StrictStr, Field(pattern=r"^[a-z0-9-]+$")]
    title: Words
    short: Words
    style: Literal["outline", "article", "whole"]


class Interpretation(Part):
    """Where the text is open: the reading taken, and why. `parameters` are those that carry it."""

    id: StrictStr
    reading: Words
    why: Words
    cites: tuple[Cite, ...]
    parameters: tuple[StrictStr, ...] = ()


class Parameters(Part):
    """Every number and switch that code reads; units are in the names.

    `contract_months` is given by the packs that ask for a labour contract, and by no other.
    """

    urban_area: Codes
    urban_area_former: Codes
    residence_months: Months
    residence_counts_from: Literal["registered_on"]
    residence_gap_days: Days
    insurance_months: Months
    insurance_gap_months: Count
    insurance_arrears_months: Count
    back_paid_counts: StrictBool
    lease_months: Months
    contract_months: Months | None = None
    study_months: Months
    minor_age: Annotated[StrictInt, Field(ge=0, le=150)]
    minor_guardian_permits: Literal["all", "any"]
    local_guardian_counts: StrictBool
    minor_employment: StrictBool
    endorsement_months: Months
    endorsement_window_months: Count
    late_endorsement: Literal["restart", "exclude_gap"]
    endorsement_anchor: Literal["issue_date", "makeup_date"]
    residence_years_base: Literal["issued_on"]
    residence_years_for_services: Counter
    residence_years_for_points: Counter
    roll_to_working_day: StrictBool
    issue_days: Days
    examination_working_days: Days
    supplement_days: Days
    change_days: Days
    register_from_days: Days
    register_working_days: Days
    relative_days: Days
    report_working_days: Days

    @property
    def given(self) -> dict[str, Any]:
        """The parameters that this pack has, by name, in the order of the law."""
        return {name: value for name, value in self.model_dump().items() if value is not None}

    @property
    def urban_divisions(self) -> frozenset[str]:
        """The codes inside which somebody is at home here, former codes included."""
        return frozenset(self.urban_area) | frozenset(self.urban_area_former)

    @model_validator(mode="after")
    def _window_within_the_year(self) -> Self:
        if self.endorsement_window_months >= self.endorsement_months:
            raise ValueError("the endorsement window must be shorter than the endorsement's own term")
        return self


class Policy(Part):
    """A pack as it holds after `extends` is resolved. `effective_*` do not limit what may be asked."""

    id: StrictStr
    extends: StrictStr | None = None
    title: Words
    status: Literal["draft", "in_force", "repealed", "illustrative"]
    effective_from: date | None = None
    effective_to: date | None = None
    parameters: Parameters
    provisions: dict[StrictStr, tuple[Cite, ...]]
    cites: dict[StrictStr, tuple[Cite, ...]]
    acts: dict[StrictStr, tuple[Cite, ...]]
    remedies: Remedies
    hearing: Hearings
    electronic_permit: ElectronicPermit
    routes: Requirements
    sources: tuple[Source, ...]
    interpretations: tuple[Interpretation, ...]

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        _equal("a provision for each parameter", set(self.provisions), set(self.parameters.given))
        contract = "labour_contract_one_year" in self.routes.all()
        if contract != (self.parameters.contract_months is not None):
            raise ValueError("contract_months goes with the leaf labour_contract_one_year")
        _equal("cites for each leaf required", set(self.cites), set(self.routes.all()))
        _equal("provisions for each act", set(self.acts), set(ACTS))
        known = {source.id for source in self.sources}
        if strange := {cite for cite in self.cited if cite.partition(":")[0] not in known}:
            raise ValueError(f"cites unknown sources: {sorted(strange)}")
        named = {name for reading in self.interpretations for name in reading.parameters}
        if strange := named - set(Parameters.model_fields):
            raise ValueError(f"interpretations of unknown parameters: {sorted(strange)}")
        return self

    @property
    def cited(self) -> list[Cite]:
        """Every provision that anything in the pack rests on."""
        remedies, hearing = self.remedies, self.hearing
        terms = (
            remedies.reconsideration_days.cites,
            remedies.litigation_months.cites,
            hearing.person_fine.cites,
            hearing.organisation_fine.cites,
            hearing.withdrawal.cites,
        )
        groups = (*self.provisions.values(), *self.cites.values(), *self.acts.values(), *terms)
        return [cite for cites in (*groups, *(each.cites for each in self.interpretations)) for cite in cites]

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    def variant(self, policy_id: str, **changes: Any) -> Policy:
        """The same pack under another id with some parameters changed. Raises `InvalidPack`."""
        whole = self.model_dump(mode="python")
        whole |= {"id": policy_id, "parameters": whole["parameters"] | changes}
        return _validated(whole)


def _equal(what: str, found: set[str], wanted: set[str]) -> None:
    if lacking := wanted - found:
        raise ValueError(f"{what}: lacking {sorted(lacking)}")
    if strange := found - wanted:
        raise ValueError(f"{what}: not known {sorted(strange)}")


def _validated(whole: dict[str, Any]) -> Policy:
    try:
        return Policy.model_validate(whole)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise InvalidPack(f"{whole.get('id')}: {first['msg']}", tuple(first["loc"])) from error


def _merged(base: Any, change: Any) -> Any:
    """Tables are merged key by key, lists of tables by their `id`, anything else is replaced."""
    if isinstance(base, dict) and isinstance(change, dict):
        return base | {key: _merged(base.get(key), value) for key, value in change.items()}
    if isinstance(base, list) and all(isinstance(entry, dict) for entry in base) and isinstance(change, list):
        rows = {entry["id"]: entry for entry in base}
        return list(
            (rows | {entry["id"]: _merged(rows.get(entry["id"]), entry) for entry in change}).values()
        )
    return change


def _parameters_split(whole: dict[str, Any]) -> dict[str, Any]:
    """A pack writes `name = {value = …, from = […]}`; the model keeps values and provisions apart."""
    rows = whole.pop("parameters", {})
    values, provisions = {}, {}
    for name, row in rows.items():
        if not isinstance(row, dict) or set(row) != {"value", "from"}:
            raise InvalidPack("A parameter is a table of `value` and `from`.", ("parameters", name))
        values[name], provisions[name] = row["value"], row["from"]
    return whole | {"parameters": values, "provisions": provisions}


def _table(text: str, seen: tuple[str, ...] = ()) -> dict[str, Any]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidPack(f"Not TOML: {error}") from error
    base = table.get("extends")
    if base is None:
        return table
    if base in seen:
        raise InvalidPack(f"{base} extends itself.", ("extends",))
    dropped = table.pop("without", {})
    whole: dict[str, Any] = _merged(_table(_text_of(base), (*seen, base)), table)
    for key, names in dropped.items():
        whole[key] = _left_out(key, whole.get(key), names)
    return whole


def _left_out(key: str, entries: Any, names: list[str]) -> Any:
    """A table without those keys, or a list of tables without those ids."""
    known = set(entries) if isinstance(entries, dict) else {entry["id"] for entry in entries or ()}
    if strange := set(names) - known:
        raise InvalidPack(f"{sorted(strange)} is not there to be left out.", ("without", key))
    if isinstance(entries, dict):
        return {name: value for name, value in entries.items() if name not in names}
    return [entry for entry in entries if entry["id"] not in names]


def parse(text: str) -> Policy:
    """A pack from its TOML text; what it extends is taken from the shipped packs. Raises `InvalidPack`."""
    return _validated(_parameters_split(_table(text)))


def _text_of(policy_id: str) -> str:
    if policy_id not in available():
        raise UnknownPolicy(
            f"There is no policy {policy_id!r}. Known: {', '.join(available())}.", ("policy",)
        )
    return files("juzhu.law").joinpath("policies", f"{policy_id}.toml").read_text(encoding="utf-8")


@cache
def available() -> tuple[str, ...]:
    """The ids of the packs shipped, sorted."""
    names = (entry.name for entry in files("juzhu.law").joinpath("policies").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def load(policy_id: str) -> Policy:
    """A shipped pack. Raises `UnknownPolicy`, or `InvalidPack` if the file is not a whole pack."""
    policy = parse(_text_of(policy_id))
    if policy.id != policy_id:
        raise InvalidPack(f"The file {policy_id}.toml holds the pack {policy.id}.", ("id",))
    return policy


@cache
def _sources() -> dict[str, Source]:
    return {source.id: source for policy_id in available() for source in load(policy_id).sources}


@cache
def cite_label(cite: str, lang: Lang = "zh") -> str:
    """How a cite is written for people: `civil-code:202` is 民法典 第二百零二条, Civil Code art. 202.

    A source of no shipped pack is written as it stands.
    """
    source_id, _, place = cite.partition(":")
    source = _sources().get(source_id)
    if source is None:
        return cite
    short = source.short.text.in_(lang)
    if not place or source.style == "whole":
        return short
    write = _outline if source.style == "outline" else _article
    return f"{short} {write(place.split('.'), lang)}"


def _outline(steps: list[str], lang: Lang) -> str:
    if steps[0] == "annex":
        return f"附件{steps[1]}" if lang == "zh" else f"annex {steps[1]}"
    written = steps[0] if lang == "en" else numeral_zh(int(steps[0]))
    for depth, step in enumerate(steps[1:], start=1):
        bracketed = depth in (1, 3)
        name = numeral_zh(int(step)) if lang == "zh" and depth == 1 else step
        written += f"({name})" if bracketed else name
    return written


def _article(steps: list[str], lang: Lang) -> str:
    """Article, paragraph, item. An item of an article that has no other paragraph stands under 0."""
    if lang == "en":
        return f"art. {steps[0]}" + "".join(f"({step})" for step in steps[1:] if step != "0")
    named = zip(steps, ("条", "款", "项"), strict=False)
    return "".join(f"第{numeral_zh(int(step))}{name}" for step, name in named if step != "0")
