"""One model of evidence: a kind, what it says, who says so, from when to when, how sure, and what is behind
it; what people object to, and what bureaus are still asked.
"""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from juzhu.evidence.kinds import FORMS, Kind
from juzhu.evidence.says import Says
from juzhu.people.models import Account, Organisation, Person

KINDS = [(kind.value, kind.value) for kind in Kind]
WAYS = [(way, way) for way in ("upload", "page", "sheet", "push", "pull")]
CERTAINTIES = [(sure, sure) for sure in ("stated", "confirmed", "signed")]
"""How sure: somebody states it; a department confirms it from its own books; it is signed and verified."""


class Evidence(models.Model):
    """证明材料: one thing that somebody says of a person.

    `source` is "upload" (the applicant's own paper) or "attestation" (a department's word). An officer's
    `judgement` of an upload: "" not looked at, "good", "insufficient" (shown, but proves nothing: ask
    again), "disproved" (shown not to be so).
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=30, choices=KINDS)
    says = models.JSONField(default=dict)
    source = models.CharField(max_length=12, choices=[("upload", "upload"), ("attestation", "attestation")])
    way = models.CharField(max_length=8, choices=WAYS, default="upload")
    """By which way it came: an upload, a department's page or sheet, its push to our API, our pull from
    its.
    """
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    """From when to when it holds, both days included; None: not limited, or not said."""
    certainty = models.CharField(max_length=10, choices=CERTAINTIES, default="stated")
    record = models.JSONField(default=dict, blank=True)
    """The signed record behind a department's word: {"format": "jws", "text", "key", "digest"}; else
    empty.
    """
    department = models.CharField(max_length=30, blank=True)
    files = models.ManyToManyField("operations.StoredFile", blank=True)
    received_at = models.DateTimeField()
    given_by_id = models.BigIntegerField(null=True)
    judgement = models.CharField(
        max_length=12,
        blank=True,
        choices=[("good", "good"), ("insufficient", "insufficient"), ("disproved", "disproved")],
    )
    judged_by_id = models.BigIntegerField(null=True)
    judged_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    """Taken back by the applicant, or by the department that gave it."""
    sheet = models.ForeignKey("Sheet", null=True, on_delete=models.PROTECT, related_name="pieces")
    """The sheet on which a department gave it, if it came on one."""

    class Meta:
        ordering: ClassVar = ["-received_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["person", "kind", "-received_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(source="upload", department="") | (Q(source="attestation") & ~Q(department="")),
                name="an_attestation_names_its_department",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="evidence_ends_after_it_begins",
            ),
        ]

    @property
    def content(self) -> Says:
        """What it says, typed. Raises pydantic.ValidationError only when the row was written past the
        actions.
        """
        return FORMS[Kind(self.kind)].model_validate(self.says)

    def holds_on(self, day: date) -> bool:
        """Whether it has not run out by a day. What begins later is known already, and counts."""
        return self.valid_until is None or day <= self.valid_until


class Sheet(models.Model):
    """证明表: many words of one kind, from the upload of a department's table to its receipt.

    While it is a draft, `rows` are all its rows as they were typed: [{"line", "cells"}]. Filed, only those
    that were sent back are kept; the others have become evidence.
    """

    number = models.CharField(max_length=30, unique=True, null=True)
    kind = models.CharField(max_length=30, choices=KINDS)
    department = models.CharField(max_length=30)
    state = models.CharField(max_length=6, choices=[("draft", "draft"), ("filed", "filed")], default="draft")
    original_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    rows = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    """Of a filed one: how many words were "new", the "same" as before, and how many rows went "back"."""
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["made_by", "-made_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="draft", number__isnull=True) | Q(state="filed", number__isnull=False),
                name="a_filed_sheet_has_its_receipt_number",
            )
        ]


class Objection(models.Model):
    """异议: a person says that a department's word about them is wrong; the department answers.

    While it is open, the word that is objected to proves nothing against the person, and nothing automatic
    rests on it. Source: State Council order 716 art. 7; Personal Information Protection Law art. 46.
    """

    STATES = (("open", _("等部门核对")), ("corrected", _("已更正")), ("upheld", _("核对无误")))

    number = models.CharField(max_length=30, unique=True)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="objections")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="objections")
    department = models.CharField(max_length=30)
    text = models.TextField()
    """What is wrong, in the person's words."""
    wanted = models.TextField(blank=True)
    """What is right, in the person's words."""
    state = models.CharField(max_length=10, choices=STATES, default="open")
    filed_at = models.DateTimeField()
    filed_on = models.DateField()
    filed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    replacement = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        indexes: ClassVar = [models.Index(fields=["department", "state", "due_on"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["evidence"], condition=Q(state="open"), name="one_open_objection_a_word"
            )
        ]

    @property
    def is_open(self) -> bool:
        """Whether the department has not answered yet."""
        return self.state == "open"


class Inquiry(models.Model):
    """向部门查询: one question to a bureau's own service about one person and kind.

    "waiting" while the bureau does not answer: nobody is asked for the paper meanwhile. "answered" made a
    piece of evidence; "nothing" means that the bureau knows nothing, so that a paper may be asked for.
    """

    STATES = tuple((state, state) for state in ("waiting", "answered", "nothing", "given_up"))

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="inquiries")
    kind = models.CharField(max_length=30, choices=KINDS)
    department = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=STATES, default="waiting")
    asked_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=40, blank=True)
    """Why the last try failed, as a code: timeout, unreachable, refused, broken_answer, breaker_open."""
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "tried_at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(state="waiting"), name="one_waiting_inquiry_a_kind"
            )
        ]


class Client(models.Model):
    """A program with OAuth 2 client credentials: a department's, that may push attestations (one scope a
    kind), or an organisation's, that may report (the scope `reports`) or ask holders (`presentations`).
    """

    client_id = models.CharField(max_length=48, unique=True)
    secret_hash = models.CharField(max_length=200)
    name = models.CharField(max_length=100)
    department = models.CharField(max_length=30, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="clients"
    )
    scopes = models.JSONField(default=list)
    keys = models.JSONField(default=dict, blank=True)
    """The JWKS by which signed records of this department are verified; empty: none are taken."""
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(department="") ^ Q(organisation__isnull=True), name="a_client_is_somebody_s"
            )
        ]


class AccessToken(models.Model):
    """An OAuth 2 access token, kept as its SHA-256."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class Delivery(models.Model):
    """One word that a client has pushed, under its idempotency key. `reference` is what the client is given.

    Of a word about somebody who is not registered here nothing is kept but this row: `evidence` is None, and
    `digest` (HMAC-SHA256 of the word) tells no more than whether the same comes again.
    """

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="deliveries")
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    reference = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=30, choices=KINDS)
    certainty = models.CharField(max_length=10, choices=CERTAINTIES)
    received_at = models.DateTimeField()
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["client", "key"], name="one_delivery_a_key"),
        ]
