"""What follows when a duty was not done: an order to correct, and a case in which a person decides.

Source: Zhejiang arts. 33 to 35; Administrative Penalty Law; requirements A17, B10, B11, G05.
"""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juzhu.law import penalties
from juzhu.people.models import Account, Heard, Organisation, Person
from juzhu.registration.models.registrations import Registration
from juzhu.registration.models.reports import Report

PROVISIONS = (
    ("zhejiang-2016:33", _("不申报居住登记，或者不办理变更登记")),
    ("zhejiang-2016:34", _("用人单位、出租人、物业、中介没有按时报送")),
    ("zhejiang-2016:35", _("住宿、医疗、学校、救助单位没有报送")),
)


class Addressed(models.Model):
    """Whom it is about: a person or an organisation, exactly one; and the subdistrict that sees to it."""

    area = models.CharField(max_length=9)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="%(class)ss")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="%(class)ss"
    )
    provision = models.CharField(max_length=20, choices=PROVISIONS)
    persons = models.PositiveIntegerField(default=1)
    """How many people were not reported; 1 where somebody did not register themself."""

    class Meta:
        abstract = True

    @property
    def who(self) -> str:
        """The name of the person or the organisation."""
        return self.person.name if self.person else self.organisation.name if self.organisation else ""


class CorrectionOrder(Addressed):
    """责令限期改正通知: what has to be done, by when. How it stands is a function of dates."""

    number = models.CharField(max_length=30, unique=True)
    facts = models.TextField()
    registration = models.ForeignKey(Registration, null=True, on_delete=models.PROTECT, related_name="orders")
    reports = models.ManyToManyField(Report, blank=True, related_name="orders")
    """The reports that came late, or whose subject has not registered."""
    issued_on = models.DateField()
    issued_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    correct_by = models.DateField()
    corrected_on = models.DateField(null=True)
    corrected_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    """Who found it corrected; None: the register did, when the person registered."""
    revoked_on = models.DateField(null=True)
    revoked_because = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["correct_by", "pk"]
        indexes: ClassVar = [models.Index(fields=["area", "correct_by"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(organisation__isnull=True),
                name="an_order_has_one_addressee",
            ),
            models.CheckConstraint(
                condition=Q(correct_by__gte=models.F("issued_on")), name="an_order_leaves_time"
            ),
        ]

    def stands(self, today: date) -> penalties.Ordered:
        """How it stands on a day."""
        if self.revoked_on is not None and self.revoked_on <= today:
            return "none"
        return penalties.order_stands(self.correct_by, self.corrected_on, today)


class PenaltyCase(Addressed, Heard):
    """行政处罚案件 for what was not registered or not reported. The system never decides one, and no fine
    outside the statute's range can be written down (`law.penalties`).
    """

    order = models.ForeignKey(CorrectionOrder, on_delete=models.PROTECT, related_name="cases")

    class Meta:
        ordering: ClassVar = ["-opened_on", "-pk"]
        indexes: ClassVar = [models.Index(fields=["area", "state", "decide_by"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(organisation__isnull=True), name="a_case_is_against_one"
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | Q(told_on__isnull=False, heard_on__isnull=False),
                name="nobody_is_fined_unheard",
            ),
            models.CheckConstraint(
                condition=Q(fine_yuan=0)
                | Q(provision="zhejiang-2016:33", fine_yuan__lte=200)
                | Q(
                    provision__in=["zhejiang-2016:34", "zhejiang-2016:35"],
                    fine_yuan__lte=models.F("persons") * 100,
                ),
                name="a_fine_within_the_ladder",
            ),
            models.UniqueConstraint(fields=["order"], condition=~Q(state="closed"), name="one_case_an_order"),
        ]


class DutyAnswer(models.Model):
    """What a reporter says of a duty that follows from a report: that it was not so, or that it goes on.

    `report` is the landlord's own, whose term is over, or an agent's, who has named them.
    """

    ANSWERS = (("goes_on", _("还在，没有结束")), ("not_so", _("没有这回事")))

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="duty_answer")
    answer = models.CharField(max_length=8, choices=ANSWERS)
    until_on = models.DateField(null=True)
    """The new last day of what goes on; None: none was agreed on."""
    answered_on = models.DateField()
    answered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(answer="goes_on"),
                name="only_what_goes_on_has_a_last_day",
            )
        ]


class DutyTold(models.Model):
    """Of which duty a reporter was reminded, before (`soon`) or after (`over`) its last day: once each."""

    key = models.CharField(max_length=60, unique=True)
    """Duty, last day, and which of the two."""
    told_on = models.DateField()
