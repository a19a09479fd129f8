"""The electronic permit in wallets: offers to load it, devices that have, and what was shown to whom.

Of a code or a token only its SHA-256 is kept.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from juzhu.evidence.models import Client
from juzhu.people.models import NAME_LENGTH, Account, Organisation
from juzhu.permits.models import Permit, PermitVersion

DEVICE_LENGTH = 40
PURPOSE_LENGTH = 100
DIGEST_LENGTH = 64


class Offer(models.Model):
    """The holder's word, after a fresh presence check, that one device may load the permit: for five minutes,
    once, and with a transaction code that stands apart from the QR code.
    """

    permit = models.ForeignKey(Permit, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    """The holder, or the guardian of a child."""
    device = models.CharField(max_length=DEVICE_LENGTH, blank=True)
    """What the holder calls the device."""
    reference = models.CharField(max_length=DIGEST_LENGTH, unique=True)
    code = models.CharField(max_length=DIGEST_LENGTH, unique=True)
    tx_code = models.CharField(max_length=DIGEST_LENGTH)
    tries = models.PositiveSmallIntegerField(default=0)
    """How many wrong transaction codes came."""
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    redeemed_at = models.DateTimeField(null=True)


class Loading(models.Model):
    """装载: a device that may have the permit's document. No copy of the document is kept.

    It begins when an offer is redeemed, and is bound to the device's key with the first request for a
    document; from then on no other key gets one by it. `version` is the one that it was given last.
    """

    ENDINGS = (("revoked", "revoked"), ("again", "again"))

    permit = models.ForeignKey(Permit, on_delete=models.PROTECT, related_name="loadings")
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    device = models.CharField(max_length=DEVICE_LENGTH, blank=True)
    thumbprint = models.CharField(max_length=43, blank=True)
    """Of the device's key (RFC 7638, SHA-256)."""
    access = models.CharField(max_length=DIGEST_LENGTH, unique=True)
    access_until = models.DateTimeField()
    requests = models.PositiveSmallIntegerField(default=0)
    """How many documents were asked for with the present access token."""
    refresh = models.CharField(max_length=DIGEST_LENGTH, unique=True)
    begun_at = models.DateTimeField()
    version = models.ForeignKey(PermitVersion, null=True, on_delete=models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=8, choices=ENDINGS, blank=True)
    """Revoked by the holder, or the same key has loaded the permit again."""

    class Meta:
        ordering: ClassVar = ["-begun_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["permit", "thumbprint"],
                condition=Q(ended_at__isnull=True) & ~Q(thumbprint=""),
                name="a_key_loads_a_permit_once",
            ),
            models.CheckConstraint(
                condition=Q(loaded_at__isnull=True) | ~Q(thumbprint=""), name="what_is_loaded_has_a_key"
            ),
        ]


class Issuance(models.Model):
    """One request for a document, from its proof of possession until it is fetched.

    Only the worker signs: `credential` is empty before it has, and after the wallet has fetched it. A row is
    gone within the hour.
    """

    loading = models.ForeignKey(Loading, on_delete=models.CASCADE, related_name="issuances")
    transaction = models.CharField(max_length=DIGEST_LENGTH, unique=True)
    nonce = models.CharField(max_length=DIGEST_LENGTH, unique=True)
    """Of the challenge that the proof answered: each is good for one."""
    jwk = models.JSONField()
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    """When it was signed or denied."""
    denied = models.BooleanField(default=False)
    credential = models.TextField(blank=True)
    fetched_at = models.DateTimeField(null=True)


class Presentation(models.Model):
    """出示: what a checker asked of a wallet, and what came of it.

    `key` is what the checker reads the result by, `reference` where the wallet fetches the request. `result`
    is emptied ten minutes after the answer. Of one that was answered by a holder the rest is kept, for
    the holder to see; any other is gone with its result.
    """

    OUTCOMES = (
        "valid", "suspended", "terminated", "stale", "forged", "not_a_permit", "unproved", "device_revoked",
        "declined",
    )  # fmt: skip

    key = models.CharField(max_length=DIGEST_LENGTH, unique=True)
    reference = models.CharField(max_length=43, unique=True)
    state = models.CharField(max_length=43, unique=True)
    nonce = models.CharField(max_length=43)
    asked = models.JSONField()
    """Codes of `catalogue.ITEMS`."""
    checker = models.CharField(max_length=NAME_LENGTH)
    purpose = models.CharField(max_length=PURPOSE_LENGTH)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    """Whose name the register has confirmed; None: the name is what somebody calls themselves."""
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    asked_by_program = models.ForeignKey(Client, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=43, blank=True)
    """A keyed digest of the address that a checker without an account asked from."""
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    request = models.TextField(blank=True)
    """The signed request; empty before the worker has signed it, and once it is answered."""
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, choices=[(each, each) for each in OUTCOMES], blank=True)
    because = models.CharField(max_length=16, blank=True)
    given = models.JSONField(default=list)
    """The names of the claims that were given."""
    result = models.JSONField(default=dict)
    loading = models.ForeignKey(Loading, null=True, on_delete=models.PROTECT, related_name="+")
    """The device that answered, so that it is known whose permit it was."""

    class Meta:
        ordering: ClassVar = ["-made_at"]
        indexes: ClassVar = [
            models.Index(fields=["source", "made_at"], name="asked_from", condition=~Q(source=""))
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, outcome="")
                | (~Q(outcome="") & Q(answered_at__gte=F("made_at"))),
                name="an_answer_has_its_outcome",
            )
        ]

    @property
    def confirmed(self) -> bool:
        """Whether the register has confirmed who asks."""
        return self.organisation_id is not None
