"""What a case has in which somebody may be punished, whatever for."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juzhu.operations.errors import Sentence
from juzhu.operations.models import StoredFile
from juzhu.people.models.persons import Account


class Hearing(models.Model):
    """听证: offered with what is proposed, asked for within its term or let go, called, held on a record.

    Source: Administrative Penalty Law arts. 63 to 65. A case that is told anew has another one; the earlier
    ones stay, by `case_number`.
    """

    STATES = (
        ("offered", _("可以要求听证")),
        ("asked", _("已要求听证")),
        ("called", _("已通知听证")),
        ("held", _("听证开过了")),
        ("forgone", _("不听证")),
    )
    WHY_FORGONE = (
        ("party", _("本人不要求听证")),
        ("absent", _("无正当理由没有出席")),
        ("lighter", _("重新告知，这次不再适用")),
    )

    case_number = models.CharField(max_length=30, db_index=True)
    state = models.CharField(max_length=8, choices=STATES, default="offered")
    offered_on = models.DateField()
    ask_by = models.DateField()
    """The last day to ask for it, as the party was told."""
    asked_on = models.DateField(null=True)
    called_on = models.DateField(null=True)
    """The day of the notice that tells when and where."""
    on = models.DateField(null=True)
    at = models.TimeField(null=True)
    place = models.CharField(max_length=200, blank=True)
    chair = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    """Who presides: never who has investigated the case (art. 64(4))."""
    in_public = models.BooleanField(default=True)
    record = models.TextField(blank=True)
    """听证笔录, on which the decision rests (art. 65)."""
    files = models.ManyToManyField(StoredFile, blank=True)
    """The record as it was signed."""
    ended_on = models.DateField(null=True)
    why_forgone = models.CharField(max_length=8, choices=WHY_FORGONE, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="held") | (~Q(record="") & Q(ended_on__gte=models.F("on"))),
                name="a_hearing_is_held_on_a_record",
            ),
            models.CheckConstraint(
                condition=~Q(state="called") | Q(on__gt=models.F("called_on"), chair__isnull=False),
                name="a_hearing_is_called_ahead",
            ),
        ]

    def missed(self, today: date) -> bool:
        """Whether its term went by without a word, written down or not."""
        return self.state == "offered" and today > self.ask_by

    def in_the_way(self, today: date) -> bool:
        """Whether nothing may be decided yet because of it."""
        return self.state in {"asked", "called"} or (self.state == "offered" and not self.missed(today))


class Heard(models.Model):
    """What every case has in which somebody may be punished: facts, what is proposed, what they say to it, a
    decision. Nobody is punished unheard.
    """

    STATES: tuple[tuple[str, Sentence], ...] = (
        ("opened", _("立案")),
        ("told", _("已告知权利")),
        ("heard", _("已听取陈述申辩")),
        ("decided", _("已决定")),
        ("closed", pgettext_lazy("state", "不予处罚，结案")),
    )

    number = models.CharField(max_length=30, unique=True)
    state = models.CharField(max_length=12, choices=STATES, default="opened")
    facts = models.TextField()
    committed_on = models.DateField()
    """The day of the act, or the last one of it."""
    opened_on = models.DateField()
    opened_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    decide_by = models.DateField()
    """90 days from opening (Administrative Penalty Law art. 60)."""
    told_on = models.DateField(null=True)
    statement_by = models.DateField(null=True)
    """The last day of the term for a statement, as they were told."""
    proposed = models.JSONField(default=dict)
    """What they were told would be decided."""
    statement = models.TextField(blank=True)
    waived_statement = models.BooleanField(default=False)
    heard_on = models.DateField(null=True)
    hearing = models.OneToOneField(
        Hearing, null=True, on_delete=models.PROTECT, related_name="%(app_label)s_%(class)s"
    )
    """The hearing that was offered with what they were told last; None: none is provided for it."""
    fine_yuan = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True)
    decided_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
