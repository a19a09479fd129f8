"""Production refuses to start unsafely, and says everything that is wrong at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from juzhu.config.environment import DEVELOPMENT_SECRET, Environment

SECRET = "a8f!kd93Jq-0zP2mVx7_Lr5tYw1uBn6cHe4gSo8iDaQpXz3M9vRf"
SAFE = {"JUZHU_SECRET_KEY": SECRET, "JUZHU_ALLOWED_HOSTS": "juzhu.example.gov.cn, www.example.gov.cn"}


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is set, as on a new machine."""
    for name in list(os.environ):
        if name.startswith("JUZHU_") or name == "DATABASE_URL":
            monkeypatch.delenv(name)


def started(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Environment:
    for name, value in {**SAFE, **variables}.items():
        monkeypatch.setenv(name, value)
    return Environment()


def refusal(monkeypatch: pytest.MonkeyPatch, **variables: str) -> str:
    with pytest.raises(ValidationError) as refused:
        started(monkeypatch, **variables)
    (fault,) = refused.value.errors()
    return str(fault["msg"])


def test_nobody_chose_a_mode_so_it_is_production(monkeypatch: pytest.MonkeyPatch):
    safe = started(monkeypatch)
    assert safe.mode == "production"
    assert not safe.demo
    assert not safe.debug
    assert safe.allowed_hosts == ["juzhu.example.gov.cn", "www.example.gov.cn"]


@pytest.mark.parametrize("secret", ["", "short", DEVELOPMENT_SECRET, SECRET[:49]])
def test_production_refuses_a_secret_that_is_known_or_short(monkeypatch: pytest.MonkeyPatch, secret: str):
    assert "JUZHU_SECRET_KEY" in refusal(monkeypatch, JUZHU_SECRET_KEY=secret)


def test_production_refuses_to_start_without_a_secret(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("JUZHU_ALLOWED_HOSTS", "juzhu.example.gov.cn")
    with pytest.raises(ValidationError, match="JUZHU_SECRET_KEY"):
        Environment()


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"JUZHU_DEBUG": "1"}, "JUZHU_DEBUG"),
        ({"JUZHU_ALLOWED_HOSTS": ""}, "JUZHU_ALLOWED_HOSTS"),
        ({"JUZHU_ALLOWED_HOSTS": "*"}, "JUZHU_ALLOWED_HOSTS"),
        ({"JUZHU_ALLOWED_HOSTS": "a.example,*"}, "JUZHU_ALLOWED_HOSTS"),
        ({"JUZHU_IDENTITY_PROVIDER": "http"}, "JUZHU_IDENTITY_PROVIDER_URL"),
        (
            {"JUZHU_IDENTITY_PROVIDER": "http", "JUZHU_IDENTITY_PROVIDER_URL": "http://register.example"},
            "JUZHU_IDENTITY_PROVIDER_URL",
        ),
    ],
)
def test_production_refuses_what_is_unsafe(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], named: str
):
    assert named in refusal(monkeypatch, **variables)


def test_an_https_provider_is_safe(monkeypatch: pytest.MonkeyPatch):
    address = "https://register.example/confirm"
    safe = started(monkeypatch, JUZHU_IDENTITY_PROVIDER="http", JUZHU_IDENTITY_PROVIDER_URL=address)
    assert safe.identity_provider_url == address


def test_every_fault_is_named_at_once(monkeypatch: pytest.MonkeyPatch):
    told = refusal(
        monkeypatch,
        JUZHU_SECRET_KEY="short",
        JUZHU_DEBUG="1",
        JUZHU_ALLOWED_HOSTS="*",
        JUZHU_IDENTITY_PROVIDER="http",
    )
    for named in ("SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "IDENTITY_PROVIDER_URL"):
        assert f"JUZHU_{named}" in told


def test_a_refusal_does_not_print_the_secret(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(ValidationError) as refused:
        started(monkeypatch, JUZHU_DEBUG="1")
    assert SECRET not in str(refused.value)
    assert SECRET not in repr(started(monkeypatch, JUZHU_DEBUG="0"))


@pytest.mark.parametrize("mode", ["demo", "test"])
def test_a_demo_and_a_test_start_without_any_of_it(monkeypatch: pytest.MonkeyPatch, mode: str):
    monkeypatch.setenv("JUZHU_MODE", mode)
    assert Environment().secret_key.get_secret_value() == DEVELOPMENT_SECRET


def test_the_database_is_a_file_in_the_data_folder_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch):
    assert started(monkeypatch, JUZHU_DATA_DIR="/srv/juzhu").database == "sqlite:////srv/juzhu/juzhu.sqlite3"
    address = "postgres://juzhu@db.example/juzhu"
    assert started(monkeypatch, DATABASE_URL=address).database == address


@pytest.mark.parametrize(
    ("address", "host", "port", "tls", "ssl"),
    [
        ("smtp://mail.example", "mail.example", 25, False, False),
        ("smtp://me%40x:p%2Fw@mail.example:587?tls=1", "mail.example", 587, True, False),
        ("smtps://me%40x:p%2Fw@mail.example", "mail.example", 465, False, True),
    ],
)
def test_mail_goes_where_it_is_told(
    monkeypatch: pytest.MonkeyPatch, address: str, host: str, port: int, tls: bool, ssl: bool
):
    told = started(monkeypatch, JUZHU_EMAIL_URL=address).mail
    assert (told["EMAIL_HOST"], told["EMAIL_PORT"]) == (host, port)
    assert (told["EMAIL_USE_TLS"], told["EMAIL_USE_SSL"]) == (tls, ssl)
    if "@" in address:
        assert (told["EMAIL_HOST_USER"], told["EMAIL_HOST_PASSWORD"]) == ("me@x", "p/w")


def test_production_prints_no_mail(monkeypatch: pytest.MonkeyPatch):
    assert started(monkeypatch).mail["EMAIL_BACKEND"].endswith("dummy.EmailBackend")
    monkeypatch.setenv("JUZHU_MODE", "demo")
    assert Environment().mail["EMAIL_BACKEND"].endswith("console.EmailBackend")


@pytest.mark.parametrize(
    ("name", "value"),
    [("JUZHU_EMAIL_URL", "pigeon://roof"), ("JUZHU_EMAIL_URL", "smtp://"), ("JUZHU_POLICY", "atlantis-1999")],
)
def test_what_nobody_knows_is_found_at_start(monkeypatch: pytest.MonkeyPatch, name: str, value: str):
    with pytest.raises(ValidationError) as refused:
        started(monkeypatch, **{name: value})
    (fault,) = refused.value.errors()
    assert fault["loc"] == (name.removeprefix("JUZHU_").lower(),)


def juzhu(tmp_path: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "juzhu.cli", *arguments],
        env={"PATH": os.environ["PATH"], "JUZHU_DATA_DIR": str(tmp_path), **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("command", [["serve"], ["worker", "--once"], ["manage", "migrate"]])
def test_a_server_that_nobody_set_up_says_so_in_one_line(tmp_path: Path, command: list[str]):
    ended = juzhu(tmp_path, *command)
    assert ended.returncode == 2
    (line,) = ended.stderr.strip().splitlines()
    assert line.startswith("juzhu can't start: this is production: JUZHU_SECRET_KEY must be set")
    assert "JUZHU_ALLOWED_HOSTS" in line
    assert ended.stdout == ""


def test_passwords_are_hashed_with_argon2(tmp_path: Path):
    code = (
        "from juzhu.config import settings as s; "
        "print(s.PASSWORD_HASHERS[0], s.DEBUG, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, "
        "s.SECURE_SSL_REDIRECT, 'juzhu.demo' in s.INSTALLED_APPS, s.JUZHU_CLOCK)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": os.environ["PATH"], "JUZHU_DATA_DIR": str(tmp_path), **SAFE},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    hasher, *rest = ended.stdout.split()
    assert hasher == "django.contrib.auth.hashers.Argon2PasswordHasher"
    assert rest == ["False", "True", "True", "True", "False", "juzhu.operations.clock.SystemClock"]


def test_the_law_starts_without_django(tmp_path: Path):
    ended = juzhu(tmp_path, "law", "--help")
    assert ended.returncode == 0
    assert "decide" in ended.stdout


BUREAU = '[{"department": "human_resources", "kinds": ["insurance"], "url": "%s", "token": "hush-hush"}]'


def test_bureaus_are_read_from_json_and_their_tokens_are_not_shown(monkeypatch: pytest.MonkeyPatch):
    (bureau,) = started(monkeypatch, JUZHU_BUREAUS=BUREAU % "https://hr.example.gov.cn").bureaus
    assert (bureau.department, bureau.timeout_s, bureau.max_age_h) == ("human_resources", 1.5, 24)
    assert bureau.token.get_secret_value() == "hush-hush"
    assert "hush" not in repr(bureau)


def test_production_asks_bureaus_over_https_alone(monkeypatch: pytest.MonkeyPatch):
    assert "JUZHU_BUREAUS" in refusal(monkeypatch, JUZHU_BUREAUS=BUREAU % "http://hr.example.gov.cn")


def test_a_department_is_asked_for_what_is_its_own(monkeypatch: pytest.MonkeyPatch):
    wrong = (BUREAU % "https://hr.example.gov.cn").replace("insurance", "title")
    assert "title" in refusal(monkeypatch, JUZHU_BUREAUS=wrong)


FACES = (
    '{"name": {"zh": "示例核验", "en": "Sample check"}, "contact": "0571-0000 0000", "keeps_days": 0, '
    '"url": "https://faces.example.cn", "token": "hush-hush"%s}'
)


def test_a_provider_of_face_verification_is_read_from_json_and_its_token_is_not_shown(
    monkeypatch: pytest.MonkeyPatch,
):
    safe = started(monkeypatch, JUZHU_FACE_PROVIDER=FACES % "", JUZHU_PRESENCE_WAYS="face, password")
    assert safe.face_provider is not None
    assert safe.presence_ways == ["face", "password"]
    assert (safe.face_provider.least_score, safe.face_provider.least_liveness) == (0.8, 1)
    assert safe.face_provider.origin == "https://faces.example.cn"
    assert "hush" not in repr(safe)


@pytest.mark.requirement("J10")
@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"JUZHU_PRESENCE_WAYS": "face", "JUZHU_FACE_PROVIDER": FACES % ""}, "must hold password"),
        ({"JUZHU_PRESENCE_WAYS": "passkey"}, "must hold password"),
        ({"JUZHU_PRESENCE_WAYS": "password,iris"}, "iris"),
        ({"JUZHU_PRESENCE_WAYS": "password,face"}, "JUZHU_FACE_PROVIDER"),
        ({"JUZHU_PRESENCE_WAYS": "password,local_face"}, "local_face"),
        ({"JUZHU_FACE_PROVIDER": FACES.replace("https", "http") % ""}, "https"),
        ({"JUZHU_FACE_PROVIDER": FACES % ', "pages": "http://faces.example.cn"'}, "https"),
        ({"JUZHU_FACE_PROVIDER": FACES % ', "least_liveness": 0'}, "greater than or equal to 1"),
    ],
)
def test_no_way_of_proving_presence_is_the_only_one_or_takes_a_photograph(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], named: str
):
    assert named in refusal(monkeypatch, **variables)


@pytest.mark.parametrize("mode", ["demo", "test"])
def test_outside_production_too_everybody_keeps_a_way(monkeypatch: pytest.MonkeyPatch, mode: str):
    monkeypatch.setenv("JUZHU_MODE", mode)
    assert started(monkeypatch, JUZHU_PRESENCE_WAYS="password,local_face").presence_ways[1] == "local_face"
    assert "must hold password" in refusal(monkeypatch, JUZHU_PRESENCE_WAYS="local_face")
