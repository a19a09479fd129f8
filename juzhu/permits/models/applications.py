"""Applications from draft to answer, with what is decided, asked and paused on the way."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from juzhu.operations.errors import Sentence
from juzhu.operations.models import AppendOnly, StoredFile
from juzhu.people.models import Account, Person
from juzhu.permits.models.permits import Permit
from juzhu.permits.transitions import UNFINISHED, State
from juzhu.registration.models import Registration
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
    State.ENDED: _("已终结"),
}
CASE_ENDINGS = {
    "death": _("申请人去世，这一件终结。"),
    "local_household": _("申请人的户口迁入了本市市区，不再需要居住证，这一件终结。"),
    "fraud": _("居住证因虚假材料被收缴，这一件终结。"),
}
"""What makes an application pointless, and what is said of it then. Source: Hangzhou art. 21; Zhejiang art.
36.
"""


class Application(models.Model):
    """申领 or 签注: one request, from draft to answer.

    `answers` keeps what was filled in, step by step; `filed_on` is the day of the first submission, by which
    an endorsement is in time; `received_on` that of the latest one, from which the examination's five working
    days run, or the day on which they began anew: a chief took the acceptance back, or a court the refusal;
    `accepted_on` starts the fifteen days. A notice after acceptance clears `accepted_*`, `deemed_accepted`
    and `due_on`; a chief who takes an acceptance back leaves `due_on`, which was promised. The stored
    decisions and events keep what was.
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
    assigned_to = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="assigned"
    )
    """The officer in whose hands it is; None: whoever of the area takes it."""
    wants_person = models.BooleanField(default=False)
    """The applicant asked that a person decide (Personal Information Protection Law art. 24)."""
    automatic = models.BooleanField(default=False)
    """Accepted, approved and issued by the rules alone, at submission."""
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
                condition=Q(automatic=False) | Q(accepted_by__isnull=True, decided_by__isnull=True),
                name="an_automatic_decision_has_no_officer",
            ),
            models.CheckConstraint(
                condition=Q(kind="first") | Q(permit__isnull=False), name="an_endorsement_has_its_permit"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["area", "state", "examine_by"]),
            models.Index(fields=["area", "state", "due_on"]),
            models.Index(fields=["area", "state", "supplement_by"]),
            models.Index(
                fields=["area", "decided_on", "route", "kind", "channel"], name="application_answered"
            ),
            models.Index(fields=["submitted_at", "area"]),
            models.Index(fields=["state", "examine_by"]),
            models.Index(fields=["person", "-started_at"]),
            models.Index(fields=["assigned_to", "state"]),
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

    @property
    def open_pause(self) -> "Pause | None":
        """The pause that stops the clock now. No query where the pauses were prefetched."""
        return next((pause for pause in self.pauses.all() if pause.ended_on is None), None)

    @property
    def because(self) -> Sentence:
        """Why it was refused, in the officer's words; why a fact has ended it, in the service's, whether or
        not it was written down.
        """
        if self.state == State.ENDED:
            return CASE_ENDINGS.get(self.reason, self.reason)
        return self.reason or CASE_ENDINGS.get(self.person.out_of_scope_because, "")


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
    moved_on = models.DateField(null=True)
    """The day on which the term was moved, because the case had been ended by mistake meanwhile."""
    after_acceptance = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-pk"]


class Representative(models.Model):
    """代办人: who filed or registered for somebody, for what reason, and what they showed.

    `relation` and `ground` together say whether they may: a guardian or close relative, for a child under 16,
    an elderly person who can't move well, or a disabled one. Source: Hangzhou art. 22; State Council order
    663 art. 9.
    """

    RELATIONS = (
        ("guardian", _("监护人")),
        ("spouse", _("配偶")),
        ("parent", _("父母")),
        ("child", _("子女")),
        ("sibling", _("兄弟姐妹")),
        ("grandparent", _("祖父母、外祖父母")),
        ("grandchild", _("孙子女、外孙子女")),
    )
    GROUNDS = (
        ("minor", _("未满 16 周岁")),
        ("elderly", _("行动不便的老年人")),
        ("disabled", _("残疾人")),
    )

    application = models.OneToOneField(
        Application, null=True, on_delete=models.PROTECT, related_name="representative"
    )
    registration = models.OneToOneField(
        Registration, null=True, on_delete=models.PROTECT, related_name="representative"
    )
    """For what: an application, or a registration."""
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    identity_number = models.CharField(max_length=18)
    phone = models.CharField(max_length=20, blank=True)
    relation = models.CharField(max_length=12, choices=RELATIONS)
    ground = models.CharField(max_length=12, choices=GROUNDS)
    identity_shown = models.BooleanField(null=True)
    """Whether their own identity document was shown: None not yet, False not shown to be theirs."""
    applicants_identity_shown = models.BooleanField(null=True)
    files = models.ManyToManyField(StoredFile, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(application__isnull=True, registration__isnull=False)
                | Q(application__isnull=False, registration__isnull=True),
                name="a_representative_acts_for_one_thing",
            )
        ]


class Pause(models.Model):
    """期限中止: time that is not counted, for a reason that the law knows. `ended_on` None: still paused.

    The days from `began_on` to `ended_on`, the first not counted, are added to the term when it ends.

    The applicant is told in writing how long it takes. Source: Administrative Licensing Law art. 45, by
    analogy.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=20)
    cites = models.JSONField(default=list)
    note = models.TextField()
    began_on = models.DateField()
    expected_days = models.PositiveSmallIntegerField()
    expected_until = models.DateField()
    """The last day that was promised: `expected_days` after it began. Past it, the pause goes on."""
    ended_on = models.DateField(null=True)
    began_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["began_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(ended_on__isnull=True), name="one_pause_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
                name="pause_ends_after_it_begins",
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.expected_until is None:
            self.expected_until = self.began_on + timedelta(days=self.expected_days)
        super().save(*args, **kwargs)

    def too_long(self, today: date) -> bool:
        """Whether it still stops the clock after the day that was promised."""
        return self.ended_on is None and self.expected_until < today

    def days(self, today: date) -> int:
        """How many days it has kept out of the term so far."""
        return ((self.ended_on or today) - self.began_on).days


class Remedy(models.Model):
    """行政复议、行政诉讼: what was filed against a decision, and how it ended.

    Source: State Council order 663 in general; requirements J17.
    """

    KINDS = (("reconsideration", _("行政复议")), ("litigation", _("行政诉讼")))
    OUTCOMES = (
        ("upheld", _("维持")),
        ("overturned", _("撤销，责令重新办理")),
        ("unlawful", _("确认违法")),
        ("withdrawn", _("申请人撤回")),
    )

    application = models.ForeignKey(Application, null=True, on_delete=models.PROTECT, related_name="remedies")
    """None: against the decision of a case of fraud in which there is no application."""
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="remedies")
    fraud_case = models.ForeignKey(
        "permits.FraudCase", null=True, on_delete=models.PROTECT, related_name="remedies"
    )
    """The case of fraud whose decision is contested; None: the application's own answer, or the silence."""
    kind = models.CharField(max_length=16, choices=KINDS)
    case_number = models.CharField(max_length=60)
    authority = models.CharField(max_length=100)
    filed_on = models.DateField()
    outcome = models.CharField(max_length=12, choices=OUTCOMES, blank=True)
    outcome_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    contested_on = models.DateField(null=True)
    contested_reason = models.TextField(blank=True)
    """The day and the reason of the decision that is contested, as they stood: the application's own go
    when it is reopened. Of an end by a fact the reason is its code.
    """
    reopened_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-filed_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome="", outcome_on__isnull=True)
                | (~Q(outcome="") & Q(outcome_on__gte=F("filed_on"))),
                name="a_remedys_outcome_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(application__isnull=False) | Q(fraud_case__isnull=False),
                name="a_remedy_is_against_something",
            ),
        ]

    @property
    def contested_because(self) -> Sentence:
        """Why it was decided so, in the officer's words; why a fact has ended it, in the service's."""
        return CASE_ENDINGS.get(self.contested_reason, self.contested_reason)

    @property
    def by_fact(self) -> bool:
        """Whether what is contested is an end that follows from a fact."""
        return self.fraud_case_id is None and self.contested_reason in CASE_ENDINGS
