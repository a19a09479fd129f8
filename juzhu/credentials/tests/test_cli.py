"""`juzhu verify` and `juzhu credentials keys` as they are called, without Django and the rest of us."""

import json
import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import juzhu.credentials.verify as verifier
from juzhu.credentials.cli import credentials, verify
from juzhu.credentials.tests.world import (
    AUDIENCE,
    NONCE,
    NOW,
    ROOT,
    SUSPENDED,
    code,
    document,
    listed,
    shown,
    trust,
)  # fmt: skip
from juzhu.credentials.verify import Trust, words
from juzhu.credentials.verify.algorithms import thumbprint
from juzhu.credentials.verify.days import SHANGHAI
from juzhu.credentials.verify.encoding import base64url, to_json
from juzhu.credentials.verify.errors import Because, Outcome
from juzhu.credentials.verify.sd_jwt import CLAIMS

AT = datetime.fromtimestamp(NOW, SHANGHAI).isoformat()


@pytest.fixture
def fetched(tmp_path: Path) -> list[str]:
    """What a checker has fetched and pinned, as options."""
    (tmp_path / "trust.jwt").write_text(trust() + "\n")
    (tmp_path / "root.json").write_bytes(to_json(ROOT.public_jwk()))
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "3").write_text(listed())
    (tmp_path / "lists" / "readme").write_text("no list")
    return [
        "--trust", str(tmp_path / "trust.jwt"), "--root", str(tmp_path / "root.json"), "--lists",
        str(tmp_path / "lists"), "--at", AT,
    ]  # fmt: skip


def called(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(verify, list(arguments), input=given)


def test_text_a_file_and_standard_input(fetched: list[str], tmp_path: Path) -> None:
    (tmp_path / "shown.txt").write_text(code() + "\n")
    for done in (
        called(code(), *fetched),
        called(str(tmp_path / "shown.txt"), *fetched),
        called("-", *fetched, given=code()),
    ):
        assert done.exit_code == 0
        assert done.output.splitlines()[:2] == ["有效", "  姓名：周小芸"]


def test_what_is_not_valid_ends_with_1(fetched: list[str]) -> None:
    done = called(code(SUSPENDED), *fetched, "--lang", "en")
    assert (done.exit_code, done.output.splitlines()[0]) == (1, "Suspended")
    assert called("hello", *fetched).exit_code == 1
    assert called(code()).output.startswith("无法确认，需要更新\n手头没有当前的信任列表")


def test_json(fetched: list[str]) -> None:
    verdict = json.loads(called(code(), *fetched, "--json").output)
    assert verdict["outcome"] == "valid"
    assert verdict["claims"]["valid_until"] == "2027-03-08"
    assert verdict["status_at"] == NOW - 3600


def test_a_presentation(fetched: list[str]) -> None:
    answers = ["--audience", AUDIENCE, "--nonce", NONCE]
    assert called(shown(), *fetched, *answers).exit_code == 0
    assert "Holder proved: yes" in called(shown(), *fetched, *answers, "--lang", "en").output
    assert called(document(), *fetched, *answers).exit_code == 1


def test_the_root_by_its_thumbprint(fetched: list[str]) -> None:
    fetched[3] = base64url(thumbprint(ROOT.public_jwk()))
    assert called(code(), *fetched).exit_code == 0
    fetched[3] = fetched[3][::-1]
    assert called(code(), *fetched).exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--trust", __file__],
        ["--trust", "nowhere"],
        ["--trust", __file__, "--root", "nowhere"],
        ["--at", "noon"],
    ],
)
def test_bad_use_ends_with_2(arguments: list[str]) -> None:
    assert called(*([code()] if arguments else []), *arguments).exit_code == 2


def test_a_trust_list_that_is_none_is_bad_use(fetched: list[str], tmp_path: Path) -> None:
    (tmp_path / "trust.jwt").write_text(trust()[:-9])
    done = called(code(), *fetched)
    assert done.exit_code == 2
    assert "not accepted" in done.output


def test_every_outcome_reason_and_claim_has_words() -> None:
    assert set(words.OUTCOMES) == set(Outcome.__args__)
    assert set(words.REASONS) == set(Because.__args__)
    assert set(CLAIMS) <= set(words.CLAIMS)
    for table in (words.OUTCOMES, words.REASONS, words.CLAIMS):
        assert all(set(each) == {"zh", "en"} for each in table.values())


def keys(folder: Path, *arguments: str, passphrase: str = "a long passphrase", given: str = "") -> Result:
    environment = {"JUZHU_KEYS": str(folder), "JUZHU_KEYS_PASSPHRASE": passphrase}
    return CliRunner().invoke(credentials, ["keys", *arguments], env=environment, input=given)


def test_keys_are_made_rotated_revoked_and_published(tmp_path: Path) -> None:
    root = keys(tmp_path, "new", "--use", "root").output.split()[0]
    made = keys(tmp_path, "new", "--alg", "SM2", "--starts", "2026-01-01").output.split()[0]
    assert "from 2026-01-01T00:00+08:00" in keys(tmp_path, "list").output
    rotated = keys(tmp_path, "rotate", made, "--starts", "2026-06-01").output.split()[0]
    assert "until 2026-06-02T00:00+08:00" in keys(tmp_path, "list").output
    assert keys(tmp_path, "revoke", made, given="n\n").exit_code == 1
    assert "REVOKED from 2026-05-01" in keys(tmp_path, "revoke", made, "--from", "2026-05-01", "--yes").output
    assert [key["kid"] for key in json.loads(keys(tmp_path, "jwks").output)["keys"]] == [rotated]
    named = [
        "--origin",
        "https://a.example",
        "--division",
        "330105",
        "--name-zh",
        "拱墅区",
        "--name-en",
        "Gongshu",
    ]
    listed_now = json.loads(keys(tmp_path, "list", "--json").output)
    published = Trust.read(keys(tmp_path, "trust", *named).output, listed_now[0]["thumbprint"])
    assert listed_now[0]["kid"] == root
    assert set(published.issuers["https://a.example"].keys) == {made, rotated}


def test_the_passphrase_is_asked_for_and_never_shown(tmp_path: Path) -> None:
    done = keys(tmp_path, "new", "--use", "root", passphrase="", given="the secret words\nthe secret words\n")
    assert done.exit_code == 0
    assert "secret" not in done.output
    named = ["--origin", "https://a.example", "--division", "330105", "--name-zh", "甲", "--name-en", "A"]
    wrong = keys(tmp_path, "trust", *named, passphrase="other words")
    assert (wrong.exit_code, "passphrase does not open" in wrong.output) == (1, True)


@pytest.mark.parametrize(
    "arguments", [["new", "--use", "root", "--use", "permit"], ["new", "--alg", "RSA"], ["rotate"]]
)
def test_bad_use_of_keys(tmp_path: Path, arguments: list[str]) -> None:
    assert keys(tmp_path, *arguments).exit_code == 2


def test_an_unknown_key_is_named(tmp_path: Path) -> None:
    for kid in ("nowhere", "-nowhere"):
        done = keys(tmp_path, "rotate", kid)
        assert (done.exit_code, kid in done.output) == (1, True)


def test_the_command_loads_no_django() -> None:
    program = "import sys; from juzhu.cli import main; main(['verify', 'hello'], standalone_mode=False)"
    ended = (
        f"try:\n {program}\nexcept SystemExit:\n print([m for m in sys.modules if m.startswith('django')])"
    )
    done = subprocess.run([sys.executable, "-c", ended], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["不是居住证", "[]"]


def test_the_checker_works_alone(tmp_path: Path) -> None:
    """Its folder is enough, with nothing else of ours beside it."""
    package = Path(verifier.__file__).parent
    alone = tmp_path / "juzhu" / "credentials" / "verify"
    shutil.copytree(package, alone, ignore=shutil.ignore_patterns("tests", "__pycache__"))
    program = f"""
import sys
sys.path.insert(0, {str(tmp_path)!r})
from datetime import datetime, UTC
from juzhu.credentials.verify import Lists, Trust, check
import juzhu.credentials.verify as loaded
assert loaded.__file__.startswith({str(tmp_path)!r})
trust = Trust.read({trust()!r}, {ROOT.public_jwk()!r})
now = datetime.fromtimestamp({NOW}, UTC)
print(check({code()!r}, trust=trust, lists=Lists([{listed()!r}]), now=now).outcome)
print(sorted(name.split(".")[0] for name in sys.modules if "." not in name))
"""
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    outcome, modules = done.stdout.splitlines()
    assert outcome == "valid"
    assert not re.search(r"'(django|click|orjson|joserfc|pydantic)'", modules)
