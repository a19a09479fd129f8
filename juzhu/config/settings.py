"""Django's settings, all of them derived from `Environment`."""

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from juzhu.config.environment import Environment
from juzhu.config.logs import configure as configure_logs

ENVIRONMENT = Environment()
ROOT = Path(__file__).resolve().parents[1]
PRODUCTION = ENVIRONMENT.mode == "production"

SECRET_KEY = ENVIRONMENT.secret_key.get_secret_value()
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts or ["127.0.0.1", "localhost", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = ENVIRONMENT.trusted_origins

JUZHU_MODE = ENVIRONMENT.mode
JUZHU_POLICY = ENVIRONMENT.policy
JUZHU_HOLIDAYS = ENVIRONMENT.holidays
JUZHU_APPLICATION_PREFIX = ENVIRONMENT.application_prefix
JUZHU_REGISTRATION_PREFIX = ENVIRONMENT.registration_prefix
JUZHU_REPORT_PREFIX = ENVIRONMENT.report_prefix
JUZHU_PERMIT_PREFIX = ENVIRONMENT.permit_prefix
JUZHU_INSTANT_APPROVAL = ENVIRONMENT.instant
JUZHU_INSTANT_ROUTES = ENVIRONMENT.instant_routes
JUZHU_INSTANT_REVIEW_SHARE = ENVIRONMENT.review_share
JUZHU_FILES = ENVIRONMENT.data_dir.resolve() / "files"
JUZHU_CLOCK = "juzhu.demo.clock.MovableClock" if ENVIRONMENT.demo else "juzhu.operations.clock.SystemClock"
JUZHU_IDENTITY_PROVIDER = {
    "register": "juzhu.people.identity_provider.PopulationRegisterProvider",
    "http": "juzhu.people.identity_provider.HttpIdentityProvider",
}[ENVIRONMENT.identity_provider]
JUZHU_ORGANISATION_PROVIDER = "juzhu.people.organisations.OrganisationRegisterProvider"
JUZHU_IDENTITY_PROVIDER_URL = ENVIRONMENT.identity_provider_url
JUZHU_IDENTITY_PROVIDER_TOKEN = ENVIRONMENT.identity_provider_token.get_secret_value()
JUZHU_IDENTITY_PROVIDER_TIMEOUT_S = ENVIRONMENT.identity_provider_timeout_s
JUZHU_OBJECTION_WORKING_DAYS = ENVIRONMENT.objection_working_days
JUZHU_BUREAUS = ENVIRONMENT.bureaus
JUZHU_INQUIRY_GIVE_UP_DAYS = ENVIRONMENT.inquiry_give_up_days
JUZHU_PRESENCE_WAYS = ENVIRONMENT.presence_ways
JUZHU_FACE_PROVIDER = ENVIRONMENT.face_provider
JUZHU_FACE_CHECK = ENVIRONMENT.face_check
JUZHU_SMS = ENVIRONMENT.sms
JUZHU_METRICS_TOKEN = ENVIRONMENT.metrics_token.get_secret_value()
JUZHU_CORRECTION_DAYS = ENVIRONMENT.correction_days
JUZHU_PAUSE_LONGEST_DAYS = ENVIRONMENT.pause_longest_days
JUZHU_CHECK_DAYS = ENVIRONMENT.check_days
JUZHU_STATEMENT_DAYS = ENVIRONMENT.statement_days
JUZHU_RANDOM_CHECK_PERCENT = ENVIRONMENT.random_check_percent
JUZHU_LETTING_PREFIXES = {
    "dwelling": "FW",
    "title": "CQ",
    "letting": "CZ",
    "lease": "HT",
    "filing": "BA",
    "inspection": "PC",
    "help": "QZ",
}
"""Of the numbers that people quote about let dwellings; our own, like all the others."""
JUZHU_INSPECTION_VALID_MONTHS = ENVIRONMENT.inspection_valid_months
JUZHU_MEND_DAYS = ENVIRONMENT.mend_days
JUZHU_SMALLEST_COUNT = ENVIRONMENT.least
JUZHU_HINTS_FROM = {
    "people_at_an_address": ENVIRONMENT.hint_people_at_an_address,
    "people_of_a_phone": ENVIRONMENT.hint_people_of_a_phone,
    "months_without_insurance": ENVIRONMENT.hint_months_without_insurance,
}
JUZHU_BEHIND_PROXY = ENVIRONMENT.behind_proxy
JUZHU_PUBLIC_URL = ENVIRONMENT.address
JUZHU_KEYS = ENVIRONMENT.keys_folder
JUZHU_KEYS_PASSPHRASE = ENVIRONMENT.keys_passphrase
JUZHU_KEYS_PASSPHRASE_FILE = ENVIRONMENT.keys_passphrase_file
JUZHU_PUBLISHED_DIR = ENVIRONMENT.published_dir
JUZHU_DOCUMENTS_DIR = ENVIRONMENT.documents_dir
JUZHU_AGENT_NEEDS_MANDATE = ENVIRONMENT.agent_needs_mandate
JUZHU_SEALER = ENVIRONMENT.seal
JUZHU_TIMESTAMP_URL = ENVIRONMENT.timestamp_url
JUZHU_DISTRICT: dict[str, Any] = {
    "code": "330105",
    "name": {"zh": "拱墅区", "en": "Gongshu District"},
    "city": {"zh": "杭州市", "en": "Hangzhou"},
    "service": {"zh": "拱墅居住", "en": "Gongshu Residence"},
    "authority": {"zh": "杭州市公安局拱墅区分局", "en": "Gongshu Branch, Hangzhou Public Security Bureau"},
    "government": {"zh": "拱墅区人民政府", "en": "People's Government of Gongshu District"},
    "phone": ENVIRONMENT.district_phone,
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "juzhu.operations",
    "juzhu.people",
    "juzhu.evidence",
    "juzhu.registration",
    "juzhu.permits",
    "juzhu.documents",
    "juzhu.credentials",
    "juzhu.wallets",
    "juzhu.design",
    "juzhu.intake",
    "juzhu.portal",
    "juzhu.counter",
    "juzhu.api",
    "juzhu.reporting",
    *(["juzhu.demo"] if ENVIRONMENT.demo else []),
]

MIDDLEWARE = [
    "juzhu.operations.middleware.RequestContext",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "juzhu.operations.middleware.ContentPolicy",
    "juzhu.credentials.serving.Bare",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "juzhu.config.urls"
WSGI_APPLICATION = "juzhu.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "juzhu.design.context.face",
                *(["juzhu.demo.context.bar"] if ENVIRONMENT.demo else []),
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "juzhu.design.templatetags.face",
            ],
        },
    }
]


def database() -> dict[str, Any]:
    """One database: SQLite in WAL with immediate write locks, or PostgreSQL with psycopg's pool."""
    config: dict[str, Any] = dict(dj_database_url.parse(ENVIRONMENT.database))
    if config["ENGINE"].endswith("sqlite3"):
        Path(config["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-32000;PRAGMA mmap_size=268435456;",
        }
        config["CONN_MAX_AGE"] = 600
    else:
        config["CONN_MAX_AGE"] = 0
        config["OPTIONS"] = {
            **config.get("OPTIONS", {}),
            "pool": {"min_size": 1, "max_size": ENVIRONMENT.pool_size, "timeout": 20},
        }
    return config


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "juzhu.people.backends.Accounts"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "portal/locked.html"
AXES_ENABLED = ENVIRONMENT.mode != "test"
AXES_VERBOSE = False
LOGIN_URL = "portal:sign_in"
LOGIN_REDIRECT_URL = "portal:home"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", "English")]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data_dir.resolve() / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = False

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_ENGINE = "juzhu.operations.sessions"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$", r"^metrics$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.behind_proxy else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
CSRF_FAILURE_VIEW = "juzhu.portal.views.errors.session_over"

globals().update(ENVIRONMENT.mail)
DEFAULT_FROM_EMAIL = ENVIRONMENT.email_from

LOGGING_CONFIG = None
configure_logs(ENVIRONMENT.log_level)
SILENCED_SYSTEM_CHECKS: list[str] = []
