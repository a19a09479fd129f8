"""Which departments' services are asked, as `JUZHU_BUREAUS` says. Knows no Django setting: read at start."""

from typing import Self

from pydantic import Field, model_validator

from juzhu.evidence.departments import gives
from juzhu.evidence.kinds import Kind
from juzhu.operations.connected import Connected


class Bureau(Connected):
    """One department's service. Without `jwks` signed answers are refused; unsigned ones are "confirmed"."""

    department: str
    kinds: frozenset[Kind] = Field(min_length=1)
    timeout_s: float = Field(default=1.5, gt=0, le=10)
    max_age_h: float = Field(default=24, gt=0, le=24 * 366)
    """How long an answer is fresh, so that the same is not asked again."""

    @model_validator(mode="after")
    def asks_what_is_given(self) -> Self:
        """A department is asked only for what is its own."""
        foreign = sorted(self.kinds - gives(self.department))
        if foreign:
            raise ValueError(f"{self.department} does not give {', '.join(foreign)}")
        return self


def faults_of(bureaus: list[Bureau], *, production: bool) -> list[str]:
    """What is wrong with all of them together."""
    kinds = [kind for bureau in bureaus for kind in bureau.kinds]
    twice = sorted({kind.value for kind in kinds if kinds.count(kind) > 1})
    faults = [f"{', '.join(twice)} can be asked of one bureau only"] if twice else []
    if production and any(not bureau.url.startswith("https://") for bureau in bureaus):
        faults.append("every url in JUZHU_BUREAUS must be an https address")
    return faults
