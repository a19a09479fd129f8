"""The strip on every page of the demo: that it is one, who one is, and what day it is."""

from typing import Any

from django.http import HttpRequest

from juzhu.demo.characters import BY_KEY, CHARACTERS, OFFICERS, ROLE_NAMES
from juzhu.operations import clock
from juzhu.people.models import Account

ROMAN = {
    **{character.phone: character.roman for character in CHARACTERS if character.phone},
    **{officer.login: officer.roman for officer in OFFICERS},
}
BE = "demo_be"
"""The session's key of the character whom the visitor chose."""


def bar(request: HttpRequest) -> dict[str, Any]:
    """Context processor: design/frame.html includes the template that `demo_bar` names."""
    return {"demo_bar": "demo/bar.html", "demo_today": clock.today(), "demo_me": Myself(request)}


class Myself:
    """Who the visitor is now; looked up when the strip asks."""

    def __init__(self, request: HttpRequest) -> None:
        user = getattr(request, "user", None)
        self.account = user if isinstance(user, Account) and user.is_authenticated else None

    @property
    def name(self) -> str:
        """The name in Chinese; the login of an account that nobody is bound to yet."""
        if self.account is None:
            return ""
        person = self.account.person
        return self.account.staff_name or (person.name if person else self.account.login)

    @property
    def roman(self) -> str:
        """The name in Roman letters where it is one of the characters'."""
        return ROMAN.get(self.account.login, "") if self.account else ""

    @property
    def role(self) -> str:
        """What an officer is for."""
        return str(ROLE_NAMES[self.account.role]) if self.account and self.account.role else ""


def chosen_key(request: HttpRequest) -> str:
    """The character whom the visitor is, or "" for officers and strangers."""
    key = str(request.session.get(BE, "")) if request.user.is_authenticated else ""
    return key if key in BY_KEY else ""
