"""信息报送: what organisations and landlords report, and what becomes of it.

What is reported never becomes a person's registration by itself: it is matched, and makes an invitation to
the person, a change proposed to their registration, or work for the community's officer.
Source: Zhejiang arts. 8 to 12; Hangzhou art. 12; requirements B01 to B09.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juzhu.evidence.models import Client
from juzhu.people.models import NAME_LENGTH, Account, Organisation, Person
from juzhu.registration.models.registrations import Community, Registration

KINDS = (
    ("work", _("用工")),
    ("lease", _("租房")),
    ("stay", _("住宿、住院、入学、救助")),
    ("work_introduced", _("介绍工作")),
    ("lease_introduced", _("介绍租房")),
    ("letting", _("知道有房出租")),
)
PHASES = (("began", _("开始")), ("ended", _("结束")))
CHANNELS = (("page", _("网页")), ("sheet", _("表格")), ("api", _("接口")))


class Sheet(models.Model):
    """报送表: from the upload of a table to its receipt. Rows lie in `SheetPart` until it is filed; then only
    those that went back stay there.
    """

    STATES = (
        ("reading", _("正在读")),
        ("draft", _("待提交")),
        ("filing", _("正在提交")),
        ("filed", _("已提交")),
    )

    number = models.CharField(max_length=30, unique=True, null=True)
    kind = models.CharField(max_length=16, choices=KINDS)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="sheets")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="report_sheets")
    original_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=STATES, default="reading")
    rows_known = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    """How far reading or filing has come: what the progress bar shows."""
    counts = models.JSONField(default=dict)
    """Rows that are "fine", "doubtful", "wrong"; of a filed one "new", "same", "back"."""
    looked_by = models.CharField(max_length=64, blank=True)
    """SHA-256 of all that the rows were looked at by, besides themselves: the day, the communities and so on;
    "" when some were mended since. While it is the same, looking again would find the same.
    """
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["organisation", "-made_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) ^ Q(person__isnull=True),
                name="a_sheet_is_one_reporters",
            )
        ]


class SheetPart(models.Model):
    """Rows of a sheet, packed: those of one verdict among a thousand lines. What their cells show is said
    anew, in the reader's language, whenever they are looked at (`reporting/packing.py`).
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="parts")
    place = models.PositiveIntegerField()
    """Which thousand lines of the file, from nought."""
    verdict = models.CharField(
        max_length=8,
        blank=True,
        choices=[("fine", "fine"), ("doubtful", "doubtful"), ("wrong", "wrong")],
    )
    """"": not looked at yet."""
    count = models.PositiveIntegerField()
    rows = models.BinaryField()
    """As they were typed: line, cells, and those faults that the cells don't show by themselves."""
    entries = models.BinaryField(default=b"")
    """What rows that are not wrong report."""

    class Meta:
        ordering: ClassVar = ["place", "verdict"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "place", "verdict"], name="one_part_a_place_and_verdict")
        ]


VOID = ("withdrawn", "returned")
"""States of a report that stands no longer: taken back by who made it, or handed back by who was told."""


class Report(models.Model):
    """报送: one person, one thing that began or ended.

    The reporter is an organisation, or a private landlord (`reporter`). `due_on` is the last day in time;
    None where the statute states no days (requirements A08 to A11). `fingerprint` holds what makes two
    reports the same one, so that sending again changes nothing.
    """

    STATES = (
        ("new", _("待比对")),
        ("invited", _("已请本人确认")),
        ("proposed", _("已提出变更")),
        ("officer", _("待社区核实")),
        ("settled", _("已办结")),
        ("passed", _("已告知物业，由物业报送")),
        ("withdrawn", _("已撤回")),
        ("returned", _("物业退回，由房东报送")),
    )
    OUTCOMES = (
        ("confirmed", _("本人已确认")),
        ("known", _("与登记一致")),
        ("denied", _("本人否认")),
        ("registered", _("已登记")),
        ("ended", _("已离开")),
        ("not_found", _("找不到人")),
        ("not_covered", _("不用登记")),
        ("wrong", _("报送有误")),
    )

    number = models.CharField(max_length=30, unique=True)
    kind = models.CharField(max_length=16, choices=KINDS)
    phase = models.CharField(max_length=6, choices=PHASES)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="reports"
    )
    reporter = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="reports_made")
    reported_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    """None: a program of the organisation, through the API."""
    reported_at = models.DateTimeField()
    reported_on = models.DateField()
    channel = models.CharField(max_length=6, choices=CHANNELS)
    sheet = models.ForeignKey(Sheet, null=True, on_delete=models.PROTECT, related_name="reports")
    happened_on = models.DateField()
    due_on = models.DateField(null=True)
    name = models.CharField(max_length=NAME_LENGTH)
    identity_number = models.CharField(max_length=18, blank=True)
    born = models.DateField(null=True, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    area = models.CharField(max_length=9)
    """The subdistrict that sees to it: of the place, else of the reporter."""
    community = models.ForeignKey(Community, null=True, on_delete=models.PROTECT)
    address = models.CharField(max_length=200, blank=True)
    dwelling = models.ForeignKey(
        "registration.Dwelling", null=True, on_delete=models.PROTECT, related_name="reports"
    )
    until_on = models.DateField(null=True, blank=True)
    about = models.JSONField(default=dict)
    """What only some kinds have: the post, the other party of what was introduced."""
    passed_to = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="told_reports"
    )
    """The property firm that a landlord told instead; its own three days run from `reported_on`."""
    follows = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    """The landlord's word that this report of a property firm passes on."""
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="reports")
    """Whom it was matched with. Never shown to the reporter."""
    score = models.PositiveSmallIntegerField(null=True)
    """0 to 100; 100 by the identity number."""
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=STATES, default="new")
    outcome = models.CharField(max_length=12, choices=OUTCOMES, blank=True)
    settled_on = models.DateField(null=True)
    settled_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    said = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["-reported_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["area", "state", "due_on"]),
            models.Index(fields=["organisation", "-reported_at"]),
            models.Index(fields=["person", "kind"]),
            models.Index(fields=["identity_number"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) ^ Q(reporter__isnull=True),
                name="a_report_has_one_reporter",
            ),
            models.UniqueConstraint(
                fields=["organisation", "fingerprint"],
                condition=Q(organisation__isnull=False) & ~Q(state__in=VOID),
                name="an_organisation_reports_once",
            ),
            models.UniqueConstraint(
                fields=["reporter", "fingerprint"],
                condition=Q(reporter__isnull=False) & ~Q(state__in=VOID),
                name="a_landlord_reports_once",
            ),
        ]

    @property
    def late(self) -> bool:
        """Whether it came after its last day."""
        return self.due_on is not None and self.reported_on > self.due_on


class ReportDelivery(models.Model):
    """What a program has sent under one idempotency key, and the numbers it was given: the same key with the
    same entries is answered alike, whatever became of them since. `digest` is SHA-256 of the entries.
    """

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="report_deliveries")
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    numbers = models.JSONField(default=list)
    received_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["client", "key"], name="one_report_delivery_a_key")
        ]


class Invitation(models.Model):
    """请本人确认: asked of somebody who is reported and not registered: one tap, and the form is filled in.

    Who has no account gets a link by SMS, signed with the service's key, good until `expires_on`.
    """

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="invitation")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="invitations")
    phone = models.CharField(max_length=20, blank=True)
    sent_at = models.DateTimeField()
    expires_on = models.DateField()
    answer = models.CharField(
        max_length=10,
        blank=True,
        choices=[("registered", _("已登记")), ("not_me", _("不是我")), ("not_here", _("没有住在这里"))],
    )
    answered_at = models.DateTimeField(null=True)


class Proposal(models.Model):
    """变更提示: what a report would change in a registration. The person says yes or no; nothing changes
    before.
    """

    CHANGES = (
        ("workplace", _("服务处所")),
        ("address", _("居住地址")),
        ("left", _("离开")),
        ("stay_until", _("拟居住到")),
    )
    STATES = (("open", _("等本人确认")), ("accepted", _("已变更")), ("declined", _("本人说不对")))

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="proposals")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="proposals")
    change = models.CharField(max_length=10, choices=CHANGES)
    was = models.CharField(max_length=200, blank=True)
    wanted = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=STATES, default="open")
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-made_at"]
        indexes: ClassVar = [models.Index(fields=["registration", "state"])]


class Contradiction(models.Model):
    """说法不一: two reports, or a report and the register, that can't both be true; side by side for the
    community's officer.
    """

    CODES = (
        ("two_places", _("同一天住在两个地方")),
        ("left_and_there", _("一个说走了，一个说还在")),
        ("name_differs", _("号码相同，姓名不同")),
        ("more_than_fit", _("住的人比能住的多")),
        ("denied", _("本人说没有这回事")),
    )

    area = models.CharField(max_length=9)
    code = models.CharField(max_length=16, choices=CODES)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="contradictions")
    other = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="+")
    registration = models.ForeignKey(
        Registration, null=True, on_delete=models.PROTECT, related_name="contradictions"
    )
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    said = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["found_at"]
        indexes: ClassVar = [models.Index(fields=["area", "settled_at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "report", "other"],
                condition=Q(other__isnull=False),
                name="two_reports_contradict_once",
            ),
            models.UniqueConstraint(
                fields=["code", "report", "registration"],
                condition=Q(registration__isnull=False),
                name="report_and_register_contradict_once",
            ),
        ]
