"""The provider of face verification, as `JUZHU_FACE_PROVIDER` says; read at start, without Django."""

from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from juzhu.operations.public_keys import key_set

ADDRESS = r"^https?://[^\s?#]+$"


class Name(BaseModel):
    """What people are told that the provider is called."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: str = Field(min_length=2, max_length=80)
    en: str = Field(min_length=2, max_length=80)


class FaceProvider(BaseModel):
    """A certified provider of face verification with liveness. With `jwks` its results must be signed."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    name: Name
    contact: str = Field(min_length=5, max_length=80)
    """Where people ask the provider about their data: they are told of it before."""
    keeps_days: int = Field(ge=0, le=3650)
    """How long the provider keeps an image by its contract with the district. 0: not at all."""
    url: str = Field(pattern=ADDRESS)
    """Without the `/v1/sessions` that is asked for."""
    pages: str = Field(default="", pattern=rf"^$|{ADDRESS}")
    """Where its pages are, if elsewhere: people are sent to no other host."""
    token: SecretStr
    jwks: dict[str, Any] = {}
    least_score: float = Field(default=0.8, ge=0, le=1)
    least_liveness: int = Field(default=1, ge=1, le=3)
    """A photograph passes at level 0, so that no lower threshold can be set than 1."""
    timeout_s: float = Field(default=3, gt=0, le=10)
    breaker_faults: int = Field(default=5, ge=1, le=100)
    breaker_rest_s: float = Field(default=30, gt=0, le=3600)

    @field_validator("jwks")
    @classmethod
    def can_be_read(cls, value: dict[str, Any]) -> dict[str, Any]:
        """Raises ValueError for anything but public keys on P-256."""
        if value:
            key_set(value)
        return value

    @property
    def origin(self) -> str:
        """The one origin to which people are sent."""
        parts = urlsplit(self.pages or self.url)
        return f"{parts.scheme}://{parts.netloc}"


WAYS = ("passkey", "password", "face", "local_face")
USUAL = ("passkey", "password", "face")
"""In this order, where the settings name none: what somebody can use and needs least of them comes first."""


def faults_of(ways: list[str], provider: FaceProvider | None, *, production: bool) -> list[str]:
    """What is wrong with the ways that the settings name, and with the provider."""
    faults = []
    if unknown := sorted(set(ways) - set(WAYS)):
        faults.append(f"JUZHU_PRESENCE_WAYS knows {', '.join(WAYS)}, and not {', '.join(unknown)}")
    if ways and "password" not in ways:
        faults.append(
            "JUZHU_PRESENCE_WAYS must hold password: everybody has one, and no other way may be the only one"
        )
    if "face" in ways and provider is None:
        faults.append("JUZHU_PRESENCE_WAYS names face, and JUZHU_FACE_PROVIDER connects nobody who checks it")
    if production and "local_face" in ways:
        faults.append("JUZHU_PRESENCE_WAYS must not hold local_face: it takes a photograph for the person")
    if (
        production
        and provider
        and not all(address.startswith("https://") for address in (provider.url, provider.origin))
    ):
        faults.append("the addresses in JUZHU_FACE_PROVIDER must be https")
    return faults
