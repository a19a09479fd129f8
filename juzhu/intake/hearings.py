"""The answer to an offered hearing, as whom it is for gives it on their own pages."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from juzhu.operations.actors import Actor
from juzhu.operations.errors import JuzhuError
from juzhu.people.hearings import Room
from juzhu.people.models import Heard

ASK, FORGO = "ask_hearing", "forgo_hearing"


def answered(request: HttpRequest, room: Room, case: Heard, actor: Actor, today: date) -> bool:
    """Whether the page sent asks for the hearing or lets it go. Then it is done, and how it went is said on
    the page that follows. Source: Administrative Penalty Law arts. 63, 64.
    """
    does = request.POST.get("do")
    if does not in {ASK, FORGO}:
        return False
    try:
        if does == ASK:
            room.ask(case, actor=actor, today=today)
        else:
            room.forgo(case, "party", actor=actor, today=today)
    except JuzhuError as error:
        messages.error(request, str(error.sentence))
    else:
        messages.success(request, _("记下了。"))
    return True
