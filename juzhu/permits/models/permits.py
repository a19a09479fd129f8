"""Permits and what belongs to them. A permit's status is never stored as truth: `law.lifecycle` tells it."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from juzhu.law import lifecycle
from juzhu.law.policy import Policy
from juzhu.operations.models import AppendOnly, StoredFile
from juzhu.operations.rules import changes
from juzhu.people.models import Account, Identity, Person, UndoneFact
from juzhu.permits import terms

if TYPE_CHECKING:
    from juzhu.permits.models.applications import Application

PERMIT_ENDINGS = {
    "not_endorsed": _("不再符合条件，没有签注"),
    "death": _("持证人已经去世"),
    "local_household": _("户口已经迁入杭州市区"),
    "fraud": _("用虚假材料领证，已经收缴"),
}
"""使用功能终止: why a permit ended. Source: Hangzhou art. 21; Zhejiang art. 36."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was read of a permit's endorsements: their days, and those that were filed and not answered."""

    endorsed_on: tuple[date, ...]
    filed: "tuple[Application, ...]"


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
        indexes: ClassVar = [
            models.Index(fields=["cached_until"]),
            models.Index(
                fields=["terminated_on"],
                condition=Q(terminated_on__isnull=False),
                name="permit_terminated",
            ),
        ]

    @property
    def ended_on(self) -> date | None:
        """The day from which its functions are over: by a termination, or by a fact about its holder that
        nobody had to write down here. Never before issue. Reads the person: let a query bring them along.
        Source: Hangzhou art. 21.
        """
        return min((day for day in (self.terminated_on, self._out_of_scope_on) if day), default=None)

    @property
    def end_reason(self) -> str:
        """Why it ended, as a code of `PERMIT_ENDINGS`; "" while it has not ended."""
        ended = self.ended_on
        if ended is None or ended == self.terminated_on:
            return self.termination_reason
        return self.person.out_of_scope_because

    @property
    def _out_of_scope_on(self) -> date | None:
        since = self.person.out_of_scope_since
        return max(since, self.issued_on) if since else None

    def dates(self, filed_on: date | None = None) -> lifecycle.PermitDates:
        """The dates that the law looks at. Uses known or prefetched endorsements where there are any; what
        was filed before a fact and endorsed after it is no endorsement.
        """
        ended = self.ended_on
        endorsed = self.known.endorsed_on if self.known else (row.on for row in self.endorsements.all())
        return lifecycle.PermitDates(
            issued_on=self.issued_on,
            endorsed_on=tuple(sorted(day for day in endorsed if ended is None or day <= ended)),
            filed_on=filed_on,
            terminated_on=ended,
        )

    def status(self, policy: Policy, as_of: date) -> lifecycle.Status:
        """What the permit is on a day, by the policy of that day; what was done before keeps the effect that
        the policy of its own day gave it. Source: notice 2(1)4.
        """
        return lifecycle.status(self.dates(self.filed_on(as_of)), policy, as_of, of_day=changes())

    def filed_on(self, as_of: date) -> date | None:
        """When an endorsement that is undecided on a day was filed; one that has lapsed by then keeps no
        permit valid, and of one that has ended nothing is reviewed, whether or not it was written down. Uses
        known or prefetched applications.
        """
        ended = self.ended_on
        if ended is not None and ended <= as_of:
            return None
        filed = (
            row.filed_on
            for row in (self.known.filed if self.known else self.applications.all())
            if row.kind == "endorsement" and row.filed_on and terms.undecided(row, as_of)
        )
        return max(filed, default=None)


class Endorsement(AppendOnly):
    """签注: `on` is the day of filing, so that the office's delay costs the holder nothing. Source: notice
    2(1)4.
    """

    permit = models.ForeignKey(Permit, on_delete=models.PROTECT, related_name="endorsements")
    application = models.OneToOneField(
        "permits.Application", on_delete=models.PROTECT, related_name="endorsement"
    )
    on = models.DateField()

    class Meta:
        ordering: ClassVar = ["on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["permit", "on"], name="one_endorsement_a_day")
        ]


class PermitVersion(AppendOnly, Identity):
    """证照版本: what the electronic permit says, from a moment on; the latest one counts, the others are
    kept.

    A new one is made at issue, at each endorsement, at a correction and at a change of address or workplace.
    The fields are those of G4 (State Council order 663, art. 4). Source: notice 2(2)3; Zhejiang art. 19;
    Hangzhou art. 18.
    """

    REASONS = (
        ("issued", _("签发")),
        ("endorsed", _("签注")),
        ("corrected", _("更正")),
        ("moved", _("住址变更")),
        ("workplace", _("服务处所变更")),
        ("household", _("户籍变更")),
    )

    permit = models.ForeignKey(Permit, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    """1 at issue, one more with each version."""
    reason = models.CharField(max_length=12, choices=REASONS)
    identity_number = models.CharField(max_length=18)
    photo = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    residence_address = models.CharField(max_length=200)
    workplace = models.CharField(max_length=100, blank=True)
    workplace_since = models.DateField(null=True)
    """From when that workplace holds, where it was told as a change."""
    issued_on = models.DateField()
    valid_until = models.DateField()
    made_on = models.DateField()
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    application = models.ForeignKey(
        "permits.Application", null=True, on_delete=models.PROTECT, related_name="+"
    )
    correction = models.ForeignKey(
        "permits.Correction", null=True, on_delete=models.PROTECT, related_name="versions"
    )

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["permit", "number"], name="one_permit_version_a_number")
        ]


class ResidenceSegment(AppendOnly):
    """居住年限段: a stretch during which the permit worked, written when it ended: suspended, or terminated.

    Both days included. The running stretch is no row: it is computed from dates (`law.residence`). Both
    counters stand at `ended_on`: the completed years of this stretch alone (reading A), and the days of all
    stretches so far, suspended time left out (reading B). Of two rows with the same beginning the later one
    counts: the end that the first one tells of was undone, as when a refusal was overturned.
    Source: notice 2(1)4; Hangzhou art. 20; requirements CF01.
    """

    permit = models.ForeignKey(Permit, on_delete=models.PROTECT, related_name="segments")
    number = models.PositiveIntegerField()
    began_on = models.DateField()
    ended_on = models.DateField()
    ended_by = models.CharField(
        max_length=12, choices=[("suspended", "suspended"), ("terminated", "terminated")]
    )
    continuous_years = models.PositiveSmallIntegerField()
    cumulative_days = models.PositiveIntegerField()
    written_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["permit", "number"], name="one_segment_a_number"),
            models.CheckConstraint(
                condition=Q(ended_on__gte=F("began_on")), name="segment_ends_after_it_begins"
            ),
        ]


class Restoration(AppendOnly):
    """撤销终止: a permit was shown as ended on a day by a fact that was recorded wrongly, and works again.

    By its dates it was never interrupted. A paper that told of that end before it was undone is withdrawn.
    """

    permit = models.ForeignKey(Permit, on_delete=models.PROTECT, related_name="restorations")
    undone = models.ForeignKey(UndoneFact, on_delete=models.PROTECT, related_name="restorations")
    reason = models.CharField(max_length=30, choices=list(PERMIT_ENDINGS.items()))
    ended_on = models.DateField()
    """The day on which it was said to have ended."""
    on = models.DateField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["permit", "undone"], name="one_restoration_a_fact")
        ]


class Correction(models.Model):
    """登载内容更正: the holder says that the permit is wrong, with proof. Source: Hangzhou art. 18; D10."""

    STATES = (("filed", _("等核对")), ("corrected", _("已更正")), ("declined", _("不予更正")))

    number = models.CharField(max_length=30, unique=True)
    permit = models.ForeignKey(Permit, on_delete=models.PROTECT, related_name="corrections")
    area = models.CharField(max_length=9, db_index=True)
    field = models.CharField(max_length=30)
    """The field of `PermitVersion` that is wrong."""
    was = models.CharField(max_length=200, blank=True)
    wanted = models.CharField(max_length=200)
    explanation = models.TextField(blank=True)
    files = models.ManyToManyField("operations.StoredFile", blank=True)
    state = models.CharField(max_length=12, choices=STATES, default="filed")
    filed_at = models.DateTimeField()
    filed_on = models.DateField()
    filed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    decided_at = models.DateTimeField(null=True)
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-filed_at"]
        indexes: ClassVar = [models.Index(fields=["area", "state", "due_on"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["permit", "field"], condition=Q(state="filed"), name="one_open_correction_a_field"
            )
        ]


class Slip(AppendOnly):
    """《浙江省居住证确认单》 as it was handed out: to whom, by whom, and of which version.

    `code` stands in its QR code. An agent shows the holder's identity card or permit; their own identity is
    recorded (by analogy with Hangzhou art. 22). Source: notice 2(2)4, 2(2)5.
    """

    number = models.CharField(max_length=30, unique=True)
    code = models.CharField(max_length=32, unique=True)
    permit = models.ForeignKey(Permit, on_delete=models.PROTECT, related_name="slips")
    version = models.ForeignKey(PermitVersion, on_delete=models.PROTECT, related_name="slips")
    handed_to = models.CharField(max_length=8, choices=[("holder", _("本人")), ("agent", _("受托人"))])
    agent_name = models.CharField(max_length=100, blank=True)
    agent_identity_number = models.CharField(max_length=18, blank=True)
    agent_shows = models.CharField(
        max_length=16,
        blank=True,
        choices=[("identity_card", _("持证人身份证（户口簿）")), ("permit", _("电子居住证"))],
    )
    mandate = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    """The written mandate, where the district asks for one."""
    handed_at = models.DateTimeField()
    handed_on = models.DateField()
    handed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-handed_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(handed_to="holder", agent_name="", agent_identity_number="")
                | (Q(handed_to="agent") & ~Q(agent_name="") & ~Q(agent_identity_number="")),
                name="a_slip_names_its_agent",
            )
        ]
