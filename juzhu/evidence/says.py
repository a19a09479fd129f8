"""What every kind's typed content is made of: the base form, small types, faults that name a field."""

from datetime import date
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from juzhu.people.identity_numbers import check_character, normalised

Division = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
Month = Annotated[str, StringConstraints(pattern=r"^(19|2[01])[0-9]{2}-(0[1-9]|1[0-2])$")]
ShortText = Annotated[str, StringConstraints(max_length=200)]
Count = Annotated[int, Field(ge=0, le=10_000)]
SquareMetres = Annotated[float, Field(gt=0, le=1_000_000)]
Fen = Annotated[int, Field(ge=0, le=10_000_000_00)]
"""Money in whole fen."""


def _checked_number(text: str) -> str:
    number = normalised(text)
    if number and (
        len(number) != 18 or not number[:17].isdecimal() or check_character(number[:17]) != number[17]
    ):
        raise PydanticCustomError("check_digit", "no identity number")
    return number


OtherIdentityNumber = Annotated[str, AfterValidator(_checked_number)]
"""A citizen's identity number of somebody else than the person that is spoken of; empty: not said."""


class Validity(NamedTuple):
    """From when to when a piece holds, both days included; None: not limited, or not said."""

    first: date | None = None
    last: date | None = None


class Says(BaseModel):
    """The typed content of one piece of evidence. Unknown fields are errors."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    @property
    def validity(self) -> Validity:
        """From when to when it holds, where the kind says so."""
        return Validity()

    @property
    def about(self) -> str:
        """What it is about, where a person can have several of its kind that all stand (two guardians)."""
        return ""


def fault(code: str, field: str) -> PydanticCustomError:
    """A fault that only shows when fields are compared, laid on one of them. `evidence.faults` has its
    words.
    """
    return PydanticCustomError(code, "the fields do not fit together", {"field": field})


def in_order(first: date | str | None, last: date | str | None, field: str) -> None:
    """Raises when an end comes before its beginning."""
    if first and last and last < first:  # type: ignore[operator]
        raise fault("before_start", field)


USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def code_fits(code: str) -> bool:
    """Whether a unified social credit code's check character fits. Source: GB 32100-2015."""
    text = code.strip().upper()
    if len(text) != 18 or any(sign not in USCC_SIGNS for sign in text):
        return False
    total = sum(USCC_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(text[:17]))
    return USCC_SIGNS[(31 - total % 31) % 31] == text[17]
