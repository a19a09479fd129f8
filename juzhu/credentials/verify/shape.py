"""Members of the shape they must have, or Refused as malformed."""

from collections.abc import Mapping
from typing import Any

from juzhu.credentials.verify.errors import malformed


def text(of: Mapping[Any, Any], name: int | str) -> str:
    """A text that is not empty."""
    value = of.get(name)
    if type(value) is not str or not value:
        raise malformed()
    return value


def number(of: Mapping[Any, Any], name: int | str) -> int:
    """An integer from zero."""
    value = of.get(name)
    if type(value) is not int or value < 0:
        raise malformed()
    return value


def number_or_none(of: Mapping[Any, Any], name: int | str) -> int | None:
    return None if of.get(name) is None else number(of, name)


def mapping(of: Mapping[Any, Any], name: int | str) -> dict[Any, Any]:
    value = of.get(name)
    if type(value) is not dict:
        raise malformed()
    return value


def texts(of: Mapping[Any, Any], name: int | str) -> list[str]:
    """A list of texts."""
    value = of.get(name)
    if type(value) is not list or any(type(item) is not str for item in value):
        raise malformed()
    return value
