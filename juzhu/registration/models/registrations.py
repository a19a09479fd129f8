"""Who lives where."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from juzhu.people.models import Person
from juzhu.registration.subdistricts import SUBDISTRICTS, Subdistrict


class Community(models.Model):
    """社区: loaded by the district; none are shipped as official."""

    code = models.CharField(max_length=12, primary_key=True)
    subdistrict = models.CharField(max_length=9, db_index=True)
    name = models.CharField(max_length=60)

    class Meta:
        ordering: ClassVar = ["code"]


class Placed(models.Model):
    """What lies at an address of the district."""

    subdistrict = models.CharField(max_length=9)
    community = models.ForeignKey(Community, null=True, blank=True, on_delete=models.PROTECT)
    address = models.CharField(max_length=200)

    class Meta:
        abstract = True

    @property
    def place(self) -> Subdistrict:
        """The subdistrict, with its names and its police station."""
        return SUBDISTRICTS[self.subdistrict]

    @property
    def full_address(self) -> str:
        """Subdistrict, community and the rest, as it stands on the certificate."""
        return f"{self.place.zh}{self.community.name if self.community else ''}{self.address}"


class Reason(models.TextChoices):
    """居住事由."""

    WORK = "work", _("工作")
    BUSINESS = "business", _("做生意")
    STUDY = "study", _("上学")
    FAMILY = "family", _("投靠亲属")
    OTHER = "other", _("其他")


class DwellingKind(models.TextChoices):
    """住所类型."""

    RENTED = "rented", _("租的房子")
    OWNED = "owned", _("自己买的房子")
    DORMITORY = "dormitory", _("单位或学校宿舍")
    RELATIVE = "relative", _("亲友家")
    OTHER = "other", _("其他")


class Registration(Placed):
    """居住登记: one stay of one person at one address; its number stands on the certificate (登记凭证).

    The residence counts from `registered_on`, never from `arrived_on` (Zhejiang art. 16; requirements CF04).
    `ended_on` is the last day. At most one registration of a person is current: the database sees to it.
    """

    number = models.CharField(max_length=30, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="registrations")
    division = models.CharField(max_length=6)
    arrived_on = models.DateField()
    """The day of arrival, or for a move the day of the move."""
    registered_on = models.DateField()
    reason = models.CharField(max_length=12, choices=Reason.choices)
    dwelling_kind = models.CharField(max_length=12, choices=DwellingKind.choices)
    dwelling = models.ForeignKey(
        "registration.Dwelling", null=True, blank=True, on_delete=models.PROTECT, related_name="registrations"
    )
    """The dwelling that the address was matched with; None while nobody has recorded one there."""
    stay_until = models.DateField(null=True, blank=True)
    """拟居住到: how long they mean to stay; None: not said. Nothing ends on that day by itself."""
    household = models.CharField(max_length=30, blank=True, db_index=True)
    """The number of the form on which a household registered together; "" for who came alone."""
    workplace = models.CharField(max_length=100, blank=True)
    workplace_since = models.DateField(null=True, blank=True)
    """From when the workplace holds that was told after registration; None: told with it."""
    channel = models.CharField(max_length=8, default="web")
    """How it was filed: "window"; else what the browser says that it runs on, "mobile" or "web"."""
    reported = models.BooleanField(default=False)
    """Whether a report had asked for it: an invitation lay open when they registered."""
    follows = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    due_on = models.DateField()
    """The last day on which this registration or change was in time."""
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=8, blank=True, choices=[("moved", "moved"), ("left", "left")])
    destination = models.CharField(max_length=6, blank=True)
    """Where somebody went who left: a division's code; "" when they did not say."""

    class Meta:
        ordering: ClassVar = ["-registered_on", "-pk"]
        indexes: ClassVar = [
            # What the figures of the district are counted from, by these alone (`district.counting`).
            models.Index(
                fields=["subdistrict", "community", "registered_on", "ended_on"],
                condition=Q(ended_on__isnull=True),
                name="registered_now_by_area",
            ),
            models.Index(
                fields=[
                    "registered_on",
                    "subdistrict",
                    "community",
                    "follows",
                    "channel",
                    "reported",
                    "reason",
                ],
                name="arrived_by_day",
            ),
            models.Index(
                fields=["ended_on", "subdistrict", "community", "end_reason", "registered_on"],
                condition=Q(ended_on__isnull=False),
                name="ended_by_day",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_on__isnull=True),
                name="one_current_registration_a_person",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("registered_on")),
                name="registration_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(arrived_on__lte=F("registered_on")), name="arrived_before_registered"
            ),
        ]

    @property
    def late(self) -> bool:
        """Whether it was filed after its last day."""
        return self.registered_on > self.due_on


class Exemption(models.Model):
    """可以不申报居住登记的情形: as the person says, or as a place has reported. No residence counts meanwhile
    (requirements CF04); who is exempt may register all the same.

    `until_on` is the last day; None: while they are there. With a relative it lasts 30 days at most.
    Source: Zhejiang art. 12; requirements A08 to A12.
    """

    GROUNDS = (
        ("hotel", _("住宾馆、民宿等")),
        ("hospital", _("住院")),
        ("school", _("在学校、培训机构住宿")),
        ("rescue", _("在救助站")),
        ("relative", _("住在本市户籍的近亲属家，不超过 30 天")),
    )

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="exemptions")
    ground = models.CharField(max_length=10, choices=GROUNDS)
    place = models.CharField(max_length=200, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-from_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="exemption_ends_after_it_begins",
            )
        ]
