"""The provider of face verification, as `JUZHU_FACE_PROVIDER` says; read at start, without Django."""

from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field

from juzhu.operations.connected import ADDRESS, Connected


class Name(BaseModel):
    """What people are told that the provider is called."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: str = Field(min_length=2, max_length=80)
    en: str = Field(min_length=2, max_length=80)


class FaceProvider(Connected):
    """A certified provider of face verification with liveness. With `jwks` its results must be signed."""

    name: Name
    contact: str = Field(min_length=5, max_length=80)
    """Where people ask the provider about their data: they are told of it before."""
    keeps_days: int = Field(ge=0, le=3650)
    """How long the provider keeps an image by its contract with the district. 0: not at all."""
    pages: str = Field(default="", pattern=rf"^$|{ADDRESS}")
    """Where its pages are, if elsewhere: people are sent to no other host."""
    least_score: float = Field(default=0.8, ge=0, le=1)
    least_liveness: int = Field(default=1, ge=1, le=3)
    """A photograph passes at level 0, so that no lower threshold can be set than 1."""
    timeout_s: float = Field(default=3, gt=0, le=10)

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
