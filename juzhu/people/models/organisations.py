"""单位: who reports besides people themselves, and who acts for it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juzhu.people.models.persons import NAME_LENGTH, Account


class Trade(models.TextChoices):
    """What an organisation does, so far as the statutes give it a duty. Source: Zhejiang arts. 8 to 12."""

    EMPLOYER = "employer", _("用人单位")
    LANDLORD = "landlord", _("房屋出租单位")
    PROPERTY = "property", _("物业服务单位")
    LETTING_AGENT = "letting_agent", _("房屋租赁中介")
    EMPLOYMENT_AGENT = "employment_agent", _("职业介绍中介")
    HOTEL = "hotel", _("宾馆、民宿等住宿场所")
    HOSPITAL = "hospital", _("医疗机构")
    SCHOOL = "school", _("学校、培训机构")
    RESCUE = "rescue", _("救助站")
    COMMUNITY = "community", _("居（村）民委员会")


class OrganisationRecord(models.Model):
    """法人库: the embedded register of organisations, by which the default provider confirms them.

    `head_number` is the identity number of the legal representative, who may act for it at once.
    """

    credit_code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=NAME_LENGTH)
    address = models.CharField(max_length=200, blank=True)
    head_name = models.CharField(max_length=NAME_LENGTH, blank=True)
    head_number = models.CharField(max_length=18, blank=True)
    closed_on = models.DateField(null=True, blank=True)


class Organisation(models.Model):
    """单位: known by its unified social credit code (统一社会信用代码, GB 32100)."""

    credit_code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=NAME_LENGTH, db_index=True)
    trades = models.JSONField(default=list)
    """Values of `Trade`. Every organisation may report its own workers, whatever else it does."""
    subdistrict = models.CharField(max_length=9, db_index=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=40)
    """Who confirmed that code and name belong together."""
    confirmed_at = models.DateTimeField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return f"organisation {self.pk}"


class Membership(models.Model):
    """经办人: an account that acts for an organisation. A manager lets others in and takes them out."""

    PARTS = (("manager", _("管理员")), ("reporter", _("报送员")))

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="memberships")
    part = models.CharField(max_length=10, choices=PARTS)
    since = models.DateTimeField()
    granted_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    """None: the legal representative, let in by the register of organisations."""
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["since"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "account"],
                condition=Q(ended_at__isnull=True),
                name="one_open_membership_an_account",
            )
        ]
