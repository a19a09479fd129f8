"""疑似重复: two records that may be one person; and what was put together, so that it can be taken apart."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from juzhu.people.models.persons import Account, Person


class Likeness(models.Model):
    """疑似重复: why two records may be one person; an officer decides. `first` is the older record."""

    STATES = (("open", _("待核对")), ("merged", _("已合并")), ("apart", _("是两个人")))

    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField()
    """0 to 100; from 70 on it is listed."""
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=STATES, default="open")
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    said = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-score", "found_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="one_likeness_a_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="the_older_record_is_first"),
        ]


class Merge(models.Model):
    """合并: what was one person's twice. `moved` says which rows of which table went over, so that taking it
    apart gives back exactly those; nothing is deleted.
    """

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merged_away")
    said = models.TextField()
    """On what proof."""
    moved = models.JSONField(default=dict)
    """{"registration.Registration.person": [keys], …}."""
    took_phone = models.BooleanField(default=False)
    """Whether the kept record had no phone and took the other's."""
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_because = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-merged_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at__isnull=True), name="one_merge_a_record"
            ),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="nobody_is_merged_with_themself"),
        ]
