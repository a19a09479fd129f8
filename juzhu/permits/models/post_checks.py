"""事中事后核查: checks of what was issued, and what follows from a false word."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juzhu.operations.models import StoredFile
from juzhu.people.models import Account, Heard, Person
from juzhu.permits.models.permits import Permit


class PostCheck(models.Model):
    """核查: whether address, work and school are still true; planned at random, by risk, by a tip, or
    because a decision was made by the rules alone. Source: notice 2(2)6; requirements F09.
    """

    PLANS = (
        ("random", _("随机抽查")),
        ("risk", _("按风险")),
        ("tip", _("有人反映")),
        ("automatic", _("自动办结的复核")),
        ("request", _("本人要求人工复核")),
    )
    STATES = (("planned", _("待核查")), ("done", _("已核查")), ("cancelled", _("不用查了")))
    RESULTS = (
        ("true", _("情况属实")),
        ("changed", _("情况变了")),
        ("suspected", _("涉嫌虚假")),
        ("not_met", _("没有见到人")),
        ("wrong", _("自动办理有误")),
    )
    REVIEWS = frozenset({"automatic", "request"})
    """Plans that look again at what the rules alone decided: a sample, and whom the holder asked for."""

    number = models.CharField(max_length=30, unique=True)
    permit = models.ForeignKey(Permit, on_delete=models.PROTECT, related_name="post_checks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="post_checks")
    area = models.CharField(max_length=9)
    plan = models.CharField(max_length=12, choices=PLANS)
    hints = models.JSONField(default=list)
    """Why: a list of {"code", "about"}: risk hints with the figures they rest on; never a decision."""
    tip = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=STATES, default="planned")
    planned_on = models.DateField()
    due_on = models.DateField()
    assigned_to = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    found = models.JSONField(default=dict)
    """What was found: {"decision"|"address"|"work"|"school"|"identity": "true"|"false"|"unknown"}."""
    result = models.CharField(max_length=12, choices=RESULTS, blank=True)
    note = models.TextField(blank=True)
    photos = models.ManyToManyField(StoredFile, blank=True)
    done_at = models.DateTimeField(null=True)
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        indexes: ClassVar = [models.Index(fields=["area", "state", "due_on"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["permit", "plan"], condition=Q(state="planned"), name="one_open_check_a_plan"
            )
        ]

    @property
    def is_review(self) -> bool:
        """复核: of a decision that no person made, at the desk; else a check of how somebody lives."""
        return self.plan in self.REVIEWS

    @property
    def case_number(self) -> str:
        """The number of the case whose decision is reviewed; empty for other checks."""
        named = next((hint["about"] for hint in self.hints if hint["code"] in {"asked", "sampled"}), "")
        return str(named["case"] if isinstance(named, dict) else named)


class Tip(models.Model):
    """线索: what somebody says is wrong with a permit. An officer finds whom it is about, so that the page
    tells nobody who has one. Source: requirements F09.
    """

    STATES = (("new", _("待处理")), ("planned", _("已列入核查")), ("dismissed", _("不用核查")))

    number = models.CharField(max_length=30, unique=True)
    area = models.CharField(max_length=9)
    about = models.CharField(max_length=200)
    """Who it is, as the reporter knows them: a name, an address, a permit's number."""
    text = models.TextField()
    reported_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=STATES, default="new")
    post_check = models.ForeignKey(PostCheck, null=True, on_delete=models.PROTECT, related_name="tips")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-reported_at"]
        indexes: ClassVar = [models.Index(fields=["area", "state"])]


class FraudCase(Heard):
    """虚假材料取得居住证的处罚案件: facts, rights told, statement heard, decision.

    `fine_yuan` lies within the range of State Council order 663 art. 18 (at most 200 yuan); the permit is
    withdrawn by Zhejiang art. 36, and points stay barred for five years (requirements G06). Procedure:
    Administrative Penalty Law arts. 29 to 60 (requirements G05, CF12, CF19).
    """

    STATES = (*Heard.STATES, ("set_aside", _("决定已撤销")))

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="fraud_cases")
    permit = models.ForeignKey(Permit, null=True, on_delete=models.PROTECT, related_name="fraud_cases")
    application = models.ForeignKey(
        "permits.Application", null=True, on_delete=models.PROTECT, related_name="fraud_cases"
    )
    post_check = models.ForeignKey(PostCheck, null=True, on_delete=models.PROTECT, related_name="fraud_cases")
    area = models.CharField(max_length=9, db_index=True)
    state = models.CharField(max_length=12, choices=STATES, default="opened")
    warning = models.BooleanField(default=False)
    fine_yuan = models.PositiveSmallIntegerField(default=0)
    withdraw_permit = models.BooleanField(default=False)
    points_barred_until = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["-opened_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(fine_yuan__lte=200), name="a_fine_within_the_statute"),
            models.CheckConstraint(
                condition=~Q(state="decided") | Q(told_on__isnull=False, heard_on__isnull=False),
                name="nobody_is_punished_unheard",
            ),
        ]
