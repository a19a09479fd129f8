"""Departments' sheets as files: the form of each kind's, in `spreadsheets`' terms."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy

from juzhu.evidence import spreadsheets
from juzhu.evidence.cells import in_chinese
from juzhu.evidence.fields import FIELDS, Asked
from juzhu.evidence.kinds import NAMES, Kind
from juzhu.evidence.spreadsheets import BROKEN as BROKEN
from juzhu.evidence.spreadsheets import EXAMPLE, Form, Row
from juzhu.evidence.spreadsheets import REASON as REASON
from juzhu.evidence.spreadsheets import heading as heading

MOST_ROWS = 5000
PERSON = (
    Asked("person_name", gettext_lazy("姓名"), required=True, example=f"{EXAMPLE}周晓芸"),
    Asked("person_number", gettext_lazy("公民身份号码"), "identity", True, example="341221199308170023"),
)


def columns(kind: Kind) -> tuple[Asked, ...]:
    """The columns of a kind's sheet: whose word it is about, then its fields."""
    return (*PERSON, *FIELDS[kind])


def form_of(kind: Kind) -> Form:
    """The sheet of a kind."""
    notes = (
        ("一行一个月。一个人的月份要写全：这张表代替他以前的全部记录。",) if kind is Kind.INSURANCE else ()
    )
    return Form(in_chinese(NAMES[kind]), columns(kind), PERSON[0].name, MOST_ROWS, notes)


def template(kind: Kind) -> bytes:
    """An empty sheet with an example row and notes."""
    return spreadsheets.template(form_of(kind))


def returned(kind: Kind, rows: Iterable[tuple[Mapping[str, str], str]]) -> bytes:
    """The rows that were not taken, as they were typed, each with its reason."""
    return spreadsheets.returned(form_of(kind), rows)


def read(kind: Kind, content: bytes, name: str) -> list[Row]:
    """The rows of a filled-in sheet. Raises SheetRefused."""
    return list(spreadsheets.read(form_of(kind), content, name))
