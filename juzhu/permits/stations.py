"""Which station has a case: that of where its person lives."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from juzhu.operations.rules import in_force
from juzhu.people.models import Person
from juzhu.permits.errors import NotRegisteredHere
from juzhu.registration.queries import between, departure, stays

FIRST_REGISTER = _("签注前要先登记现在的住址。登记只要几分钟，登记好了接着办，不用重填。")
AT_THE_OTHER_STATION = _("您登记去了杭州的另一个区。请到那边的派出所登记住址，签注也在那边办。")


def in_charge(person: Person, today: date, *, endorsing: bool) -> str:
    """The subdistrict whose station has somebody's case.

    A holder between two registrations keeps the day of filing: the case goes to the station that had them
    last, and follows them to the new one. The law calls the registration unproven then, and the one-off
    notice asks for it. Source: Zhejiang art. 19; requirements E01, CF17. Raises NotRegisteredHere, saying
    where to register. One query.
    """
    rows = stays(person.pk)
    current = next((row for row in rows if row.ended_on is None), None)
    if current is not None:
        return current.subdistrict
    if not endorsing:
        raise NotRegisteredHere
    rules = in_force(today)
    last, gone = between(rows, rules, today), departure(rows, rules)
    if last is None:
        raise NotRegisteredHere(AT_THE_OTHER_STATION if gone and gone.within else FIRST_REGISTER)
    return last.subdistrict
