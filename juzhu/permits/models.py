"""Applications, decisions, permits, endorsements. A permit's status is never stored as truth:
`law.lifecycle` tells it.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from juzhu.law import lifecycle
from juzhu.law.policy import Policy
from juzhu.operations.models import AppendOnly
from juzhu.people.models import Account, Person
from juzhu.permits.transitions import UNFINISHED, State
from juzhu.registration.subdistricts import SUBDISTRICTS, Subdistrict

ROUTE_NAMES = {
    "employment": _("合法稳定就业"),
    "dwelling": _("合法稳定住所"),
    "study": _("连续就读"),
    "talent": _("引进人才居住证换领"),
}
ROUTES = list(ROUTE_NAMES.items())
STATE_NAMES = {
    State.DRAFT: _("草稿"),
    State.SUBMITTED: _("等受理"),
    State.SUPPLEMENT_REQUESTED: _("等补正"),
    State.ACCEPTED: _("等审核"),
    State.APPROVED: _("已准予"),
    State.ISSUED: _("已签发"),
    State.REFUSED: _("不予"),
    State.WITHDRAWN: _("已撤回"),
    State.LAPSED: _("已失效"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What was read of a permit's endorsements: their days, and when one that is undecided was filed."""

    endorsed_on: tuple[date, ...]
    filed_on: date | None


class Permit(models.Model):
    """居住证. Only dates; what they mean on a day is computed (`status`).

    `cached_until` helps lists to search; `juzhu manage rebuild_cached_status` makes it anew.
    """

    number = models.CharField(max_length=30, unique=True)
    public_id = models.CharField(max_length=16, unique=True)
    """A random name for the QR code, so that no number or row id is shown to strangers."""
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="permits")
    issued_on = models.DateField()
    area = models.CharField(max_length=9, db_index=True)
    terminated_on = models.DateField(null=True, blank=True)
    termination_reason = models.CharField(max_length=30, blank=True)
    cached_until = models.DateField()

    known: Known | None = None
    """Set by the queries that read permit and endorsements together; with it, `status` reads no table."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(terminated_on__isnull=True), name="one_permit_a_person"
            ),
            models.CheckConstraint(
                condition=Q(terminated_on__isnull=True) | Q(terminated_on__gte=F("issued_on")),
                name="terminated_after_issue",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["cached_until"])]

    def dates(self, filed_on: date | None = None) -> lifecycle.PermitDates:
        """The dates that the law looks at. Uses known or prefetched endorsements where there are any."""
        endorsed = self.known.endorsed_on if self.known else (row.on for row in self.endorsements.all())
        return lifecycle.PermitDates(
            issued_on=self.issued_on,
            endorsed_on=tuple(sorted(endorsed)),
            filed_on=filed_on,
            terminated_on=self.terminated_on,
        )

    def status(self, policy: Policy, as_of: date) -> lifecycle.Status:
        """What the permit is on a day. Source: notice 2(1)4."""
        if self.known:
            return lifecycle.status(self.dates(self.known.filed_on), policy, as_of)
        filed = [
            row.filed_on
            for row in self.applications.all()
            if row.kind == Application.ENDORSEMENT and row.state in UNFINISHED and row.filed_on
        ]
        return lifecycle.status(self.dates(max(filed, default=None)), policy, as_of)


class Application(models.Model):
    """申领 or 签注: one request, from draft to answer.

    `answers` keeps what was filled in, step by step; `filed_on` is the day of the first submission, by which
    an endorsement is in time; `received_on` that of the latest one, from which the examination's five working
    days run; `accepted_on` starts the fifteen days. A notice after acceptance clears `accepted_*`,
    `deemed_accepted` and `due_on`; the stored decisions and events keep what was.
    """

    FIRST, ENDORSEMENT = "first", "endorsement"

    number = models.CharField(max_length=30, unique=True, null=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="applications")
    kind = models.CharField(max_length=12, choices=[(FIRST, _("首次申领")), (ENDORSEMENT, _("签注"))])
    route = models.CharField(max_length=12, choices=ROUTES, blank=True)
    permit = models.ForeignKey(
        Permit, null=True, blank=True, on_delete=models.PROTECT, related_name="applications"
    )
    state = models.CharField(max_length=24, choices=list(STATE_NAMES.items()), default=State.DRAFT)
    area = models.CharField(max_length=9, blank=True)
    channel = models.CharField(max_length=8, default="web")
    policy_id = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)
    filed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    submit_key = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    filed_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    examine_by = models.DateField(null=True)
    supplement_by = models.DateField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_on = models.DateField(null=True)
    accepted_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    deemed_accepted = models.BooleanField(default=False)
    due_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-started_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=[state.value for state in UNFINISHED]),
                name="one_unfinished_application_a_person",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True)
                | Q(decided_by__isnull=True)
                | ~Q(accepted_by=F("decided_by")),
                name="accepted_and_decided_by_two_officers",
            ),
            models.CheckConstraint(
                condition=Q(kind="first") | Q(permit__isnull=False), name="an_endorsement_has_its_permit"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["area", "state", "examine_by"]),
            models.Index(fields=["area", "state", "due_on"]),
            models.Index(fields=["state", "examine_by"]),
            models.Index(fields=["person", "-started_at"]),
        ]

    @property
    def place(self) -> Subdistrict | None:
        """The subdistrict whose station is in charge."""
        return SUBDISTRICTS.get(self.area)

    @property
    def is_endorsement(self) -> bool:
        """Whether this asks for another year."""
        return self.kind == self.ENDORSEMENT

    @property
    def is_open(self) -> bool:
        """Filed and not answered."""
        return self.state in {State.SUBMITTED, State.SUPPLEMENT_REQUESTED, State.ACCEPTED}


class Decision(AppendOnly):
    """判定: what the rules answered, with everything they looked at. Immutable, and replayable for ever.

    `stage` is the step that asked: submit, request_supplement, accept, approve, refuse.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    stage = models.CharField(max_length=24)
    purpose = models.CharField(max_length=12)
    route = models.CharField(max_length=12)
    policy_id = models.CharField(max_length=40)
    as_of = models.DateField()
    facts = models.JSONField()
    answer = models.JSONField()
    outcome = models.CharField(max_length=12)
    calendar_version = models.CharField(max_length=60)
    evidence = models.JSONField(default=list)
    """Ids of the pieces of evidence that the facts were built from."""
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]


class SupplementNotice(models.Model):
    """一次性告知: everything that is missing, at once, how to mend each, and by when.

    `items` is a list of {"code", "note"}: leaf codes from the findings, and "other" for what an officer adds.
    `after_acceptance`: the office saw it late, and took its acceptance back with this notice.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="notices")
    items = models.JSONField()
    issued_at = models.DateTimeField()
    issued_on = models.DateField()
    issued_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    extended = models.BooleanField(default=False)
    after_acceptance = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-pk"]


class Endorsement(AppendOnly):
    """签注: `on` is the day of filing, so that the office's delay costs the holder nothing. Source: notice
    2(1)4.
    """

    permit = models.ForeignKey(Permit, on_delete=models.PROTECT, related_name="endorsements")
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="endorsement")
    on = models.DateField()

    class Meta:
        ordering: ClassVar = ["on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["permit", "on"], name="one_endorsement_a_day")
        ]
