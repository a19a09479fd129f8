"""One thing that is reported, and what can be wrong with it: the same for the page, the sheet and the API."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from juzhu.law import deadlines
from juzhu.law.calendar import completed_years
from juzhu.law.policy import Policy
from juzhu.operations.errors import Sentence
from juzhu.people.actions import MOBILE
from juzhu.people.errors import IdentityNumberInvalid
from juzhu.people.identity_numbers import normalised, parse
from juzhu.people.models import NAME_LENGTH, Organisation, Person, Trade
from juzhu.people.names import folded
from juzhu.registration import addresses
from juzhu.registration.models.reports import KINDS, PHASES
from juzhu.registration.subdistricts import SUBDISTRICTS

WORK, LEASE, STAY, WORK_INTRODUCED, LEASE_INTRODUCED, LETTING = (code for code, _word in KINDS)
BEGAN, ENDED = (code for code, _word in PHASES)

BY_TRADE: dict[str, tuple[str, ...]] = {
    Trade.EMPLOYER: (WORK,),
    Trade.LANDLORD: (LEASE,),
    Trade.PROPERTY: (LEASE,),
    Trade.LETTING_AGENT: (LEASE_INTRODUCED,),
    Trade.EMPLOYMENT_AGENT: (WORK_INTRODUCED,),
    Trade.HOTEL: (STAY,),
    Trade.HOSPITAL: (STAY,),
    Trade.SCHOOL: (STAY,),
    Trade.RESCUE: (STAY,),
    Trade.COMMUNITY: (LETTING, LEASE),
}
"""What an organisation reports by what it does; its own workers every one. Source: Zhejiang arts. 8 to 12."""
DUTIES: dict[str, tuple[deadlines.DeadlineKind, str]] = {
    Trade.EMPLOYER: ("employer_report", "zhejiang-2016:8"),
    Trade.LANDLORD: ("landlord_report", "zhejiang-2016:9"),
    Trade.PROPERTY: ("property_report", "zhejiang-2016:10"),
    Trade.LETTING_AGENT: ("agency_report", "zhejiang-2016:11"),
    Trade.EMPLOYMENT_AGENT: ("agency_report", "zhejiang-2016:11"),
}
"""By when, by what it reports as. Stays and what a community learns have no days in the statute."""
WITH_PLACE = frozenset({LEASE, STAY, LEASE_INTRODUCED, LETTING})
LONGEST_AGO = timedelta(days=3 * 365)
WORKS_FROM = 16
"""Labour Law art. 15."""
OLDEST = 110
SIGNS = re.compile(r"[0-9<>{}=@]")
HOUSE_NUMBER = re.compile(r"[0-9０-９一二三四五六七八九十]")
LONGEST = 200
"""Signs of an address, and of what only some kinds have."""


@cache
def _kinds(trades: tuple[str, ...]) -> tuple[str, ...]:
    found = [kind for trade in trades for kind in BY_TRADE.get(trade, ())]
    return tuple(dict.fromkeys([*found, WORK]))


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reports: an organisation, or a private landlord. Exactly one is given."""

    organisation: Organisation | None = None
    person: Person | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """What may be reported."""
        if self.organisation is None:
            return (LEASE,)
        return _kinds(tuple(self.organisation.trades))

    def trade_for(self, kind: str) -> str:
        """What it reports as: the trade that has the duty."""
        if self.organisation is None:
            return Trade.LANDLORD
        for trade in self.organisation.trades:
            if kind in BY_TRADE.get(trade, ()):
                return str(trade)
        return Trade.EMPLOYER

    @property
    def scope(self) -> dict[str, Any]:
        """The columns of its own rows."""
        return {"organisation": self.organisation, "reporter": self.person}

    @property
    def area(self) -> str:
        """The subdistrict of the organisation; "" of a person."""
        return self.organisation.subdistrict if self.organisation else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is reported of one person. `happened_on` is the day of hiring, letting, arriving or leaving."""

    kind: str
    phase: str
    happened_on: date
    name: str
    identity_number: str = ""
    born: date | None = None
    phone: str = ""
    subdistrict: str = ""
    community: str = ""
    address: str = ""
    until_on: date | None = None
    about: dict[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """What makes two reports the same: SHA-256 over who, what, when, and where, for kinds that have a
        place, as they are compared.
        """
        who = self.identity_number or f"{folded(self.name)}/{self.born or ''}/{self.phone}"
        where = ("", "")
        if self.kind in WITH_PLACE:
            where = (self.subdistrict, addresses.key(self.subdistrict, self.address))
        parts = (self.kind, self.phase, self.happened_on.isoformat(), who, *where)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@dataclass(slots=True)
class Looked:
    """An entry with what is wrong (`faults`, it is not taken) and odd (`doubts`, it is, if wanted)."""

    entry: Entry
    faults: dict[str, Sentence] = field(default_factory=dict)
    doubts: dict[str, Sentence] = field(default_factory=dict)
    fingerprint: str = ""
    """The entry's, once `Firsts` has asked for it."""

    @property
    def verdict(self) -> str:
        return "wrong" if self.faults else "doubtful" if self.doubts else "fine"


def look(entry: Entry, reporter: Reporter, today: date, communities: Collection[tuple[str, str]]) -> Looked:
    """Look at one entry. `communities` are (subdistrict, code) that the district has loaded."""
    seen = Looked(entry)
    for check in (_kind, _who, _when):
        check(seen, reporter, today)
    _where(seen, communities)
    return seen


def _kind(seen: Looked, reporter: Reporter, _today: date) -> None:
    if seen.entry.kind not in reporter.kinds:
        seen.faults["kind"] = _("您的单位类型不报这一类。请改选报送类型。")
    if seen.entry.phase not in (BEGAN, ENDED):
        seen.faults["phase"] = _("请写“开始”或“结束”。")
    if seen.entry.kind == WORK_INTRODUCED and not seen.entry.about.get("employer"):
        seen.faults["employer"] = _("没有写介绍到哪个单位。")


def _who(seen: Looked, _reporter: Reporter, today: date) -> None:
    entry = seen.entry
    if not entry.name.strip():
        seen.faults["name"] = _("没有写姓名。")
    elif len(entry.name) > NAME_LENGTH:
        seen.faults["name"] = _("姓名太长，请只写姓名。")
    elif not entry.name.isalpha() and SIGNS.search(unicodedata.normalize("NFKC", entry.name)):
        seen.faults["name"] = _("姓名里有数字或符号。请照身份证写。")
    born = entry.born
    if entry.identity_number:
        try:
            born = _read_number(seen, today)
        except IdentityNumberInvalid as invalid:
            seen.faults["identity_number"] = invalid.sentence
    elif entry.born is None or not entry.phone:
        seen.faults["identity_number"] = _("没有身份号码时，出生日期和手机号都要写。")
    else:
        seen.doubts["identity_number"] = _("没有身份号码。要请本人或社区核实，能问到请补上。")
    if entry.phone and not MOBILE.fullmatch(entry.phone):
        seen.faults["phone"] = _("手机号是 11 位数字，以 1 开头。")
    if born is not None:
        _age(seen, born, today)


def _read_number(seen: Looked, today: date) -> date:
    number = parse(seen.entry.identity_number, today)
    if seen.entry.born is not None and seen.entry.born != number.born:
        seen.faults["born"] = _("出生日期和身份号码里的不一样。")
    if number.warning:
        seen.doubts["identity_number"] = number.warning
    return number.born


def _age(seen: Looked, born: date, today: date) -> None:
    if born > today:
        seen.faults["born"] = _("出生日期在今天以后。")
        return
    if today.year - born.year > OLDEST and completed_years(born, today) > OLDEST:
        seen.doubts["born"] = _("年龄超过 110 岁。请再看一遍。")
    working = seen.entry.kind in {WORK, WORK_INTRODUCED} and seen.entry.phase == BEGAN
    if working and completed_years(born, seen.entry.happened_on) < WORKS_FROM:
        seen.doubts["born"] = _("开始工作时不满 16 周岁。请再看一遍；确实如此，社区会联系您。")


def _when(seen: Looked, _reporter: Reporter, today: date) -> None:
    entry = seen.entry
    if entry.happened_on > today:
        seen.faults["happened_on"] = _("这一天还没有到。发生以后再报。")
    elif entry.happened_on < today - LONGEST_AGO:
        seen.faults["happened_on"] = _("是三年以前的事，请核对年份；确实如此，请直接联系社区。")
    if entry.until_on is not None and entry.until_on < entry.happened_on:
        seen.faults["until_on"] = _("结束的日期早于开始的日期。")
    if entry.born is not None and entry.happened_on < entry.born:
        seen.faults["happened_on"] = _("早于这个人的出生日期。")


def _where(seen: Looked, communities: Collection[tuple[str, str]]) -> None:
    entry = seen.entry
    if entry.subdistrict and entry.subdistrict not in SUBDISTRICTS:
        seen.faults["subdistrict"] = _("不是拱墅区的街道。请从列表里选。")
    elif entry.community and (entry.subdistrict, entry.community) not in communities:
        seen.faults["community"] = _("这个街道没有这个社区。")
    if len(entry.address) > LONGEST:
        seen.faults["address"] = _("地址太长，最多 200 个字。")
    for name, text in entry.about.items():
        if len(text) > LONGEST:
            seen.faults[name] = _("太长了，最多 200 个字。")
    if entry.kind not in WITH_PLACE:
        return
    if not entry.subdistrict:
        seen.faults.setdefault("subdistrict", _("没有写街道。"))
    if not entry.address.strip():
        seen.faults["address"] = _("没有写地址。")
    elif not HOUSE_NUMBER.search(entry.address):
        seen.doubts["address"] = _("地址里没有门牌号。写到几号几室，社区才找得到。")


class Firsts:
    """Who says a thing first. Every line that says it again has a fault laid on it."""

    def __init__(self) -> None:
        self.lines: dict[str, int] = {}

    def look(self, line: int, seen: Looked) -> int:
        """The line before this one that says the same; 0 for none. Rows with faults say nothing."""
        if seen.faults:
            return 0
        seen.fingerprint = seen.entry.fingerprint
        before = self.lines.setdefault(seen.fingerprint, line)
        if before == line:
            return 0
        seen.faults["name"] = said_before(before)
        return before


def said_before(line: int) -> str:
    """What is wrong with a row that says what that line has said."""
    return _("和第 %(line)s 行是同一件事。") % {"line": line}


def due_on(entry: Entry, reporter: Reporter, told_on: date | None, rules: Policy) -> date | None:
    """The last day in time; None where the statute states no days. `told_on`: of a property firm that a
    landlord has told, whose three days run from then. Source: Zhejiang art. 10.
    """
    duty = DUTIES.get(reporter.trade_for(entry.kind))
    if duty is None:
        return None
    return deadlines.deadline(duty[0], told_on or entry.happened_on, rules).last_day


def tidied(entry_number: str) -> str:
    """An identity number as it is stored."""
    return normalised(entry_number)
