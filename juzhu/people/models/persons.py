"""Persons and accounts. An account is how somebody comes in; a person is whom the law speaks of."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from juzhu.operations.actors import Actor
from juzhu.operations.models import AppendOnly, StoredFile
from juzhu.people.ethnic_groups import CHOICES as ETHNIC_GROUP_CHOICES
from juzhu.people.ethnic_groups import ethnic_group_name
from juzhu.people.names import Folded

NAME_LENGTH = 100


class Sex(models.IntegerChoices):
    """性别, GB/T 2261.1."""

    MALE = 1, _("男")
    FEMALE = 2, _("女")
    UNKNOWN = 0, _("未知")
    UNSTATED = 9, _("未说明")


class Identity(models.Model):
    """What an identity card says. Shared by a person and by the population register's own record."""

    name = models.CharField(max_length=NAME_LENGTH)
    sex = models.PositiveSmallIntegerField(choices=Sex.choices, default=Sex.UNKNOWN)
    ethnic_group = models.CharField(max_length=2, choices=ETHNIC_GROUP_CHOICES, default="01")
    born = models.DateField()
    household_division = models.CharField(max_length=6)
    household_address = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def ethnic_group_name(self) -> str:
        """The group's name in the language of the page."""
        return ethnic_group_name(self.ethnic_group, get_language() or "zh")


class Person(Identity):
    """流动人口: somebody who lives here, or their child or guardian.

    `id` is the person; the identity number can change. `household_division` is the GB/T 2260 code of the
    registered permanent
    residence (常住户口), which decides whether somebody comes under this service (requirements A01).
    """

    identity_number = models.CharField(max_length=18, blank=True, db_index=True)
    """Empty while the identity is pending (Zhejiang art. 7.2): registered, but no permit until it is
    proved.
    """
    name_key = models.GeneratedField(
        expression=Folded(F("name")), output_field=models.CharField(max_length=NAME_LENGTH), db_persist=True
    )
    """The name as names are compared and looked for (`names.folded`)."""
    phone = models.CharField(max_length=20, blank=True)
    photo = models.ForeignKey("operations.StoredFile", null=True, blank=True, on_delete=models.PROTECT)
    identity_confirmed_at = models.DateTimeField(null=True)
    identity_source = models.CharField(max_length=40, blank=True)
    died_on = models.DateField(null=True, blank=True)
    local_since = models.DateField(null=True, blank=True)
    """The day on which the household registration was moved into the urban area (转为本市市区常住户口)."""
    claimed_number = models.CharField(max_length=18, blank=True)
    """What somebody without a document said their number is: fifteen digits perhaps, or mistyped. It proves
    nothing, and helps to find who they are.
    """
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged_from",
        db_index=False,
    )
    """The record that this one was merged into: it is not found any more, and nothing is deleted. Its index
    holds merged records alone: nearly all are not, and SQLite would look through them by it.
    """
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["name_key"], name="person_name_key", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["phone"]),
            models.Index(fields=["born"], name="person_born"),
            models.Index(fields=["claimed_number"], name="person_claimed"),
            models.Index(
                fields=["merged_into"], name="person_merged", condition=Q(merged_into__isnull=False)
            ),
            models.Index(fields=["died_on"], name="person_died", condition=Q(died_on__isnull=False)),
            models.Index(fields=["local_since"], name="person_local", condition=Q(local_since__isnull=False)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["identity_number"], condition=~Q(identity_number=""), name="one_person_a_number"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(identity_number=""),
                name="a_number_leads_to_no_merged_record",
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"

    @property
    def identity_pending(self) -> bool:
        """Whether nobody has confirmed who this is."""
        return self.identity_confirmed_at is None

    @property
    def out_of_scope_since(self) -> date | None:
        """The day from which a permit of theirs has ended by a fact: death, or a local household. Source:
        Hangzhou art. 21.
        """
        return min((day for day in (self.died_on, self.local_since) if day), default=None)

    @property
    def out_of_scope_because(self) -> str:
        """Which fact came first: "death" or "local_household"; "" while there is none."""
        since = self.out_of_scope_since
        return "" if since is None else "death" if self.died_on == since else "local_household"


class Fact(AppendOnly):
    """事实记录: a death, or where somebody's household registration moved, as it was recorded.

    `was_*` is what stood with the person before. A row is never changed: one that was wrong has an
    `UndoneFact` beside it, and both are kept.
    """

    DEATH, HOUSEHOLD = "death", "household"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=12, choices=[(DEATH, _("去世")), (HOUSEHOLD, _("户口变动"))])
    on = models.DateField()
    local = models.BooleanField(default=False)
    """Whether the household is in the urban area by it."""
    division = models.CharField(max_length=6, blank=True)
    address = models.CharField(max_length=200, blank=True)
    was_local = models.BooleanField(default=False)
    was_division = models.CharField(max_length=6, blank=True)
    was_address = models.CharField(max_length=200, blank=True)
    was_local_since = models.DateField(null=True)
    source = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]

    @property
    def ends(self) -> str:
        """Why a permit and a case end by it, as a code; "" for a household that moved elsewhere."""
        if self.kind == self.DEATH:
            return "death"
        return "local_household" if self.local else ""


class UndoneFact(AppendOnly):
    """撤销事实记录: a fact that was recorded wrongly, why it was wrong, and what proves it."""

    fact = models.OneToOneField(Fact, on_delete=models.PROTECT, related_name="undone")
    reason = models.TextField()
    proof = models.CharField(max_length=200)
    files = models.ManyToManyField(StoredFile, blank=True)
    undone_on = models.DateField()
    undone_at = models.DateTimeField()
    undone_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")


class PopulationRecord(Identity):
    """人口库: the embedded population register, by which the default identity provider confirms names."""

    identity_number = models.CharField(max_length=18, unique=True)
    photo = models.ForeignKey("operations.StoredFile", null=True, blank=True, on_delete=models.PROTECT)


class Guardianship(models.Model):
    """监护关系: a guardian may act for a child under 16, until it ends. Source: notice 2(1)3.

    A row is never taken away: it is ended, once, and who is appointed again gets another row.
    """

    guardian = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="wards")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="guardianships")
    source = models.CharField(max_length=40)
    ended_on = models.DateField(null=True, blank=True)
    """From this day on they are no guardian any more."""
    ended_by = models.CharField(max_length=200, blank=True)
    """What proves that it ended, or which department took its word back."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["guardian", "child"],
                condition=Q(ended_on__isnull=True),
                name="one_guardianship_a_pair",
            ),
            models.CheckConstraint(condition=~Q(guardian=models.F("child")), name="nobody_guards_themselves"),
        ]


class Role(models.TextChoices):
    """What an officer is for. Each sees what their work needs, in their area, and no more."""

    CLERK = "clerk", pgettext_lazy("post", "受理")
    REVIEWER = "reviewer", pgettext_lazy("post", "审核")
    CHIEF = "chief", _("所长")
    SUBDISTRICT = "subdistrict", pgettext_lazy("post", "街道")
    DEPARTMENT = "department", _("部门")
    AUDITOR = "auditor", _("审计")
    ADMINISTRATOR = "administrator", _("系统管理")
    PLANNER = "planner", _("规划统计")


class AccountManager(BaseUserManager["Account"]):
    def create_account(self, login: str, password: str | None, **fields: Any) -> "Account":
        """Make an account with a hashed password (Argon2). No password: nobody can sign in with one."""
        account = self.model(login=login, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A citizen's account (by phone number, bound to one person) or an officer's (by staff number, with a
    role).
    """

    login = models.CharField(max_length=40, unique=True)
    person = models.OneToOneField(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="account"
    )
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    areas = models.JSONField(default=list, blank=True)
    """Nine-digit codes of the subdistricts that an officer may work in."""
    staff_name = models.CharField(max_length=NAME_LENGTH, blank=True)
    staff_identity_number = models.CharField(max_length=18, blank=True)
    """An officer's own number, so that nobody handles their own case."""
    department = models.CharField(max_length=30, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar = []

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(role="") | Q(person__isnull=True), name="staff_accounts_are_nobodys_own"
            ),
        ]

    @property
    def is_officer(self) -> bool:
        """Whether this is a staff account."""
        return bool(self.role)

    @property
    def actor(self) -> Actor:
        """Who acts when this account does something."""
        if self.role:
            return Actor(
                "staff", self.pk, None, self.role, tuple(self.areas), self.staff_name, self.department
            )
        return Actor("citizen", self.pk, self.person_id)


class DeclaredRelation(models.Model):
    """回避关系: a relative whose cases an officer may not handle, as the officer declared."""

    RELATIONS = (
        ("spouse", _("配偶")),
        ("parent", _("父母")),
        ("child", _("子女")),
        ("sibling", _("兄弟姐妹")),
        ("other", _("其他利害关系")),
    )

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="declared_relations")
    identity_number = models.CharField(max_length=18, db_index=True)
    relation = models.CharField(max_length=10, choices=RELATIONS)
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "identity_number"],
                condition=Q(withdrawn_at__isnull=True),
                name="a_relation_is_declared_once",
            )
        ]


class Absence(models.Model):
    """不在岗: days on which an officer gets no cases, and who stands in. Both days included."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="absences")
    from_on = models.DateField()
    until_on = models.DateField()
    stands_in = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-from_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until_on__gte=models.F("from_on")), name="absence_ends_after_it_begins"
            )
        ]


class Message(models.Model):
    """站内消息: what a person was told, by kind and parameters, so that it reads in either language.

    One event makes at most one message of a kind to a person.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=60)
    about = models.JSONField(default=dict)
    key = models.CharField(max_length=120, unique=True)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-sent_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["person", "-sent_at"])]
