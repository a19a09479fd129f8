"""What is wrong with a field, in words for whoever typed it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from juzhu.operations.errors import Sentence

_WORDS: dict[str, Sentence] = {
    "missing": _("没有填。"),
    "list_type": _("没有填。"),
    "string_type": _("没有填。"),
    "string_too_short": _("没有填。"),
    "string_too_long": _("太长了，最多 200 个字。"),
    "too_short": _("没有填。"),
    "too_long": _("太多了，写不下。"),
    "literal_error": _("不在可以选的里面。"),
    "bool_type": _("请写“是”或“否”。"),
    "bool_parsing": _("请写“是”或“否”。"),
    "extra_forbidden": _("没有这一项。"),
    "greater_than": _("要大于 0。"),
    "greater_than_equal": _("不能小于 0。"),
    "less_than_equal": _("数字太大了。"),
    "check_digit": _("这个身份号码最后一位对不上，请对照证件再看一遍。"),
    "before_start": _("结束不能早于开始。"),
    "both_ends": _("开始和结束要么都填，要么都不填。"),
    "month_twice": _("同一个月、同一单位写了两次。"),
    "passed_with_a_yes": _("三项里有“是”，结论不能写“通过”。"),
}


def of(error: ValidationError) -> dict[str, Sentence]:
    """Each wrong field with its first fault, by dotted name: "runs.0.to"."""
    found: dict[str, Sentence] = {}
    for row in error.errors(include_url=False):
        found.setdefault(_field(row), _WORDS.get(row["type"], _("格式不对。")))
    return found


def _field(row: Any) -> str:
    parts = [str(part) for part in row["loc"]]
    named = row.get("ctx", {}).get("field")
    return ".".join([*parts, named] if named else parts)
