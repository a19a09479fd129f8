"""Which day a case is judged by (ADR 0007)."""

from datetime import date

from juzhu.permits.models import Application
from juzhu.permits.timing import time_has_accepted
from juzhu.registration.queries import registered_from, stays


def judged_on(application: Application, today: date) -> date:
    """The day an application is judged by: an endorsement's filing, else acceptance, else today.

    The office's delay costs the citizen nothing, and what matured while waiting counts.
    """
    if application.is_endorsement:
        return _filed(application, today)
    if time_has_accepted(application, today):
        return application.received_on or today
    return application.accepted_on or today


def asked_on(application: Application, today: date) -> date:
    """The day a one-off notice is judged by, and on which the routes are compared: an endorsement's filing,
    else today, acceptance or not. For what is handed in is examined anew, and nothing shall be missing then
    that was not asked for.
    """
    return _filed(application, today) if application.is_endorsement else today


def _filed(endorsement: Application, today: date) -> date:
    """The day of filing; of who filed between two registrations, that on which they registered again: what
    the notice asks for must be able to cure what was missing. One query.
    """
    filed = endorsement.filed_on or today
    return registered_from(stays(endorsement.person_id), filed)
