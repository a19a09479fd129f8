"""What is set for the officers, and what they say of themselves: their own numbers, a relation, days away."""

from datetime import date

from juzhu.demo.clock import START
from juzhu.demo.identities import Identity
from juzhu.demo.stage import BEFORE, Stage
from juzhu.people import staff
from juzhu.people.identity_numbers import complete

COUNTY = "330199"
AWAY, BACK = date(2026, 3, 9), date(2026, 3, 13)


def number_of(turn: int) -> str:
    """An officer's own identity number: valid, of a county that doesn't exist."""
    return complete(COUNTY, date(1975 + turn, 4, 6), 61 + turn)


def appoint(stage: Stage) -> None:
    """The administrator sets everybody's own number; a clerk of the north will be away this week."""
    stage.at(BEFORE, lambda today: _number(stage, today))
    stage.at(BEFORE.replace(year=START.year, month=3, day=6), lambda today: _goes_away(stage, today))


def keeps_away(stage: Stage, login: str, relative: Identity) -> None:
    """Somebody of the staff declares a brother or sister, so that they keep away from their cases."""

    def declares(today: date) -> None:
        officer = stage.officers[login].actor
        staff.declare_relation(relative.number, "sibling", actor=officer, today=today)

    stage.at(BEFORE.replace(hour=10), declares)


def _number(stage: Stage, today: date) -> None:
    administrator = stage.officers["M9001"].actor
    for turn, account in enumerate(stage.officers.values()):
        staff.set_staff_number(account, number_of(turn), actor=administrator, today=today)


def _goes_away(stage: Stage, today: date) -> None:
    away, stands_in = stage.officers["P1004"], stage.officers["P1001"]
    staff.note_absence(away, AWAY, BACK, stands_in, actor=away.actor, today=today)
