"""How each character stands on a day, in a line, and the days on which something will happen to them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from juzhu.demo.characters import CHARACTERS
from juzhu.demo.identities import Character
from juzhu.design.formats import day as day_words
from juzhu.design.formats import language
from juzhu.law.eligibility import routes
from juzhu.operations.rules import in_force
from juzhu.people.models import Account, Person
from juzhu.permits.facts import situation
from juzhu.permits.models import STATE_NAMES, Application, FraudCase, Permit
from juzhu.permits.queries import current_permit
from juzhu.permits.transitions import State

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Telling:
    """A day on which something happens to somebody."""

    day: date
    character: Character
    what: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A character as they stand: `tone` is good, warn, bad or soft, as the tag's colour; `days` lie ahead."""

    character: Character
    words: str
    tone: str
    days: tuple[Telling, ...]


def standings(today: date) -> list[Standing]:
    """Every character as they stand on a day; an older demo lacks those who joined since."""
    with_account = Account.objects.filter(login__in=[one.phone for one in CHARACTERS if one.phone])
    people = {account.login: account.person for account in with_account.select_related("person")}
    for one in CHARACTERS:
        if not one.phone and (known := person_of(one)):
            people[one.key] = known
    there = [(one, one.phone or one.key) for one in CHARACTERS]
    return [_standing(one, people[key], today) for one, key in there if key in people]


def person_of(character: Character) -> Person | None:
    """Who a character is in the service: by number, or as somebody whose identity is not proved yet."""
    known = Person.objects.filter(identity_number=character.number).first()
    return known or Person.objects.filter(identity_number="", name=character.name).first()


def days_ahead(stands: list[Standing]) -> list[Telling]:
    """All days on which something happens, the nearest first."""
    return sorted((day for stand in stands for day in stand.days), key=lambda telling: telling.day)


def _standing(character: Character, person: Person | None, today: date) -> Standing:
    if person is None:
        return Standing(character, _("还没有核对身份"), "soft", ())
    if not person.identity_number:
        return Standing(character, _("身份待核实"), "warn", ())
    permit = current_permit(person)
    filed = Application.objects.filter(person=person).exclude(number=None).order_by("-pk").first()
    if permit is not None:
        return _holding(character, permit, filed, today)
    if filed is not None and (filed.is_open or filed.state == State.REFUSED):
        return _filed(character, filed, today)
    if person.died_on is not None:
        return Standing(character, _("件已经终结"), "soft", ())
    return _before(character, person, today)


def _holding(character: Character, permit: Permit, filed: Application | None, today: date) -> Standing:
    status = permit.status(in_force(today), today)
    opens, closes = status.window
    ahead = (
        (opens, _("签注期开始")),
        (closes, _("签注最后一天")),
        (closes + ONE_DAY, _("没有签注的话，证从这天起停用")),
    )
    days = tuple(Telling(day, character, what) for day, what in ahead if day > today)
    if status.status == "terminated":
        return Standing(character, _("居住证已终止"), "bad", ())
    if may_speak_until := _may_speak_until(permit, today):
        words = _("可以陈述，到 %(day)s") % {"day": _day(may_speak_until)}
        last = _later(may_speak_until, today, character, _("陈述的最后一天"))
        return Standing(character, words, "warn", (*last, *days))
    if filed is not None and filed.is_endorsement and filed.is_open:
        words = _("签注：%(state)s") % {"state": STATE_NAMES[State(filed.state)]}
        return Standing(character, words, "warn", () if status.under_review else days)
    if status.status == "suspended":
        since = status.suspended_from or closes
        return Standing(character, _("居住证 %(day)s 起停用") % {"day": _day(since)}, "bad", ())
    words = _("居住证正常，到 %(day)s") % {"day": _day(status.valid_until)}
    return Standing(character, words, "warn" if today >= opens else "good", days)


def _may_speak_until(permit: Permit, today: date) -> date | None:
    """The last day on which the holder may state their case, where they were told of one."""
    told = FraudCase.objects.filter(permit=permit, state="told", statement_by__gte=today)
    return told.values_list("statement_by", flat=True).first()


def _filed(character: Character, filed: Application, today: date) -> Standing:
    state = State(filed.state)
    if filed.open_pause is not None:
        return Standing(character, _("期限停着，等鉴定"), "warn", ())
    tone = "bad" if state == State.REFUSED else "warn" if state == State.SUPPLEMENT_REQUESTED else "soft"
    return Standing(
        character, str(STATE_NAMES[state]), tone, tuple(_deadlines(character, filed, state, today))
    )


def _deadlines(character: Character, filed: Application, state: State, today: date) -> Iterator[Telling]:
    if state == State.SUBMITTED and filed.examine_by:
        yield from _later(filed.examine_by + ONE_DAY, today, character, _("没有人看的话，从这天起算已受理"))
    if state == State.SUPPLEMENT_REQUESTED and filed.supplement_by:
        yield from _later(filed.supplement_by, today, character, _("补材料的最后一天"))
    if state == State.ACCEPTED and filed.due_on:
        yield from _later(filed.due_on, today, character, _("办结的最后一天"))


def _before(character: Character, person: Person, today: date) -> Standing:
    rules = in_force(today)
    if person.household_division in rules.parameters.urban_divisions:
        return Standing(character, _("本地户口，不用办"), "soft", ())
    seen = situation(person, rules, today, form_done=True)
    if seen.current is None:
        return Standing(character, _("还没有登记"), "warn", ())
    found = routes(seen.facts, rules, today)
    if any(answer.outcome == "accept" for answer in found.values()):
        return Standing(character, _("今天可以申领"), "good", ())
    answers = [answer for route, answer in found.items() if route != "talent"]
    lacking = [len(answer.missing) for answer in answers if answer.outcome == "supplement"]
    if lacking:
        return Standing(character, _("还缺 %(n)s 项证明") % {"n": min(lacking)}, "warn", ())
    soonest = min((answer.earliest_on for answer in answers if answer.earliest_on), default=None)
    if soonest is None:
        return Standing(character, _("条件还没有满足"), "warn", ())
    words = _("最早 %(day)s 可以申领") % {"day": _day(soonest)}
    return Standing(character, words, "soft", tuple(_later(soonest, today, character, _("从这天起可以申领"))))


def _later(day: date, today: date, character: Character, what: str) -> Iterator[Telling]:
    if day > today:
        yield Telling(day, character, what)


def _day(value: date) -> str:
    return day_words(value, language())
