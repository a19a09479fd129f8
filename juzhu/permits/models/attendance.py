"""到场: who stood at a window when something was done there that has no place for it in its own row."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juzhu.operations.models import AppendOnly, StoredFile
from juzhu.people.models import Account, Person
from juzhu.permits.models.applications import Representative


class Attendance(AppendOnly):
    """到场记录: the person, or somebody who acts for them, stood before this officer; what was done is named
    by `deed`, and to which by `about`, its number.

    Without a name it was the person themself. Source: Hangzhou art. 22, by analogy; requirements C10, F07.
    """

    DEEDS = (
        ("correction", _("申请更正")),
        ("objection", _("对部门信息提异议")),
        ("statement", _("陈述、申辩")),
        ("waiver", _("说明不陈述、不申辩")),
        ("workplace", _("改工作单位")),
        ("extend", _("延长居住时间")),
        ("leave", _("登记离开")),
        ("switch", _("换途径")),
        ("ask_person", _("要求人工复核")),
        ("withdraw", _("撤回申请")),
        ("check", _("来说明核查的事")),
    )

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendances")
    deed = models.CharField(max_length=12, choices=DEEDS)
    about = models.CharField(max_length=40)
    area = models.CharField(max_length=9)
    officer = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    name = models.CharField(max_length=100, blank=True)
    identity_number = models.CharField(max_length=18, blank=True)
    relation = models.CharField(max_length=12, choices=Representative.RELATIONS, blank=True)
    ground = models.CharField(max_length=12, choices=Representative.GROUNDS, blank=True)
    identity_shown = models.BooleanField(null=True)
    persons_identity_shown = models.BooleanField(null=True)
    files = models.ManyToManyField(StoredFile, blank=True)
    """What both have shown, and for a statement the record that was signed."""

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["deed", "about"], name="attendance_about")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(name="", identity_number="", relation="", ground="")
                | (~Q(name="") & ~Q(identity_number="") & ~Q(relation="") & ~Q(ground="")),
                name="who_acts_at_a_window_is_named",
            )
        ]
