"""Every setting of the service, read once from the environment and checked.

The default is production, so that a server which was set up by nobody refuses to start instead of
serving with a secret that everybody can read.
"""

from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AliasChoices, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from juzhu.config import mail
from juzhu.evidence.connectors.addresses import Bureau, faults_of
from juzhu.law.facts import ROUTES
from juzhu.law.schedule import read_schedule
from juzhu.operations.holidays_file import read as read_holidays
from juzhu.people.presence.addresses import FaceProvider
from juzhu.people.presence.addresses import faults_of as faults_of_ways

DEVELOPMENT_SECRET = "development-only-secret-that-production-refuses-0123456789abcdef"  # noqa: S105, production refuses it
SHORTEST_SECRET = 50
DEVELOPMENT_SEALER = "juzhu.documents.sealing.development.DevelopmentSealer"


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
    """The packs in force, one after another: `gongshu-2022`, or `gongshu-2022,hangzhou-2023@2023-05-08`."""
    application_prefix: str = "GS"
    registration_prefix: str = "DJ"
    report_prefix: str = "BS"
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
    sealer: str | None = None
    """The dotted name of the adapter to the district's electronic seal service; see docs/sealed-documents.md.
    Unset, slips are stamped by hand; in the demo and in tests they bear a seal for development.
    """
    timestamp_url: str = ""
    """A timestamp authority (RFC 3161) for the development seal's signatures in PDFs."""
    instant_approval: bool | None = None
    """Whether the rules alone may answer at submission. Unset: in the demo, and nowhere else."""
    instant_routes: Annotated[list[str], NoDecode] = ["employment", "dwelling", "study", "talent"]
    """For which routes: "employment", or of one kind alone, "first:employment", "endorsement:employment"."""
    instant_review_share: float | None = Field(default=None, ge=0, le=1)
    """The share of automatic answers that a person looks at later. Unset: a tenth; in the demo a half of its
    few ones.
    """

    identity_provider: Literal["register", "http"] = "register"
    identity_provider_url: str = ""
    identity_provider_token: SecretStr = SecretStr("")
    sms: str = "juzhu.operations.sms.ConsoleSms"
    """Dotted name of the adapter to the district's SMS gateway."""
    identity_provider_timeout_s: float = Field(default=5.0, gt=0, le=30)
    presence_ways: Annotated[list[str], NoDecode] = []
    """How presence may be proved, in the order in which it is offered: see docs/presence.md. Unset: passkey,
    password, and face where a provider is connected.
    """
    face_provider: FaceProvider | None = None
    """A certified provider of face verification, as JSON."""
    face_check: str = "juzhu.people.presence.faces.HttpFaceCheck"
    """Dotted name of the adapter to it."""

    objection_working_days: int = Field(default=5, ge=1, le=60)
    """Within how many working days departments answer an objection: the district's promise, no statute's
    term.
    """
    bureaus: list[Bureau] = []
    """The departments' own services that are asked at a submission, as JSON: see docs/bureaus.md."""
    inquiry_give_up_days: int = Field(default=3, ge=1, le=30)
    """How long a bureau that does not answer is asked again, before the paper may be asked for."""
    correction_days: int = Field(default=10, ge=1, le=90)
    """The district's promise for a correction of what a permit says. No statute gives a term."""
    pause_longest_days: dict[str, Annotated[int, Field(ge=1, le=365)]] = {}
    """How long a pause may be announced at most, by its reason, as JSON: `{"hearing": 30}`. No statute says;
    unset, 90 days. Past what was announced, a case is warned of, and never resumed by itself.
    """
    check_days: int = Field(default=30, ge=1, le=180)
    """By when a post-check that was planned is to be done."""
    statement_days: int = Field(default=5, ge=3, le=30)
    """How long somebody has for a statement before a penalty. No statute gives a term for it."""
    random_check_percent: int = Field(default=5, ge=1, le=100)
    """Which share of an area's permits a month's draw takes."""
    inspection_valid_months: int = Field(default=12, ge=1, le=60)
    """How long a passed inspection of a let dwelling holds. No provision states it."""
    mend_days: int = Field(default=30, ge=1, le=180)
    """What an inspector is offered as the term for mending. No provision states it."""
    smallest_count: int | None = Field(default=None, ge=2, le=100)
    """Figures of the district that are smaller, and not nought, are not shown. No provision states it. Unset:
    5; in the demo, where few people live, 3.
    """
    hint_people_at_an_address: int = Field(default=10, ge=2)
    hint_people_of_a_phone: int = Field(default=3, ge=2)
    hint_months_without_insurance: int = Field(default=3, ge=1)
    """From which figures on a risk hint is shown."""

    keys: Path | None = None
    """The folder of signing keys; unset, `keys` in the data folder. Only the worker opens a private key."""
    keys_passphrase: SecretStr = SecretStr("")
    keys_passphrase_file: Path | None = None
    """What private keys are encrypted with, itself or in a file: for the worker alone."""
    published_dir: Path | None = None
    """Where to write what is published as well, for a web server or a CDN; unset, only into the database."""

    email_url: SecretStr = SecretStr("")
    """See `juzhu.config.mail`. Unset, production sends no mail, and everything else prints it."""
    email_from: str = "juzhu@localhost"
    holidays: Path | None = None
    """A TOML file with the State Council's notices for years that the package does not know yet."""
    metrics_token: SecretStr = SecretStr("")
    """When set, /metrics wants `Authorization: Bearer …`; in production it answers to nobody without one."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("allowed_hosts", "trusted_origins", "instant_routes", "presence_ways", mode="before")
    @classmethod
    def split_at_commas(cls, value: object) -> object:
        """Hosts are written with commas between them, as everywhere else in the environment."""
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return value

    @field_validator("policy")
    @classmethod
    def know_the_policy(cls, value: str) -> str:
        """A pack that is missing, or a day that is none, is found at start and not by the first applicant."""
        read_schedule(value)
        return value

    @field_validator("holidays")
    @classmethod
    def read_the_holidays(cls, value: Path | None) -> Path | None:
        """Raises ValueError for a file that is missing or says what no calendar can be."""
        if value is not None:
            read_holidays(value)
        return value

    @field_validator("instant_routes")
    @classmethod
    def know_the_routes(cls, value: list[str]) -> list[str]:
        """A misspelt route would switch nothing on, silently."""
        known = {f"{kind}{route}" for kind in ("", "first:", "endorsement:") for route in ROUTES}
        if unknown := sorted(set(value) - known):
            raise ValueError(f"there is no route {', '.join(unknown)}; known are {', '.join(sorted(known))}")
        return value

    @field_validator("email_url")
    @classmethod
    def know_the_way_of_mail(cls, value: SecretStr) -> SecretStr:
        """Raises ValueError for an address that no backend of ours understands."""
        if value.get_secret_value():
            mail.read(value.get_secret_value())
        return value

    @field_validator("bureaus")
    @classmethod
    def ask_each_kind_of_one(cls, value: list[Bureau]) -> list[Bureau]:
        """Raises ValueError where it would not be clear who answers."""
        if faults := faults_of(value, production=False):
            raise ValueError("; ".join(faults))
        return value

    @model_validator(mode="after")
    def offer_ways_that_there_are(self) -> Self:
        """Raises ValueError for ways of proving presence that would leave somebody without one."""
        faults = faults_of_ways(self.presence_ways, self.face_provider, production=False)
        if faults and self.mode != "production":
            raise ValueError("; ".join(faults))
        return self

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
        if self.seal == DEVELOPMENT_SEALER:
            faults.append("JUZHU_SEALER must not be the seal for development, which has no legal force")
        faults += faults_of(self.bureaus, production=True)
        faults += faults_of_ways(self.presence_ways, self.face_provider, production=True)
        if faults:
            raise ValueError("this is production: " + "; ".join(faults))
        return self

    @property
    def address(self) -> str:
        """The service's own address, without a slash at its end."""
        host = self.allowed_hosts[0].lstrip(".") if self.allowed_hosts else ""
        return (self.public_url or (f"https://{host}" if host else "http://127.0.0.1:8000")).rstrip("/")

    @property
    def keys_folder(self) -> Path:
        """Where the signing keys lie."""
        return (self.keys or self.data_dir / "keys").resolve()

    @property
    def demo(self) -> bool:
        """Whether invented people, one-click sign-in and the movable date exist."""
        return self.mode == "demo"

    @property
    def seal(self) -> str:
        """Who seals slips; empty: nobody."""
        unset = "" if self.mode == "production" else DEVELOPMENT_SEALER
        return unset if self.sealer is None else self.sealer

    @property
    def instant(self) -> bool:
        """Whether the rules alone may answer."""
        return self.demo if self.instant_approval is None else self.instant_approval

    @property
    def least(self) -> int:
        """The smallest figure of the district that is shown, nought aside."""
        return self.smallest_count or (3 if self.demo else 5)

    @property
    def review_share(self) -> float:
        """Which share of automatic answers a person looks at later."""
        unset = 0.5 if self.demo else 0.1
        return unset if self.instant_review_share is None else self.instant_review_share

    @property
    def mail(self) -> dict[str, Any]:
        """Django's settings for mail. What is printed would name the addressee in the log of production."""
        unset = "none://" if self.mode == "production" else "console://"
        return mail.read(self.email_url.get_secret_value() or unset)

    @property
    def database(self) -> str:
        """The database's address; SQLite in the data folder unless DATABASE_URL says otherwise."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'juzhu.sqlite3'}"
