"""Whether an applicant still lives where the permit would say so, when it is given. Requirements CF17."""

from datetime import date

from juzhu.operations.rules import in_force
from juzhu.permits.errors import LeftThisPlace
from juzhu.permits.models import Application
from juzhu.registration.queries import departure, stays


def has_left(application: Application, today: date) -> bool:
    """A case is judged by the day of its filing or acceptance; who has registered out since is given nothing
    by it until they are registered again. An endorsement goes on where its holder has only moved to another
    district of the urban area: residence and permit go on, too. One query.
    """
    gone = departure(stays(application.person_id), in_force(today))
    return gone is not None and not (application.is_endorsement and gone.within)


def check(application: Application, today: date) -> None:
    """Raises LeftThisPlace."""
    if has_left(application, today):
        raise LeftThisPlace
