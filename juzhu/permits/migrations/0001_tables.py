"""The tables as they stand; a database to which all that this replaces was applied goes on from here."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import juzhu.permits.transitions
from juzhu.operations.append_only import protect
from juzhu.operations.together import Tables


class Migration(Tables):
    replaces = [
        ("permits", "0001_initial"),
        ("permits", "0002_append_only"),
        ("permits", "0003_filed_on"),
        ("permits", "0004_notice_after_acceptance"),
        ("permits", "0005_casework_complete"),
        ("permits", "0006_append_only"),
        ("permits", "0007_tips_and_the_term_to_be_heard"),
        ("permits", "0007_remedies_keep_what_was_contested"),
        ("permits", "0007_representatives_of_registrations"),
        ("permits", "0007_queue_indexes"),
        ("permits", "0008_a_review_can_find_a_decision_wrong"),
        ("permits", "0009_remedies_against_penalties"),
        ("permits", "0010_restorations_and_attendances"),
        ("permits", "0011_pauses_keep_their_promised_day"),
        ("permits", "0012_stays_extended_at_the_window"),
        ("permits", "0013_versions_say_since_when_one_works_there"),
        ("permits", "0014_remedies_in_cases_without_an_application"),
        ("permits", "0015_hearings_in_cases_of_fraud"),
    ]

    initial = True

    dependencies = [
        ("operations", "0001_tables"),
        ("people", "0001_tables"),
        ("registration", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Permit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True)),
                ("public_id", models.CharField(max_length=16, unique=True)),
                ("issued_on", models.DateField()),
                ("area", models.CharField(db_index=True, max_length=9)),
                ("terminated_on", models.DateField(blank=True, null=True)),
                ("termination_reason", models.CharField(blank=True, max_length=30)),
                ("cached_until", models.DateField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="permits",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["cached_until"], name="permits_per_cached__4435f1_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("terminated_on__isnull", True)),
                        fields=("person",),
                        name="one_permit_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("terminated_on__isnull", True),
                            ("terminated_on__gte", models.F("issued_on")),
                            _connector="OR",
                        ),
                        name="terminated_after_issue",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, null=True, unique=True)),
                (
                    "kind",
                    models.CharField(choices=[("first", "首次申领"), ("endorsement", "签注")], max_length=12),
                ),
                (
                    "route",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("employment", "合法稳定就业"),
                            ("dwelling", "合法稳定住所"),
                            ("study", "连续就读"),
                            ("talent", "引进人才居住证换领"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (juzhu.permits.transitions.State["DRAFT"], "草稿"),
                            (juzhu.permits.transitions.State["SUBMITTED"], "等受理"),
                            (juzhu.permits.transitions.State["SUPPLEMENT_REQUESTED"], "等补正"),
                            (juzhu.permits.transitions.State["ACCEPTED"], "等审核"),
                            (juzhu.permits.transitions.State["APPROVED"], "已准予"),
                            (juzhu.permits.transitions.State["ISSUED"], "已签发"),
                            (juzhu.permits.transitions.State["REFUSED"], "不予"),
                            (juzhu.permits.transitions.State["WITHDRAWN"], "已撤回"),
                            (juzhu.permits.transitions.State["LAPSED"], "已失效"),
                            (juzhu.permits.transitions.State["ENDED"], "已终结"),
                        ],
                        default=juzhu.permits.transitions.State["DRAFT"],
                        max_length=24,
                    ),
                ),
                ("area", models.CharField(blank=True, max_length=9)),
                ("channel", models.CharField(default="web", max_length=8)),
                ("policy_id", models.CharField(max_length=40)),
                ("answers", models.JSONField(default=dict)),
                ("submit_key", models.CharField(blank=True, max_length=64)),
                ("started_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True)),
                ("received_on", models.DateField(null=True)),
                ("examine_by", models.DateField(null=True)),
                ("supplement_by", models.DateField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("accepted_on", models.DateField(null=True)),
                ("deemed_accepted", models.BooleanField(default=False)),
                ("due_on", models.DateField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_on", models.DateField(null=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "filed_by",
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
                        related_name="applications",
                        to="people.person",
                    ),
                ),
                (
                    "permit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="permits.permit",
                    ),
                ),
                ("filed_on", models.DateField(null=True)),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assigned",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("automatic", models.BooleanField(default=False)),
                ("wants_person", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["-started_at"],
                "indexes": [
                    models.Index(fields=["area", "state", "examine_by"], name="permits_app_area_e65da6_idx"),
                    models.Index(fields=["area", "state", "due_on"], name="permits_app_area_f3907b_idx"),
                    models.Index(fields=["state", "examine_by"], name="permits_app_state_43009f_idx"),
                    models.Index(fields=["person", "-started_at"], name="permits_app_person__b8c2d6_idx"),
                    models.Index(fields=["assigned_to", "state"], name="permits_app_assigne_065675_idx"),
                    models.Index(
                        fields=["area", "state", "supplement_by"], name="permits_app_area_bd0524_idx"
                    ),
                    models.Index(
                        fields=["area", "decided_on", "route", "kind", "channel"], name="application_answered"
                    ),
                    models.Index(fields=["submitted_at", "area"], name="permits_app_submitt_b66958_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["draft", "submitted", "supplement_requested", "accepted", "approved"],
                            )
                        ),
                        fields=("person",),
                        name="one_unfinished_application_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_by__isnull", True),
                            ("decided_by__isnull", True),
                            models.Q(("accepted_by", models.F("decided_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="accepted_and_decided_by_two_officers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "first"), ("permit__isnull", False), _connector="OR"),
                        name="an_endorsement_has_its_permit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("automatic", False),
                            models.Q(("accepted_by__isnull", True), ("decided_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="an_automatic_decision_has_no_officer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stage", models.CharField(max_length=24)),
                ("purpose", models.CharField(max_length=12)),
                ("route", models.CharField(max_length=12)),
                ("policy_id", models.CharField(max_length=40)),
                ("as_of", models.DateField()),
                ("facts", models.JSONField()),
                ("answer", models.JSONField()),
                ("outcome", models.CharField(max_length=12)),
                ("calendar_version", models.CharField(max_length=60)),
                ("evidence", models.JSONField(default=list)),
                ("made_at", models.DateTimeField()),
                ("made_by_id", models.BigIntegerField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="permits.application",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Endorsement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endorsement",
                        to="permits.application",
                    ),
                ),
                (
                    "permit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endorsements",
                        to="permits.permit",
                    ),
                ),
            ],
            options={
                "ordering": ["on"],
                "constraints": [
                    models.UniqueConstraint(fields=("permit", "on"), name="one_endorsement_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="SupplementNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("items", models.JSONField()),
                ("issued_at", models.DateTimeField()),
                ("issued_on", models.DateField()),
                ("due_on", models.DateField()),
                ("extended", models.BooleanField(default=False)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="permits.application",
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
                ("after_acceptance", models.BooleanField(default=False)),
                ("moved_on", models.DateField(null=True)),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True)),
                ("area", models.CharField(db_index=True, max_length=9)),
                ("field", models.CharField(max_length=30)),
                ("was", models.CharField(blank=True, max_length=200)),
                ("wanted", models.CharField(max_length=200)),
                ("explanation", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("filed", "等核对"), ("corrected", "已更正"), ("declined", "不予更正")],
                        default="filed",
                        max_length=12,
                    ),
                ),
                ("filed_at", models.DateTimeField()),
                ("filed_on", models.DateField()),
                ("due_on", models.DateField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_on", models.DateField(null=True)),
                ("reason", models.TextField(blank=True)),
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
                    "filed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("files", models.ManyToManyField(blank=True, to="operations.storedfile")),
                (
                    "permit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="permits.permit",
                    ),
                ),
            ],
            options={
                "ordering": ["-filed_at"],
                "indexes": [
                    models.Index(fields=["area", "state", "due_on"], name="permits_cor_area_6e5889_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "filed")),
                        fields=("permit", "field"),
                        name="one_open_correction_a_field",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=20)),
                ("cites", models.JSONField(default=list)),
                ("note", models.TextField()),
                ("began_on", models.DateField()),
                ("expected_days", models.PositiveSmallIntegerField()),
                ("ended_on", models.DateField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pauses",
                        to="permits.application",
                    ),
                ),
                (
                    "began_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("expected_until", models.DateField()),
            ],
            options={
                "ordering": ["began_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("application",),
                        name="one_pause_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("began_on")),
                            _connector="OR",
                        ),
                        name="pause_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PermitVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                (
                    "sex",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "男"), (2, "女"), (0, "未知"), (9, "未说明")], default=0
                    ),
                ),
                (
                    "ethnic_group",
                    models.CharField(
                        choices=[
                            ("01", "汉族"),
                            ("02", "蒙古族"),
                            ("03", "回族"),
                            ("04", "藏族"),
                            ("05", "维吾尔族"),
                            ("06", "苗族"),
                            ("07", "彝族"),
                            ("08", "壮族"),
                            ("09", "布依族"),
                            ("10", "朝鲜族"),
                            ("11", "满族"),
                            ("12", "侗族"),
                            ("13", "瑶族"),
                            ("14", "白族"),
                            ("15", "土家族"),
                            ("16", "哈尼族"),
                            ("17", "哈萨克族"),
                            ("18", "傣族"),
                            ("19", "黎族"),
                            ("20", "傈僳族"),
                            ("21", "佤族"),
                            ("22", "畲族"),
                            ("23", "高山族"),
                            ("24", "拉祜族"),
                            ("25", "水族"),
                            ("26", "东乡族"),
                            ("27", "纳西族"),
                            ("28", "景颇族"),
                            ("29", "柯尔克孜族"),
                            ("30", "土族"),
                            ("31", "达斡尔族"),
                            ("32", "仫佬族"),
                            ("33", "羌族"),
                            ("34", "布朗族"),
                            ("35", "撒拉族"),
                            ("36", "毛南族"),
                            ("37", "仡佬族"),
                            ("38", "锡伯族"),
                            ("39", "阿昌族"),
                            ("40", "普米族"),
                            ("41", "塔吉克族"),
                            ("42", "怒族"),
                            ("43", "乌孜别克族"),
                            ("44", "俄罗斯族"),
                            ("45", "鄂温克族"),
                            ("46", "德昂族"),
                            ("47", "保安族"),
                            ("48", "裕固族"),
                            ("49", "京族"),
                            ("50", "塔塔尔族"),
                            ("51", "独龙族"),
                            ("52", "鄂伦春族"),
                            ("53", "赫哲族"),
                            ("54", "门巴族"),
                            ("55", "珞巴族"),
                            ("56", "基诺族"),
                        ],
                        default="01",
                        max_length=2,
                    ),
                ),
                ("born", models.DateField()),
                ("household_division", models.CharField(max_length=6)),
                ("household_address", models.CharField(blank=True, max_length=200)),
                ("number", models.PositiveIntegerField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("issued", "签发"),
                            ("endorsed", "签注"),
                            ("corrected", "更正"),
                            ("moved", "住址变更"),
                            ("workplace", "服务处所变更"),
                            ("household", "户籍变更"),
                        ],
                        max_length=12,
                    ),
                ),
                ("identity_number", models.CharField(max_length=18)),
                ("residence_address", models.CharField(max_length=200)),
                ("workplace", models.CharField(blank=True, max_length=100)),
                ("issued_on", models.DateField()),
                ("valid_until", models.DateField()),
                ("made_on", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("made_by_id", models.BigIntegerField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="permits.application",
                    ),
                ),
                (
                    "correction",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="permits.correction",
                    ),
                ),
                (
                    "permit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="permits.permit",
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="operations.storedfile",
                    ),
                ),
                ("workplace_since", models.DateField(null=True)),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("permit", "number"), name="one_permit_version_a_number")
                ],
            },
        ),
        migrations.CreateModel(
            name="PostCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True)),
                ("area", models.CharField(max_length=9)),
                (
                    "plan",
                    models.CharField(
                        choices=[
                            ("random", "随机抽查"),
                            ("risk", "按风险"),
                            ("tip", "有人反映"),
                            ("automatic", "自动办结的复核"),
                            ("request", "本人要求人工复核"),
                        ],
                        max_length=12,
                    ),
                ),
                ("hints", models.JSONField(default=list)),
                ("tip", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "待核查"), ("done", "已核查"), ("cancelled", "不用查了")],
                        default="planned",
                        max_length=12,
                    ),
                ),
                ("planned_on", models.DateField()),
                ("due_on", models.DateField()),
                ("found", models.JSONField(default=dict)),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("true", "情况属实"),
                            ("changed", "情况变了"),
                            ("suspected", "涉嫌虚假"),
                            ("not_met", "没有见到人"),
                            ("wrong", "自动办理有误"),
                        ],
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("done_on", models.DateField(null=True)),
                (
                    "assigned_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "permit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="post_checks",
                        to="permits.permit",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="post_checks",
                        to="people.person",
                    ),
                ),
                ("photos", models.ManyToManyField(blank=True, to="operations.storedfile")),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "indexes": [
                    models.Index(fields=["area", "state", "due_on"], name="permits_pos_area_619a9b_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "planned")),
                        fields=("permit", "plan"),
                        name="one_open_check_a_plan",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FraudCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True)),
                ("area", models.CharField(db_index=True, max_length=9)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("opened", "立案"),
                            ("told", "已告知权利"),
                            ("heard", "已听取陈述申辩"),
                            ("decided", "已决定"),
                            ("closed", "不予处罚，结案"),
                            ("set_aside", "决定已撤销"),
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
                ("proposed", models.JSONField(default=dict)),
                ("statement", models.TextField(blank=True)),
                ("waived_statement", models.BooleanField(default=False)),
                ("heard_on", models.DateField(null=True)),
                ("warning", models.BooleanField(default=False)),
                ("fine_yuan", models.PositiveSmallIntegerField(default=0)),
                ("withdraw_permit", models.BooleanField(default=False)),
                ("points_barred_until", models.DateField(null=True)),
                ("reason", models.TextField(blank=True)),
                ("decided_on", models.DateField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fraud_cases",
                        to="permits.application",
                    ),
                ),
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
                    "permit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fraud_cases",
                        to="permits.permit",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fraud_cases",
                        to="people.person",
                    ),
                ),
                (
                    "post_check",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fraud_cases",
                        to="permits.postcheck",
                    ),
                ),
                ("statement_by", models.DateField(null=True)),
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("fine_yuan__lte", 200)), name="a_fine_within_the_statute"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "decided"), _negated=True),
                            models.Q(("heard_on__isnull", False), ("told_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="nobody_is_punished_unheard",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remedy",
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
                        choices=[("reconsideration", "行政复议"), ("litigation", "行政诉讼")], max_length=16
                    ),
                ),
                ("case_number", models.CharField(max_length=60)),
                ("authority", models.CharField(max_length=100)),
                ("filed_on", models.DateField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld", "维持"),
                            ("overturned", "撤销，责令重新办理"),
                            ("unlawful", "确认违法"),
                            ("withdrawn", "申请人撤回"),
                        ],
                        max_length=12,
                    ),
                ),
                ("outcome_on", models.DateField(null=True)),
                ("note", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remedies",
                        to="permits.application",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remedies",
                        to="permits.decision",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("contested_on", models.DateField(null=True)),
                ("contested_reason", models.TextField(blank=True)),
                ("reopened_on", models.DateField(null=True)),
                (
                    "fraud_case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remedies",
                        to="permits.fraudcase",
                    ),
                ),
            ],
            options={
                "ordering": ["-filed_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("outcome_on__isnull", True)),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                ("outcome_on__gte", models.F("filed_on")),
                            ),
                            _connector="OR",
                        ),
                        name="a_remedys_outcome_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("application__isnull", False), ("fraud_case__isnull", False), _connector="OR"
                        ),
                        name="a_remedy_is_against_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Representative",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("identity_number", models.CharField(max_length=18)),
                ("phone", models.CharField(blank=True, max_length=20)),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("guardian", "监护人"),
                            ("spouse", "配偶"),
                            ("parent", "父母"),
                            ("child", "子女"),
                            ("sibling", "兄弟姐妹"),
                            ("grandparent", "祖父母、外祖父母"),
                            ("grandchild", "孙子女、外孙子女"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("minor", "未满 16 周岁"),
                            ("elderly", "行动不便的老年人"),
                            ("disabled", "残疾人"),
                        ],
                        max_length=12,
                    ),
                ),
                ("identity_shown", models.BooleanField(null=True)),
                ("applicants_identity_shown", models.BooleanField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "application",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="representative",
                        to="permits.application",
                    ),
                ),
                ("files", models.ManyToManyField(blank=True, to="operations.storedfile")),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
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
                (
                    "registration",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="representative",
                        to="registration.registration",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("application__isnull", True), ("registration__isnull", False)),
                            models.Q(("application__isnull", False), ("registration__isnull", True)),
                            _connector="OR",
                        ),
                        name="a_representative_acts_for_one_thing",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ResidenceSegment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("began_on", models.DateField()),
                ("ended_on", models.DateField()),
                (
                    "ended_by",
                    models.CharField(
                        choices=[("suspended", "suspended"), ("terminated", "terminated")], max_length=12
                    ),
                ),
                ("continuous_years", models.PositiveSmallIntegerField()),
                ("cumulative_days", models.PositiveIntegerField()),
                ("written_at", models.DateTimeField()),
                (
                    "permit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="segments",
                        to="permits.permit",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("permit", "number"), name="one_segment_a_number"),
                    models.CheckConstraint(
                        condition=models.Q(("ended_on__gte", models.F("began_on"))),
                        name="segment_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Slip",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True)),
                ("code", models.CharField(max_length=32, unique=True)),
                (
                    "handed_to",
                    models.CharField(choices=[("holder", "本人"), ("agent", "受托人")], max_length=8),
                ),
                ("agent_name", models.CharField(blank=True, max_length=100)),
                ("agent_identity_number", models.CharField(blank=True, max_length=18)),
                (
                    "agent_shows",
                    models.CharField(
                        blank=True,
                        choices=[("identity_card", "持证人身份证（户口簿）"), ("permit", "电子居住证")],
                        max_length=16,
                    ),
                ),
                ("handed_at", models.DateTimeField()),
                ("handed_on", models.DateField()),
                (
                    "handed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="operations.storedfile",
                    ),
                ),
                (
                    "permit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="slips", to="permits.permit"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slips",
                        to="permits.permitversion",
                    ),
                ),
            ],
            options={
                "ordering": ["-handed_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("agent_identity_number", ""), ("agent_name", ""), ("handed_to", "holder")
                            ),
                            models.Q(
                                ("handed_to", "agent"),
                                models.Q(("agent_name", ""), _negated=True),
                                models.Q(("agent_identity_number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_slip_names_its_agent",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Tip",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True)),
                ("area", models.CharField(max_length=9)),
                ("about", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("reported_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("new", "待处理"), ("planned", "已列入核查"), ("dismissed", "不用核查")],
                        default="new",
                        max_length=10,
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "post_check",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tips",
                        to="permits.postcheck",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "ordering": ["-reported_at"],
                "indexes": [models.Index(fields=["area", "state"], name="permits_tip_area_c7a710_idx")],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "deed",
                    models.CharField(
                        choices=[
                            ("correction", "申请更正"),
                            ("objection", "对部门信息提异议"),
                            ("statement", "陈述、申辩"),
                            ("waiver", "说明不陈述、不申辩"),
                            ("workplace", "改工作单位"),
                            ("extend", "延长居住时间"),
                            ("leave", "登记离开"),
                            ("switch", "换途径"),
                            ("ask_person", "要求人工复核"),
                            ("withdraw", "撤回申请"),
                            ("check", "来说明核查的事"),
                        ],
                        max_length=12,
                    ),
                ),
                ("about", models.CharField(max_length=40)),
                ("area", models.CharField(max_length=9)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("name", models.CharField(blank=True, max_length=100)),
                ("identity_number", models.CharField(blank=True, max_length=18)),
                (
                    "relation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("guardian", "监护人"),
                            ("spouse", "配偶"),
                            ("parent", "父母"),
                            ("child", "子女"),
                            ("sibling", "兄弟姐妹"),
                            ("grandparent", "祖父母、外祖父母"),
                            ("grandchild", "孙子女、外孙子女"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("minor", "未满 16 周岁"),
                            ("elderly", "行动不便的老年人"),
                            ("disabled", "残疾人"),
                        ],
                        max_length=12,
                    ),
                ),
                ("identity_shown", models.BooleanField(null=True)),
                ("persons_identity_shown", models.BooleanField(null=True)),
                ("files", models.ManyToManyField(blank=True, to="operations.storedfile")),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["deed", "about"], name="attendance_about")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ground", ""), ("identity_number", ""), ("name", ""), ("relation", "")),
                            models.Q(
                                models.Q(("name", ""), _negated=True),
                                models.Q(("identity_number", ""), _negated=True),
                                models.Q(("relation", ""), _negated=True),
                                models.Q(("ground", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="who_acts_at_a_window_is_named",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Restoration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("not_endorsed", "不再符合条件，没有签注"),
                            ("death", "持证人已经去世"),
                            ("local_household", "户口已经迁入杭州市区"),
                            ("fraud", "用虚假材料领证，已经收缴"),
                        ],
                        max_length=30,
                    ),
                ),
                ("ended_on", models.DateField()),
                ("on", models.DateField()),
                (
                    "permit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="restorations",
                        to="permits.permit",
                    ),
                ),
                (
                    "undone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="restorations",
                        to="people.undonefact",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("permit", "undone"), name="one_restoration_a_fact")
                ],
            },
        ),
        protect(
            "permits_decision",
            "permits_endorsement",
            "permits_permitversion",
            "permits_residencesegment",
            "permits_slip",
            "permits_restoration",
            "permits_attendance",
        ),
    ]
