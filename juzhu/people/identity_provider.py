"""The port by which a real name is checked, and its two adapters.

Source: notice 2(2)3 (sign in with the real name).
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

import httpx
from django.conf import settings
from django.utils.module_loading import import_string
from pydantic import BaseModel, Field, ValidationError

from juzhu.people.errors import IdentityNotConfirmed, IdentityProviderDown
from juzhu.people.models import NAME_LENGTH, PopulationRecord
from juzhu.people.names import folded


@dataclass(frozen=True, slots=True)
class ConfirmedIdentity:
    """What the provider says of somebody whose name and number belong together."""

    identity_number: str
    name: str
    sex: int
    ethnic_group: str
    born: date
    household_division: str
    household_address: str
    source: str
    photo_id: int | None = None


class IdentityProvider(Protocol):
    """Confirm that a name and an identity number belong to one living person.

    Raises IdentityNotConfirmed, without saying which of the two is wrong, or IdentityProviderDown.
    """

    def confirm(self, name: str, identity_number: str) -> ConfirmedIdentity: ...


class PopulationRegisterProvider:
    """The embedded provider: the population register's table in our own database."""

    def confirm(self, name: str, identity_number: str) -> ConfirmedIdentity:
        record = PopulationRecord.objects.filter(identity_number=identity_number).first()
        if record is None or folded(record.name) != folded(name):
            raise IdentityNotConfirmed
        return ConfirmedIdentity(
            identity_number, record.name, record.sex, record.ethnic_group, record.born,
            record.household_division,
            record.household_address, "population_register", record.photo_id,
        )  # fmt: skip


class ProviderAnswer(BaseModel):
    """What a provider behind HTTP answers; what it says besides is not read."""

    name: str = Field(min_length=1, max_length=NAME_LENGTH)
    sex: Literal[0, 1, 2, 9]
    ethnic_group: str = Field(pattern=r"^(0[1-9]|[1-4][0-9]|5[0-6])$")
    born: date
    household_division: str = Field(pattern=r"^[0-9]{6}$")
    household_address: str = Field(default="", max_length=200)


class HttpIdentityProvider:
    """A provider behind HTTP: `POST {url}` with name and number.

    It answers 200 with a ProviderAnswer, or 404; anything else, or silence, is an outage.
    """

    def confirm(self, name: str, identity_number: str) -> ConfirmedIdentity:
        try:
            answer = httpx.post(
                settings.JUZHU_IDENTITY_PROVIDER_URL,
                json={"name": name, "identity_number": identity_number},
                headers={"Authorization": f"Bearer {settings.JUZHU_IDENTITY_PROVIDER_TOKEN}"},
                timeout=settings.JUZHU_IDENTITY_PROVIDER_TIMEOUT_S,
            )
            if answer.status_code == httpx.codes.NOT_FOUND:
                raise IdentityNotConfirmed
            answer.raise_for_status()
            known = ProviderAnswer.model_validate_json(answer.content)
        except (httpx.HTTPError, ValidationError) as error:
            raise IdentityProviderDown from error
        return ConfirmedIdentity(identity_number=identity_number, source="http", **known.model_dump())


def provider() -> IdentityProvider:
    """The provider that the settings name."""
    found: IdentityProvider = import_string(settings.JUZHU_IDENTITY_PROVIDER)()
    return found
