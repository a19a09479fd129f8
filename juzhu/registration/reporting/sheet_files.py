"""The columns of reporters' sheets, and how a row of cells becomes what is reported."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson
from django.utils.translation import gettext_lazy as _

from juzhu.evidence.cells import CellFault, in_chinese
from juzhu.evidence.cells import read as read_cell
from juzhu.evidence.fields import Asked
from juzhu.evidence.spreadsheets import BROKEN, EXAMPLE, Form
from juzhu.operations.errors import Sentence
from juzhu.people.identity_numbers import normalised
from juzhu.registration.models import Community
from juzhu.registration.models.reports import KINDS, PHASES
from juzhu.registration.reporting.entries import (
    BEGAN,
    ENDED,
    LEASE,
    LEASE_INTRODUCED,
    LETTING,
    STAY,
    WITH_PLACE,
    WORK,
    WORK_INTRODUCED,
    Entry,
    Looked,
    Reporter,
    look,
    said_before,
)
from juzhu.registration.subdistricts import SUBDISTRICTS

MOST_ROWS = 50_000
LARGEST = 20 * 1024 * 1024
SECOND = "second"
"""The code of a row that says what a line before it has said."""

PHASE_WORDS: dict[str, dict[str, Sentence]] = {
    WORK: {BEGAN: _("入职"), ENDED: _("离职")},
    LEASE: {BEGAN: _("入住"), ENDED: _("搬走")},
    STAY: {BEGAN: _("入住"), ENDED: _("离开")},
    WORK_INTRODUCED: {BEGAN: _("入职"), ENDED: _("离职")},
    LEASE_INTRODUCED: {BEGAN: _("入住"), ENDED: _("搬走")},
    LETTING: {BEGAN: _("出租"), ENDED: _("不再出租")},
}
"""What began and ended is called, by kind."""
DAYS: dict[str, Sentence] = {
    WORK: _("入职或离职日期"),
    LEASE: _("入住或搬走日期"),
    STAY: _("入住或离开日期"),
    WORK_INTRODUCED: _("入职或离职日期"),
    LEASE_INTRODUCED: _("入住或搬走日期"),
    LETTING: _("出租或停租日期"),
}
ABOUT: dict[str, tuple[Asked, ...]] = {
    WORK: (Asked("post", _("岗位"), example="缝纫"),),
    WORK_INTRODUCED: (
        Asked("employer", _("介绍到哪个单位"), required=True, example="运河服饰有限公司（示例）"),
    ),
    LEASE_INTRODUCED: (Asked("landlord", _("出租人"), example="王建平"),),
}
"""What only some kinds have."""
REPORTED = (
    "phase", "happened_on", "name", "identity_number", "born", "phone", "subdistrict", "community", "address",
    "until_on", "about",
)  # fmt: skip
"""What a row says of an entry; its kind is the sheet's."""
ENDS = frozenset({WORK, LEASE, STAY, LEASE_INTRODUCED})
"""Kinds with a day until which it is meant to last."""
_PLACES = {code: place.zh for code, place in SUBDISTRICTS.items()}
_EITHER = {in_chinese(word): code for code, word in PHASES}
_PHASES = {
    kind: {in_chinese(word): code for code, word in words.items()} | _EITHER
    for kind, words in PHASE_WORDS.items()
}
_SUBDISTRICTS = {name: code for code, zh in _PLACES.items() for name in (code, zh, zh.removesuffix("街道"))}


def columns(kind: str) -> tuple[Asked, ...]:
    """The columns of a kind's sheet, and the fields of its page."""
    placed = kind in WITH_PLACE
    found = [
        Asked("name", _("姓名"), required=True, example=f"{EXAMPLE}周晓芸"),
        Asked("identity_number", _("公民身份号码"), "identity",
              hint=_("问不到就空着，但要写出生日期和手机号。"), example="341221199308170023"),
        Asked("phone", _("手机号"), "code", example="13900001111"),
        Asked("phase", _("开始还是结束"), "choice", True, PHASE_WORDS[kind],
              example=in_chinese(PHASE_WORDS[kind][BEGAN])),
        Asked("happened_on", DAYS[kind], "day", True, example="2026-03-01"),
        Asked("subdistrict", _("街道"), "choice", placed, _PLACES, example="拱宸桥街道"),
        Asked("community", _("社区"), hint=_("不知道就空着。")),
        Asked("address", _("地址"), required=placed, hint=_("写到几号几室。"),
              example="桥弄街 6 幢 2 单元 301 室（示例）"),
        Asked("born", _("出生日期"), "day", hint=_("写了身份号码就不用写。")),
    ]  # fmt: skip
    if kind in ENDS:
        found.append(Asked("until_on", _("到期日期"), "day", hint=_("没有约定就空着。")))
    return (*found, *ABOUT.get(kind, ()))


def either(kind: str) -> str:
    """What is wrong with a row that says neither that something began nor that it ended."""
    began, ended = PHASE_WORDS[kind].values()
    return _("请写“%(began)s”或“%(ended)s”。") % {"began": began, "ended": ended}


def form_of(kind: str) -> Form:
    """The sheet of a kind."""
    word = in_chinese(dict(KINDS)[kind])
    notes = ("公民身份号码这一列是文本格式，请不要改成数字。", "同一个人同一件事写两行，后一行退回。")
    return Form(f"报送表：{word}", columns(kind), "name", MOST_ROWS, notes, LARGEST)


@dataclass(slots=True)
class Row:
    """One row as it stands: what was typed, what is wrong or odd at which cell, and what it reports."""

    line: int
    cells: dict[str, str]
    marks: list[dict[str, Any]]
    looked: Looked

    @property
    def faults(self) -> dict[str, Sentence]:
        return self.looked.faults

    @property
    def doubts(self) -> dict[str, Sentence]:
        return self.looked.doubts

    @property
    def verdict(self) -> str:
        return self.looked.verdict


@dataclass(slots=True)
class Reader:
    """Reads rows of one kind as things stand on a day: who reports, which communities there are."""

    kind: str
    reporter: Reporter
    today: date
    columns: dict[str, Asked] = field(init=False)
    communities: Collection[tuple[str, str]] = field(init=False)
    by_name: dict[tuple[str, str], str] = field(init=False)
    about: tuple[str, ...] = field(init=False)
    days: dict[str, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.columns = {column.name: column for column in columns(self.kind)}
        self.about = tuple(column.name for column in ABOUT.get(self.kind, ()))
        rows = list(Community.objects.values_list("subdistrict", "code", "name"))
        self.communities = {(place, code) for place, code, _name in rows}
        self.by_name = {(place, name): code for place, code, name in rows}

    @property
    def looks_by(self) -> str:
        """SHA-256 of all that a row is looked at by: where it is the same, the same is found. What an update
        of the service changes in the looking itself shows from the next day on.
        """
        by = (self.today, self.reporter.kinds, sorted(self.by_name.items()), REPORTED)
        return hashlib.sha256(orjson.dumps(by)).hexdigest()

    def row(self, line: int, cells: dict[str, str], marks: list[dict[str, Any]]) -> Row:
        """A row judged by itself, with the faults that its `marks` stand for."""
        unread: dict[str, Sentence] = {}
        looked = look(self._entry(cells, unread), self.reporter, self.today, self.communities)
        for mark in marks:
            about = mark.get("about") or {}
            unread[mark["column"]] = (
                said_before(about["line"]) if mark["code"] == SECOND else BROKEN[mark["code"]]
            )
        if "phase" in looked.faults:
            unread["phase"] = either(self.kind)
        if unread:
            looked.faults = {**looked.faults, **unread}
            looked.doubts = {name: said for name, said in looked.doubts.items() if name not in unread}
        return Row(line, cells, marks, looked)

    def _entry(self, cells: Mapping[str, str], unread: dict[str, Sentence]) -> Entry:
        """What the cells say; what can't be read lies in `unread`, and something harmless stands for it."""
        get = cells.get
        subdistrict = get("subdistrict", "")
        subdistrict = _SUBDISTRICTS.get(subdistrict, subdistrict)
        community = get("community", "")
        until_on = self._day("until_on", get("until_on", ""), unread)
        happened_on = self._day("happened_on", get("happened_on", ""), unread)
        if happened_on is None:
            unread.setdefault("happened_on", _("没有写日期。"))
        phase = get("phase", "")
        return Entry(
            self.kind,
            _PHASES[self.kind].get(phase, phase),
            happened_on or min(until_on or self.today, self.today),
            get("name", ""),
            normalised(get("identity_number", "")),
            self._day("born", get("born", ""), unread),
            normalised(get("phone", "")).replace("-", ""),
            subdistrict,
            self.by_name.get((subdistrict, community), community),
            get("address", ""),
            until_on,
            {name: cells[name] for name in self.about if cells.get(name)},
        )

    def _day(self, column: str, text: str, unread: dict[str, Sentence]) -> date | None:
        if not text:
            return None
        known = self.days.get(text)
        if known is None:
            try:
                known = date.fromisoformat(read_cell(self.columns[column], text))
            except CellFault as fault:
                unread[column] = str(fault)
                return None
            if len(self.days) < 5000:
                self.days[text] = known
        return known


def reason(kind: str, row: Row) -> str:
    """What is wrong and odd with a row, in one cell of the sheet that goes back."""
    labels = {column.name: str(column.label) for column in columns(kind)}
    said = {**row.doubts, **row.faults}
    return "；".join(f"{labels.get(name, name)}：{sentence}" for name, sentence in said.items())
