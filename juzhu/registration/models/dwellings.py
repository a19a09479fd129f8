"""出租房屋: what is let, to whom, who has filed it and who has looked at it.

Source: Zhejiang art. 9.3; notice 2(1)2(2), 3(1); Hangzhou government order 287; annexes 3 and 4.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juzhu.evidence.models import KINDS as EVIDENCE_KINDS
from juzhu.evidence.models import Evidence
from juzhu.operations.models import StoredFile
from juzhu.people.models import NAME_LENGTH, Account, Organisation, Person
from juzhu.registration.models.registrations import Placed

LANDS = (("state", _("国有土地")), ("collective", _("集体土地")))


class Dwelling(Placed):
    """房屋: one that is or may be let. `address_key` is the address as it is compared (`addresses.key`).

    The owner is whom an office has confirmed (`TitleClaim`), and before that who recorded the dwelling first.
    """

    number = models.CharField(max_length=30, unique=True)
    address_key = models.CharField(max_length=200)
    land = models.CharField(max_length=10, choices=LANDS)
    commodity = models.BooleanField(null=True)
    """商品房; None: not known."""
    storeys = models.PositiveSmallIntegerField(null=True, blank=True)
    owner = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="dwellings")
    owner_organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="dwellings"
    )
    owner_name = models.CharField(max_length=NAME_LENGTH)
    property_firm = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="managed_dwellings"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    gone_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["subdistrict", "address"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subdistrict", "address_key"], name="one_dwelling_an_address"),
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | Q(owner_organisation__isnull=True),
                name="a_dwelling_has_one_owner",
            ),
        ]


class TitleClaim(models.Model):
    """产权证明: somebody says that a dwelling is theirs and shows their title; an office confirms it.

    "ended" is a confirmed one whose dwelling has another owner since, or none.
    Source: notice 2(1)2(2) (房屋所有权或宅基地使用权证明).
    """

    RIGHTS = (("ownership", _("房屋所有权")), ("homestead", _("宅基地使用权")), ("use", _("其他使用权")))
    STATES = (
        ("asked", _("待核对")),
        ("confirmed", _("已核对")),
        ("returned", _("退回补正")),
        ("ended", _("已失效")),
    )

    number = models.CharField(max_length=30, unique=True)
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="claims")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="title_claims")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="title_claims"
    )
    name = models.CharField(max_length=NAME_LENGTH)
    right = models.CharField(max_length=10, choices=RIGHTS)
    certificate_number = models.CharField(max_length=60, blank=True)
    files = models.ManyToManyField(StoredFile, blank=True)
    state = models.CharField(max_length=10, choices=STATES, default="asked")
    asked_on = models.DateField()
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    said = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-asked_on", "-pk"]
        indexes: ClassVar = [models.Index(fields=["state", "asked_on"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(organisation__isnull=True),
                name="a_title_is_claimed_by_one",
            ),
            models.UniqueConstraint(
                fields=["dwelling"], condition=Q(state="confirmed"), name="one_confirmed_title_a_dwelling"
            ),
            models.UniqueConstraint(
                fields=["dwelling", "person"], condition=Q(state="asked"), name="one_open_claim_a_person"
            ),
            models.UniqueConstraint(
                fields=["dwelling", "organisation"],
                condition=Q(state="asked"),
                name="one_open_claim_an_organisation",
            ),
        ]


class Room(models.Model):
    """房间: the smallest thing that may be let is a room designed as a bedroom or living room (order 287)."""

    DESIGNED = (
        ("bedroom", _("卧室")),
        ("living", _("起居室")),
        ("kitchen", _("厨房")),
        ("balcony", _("阳台")),
        ("cellar", _("地下储藏室")),
        ("garage", _("车库")),
        ("other", _("其他")),
    )

    dwelling = models.ForeignKey(Dwelling, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(max_length=20)
    designed_as = models.CharField(max_length=10, choices=DESIGNED)
    square_metres = models.DecimalField(max_digits=6, decimal_places=2)
    let = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dwelling", "name"], name="one_room_a_name"),
            models.CheckConstraint(condition=Q(square_metres__gt=0), name="a_room_has_an_area"),
        ]


class LettingRecord(models.Model):
    """居住房屋出租登记, with the police. Source: Zhejiang art. 9.3."""

    STATES = (
        ("filed", _("待登记")),
        ("recorded", _("已登记")),
        ("returned", _("退回补正")),
        ("ended", _("已注销")),
    )

    number = models.CharField(max_length=30, unique=True)
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="letting_records")
    state = models.CharField(max_length=10, choices=STATES, default="filed")
    filed_on = models.DateField()
    filed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    said = models.TextField(blank=True)
    ended_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["-filed_on", "-pk"]
        indexes: ClassVar = [models.Index(fields=["state", "filed_on"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dwelling"],
                condition=Q(state__in=["filed", "recorded"]),
                name="one_letting_record_a_dwelling",
            )
        ]


class Lease(models.Model):
    """租赁合同 as the landlord hands it in. `until_on` is the last day. Joint tenants are named each.

    On collective land the subdistrict looks at it ("seen"); on state-owned land the housing department files
    it (`LeaseFiling`), and the state stays "handed_in".
    """

    STATES = (("handed_in", _("已交")), ("seen", _("已核对")), ("returned", _("退回补正")))

    number = models.CharField(max_length=30, unique=True)
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="leases")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="leases")
    """None: the whole dwelling."""
    landlord_name = models.CharField(max_length=NAME_LENGTH)
    from_on = models.DateField()
    until_on = models.DateField()
    monthly_rent_fen = models.BigIntegerField(null=True, blank=True)
    files = models.ManyToManyField(StoredFile, blank=True)
    handed_in_at = models.DateTimeField()
    handed_in_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=STATES, default="handed_in")
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    said = models.TextField(blank=True)
    ended_on = models.DateField(null=True)
    """The last day, where it ended before `until_on`."""

    class Meta:
        ordering: ClassVar = ["-from_on", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["until_on"]),
            models.Index(fields=["state", "handed_in_at"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="lease_ends_after_it_begins")
        ]


class Tenant(models.Model):
    """承租人、共同居住人: named in the lease; `person` once somebody known was matched."""

    PARTS = (("tenant", pgettext_lazy("lease part", "承租人")), ("household", _("共同居住人")))

    lease = models.ForeignKey(Lease, on_delete=models.CASCADE, related_name="tenants")
    part = models.CharField(max_length=10, choices=PARTS, default="tenant")
    name = models.CharField(max_length=NAME_LENGTH)
    identity_number = models.CharField(max_length=18, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="tenancies")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["identity_number"])]


class LeaseFiling(models.Model):
    """房屋租赁登记备案 by the housing department (annex 3)."""

    STATES = (("asked", _("待备案")), ("filed", _("已备案")), ("returned", _("退回补正")))

    number = models.CharField(max_length=30, unique=True)
    lease = models.ForeignKey(Lease, on_delete=models.PROTECT, related_name="filings")
    state = models.CharField(max_length=10, choices=STATES, default="asked")
    asked_on = models.DateField()
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    filing_number = models.CharField(max_length=60, blank=True)
    """备案号, as the department gives it."""
    said = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-asked_on", "-pk"]
        indexes: ClassVar = [models.Index(fields=["state", "asked_on"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["lease"],
                condition=Q(state__in=["asked", "filed"]),
                name="one_filing_a_lease",
            )
        ]


class Inspection(models.Model):
    """居住房屋出租安全排查 (annex 4): asked for by the landlord, done on the spot, perhaps without reception.

    `key` is made on the inspector's device, so that what is sent twice is kept once. `answers` has the form
    of `evidence.annexes.SafetyInspection` and the items of order 287.
    """

    STATES = (
        ("asked", _("待排查")),
        ("passed", _("合格")),
        ("failed", _("要整改")),
        ("dropped", _("不用排查了")),
    )

    number = models.CharField(max_length=30, unique=True)
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="inspections")
    again = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    """The failed one that this looks at again."""
    state = models.CharField(max_length=8, choices=STATES, default="asked")
    asked_on = models.DateField()
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=40, unique=True, null=True)
    inspected_on = models.DateField(null=True)
    inspector = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    inspector_name = models.CharField(max_length=NAME_LENGTH, blank=True)
    answers = models.JSONField(default=dict)
    photos = models.ManyToManyField(StoredFile, blank=True)
    to_mend = models.JSONField(default=list)
    """What must be mended: [{"code", "note"}]."""
    mend_by = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-asked_on", "-pk"]
        indexes: ClassVar = [models.Index(fields=["state", "asked_on"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dwelling"], condition=Q(state="asked"), name="one_open_inspection_a_dwelling"
            )
        ]


class HelpCall(models.Model):
    """房东不配合: a tenant says that the landlord won't help; work for the subdistrict. Source: Hangzhou art.
    18; State Council order 663 art. 8.2.
    """

    STATES = (("new", _("待处理")), ("helping", _("正在处理")), ("settled", _("已处理")))

    number = models.CharField(max_length=30, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="help_calls")
    registration = models.ForeignKey("registration.Registration", on_delete=models.PROTECT, related_name="+")
    area = models.CharField(max_length=9)
    text = models.TextField()
    state = models.CharField(max_length=8, choices=STATES, default="new")
    called_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["called_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["area", "state"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state__in=["new", "helping"]), name="one_open_call_a_person"
            )
        ]


class TenantWord(models.Model):
    """An office's word that a tenant has by the dwelling they live in: which piece of evidence it became.

    One row a person and kind, of the dwelling that is their home now; it follows what the offices have said
    (`dwellings.words`).
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tenant_words")
    kind = models.CharField(max_length=30, choices=EVIDENCE_KINDS)
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="words")
    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="tenant_word")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_tenant_word_a_kind")
        ]


class DwellingCount(models.Model):
    """Of a morning: how many dwellings are in which state, `{state: {subdistrict: {community: n}}}`. It can
    be counted anew at any time (`district.dwellings`).
    """

    day = models.DateField(unique=True)
    counted_at = models.DateTimeField()
    counts = models.JSONField()
