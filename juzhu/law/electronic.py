"""The electronic permit as a document: how it is signed, and the codes in its e-licence number."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictStr

from juzhu.law.requirements import Part

ORGAN = r"[0-9A-HJ-NP-RTUWXY]{18}"
"""统一社会信用代码, by its characters."""


class LicenceType(Part):
    """证照类型代码: the organ that defined the type, and three digits of its own."""

    code: Annotated[StrictStr, Field(pattern=rf"^{ORGAN}[0-9]{{3}}$")]
    official: StrictBool
    """Whether the code was assigned; one that was not is never shown as such."""


class Organ(Part):
    """证照颁发机构代码: who issues it."""

    code: Annotated[StrictStr, Field(pattern=rf"^{ORGAN}$")]
    official: StrictBool


class ElectronicPermit(Part):
    """`algorithm` is what new documents are signed with; each names its own, so that earlier ones stay good.

    Source: GB/T 36904 for the shape of the number; the notice names no code.
    """

    algorithm: Literal["ES256", "SM2"]
    licence_type: LicenceType
    issuing_organ: Organ
