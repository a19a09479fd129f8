"""The electronic permit's documents: the register of e-licences, and what is published about them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from juzhu.credentials.places import SIZE
from juzhu.permits.models import Permit, PermitVersion


class Shard(models.Model):
    """A part of the status list: so many places, given out one after another and scattered by `secret`, so
    that a place says nothing about when it was given.

    `wanted` rises with every change that may have touched a place of it: a list that was made for less is
    made anew (`publishing`).
    """

    number = models.PositiveBigIntegerField(unique=True)
    secret = models.BinaryField()
    given = models.PositiveIntegerField(default=0)
    wanted = models.PositiveBigIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["number"]


class Licence(models.Model):
    """电子证照: the document of one permit version, as the register has it.

    `identifier` has the shape of GB/T 36904. `offline_code` is signed and says what the version says; it is
    signed anew when its key goes or the service's address changes, and so are the columns beside it. What
    the permit is on a day is never stored: `standings` computes it. `superseded_at` only says that a later
    document is there.
    """

    version = models.OneToOneField(PermitVersion, on_delete=models.PROTECT, related_name="licence")
    permit = models.ForeignKey(Permit, on_delete=models.PROTECT, related_name="licences", db_index=False)
    identifier = models.CharField(max_length=100, unique=True)
    shard = models.ForeignKey(
        Shard,
        to_field="number",
        db_column="shard",
        db_index=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    place = models.PositiveBigIntegerField()
    """Its index in the shard. As wide as a key, so that a prepared query can stand in for it."""
    offline_code = models.TextField(blank=True)
    alg = models.CharField(max_length=8)
    kid = models.CharField(max_length=16)
    issuer = models.CharField(max_length=200)
    """The service's address at that time, which the code names."""
    signed_at = models.DateTimeField()
    made_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["shard", "place"], name="one_licence_a_place"),
            models.UniqueConstraint(
                fields=["permit"],
                condition=Q(superseded_at__isnull=True),
                name="one_current_licence_a_permit",
            ),
            models.CheckConstraint(condition=Q(place__lt=SIZE), name="a_place_is_within_its_shard"),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True) | Q(superseded_at__gte=F("made_at")),
                name="superseded_after_it_was_made",
            ),
        ]
        indexes: ClassVar = [
            # From what is not valid to its places, by these columns alone (`standings`).
            models.Index(fields=["permit", "shard", "place"], name="licence_places"),
            models.Index(
                fields=["shard", "place"],
                condition=Q(superseded_at__isnull=False),
                name="licence_superseded",
            ),
        ]


class PublishedDocument(models.Model):
    """A signed file as it is served to everybody, until the next one takes its place.

    `basis` names all that it was made from: where that is something else now, it is made anew. `ttl` is how
    many seconds a copy of it may be used.
    """

    path = models.CharField(max_length=60, unique=True)
    media_type = models.CharField(max_length=60)
    body = models.BinaryField()
    etag = models.CharField(max_length=40)
    ttl = models.PositiveIntegerField()
    basis = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    """Past it a checker takes it for out of date; None for what has no such term."""
