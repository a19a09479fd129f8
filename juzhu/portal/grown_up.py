"""A case that was a ward's: its guardian is told why it is gone, and nothing else of it."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest

from juzhu.operations import clock
from juzhu.permits.models import Application
from juzhu.permits.queries import applications_for, wards_until
from juzhu.portal.access import viewer


class GrownUp(Http404):
    """A former ward's case. `since`: the birthday from which it is theirs alone."""

    def __init__(self, since: date) -> None:
        super().__init__()
        self.since = since


def own_case(request: HttpRequest, number: str) -> Application:
    """Their own or a ward's application. Raises Http404 for everything else, GrownUp for what was a ward's
    when it was filed.
    """
    actor, today = viewer(request), clock.today()
    row = applications_for(actor, today).filter(number=number).first()
    if row is not None:
        return row
    since = wards_until(actor, number, today)
    raise GrownUp(since) if since else Http404
