"""One model of evidence: a kind, what it says, who says so, since when, and the files behind it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from juzhu.evidence.kinds import FORMS, Kind, Says
from juzhu.people.models import Person

KINDS = [(kind.value, kind.value) for kind in Kind]


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

    class Meta:
        ordering: ClassVar = ["-received_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["person", "kind", "-received_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(source="upload", department="") | (Q(source="attestation") & ~Q(department="")),
                name="an_attestation_names_its_department",
            )
        ]

    @property
    def content(self) -> Says:
        """What it says, typed. Raises pydantic.ValidationError only when the row was written past the
        actions.
        """
        return FORMS[Kind(self.kind)].model_validate(self.says)
