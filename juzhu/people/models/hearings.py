"""What a case has in which somebody may be punished, whatever for."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juzhu.operations.errors import Sentence
from juzhu.people.models.persons import Account


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
    fine_yuan = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True)
    decided_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
