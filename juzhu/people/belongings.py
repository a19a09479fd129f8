"""What hangs on a person's record: what would go over in a merge, what stays, and what stands in the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import ForeignObjectRel, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from juzhu.operations.errors import Sentence
from juzhu.operations.models import AppendOnly
from juzhu.people.models import Guardianship, Person

STAYS = frozenset({"people.Likeness", "people.Merge"})
"""Tables that speak of the records themselves."""
STAYS_TWICE = frozenset({"people.Guardianship", "registration.TenantWord", "evidence.Inquiry"})
"""Of these, a row that the kept record has just so stays where it is: nothing is lost by it."""
IN_THE_WAY: dict[str, Sentence] = {
    "people.Account": _("两边都有账号，不能合并。请交给系统管理员。"),
    "registration.Report": _("两边报送过同一件事。请先撤回其中一份。"),
    "registration.Registration": _("两边都有现行的居住登记。请先给其中一个办离开。"),
    "registration.HelpCall": _("两边都有没有办完的求助。请先办完其中一个。"),
    "registration.TitleClaim": _("两边都交了同一处房屋的产权证明，还没有核对。请先核对其中一份。"),
    "permits.Permit": _("两边都有没有终止的居住证。请先终止其中一个。"),
    "permits.Application": _("两边都有没有办结的申请。请先办结其中一个。"),
}
EACH_OTHERS_GUARDIAN = _("一方是另一方的监护人，不是同一个人。")
FACTS_DIFFER = _("要并走的档案记着去世或者户口迁入，留下的档案没有。请先记到留下的档案上。")
MOST_NAMED = 5
Keys = dict[str, list[Any]]


def in_the_way_words(table: str) -> Sentence:
    """Why two records can't be one while each has a row of a table."""
    return IN_THE_WAY.get(table, _("两边都有，不能合并：%s。") % table)


def walls(gone: Person, kept: Person) -> list[Sentence]:
    """What has to be settled before `gone` can go over to `kept`; empty when nothing is in the way."""
    found = [
        in_the_way_words(model._meta.label)
        for model, column in _relations()
        if model._meta.label not in STAYS_TWICE and _doubles(model, column, gone, kept)
    ]
    pair = (gone.pk, kept.pk)
    if Guardianship.objects.filter(guardian__in=pair, child__in=pair).exists():
        found.append(EACH_OTHERS_GUARDIAN)
    facts = ((gone.died_on, kept.died_on), (gone.local_since, kept.local_since))
    if any(theirs is not None and theirs != ours for theirs, ours in facts):
        found.append(FACTS_DIFFER)
    return found


def going_over(gone: Person, kept: Person) -> Keys:
    """The keys of the rows that would go over, by table and column."""
    found: Keys = {}
    for model, column in _relations():
        keys = list(_rows(model, column, gone).values_list("pk", flat=True))
        if model._meta.label in STAYS_TWICE:
            twice = _doubles(model, column, gone, kept)
            keys = [key for key in keys if key not in twice]
        if keys:
            found[f"{model._meta.label}.{column}"] = keys
    return found


def staying(gone: Person, kept: Person) -> dict[str, int]:
    """How many rows stay with the record that goes: what is written once for ever, and what both have."""
    found: dict[str, int] = defaultdict(int)
    for model, column in _relations(written_once=True):
        found[model._meta.label] += _rows(model, column, gone).count()
    for model, column in _relations():
        if model._meta.label in STAYS_TWICE:
            found[model._meta.label] += len(_doubles(model, column, gone, kept))
    return {label: count for label, count in found.items() if count}


def move(gone: Person, kept: Person) -> Keys:
    """Give all that can go over to `kept`, in the caller's transaction. Raises InTheWay."""
    moved = going_over(gone, kept)
    shift(moved, gone, kept)
    return moved


def shift(moved: Keys, source: Person, target: Person) -> None:
    """Give rows from one record to another, so far as they are still there. Raises InTheWay."""
    for name, keys in moved.items():
        table, column = name.rsplit(".", 1)
        rows = model_of(table)._default_manager.filter(pk__in=keys, **{column: source})
        try:
            with transaction.atomic():
                rows.update(**{column: target})
        except IntegrityError as error:
            raise InTheWay(table) from error


@dataclass(frozen=True, slots=True)
class Named:
    """Rows of one table: how many, and the numbers of the first of them, where they bear one."""

    table: str
    count: int
    numbers: tuple[str, ...] = ()


def named(keys: Keys) -> list[Named]:
    """Rows as somebody can be told of them, table by table. A query for each table that bears numbers."""
    by_table: dict[str, set[Any]] = defaultdict(set)
    for name, some in keys.items():
        by_table[name.rsplit(".", 1)[0]].update(some)
    return [Named(table, len(some), _numbers(table, some)) for table, some in by_table.items()]


def still_there(moved: Keys, kept: Person) -> Keys:
    """Of the rows that went over in a merge, those that would go back: a row may have gone on since."""
    found = {}
    for name, keys in moved.items():
        table, column = name.rsplit(".", 1)
        rows = model_of(table)._default_manager.filter(pk__in=keys, **{column: kept}).order_by("pk")
        found[name] = list(rows.values_list("pk", flat=True))
    return {name: keys for name, keys in found.items() if keys}


def without(keys: Keys, some: Keys) -> Keys:
    """The keys that are not among some others."""
    found = {name: [key for key in rows if key not in some.get(name, ())] for name, rows in keys.items()}
    return {name: rows for name, rows in found.items() if rows}


def _numbers(table: str, keys: set[Any]) -> tuple[str, ...]:
    model = model_of(table)
    if "number" not in {field.name for field in model._meta.concrete_fields}:
        return ()
    rows = model._default_manager.filter(pk__in=keys).order_by("pk").values_list("number", flat=True)
    return tuple(number for number in rows[:MOST_NAMED] if number)


class InTheWay(Exception):
    """A table in which each of two people has what a person has once."""

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(table)


def model_of(table: str) -> type[models.Model]:
    """The model of a table's label, of whatever room."""
    return apps.get_model(table)


def _relations(*, written_once: bool = False) -> Iterator[tuple[type[models.Model], str]]:
    """Tables and their columns that point to a person, also where nothing leads back from the person: those
    that can be changed, or those that can't.
    """
    for relation in Person._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or relation.related_model._meta.label in STAYS:
            continue
        if issubclass(relation.related_model, AppendOnly) is written_once:
            yield relation.related_model, relation.field.name


def _rows(model: type[models.Model], column: str, person: Person) -> models.QuerySet[Any]:
    return model._default_manager.filter(**{column: person}).order_by("pk")


def _doubles(model: type[models.Model], column: str, gone: Person, kept: Person) -> set[Any]:
    """The keys of the rows of `gone` that its table allows a person once, where `kept` has such a row."""
    found: set[Any] = set()
    for fields, condition in _once(model, column):
        others = [name for name in fields if name != column]
        theirs = model._default_manager.filter(condition, **{column: kept}).order_by()
        taken = set(theirs.values_list(*others)) if others else {()} if theirs.exists() else set()
        for row in _rows(model, column, gone).filter(condition).values_list("pk", *others):
            if row[1:] in taken:
                found.add(row[0])
    return found


def _once(model: type[models.Model], column: str) -> Iterator[tuple[tuple[str, ...], Q]]:
    """What a table holds of a person once: the columns together, and for which rows."""
    if model._meta.get_field(column).one_to_one:
        yield (column,), Q()
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and column in constraint.fields:
            yield tuple(constraint.fields), constraint.condition or Q()
