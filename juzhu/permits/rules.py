"""The pack that decides an application."""

from datetime import date

from juzhu.law.policy import Policy, load
from juzhu.operations.rules import in_force
from juzhu.permits.models import Application


def rules_of(application: Application, as_of: date) -> Policy:
    """That of the day on which it was first filed; a draft is looked at by that of the day asked about.

    Requirements CF07.
    """
    return in_force(as_of) if application.filed_on is None else load(application.policy_id)
