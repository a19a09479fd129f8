"""What a case of fraud can end in, and which rule stands in the way of it.

Source: State Council order 663 art. 18; Zhejiang art. 36; Administrative Penalty Law arts. 29, 30; rows G01,
G03, G05, CF12 of the requirements.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from juzhu.law import calendar, penalties
from juzhu.permits.errors import ImpossiblePenalty
from juzhu.permits.models import FraudCase

MOST_FINE = 200
MOST_FINE_UNDER_18 = 100
"""Art. 30 asks for a lighter penalty and gives no figure: the half of the range is this service's reading."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What a decision does, or is proposed to do. Withdrawing the permit is no penalty of its own: it takes
    back what was got by a false word (Zhejiang art. 36).
    """

    warning: bool = False
    fine_yuan: int = 0
    withdraw_permit: bool = False

    @property
    def punishes(self) -> bool:
        """Whether a penalty is among them."""
        return self.warning or self.fine_yuan > 0


def check(case: FraudCase, measures: Measures) -> None:
    """Raises ImpossiblePenalty, with a sentence that says which rule stands in the way."""
    age = calendar.completed_years(case.person.born, case.committed_on)
    if not 0 <= measures.fine_yuan <= MOST_FINE:
        raise ImpossiblePenalty(_("罚款最多 200 元（国务院令第 663 号第十八条）。"))
    if measures.punishes and age < penalties.NOT_PUNISHED_UNDER:
        raise ImpossiblePenalty(_("当时不满 14 周岁，不予行政处罚（行政处罚法第三十条）。可以收缴居住证。"))
    if measures.fine_yuan > MOST_FINE_UNDER_18 and age < penalties.LIGHTER_UNDER:
        raise ImpossiblePenalty(_("当时不满 18 周岁，要从轻或减轻：罚款最多 100 元（行政处罚法第三十条）。"))
    if measures.withdraw_permit and (case.permit is None or case.permit.terminated_on is not None):
        raise ImpossiblePenalty(_("没有可以收缴的居住证，或者已经终止。"))
    if not measures.punishes and not measures.withdraw_permit:
        raise ImpossiblePenalty(_("请至少选一项。都不用的，请结案。"))
    if measures.fine_yuan and _fined_already(case):
        raise ImpossiblePenalty(_("同一件事已经罚过款，不能再罚（行政处罚法第二十九条）。"))


def _fined_already(case: FraudCase) -> bool:
    same = FraudCase.objects.filter(
        person_id=case.person_id, committed_on=case.committed_on, state="decided", fine_yuan__gt=0
    )
    return same.exclude(pk=case.pk).exists()


def heavier(now: Measures, told: Measures) -> bool:
    """Whether something is beyond what the person was told."""
    return (
        now.fine_yuan > told.fine_yuan
        or (now.warning and not told.warning)
        or (now.withdraw_permit and not told.withdraw_permit)
    )
