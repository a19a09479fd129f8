"""Every setting of the service, read once from the environment and checked.

The default is production, so that a server which was set up by nobody refuses to start instead of
serving with a secret that everybody can read.
"""

from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AliasChoices, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from juzhu.config import mail
from juzhu.law.policy import available

DEVELOPMENT_SECRET = "development-only-secret-that-production-refuses-0123456789abcdef"  # noqa: S105, production refuses it
SHORTEST_SECRET = 50


class Environment(BaseSettings):
    """The settings of one running service. Variables are named `JUZHU_…`, and `DATABASE_URL`.

    Raises pydantic.ValidationError at start, with every fault at once, when production would be unsafe.
    """

    model_config = SettingsConfigDict(env_prefix="JUZHU_", extra="ignore", hide_input_in_errors=True)

    mode: Literal["production", "demo", "test"] = "production"
    secret_key: SecretStr = SecretStr(DEVELOPMENT_SECRET)
    debug: bool = False
    allowed_hosts: Annotated[list[str], NoDecode] = []
    trusted_origins: Annotated[list[str], NoDecode] = []
    behind_proxy: bool = False
    """True when a proxy in front ends TLS and sets X-Forwarded-Proto."""

    data_dir: Path = Path("var")
    database_url: str = Field(default="", validation_alias=AliasChoices("DATABASE_URL", "JUZHU_DATABASE_URL"))
    pool_size: int = Field(default=8, ge=1, le=200)

    policy: str = "gongshu-2022"
    """The policy pack by which new applications are decided."""
    application_prefix: str = "GS"
    registration_prefix: str = "DJ"
    permit_prefix: str = "330105"
    """Numbers are the district's own; no part of them is an official structure."""
    district_phone: str = "0571-0000 0000"

    public_url: str = ""
    """Where the service is reached, for the codes on papers, such as https://juzhu.example.cn. Unset, it is
    the first allowed host.
    """
    documents_dir: Path | None = None
    """The district's own templates, words, names, seals and fonts; see `juzhu manage check_documents`."""
    agent_needs_mandate: bool = True
    """Whether who fetches a confirmation slip for somebody else hands in a written mandate."""

    identity_provider: Literal["register", "http"] = "register"
    identity_provider_url: str = ""
    identity_provider_token: SecretStr = SecretStr("")
    sms: str = "juzhu.operations.sms.ConsoleSms"
    presence_check: str = "juzhu.people.presence.PasswordPresenceCheck"
    """Dotted names of the adapters to the district's SMS gateway and presence check."""
    identity_provider_timeout_s: float = Field(default=5.0, gt=0, le=30)

    email_url: SecretStr = SecretStr("")
    """See `juzhu.config.mail`. Unset, production sends no mail, and everything else prints it."""
    email_from: str = "juzhu@localhost"
    metrics_token: SecretStr = SecretStr("")
    """When set, /metrics wants `Authorization: Bearer …`; in production it answers to nobody without one."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("allowed_hosts", "trusted_origins", mode="before")
    @classmethod
    def split_at_commas(cls, value: object) -> object:
        """Hosts are written with commas between them, as everywhere else in the environment."""
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return value

    @field_validator("policy")
    @classmethod
    def know_the_policy(cls, value: str) -> str:
        """A pack that is missing is found at start, and not by the first applicant."""
        if value not in available():
            raise ValueError(f"there is no policy {value!r}; known are {', '.join(available())}")
        return value

    @field_validator("email_url")
    @classmethod
    def know_the_way_of_mail(cls, value: SecretStr) -> SecretStr:
        """Raises ValueError for an address that no backend of ours understands."""
        if value.get_secret_value():
            mail.read(value.get_secret_value())
        return value

    @model_validator(mode="after")
    def refuse_unsafe_production(self) -> Self:
        """Name all that is missing at once, so that nobody starts the service five times to learn it."""
        if self.mode != "production":
            return self
        faults = []
        secret = self.secret_key.get_secret_value()
        if secret == DEVELOPMENT_SECRET or len(secret) < SHORTEST_SECRET:
            faults.append(f"JUZHU_SECRET_KEY must be set to at least {SHORTEST_SECRET} random characters")
        if self.debug:
            faults.append("JUZHU_DEBUG must be off")
        if not self.allowed_hosts or "*" in self.allowed_hosts:
            faults.append("JUZHU_ALLOWED_HOSTS must name the hosts that are served")
        if self.identity_provider == "http" and not self.identity_provider_url.startswith("https://"):
            faults.append("JUZHU_IDENTITY_PROVIDER_URL must be an https address")
        if faults:
            raise ValueError("this is production: " + "; ".join(faults))
        return self

    @property
    def address(self) -> str:
        """The service's own address, without a slash at its end."""
        host = self.allowed_hosts[0].lstrip(".") if self.allowed_hosts else ""
        return (self.public_url or (f"https://{host}" if host else "http://127.0.0.1:8000")).rstrip("/")

    @property
    def demo(self) -> bool:
        """Whether invented people, one-click sign-in and the movable date exist."""
        return self.mode == "demo"

    @property
    def mail(self) -> dict[str, Any]:
        """Django's settings for mail. What is printed would name the addressee in the log of production."""
        unset = "none://" if self.mode == "production" else "console://"
        return mail.read(self.email_url.get_secret_value() or unset)

    @property
    def database(self) -> str:
        """The database's address; SQLite in the data folder unless DATABASE_URL says otherwise."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'juzhu.sqlite3'}"
