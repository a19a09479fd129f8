"""The tables as they stand; a database to which all that this replaces was applied goes on from here."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from juzhu.operations.together import Tables


class Migration(Tables):
    replaces = [
        ("registration", "0001_initial"),
        ("registration", "0002_destination"),
        ("registration", "0003_reports_and_dwellings"),
        ("registration", "0004_orders_and_cases"),
        ("registration", "0005_sheets_of_a_kind_and_deliveries"),
        ("registration", "0006_claims_of_title_and_tenants_words"),
        ("registration", "0007_answers_and_reminders_of_duties"),
        ("registration", "0008_particulars"),
        ("registration", "0009_workplaces_hold_from_a_day"),
        ("registration", "0010_hearings_in_penalty_cases"),
        ("registration", "0011_figures_of_the_district"),
        ("registration", "0012_figures_found_by_index"),
    ]

    initial = True

    dependencies = [
        ("evidence", "0001_tables"),
        ("operations", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Community",
            fields=[
                ("code", models.CharField(max_length=12, primary_key=True, serialize=False)),
                ("subdistrict", models.CharField(db_index=True, max_length=9)),
                ("name", models.CharField(max_length=60)),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Dwelling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True)),
                ("subdistrict", models.CharField(max_length=9)),
                ("address", models.CharField(max_length=200)),
                ("address_key", models.CharField(max_length=200)),
                (
                    "land",
                    models.CharField(
                        choices=[("state", "国有土地"), ("collective", "集体土地")], max_length=10
                    ),
                ),
                ("commodity", models.BooleanField(null=True)),
                ("storeys", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("owner_name", models.CharField(max_length=100)),
                ("recorded_at", models.DateTimeField()),
                ("gone_on", models.DateField(blank=True, null=True)),
                (
                    "community",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registration.community",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dwellings",
                        to="people.person",
                    ),
                ),
                (
                    "owner_organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dwellings",
                        to="people.organisation",
                    ),
                ),
                (
                    "property_firm",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="managed_dwellings",
                        to="people.organisation",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["subdistrict", "address"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subdistrict", "address_key"), name="one_dwelling_an_address"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("owner__isnull", True), ("owner_organisation__isnull", True), _connector="OR"
                        ),
                        name="a_dwelling_has_one_owner",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True)),
                ("division", models.CharField(max_length=6)),
                ("subdistrict", models.CharField(max_length=9)),
                ("address", models.CharField(max_length=200)),
                ("arrived_on", models.DateField()),
                ("registered_on", models.DateField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("work", "工作"),
                            ("business", "做生意"),
                            ("study", "上学"),
                            ("family", "投靠亲属"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "dwelling_kind",
                    models.CharField(
                        choices=[
                            ("rented", "租的房子"),
                            ("owned", "自己买的房子"),
                            ("dormitory", "单位或学校宿舍"),
                            ("relative", "亲友家"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                    ),
                ),
                ("workplace", models.CharField(blank=True, max_length=100)),
                ("channel", models.CharField(default="web", max_length=8)),
                ("due_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "end_reason",
                    models.CharField(
                        blank=True, choices=[("moved", "moved"), ("left", "left")], max_length=8
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registration.community",
                    ),
                ),
                (
                    "follows",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="registration.registration",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="people.person",
                    ),
                ),
                ("destination", models.CharField(blank=True, max_length=6)),
                ("household", models.CharField(blank=True, db_index=True, max_length=30)),
                ("stay_until", models.DateField(blank=True, null=True)),
                (
                    "dwelling",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="registration.dwelling",
                    ),
                ),
                ("workplace_since", models.DateField(blank=True, null=True)),
                ("reported", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["-registered_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("person",),
                        name="one_current_registration_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("registered_on")),
                            _connector="OR",
                        ),
                        name="registration_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("arrived_on__lte", models.F("registered_on"))),
                        name="arrived_before_registered",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=["subdistrict", "community", "registered_on", "ended_on"],
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
                        condition=models.Q(("ended_on__isnull", False)),
                        fields=["ended_on", "subdistrict", "community", "end_reason", "registered_on"],
                        name="ended_by_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Exemption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("hotel", "住宾馆、民宿等"),
                            ("hospital", "住院"),
                            ("school", "在学校、培训机构住宿"),
                            ("rescue", "在救助站"),
                            ("relative", "住在本市户籍的近亲属家，不超过 30 天"),
                        ],
                        max_length=10,
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200)),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(blank=True, null=True)),
                ("noted_at", models.DateTimeField()),
                (
                    "noted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exemptions",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-from_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="exemption_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HelpCall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True)),
                ("area", models.CharField(max_length=9)),
                ("text", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[("new", "待处理"), ("helping", "正在处理"), ("settled", "已处理")],
                        default="new",
                        max_length=8,
                    ),
                ),
                ("called_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="help_calls",
                        to="people.person",
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registration.registration",
                    ),
                ),
            ],
            options={
                "ordering": ["called_at", "pk"],
                "indexes": [models.Index(fields=["area", "state"], name="registratio_area_9dc72f_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["new", "helping"])),
                        fields=("person",),
                        name="one_open_call_a_person",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待排查"),
                            ("passed", "合格"),
                            ("failed", "要整改"),
                            ("dropped", "不用排查了"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("asked_on", models.DateField()),
                ("key", models.CharField(max_length=40, null=True, unique=True)),
                ("inspected_on", models.DateField(null=True)),
                ("inspector_name", models.CharField(blank=True, max_length=100)),
                ("answers", models.JSONField(default=dict)),
                ("to_mend", models.JSONField(default=list)),
                ("mend_by", models.DateField(null=True)),
                ("valid_until", models.DateField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "again",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="registration.inspection",
                    ),
                ),
                (
                    "dwelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="registration.dwelling",
                    ),
                ),
                (
                    "inspector",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("photos", models.ManyToManyField(blank=True, to="operations.storedfile")),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_on", "-pk"],
                "indexes": [models.Index(fields=["state", "asked_on"], name="registratio_state_f92ede_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("dwelling",),
                        name="one_open_inspection_a_dwelling",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LettingRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("filed", "待登记"),
                            ("recorded", "已登记"),
                            ("returned", "退回补正"),
                            ("ended", "已注销"),
                        ],
                        default="filed",
                        max_length=10,
                    ),
                ),
                ("filed_on", models.DateField()),
                ("answered_on", models.DateField(null=True)),
                ("said", models.TextField(blank=True)),
                ("ended_on", models.DateField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dwelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letting_records",
                        to="registration.dwelling",
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-filed_on", "-pk"],
                "indexes": [models.Index(fields=["state", "filed_on"], name="registratio_state_8dc9d9_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["filed", "recorded"])),
                        fields=("dwelling",),
                        name="one_letting_record_a_dwelling",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Room",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=20)),
                (
                    "designed_as",
                    models.CharField(
                        choices=[
                            ("bedroom", "卧室"),
                            ("living", "起居室"),
                            ("kitchen", "厨房"),
                            ("balcony", "阳台"),
                            ("cellar", "地下储藏室"),
                            ("garage", "车库"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                    ),
                ),
                ("square_metres", models.DecimalField(decimal_places=2, max_digits=6)),
                ("let", models.BooleanField(default=True)),
                (
                    "dwelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rooms",
                        to="registration.dwelling",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("dwelling", "name"), name="one_room_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(("square_metres__gt", 0)), name="a_room_has_an_area"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lease",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True)),
                ("landlord_name", models.CharField(max_length=100)),
                ("from_on", models.DateField()),
                ("until_on", models.DateField()),
                ("monthly_rent_fen", models.BigIntegerField(blank=True, null=True)),
                ("handed_in_at", models.DateTimeField()),
                ("ended_on", models.DateField(null=True)),
                (
                    "dwelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leases",
                        to="registration.dwelling",
                    ),
                ),
                ("files", models.ManyToManyField(blank=True, to="operations.storedfile")),
                (
                    "handed_in_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leases",
                        to="registration.room",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_on", models.DateField(null=True)),
                ("said", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("handed_in", "已交"), ("seen", "已核对"), ("returned", "退回补正")],
                        default="handed_in",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "ordering": ["-from_on", "-pk"],
                "indexes": [
                    models.Index(fields=["until_on"], name="registratio_until_o_56bfde_idx"),
                    models.Index(fields=["state", "handed_in_at"], name="registratio_state_a9a0f8_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gte", models.F("from_on"))),
                        name="lease_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LeaseFiling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "待备案"), ("filed", "已备案"), ("returned", "退回补正")],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("asked_on", models.DateField()),
                ("answered_on", models.DateField(null=True)),
                ("filing_number", models.CharField(blank=True, max_length=60)),
                ("said", models.TextField(blank=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lease",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filings",
                        to="registration.lease",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_on", "-pk"],
                "indexes": [models.Index(fields=["state", "asked_on"], name="registratio_state_3377df_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "filed"])),
                        fields=("lease",),
                        name="one_filing_a_lease",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, null=True, unique=True)),
                ("original_name", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reading", "正在读"),
                            ("draft", "待提交"),
                            ("filing", "正在提交"),
                            ("filed", "已提交"),
                            ("unreadable", "读不了"),
                        ],
                        default="reading",
                        max_length=10,
                    ),
                ),
                ("fault", models.TextField(blank=True)),
                ("rows_known", models.PositiveIntegerField(default=0)),
                ("rows_done", models.PositiveIntegerField(default=0)),
                ("counts", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField()),
                ("filed_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="people.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_sheets",
                        to="people.person",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("work", "用工"),
                            ("lease", "租房"),
                            ("stay", "住宿、住院、入学、救助"),
                            ("work_introduced", "介绍工作"),
                            ("lease_introduced", "介绍租房"),
                            ("letting", "知道有房出租"),
                        ],
                        max_length=16,
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-pk"],
                "indexes": [
                    models.Index(fields=["organisation", "-made_at"], name="registratio_organis_ab9f3d_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("organisation__isnull", True), ("person__isnull", True), _connector="XOR"
                        ),
                        name="a_sheet_is_one_reporters",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("work", "用工"),
                            ("lease", "租房"),
                            ("stay", "住宿、住院、入学、救助"),
                            ("work_introduced", "介绍工作"),
                            ("lease_introduced", "介绍租房"),
                            ("letting", "知道有房出租"),
                        ],
                        max_length=16,
                    ),
                ),
                ("phase", models.CharField(choices=[("began", "开始"), ("ended", "结束")], max_length=6)),
                ("reported_at", models.DateTimeField()),
                ("reported_on", models.DateField()),
                (
                    "channel",
                    models.CharField(
                        choices=[("page", "网页"), ("sheet", "表格"), ("api", "接口")], max_length=6
                    ),
                ),
                ("happened_on", models.DateField()),
                ("due_on", models.DateField(null=True)),
                ("name", models.CharField(max_length=100)),
                ("identity_number", models.CharField(blank=True, max_length=18)),
                ("born", models.DateField(blank=True, null=True)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("area", models.CharField(max_length=9)),
                ("address", models.CharField(blank=True, max_length=200)),
                ("until_on", models.DateField(blank=True, null=True)),
                ("about", models.JSONField(default=dict)),
                ("score", models.PositiveSmallIntegerField(null=True)),
                ("reasons", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "待比对"),
                            ("invited", "已请本人确认"),
                            ("proposed", "已提出变更"),
                            ("officer", "待社区核实"),
                            ("settled", "已办结"),
                            ("passed", "已告知物业，由物业报送"),
                            ("withdrawn", "已撤回"),
                            ("returned", "物业退回，由房东报送"),
                        ],
                        default="new",
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("confirmed", "本人已确认"),
                            ("known", "与登记一致"),
                            ("denied", "本人否认"),
                            ("registered", "已登记"),
                            ("ended", "已离开"),
                            ("not_found", "找不到人"),
                            ("not_covered", "不用登记"),
                            ("wrong", "报送有误"),
                        ],
                        max_length=12,
                    ),
                ),
                ("settled_on", models.DateField(null=True)),
                ("said", models.TextField(blank=True)),
                ("fingerprint", models.CharField(max_length=64)),
                (
                    "community",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="registration.community"
                    ),
                ),
                (
                    "dwelling",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="registration.dwelling",
                    ),
                ),
                (
                    "follows",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="registration.report",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="people.organisation",
                    ),
                ),
                (
                    "passed_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="told_reports",
                        to="people.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="people.person",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports_made",
                        to="people.person",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="registration.sheet",
                    ),
                ),
            ],
            options={
                "ordering": ["-reported_at", "-pk"],
                "indexes": [
                    models.Index(fields=["area", "state", "due_on"], name="registratio_area_92a2d6_idx"),
                    models.Index(
                        fields=["organisation", "-reported_at"], name="registratio_organis_c9d3ed_idx"
                    ),
                    models.Index(fields=["person", "kind"], name="registratio_person__f3e8cc_idx"),
                    models.Index(fields=["identity_number"], name="registratio_identit_f7d874_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("organisation__isnull", True), ("reporter__isnull", True), _connector="XOR"
                        ),
                        name="a_report_has_one_reporter",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("organisation__isnull", False),
                            models.Q(("state__in", ("withdrawn", "returned")), _negated=True),
                        ),
                        fields=("organisation", "fingerprint"),
                        name="an_organisation_reports_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("reporter__isnull", False),
                            models.Q(("state__in", ("withdrawn", "returned")), _negated=True),
                        ),
                        fields=("reporter", "fingerprint"),
                        name="a_landlord_reports_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "change",
                    models.CharField(
                        choices=[
                            ("workplace", "服务处所"),
                            ("address", "居住地址"),
                            ("left", "离开"),
                            ("stay_until", "拟居住到"),
                        ],
                        max_length=10,
                    ),
                ),
                ("was", models.CharField(blank=True, max_length=200)),
                ("wanted", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "等本人确认"), ("accepted", "已变更"), ("declined", "本人说不对")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="registration.registration",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="registration.report",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at"],
                "indexes": [
                    models.Index(fields=["registration", "state"], name="registratio_registr_83992e_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("sent_at", models.DateTimeField()),
                ("expires_on", models.DateField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("registered", "已登记"),
                            ("not_me", "不是我"),
                            ("not_here", "没有住在这里"),
                        ],
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="people.person",
                    ),
                ),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitation",
                        to="registration.report",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Contradiction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area", models.CharField(max_length=9)),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("two_places", "同一天住在两个地方"),
                            ("left_and_there", "一个说走了，一个说还在"),
                            ("name_differs", "号码相同，姓名不同"),
                            ("more_than_fit", "住的人比能住的多"),
                            ("denied", "本人说没有这回事"),
                        ],
                        max_length=16,
                    ),
                ),
                ("found_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("said", models.TextField(blank=True)),
                (
                    "registration",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contradictions",
                        to="registration.registration",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registration.report",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contradictions",
                        to="registration.report",
                    ),
                ),
            ],
            options={
                "ordering": ["found_at"],
                "indexes": [models.Index(fields=["area", "settled_at"], name="registratio_area_90a2a4_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("other__isnull", False)),
                        fields=("code", "report", "other"),
                        name="two_reports_contradict_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("registration__isnull", False)),
                        fields=("code", "report", "registration"),
                        name="report_and_register_contradict_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SheetRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField()),
                ("cells", models.JSONField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[("fine", "fine"), ("doubtful", "doubtful"), ("wrong", "wrong")], max_length=8
                    ),
                ),
                ("faults", models.JSONField(default=list)),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="registration.sheet",
                    ),
                ),
            ],
            options={
                "ordering": ["line"],
                "indexes": [
                    models.Index(fields=["sheet", "verdict", "line"], name="registratio_sheet_i_56a598_idx")
                ],
                "constraints": [models.UniqueConstraint(fields=("sheet", "line"), name="one_row_a_line")],
            },
        ),
        migrations.CreateModel(
            name="Tenant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[("tenant", "承租人"), ("household", "共同居住人")],
                        default="tenant",
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("identity_number", models.CharField(blank=True, max_length=18)),
                ("phone", models.CharField(blank=True, max_length=20)),
                (
                    "lease",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tenants",
                        to="registration.lease",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tenancies",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["identity_number"], name="registratio_identit_db563d_idx")],
            },
        ),
        migrations.CreateModel(
            name="CorrectionOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area", models.CharField(max_length=9)),
                (
                    "provision",
                    models.CharField(
                        choices=[
                            ("zhejiang-2016:33", "不申报居住登记，或者不办理变更登记"),
                            ("zhejiang-2016:34", "用人单位、出租人、物业、中介没有按时报送"),
                            ("zhejiang-2016:35", "住宿、医疗、学校、救助单位没有报送"),
                        ],
                        max_length=20,
                    ),
                ),
                ("persons", models.PositiveIntegerField(default=1)),
                ("number", models.CharField(max_length=30, unique=True)),
                ("facts", models.TextField()),
                ("issued_on", models.DateField()),
                ("correct_by", models.DateField()),
                ("corrected_on", models.DateField(null=True)),
                ("revoked_on", models.DateField(null=True)),
                ("revoked_because", models.TextField(blank=True)),
                (
                    "corrected_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="people.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="people.person",
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="registration.registration",
                    ),
                ),
                (
                    "reports",
                    models.ManyToManyField(blank=True, related_name="orders", to="registration.report"),
                ),
            ],
            options={
                "ordering": ["correct_by", "pk"],
                "indexes": [models.Index(fields=["area", "correct_by"], name="registratio_area_f2e7be_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", True), ("organisation__isnull", True), _connector="XOR"
                        ),
                        name="an_order_has_one_addressee",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("correct_by__gte", models.F("issued_on"))),
                        name="an_order_leaves_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PenaltyCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area", models.CharField(max_length=9)),
                (
                    "provision",
                    models.CharField(
                        choices=[
                            ("zhejiang-2016:33", "不申报居住登记，或者不办理变更登记"),
                            ("zhejiang-2016:34", "用人单位、出租人、物业、中介没有按时报送"),
                            ("zhejiang-2016:35", "住宿、医疗、学校、救助单位没有报送"),
                        ],
                        max_length=20,
                    ),
                ),
                ("persons", models.PositiveIntegerField(default=1)),
                ("number", models.CharField(max_length=30, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("opened", "立案"),
                            ("told", "已告知权利"),
                            ("heard", "已听取陈述申辩"),
                            ("decided", "已决定"),
                            ("closed", "不予处罚，结案"),
                        ],
                        default="opened",
                        max_length=12,
                    ),
                ),
                ("facts", models.TextField()),
                ("committed_on", models.DateField()),
                ("opened_on", models.DateField()),
                ("decide_by", models.DateField()),
                ("told_on", models.DateField(null=True)),
                ("statement_by", models.DateField(null=True)),
                ("proposed", models.JSONField(default=dict)),
                ("statement", models.TextField(blank=True)),
                ("waived_statement", models.BooleanField(default=False)),
                ("heard_on", models.DateField(null=True)),
                ("fine_yuan", models.PositiveIntegerField(default=0)),
                ("reason", models.TextField(blank=True)),
                ("decided_on", models.DateField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="registration.correctionorder",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="people.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="people.person",
                    ),
                ),
                (
                    "hearing",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(app_label)s_%(class)s",
                        to="people.hearing",
                    ),
                ),
            ],
            options={
                "ordering": ["-opened_on", "-pk"],
                "indexes": [
                    models.Index(fields=["area", "state", "decide_by"], name="registratio_area_aa2552_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", True), ("organisation__isnull", True), _connector="XOR"
                        ),
                        name="a_case_is_against_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "decided"), _negated=True),
                            models.Q(("heard_on__isnull", False), ("told_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="nobody_is_fined_unheard",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fine_yuan", 0),
                            models.Q(("fine_yuan__lte", 200), ("provision", "zhejiang-2016:33")),
                            models.Q(
                                (
                                    "fine_yuan__lte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("persons"), "*", models.Value(100)
                                    ),
                                ),
                                ("provision__in", ["zhejiang-2016:34", "zhejiang-2016:35"]),
                            ),
                            _connector="OR",
                        ),
                        name="a_fine_within_the_ladder",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "closed"), _negated=True),
                        fields=("order",),
                        name="one_case_an_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("numbers", models.JSONField(default=list)),
                ("received_at", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_deliveries",
                        to="evidence.client",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("client", "key"), name="one_report_delivery_a_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="TenantWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("photo", "photo"),
                            ("insurance", "insurance"),
                            ("title", "title"),
                            ("lease", "lease"),
                            ("rental_registration", "rental_registration"),
                            ("lease_filing", "lease_filing"),
                            ("safety_inspection", "safety_inspection"),
                            ("student_record", "student_record"),
                            ("study_continuity", "study_continuity"),
                            ("talent_permit", "talent_permit"),
                            ("labour_contract", "labour_contract"),
                            ("business_licence", "business_licence"),
                            ("guardianship", "guardianship"),
                            ("kinship", "kinship"),
                            ("public_rental", "public_rental"),
                            ("dormitory", "dormitory"),
                            ("lodging", "lodging"),
                            ("talent_listing", "talent_listing"),
                            ("residence_elsewhere", "residence_elsewhere"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "dwelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="words",
                        to="registration.dwelling",
                    ),
                ),
                (
                    "evidence",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tenant_word",
                        to="evidence.evidence",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tenant_words",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "kind"), name="one_tenant_word_a_kind")
                ],
            },
        ),
        migrations.CreateModel(
            name="TitleClaim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True)),
                ("name", models.CharField(max_length=100)),
                (
                    "right",
                    models.CharField(
                        choices=[
                            ("ownership", "房屋所有权"),
                            ("homestead", "宅基地使用权"),
                            ("use", "其他使用权"),
                        ],
                        max_length=10,
                    ),
                ),
                ("certificate_number", models.CharField(blank=True, max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待核对"),
                            ("confirmed", "已核对"),
                            ("returned", "退回补正"),
                            ("ended", "已失效"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("asked_on", models.DateField()),
                ("answered_on", models.DateField(null=True)),
                ("said", models.TextField(blank=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dwelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="registration.dwelling",
                    ),
                ),
                ("files", models.ManyToManyField(blank=True, to="operations.storedfile")),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="title_claims",
                        to="people.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="title_claims",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_on", "-pk"],
                "indexes": [models.Index(fields=["state", "asked_on"], name="registratio_state_0dd4a7_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", True), ("organisation__isnull", True), _connector="XOR"
                        ),
                        name="a_title_is_claimed_by_one",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "confirmed")),
                        fields=("dwelling",),
                        name="one_confirmed_title_a_dwelling",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("dwelling", "person"),
                        name="one_open_claim_a_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("dwelling", "organisation"),
                        name="one_open_claim_an_organisation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[("goes_on", "还在，没有结束"), ("not_so", "没有这回事")], max_length=8
                    ),
                ),
                ("until_on", models.DateField(null=True)),
                ("answered_on", models.DateField()),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duty_answer",
                        to="registration.report",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True), ("answer", "goes_on"), _connector="OR"
                        ),
                        name="only_what_goes_on_has_a_last_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyTold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=60, unique=True)),
                ("told_on", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="Particulars",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "political_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("party", "中共党员"),
                            ("probationary", "中共预备党员"),
                            ("league", "共青团员"),
                            ("democratic", "民主党派成员"),
                            ("none", "群众、无党派"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "marital_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("single", "未婚"),
                            ("married", "已婚"),
                            ("widowed", "丧偶"),
                            ("divorced", "离婚"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "education",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("graduate", "研究生"),
                            ("bachelor", "大学本科"),
                            ("college", "大学专科"),
                            ("vocational", "中专、中职、技校"),
                            ("secondary", "高中"),
                            ("middle", "初中"),
                            ("primary", "小学"),
                            ("none", "没有上过学"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "employment",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("employed", "有单位"),
                            ("business", "自己做生意"),
                            ("flexible", "打零工、灵活就业"),
                            ("seeking", "正在找工作"),
                            ("studying", "在上学"),
                            ("home", "退休、照顾家里等"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "insured",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("here", "在杭州参保"),
                            ("elsewhere", "在别的地方参保"),
                            ("none", "没有参保"),
                        ],
                        max_length=12,
                    ),
                ),
                ("said_on", models.DateField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="particulars",
                        to="people.person",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="DwellingCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True)),
                ("counted_at", models.DateTimeField()),
                ("counts", models.JSONField()),
            ],
        ),
    ]
