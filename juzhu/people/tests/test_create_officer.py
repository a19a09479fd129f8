"""Making an officer's account from the command line."""

import getpass

import pytest
from django.core.management import CommandError, call_command

from juzhu.operations.models import Event
from juzhu.people.models import Account

pytestmark = pytest.mark.django_db


def make(monkeypatch: pytest.MonkeyPatch, password: str, *arguments: str) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: password)
    call_command("create_officer", *arguments)


def test_an_officer_can_sign_in_and_the_making_is_logged(monkeypatch: pytest.MonkeyPatch):
    make(
        monkeypatch,
        "bridge-over-water-7",
        "P7001",
        "--name",
        "徐静",
        "--role",
        "clerk",
        "--area",
        "330105005",
    )
    account = Account.objects.get(login="P7001")
    assert account.check_password("bridge-over-water-7")
    assert (account.actor.role, account.actor.areas) == ("clerk", ("330105005",))
    assert Event.objects.get(kind="account.officer_made").subject_id == str(account.pk)


def test_a_weak_password_an_odd_area_and_a_taken_number_are_refused(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(CommandError):
        make(monkeypatch, "12345678", "P7001", "--name", "徐静", "--role", "clerk")
    with pytest.raises(CommandError, match="nine-digit"):
        make(
            monkeypatch,
            "bridge-over-water-7",
            "P7001",
            "--name",
            "徐静",
            "--role",
            "clerk",
            "--area",
            "330105",
        )
    make(monkeypatch, "bridge-over-water-7", "P7001", "--name", "徐静", "--role", "clerk")
    with pytest.raises(CommandError, match="already"):
        make(monkeypatch, "bridge-over-water-7", "P7001", "--name", "徐静", "--role", "clerk")
    assert Account.objects.count() == 1
