"""The tables as they stand; a database to which all that this replaces was applied goes on from here."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import juzhu.people.names
from juzhu.operations.append_only import protect
from juzhu.operations.together import Tables


class Migration(Tables):
    replaces = [
        ("people", "0001_initial"),
        ("people", "0002_identity_pending_and_relations"),
        ("people", "0003_names_by_beginning"),
        ("people", "0004_facts_that_end_cases"),
        ("people", "0005_facts_and_their_undoing"),
        ("people", "0006_guardianships_end"),
        ("people", "0007_organisations_and_their_people"),
        ("people", "0008_duplicates"),
        ("people", "0009_names_as_compared"),
        ("people", "0010_names_found_as_compared"),
        ("people", "0011_merges_and_what_finds_them"),
        ("people", "0012_births_and_claims_found_quickly"),
        ("people", "0013_hearings"),
        ("people", "0014_planners"),
    ]

    initial = True

    dependencies = [
        ("operations", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Person",
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
                ("identity_number", models.CharField(blank=True, db_index=True, max_length=18)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("identity_confirmed_at", models.DateTimeField(null=True)),
                ("identity_source", models.CharField(blank=True, max_length=40)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "photo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="operations.storedfile",
                    ),
                ),
                ("died_on", models.DateField(blank=True, null=True)),
                ("local_since", models.DateField(blank=True, null=True)),
                ("claimed_number", models.CharField(blank=True, max_length=18)),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_from",
                        to="people.person",
                    ),
                ),
                (
                    "name_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=juzhu.people.names.Folded(models.F("name")),
                        output_field=models.CharField(max_length=100),
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["phone"], name="people_pers_phone_b55729_idx"),
                    models.Index(
                        condition=models.Q(("died_on__isnull", False)), fields=["died_on"], name="person_died"
                    ),
                    models.Index(
                        condition=models.Q(("local_since__isnull", False)),
                        fields=["local_since"],
                        name="person_local",
                    ),
                    models.Index(
                        fields=["name_key"], name="person_name_key", opclasses=["varchar_pattern_ops"]
                    ),
                    models.Index(fields=["born"], name="person_born"),
                    models.Index(fields=["claimed_number"], name="person_claimed"),
                    models.Index(
                        condition=models.Q(("merged_into__isnull", False)),
                        fields=["merged_into"],
                        name="person_merged",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("identity_number", ""), _negated=True),
                        fields=("identity_number",),
                        name="one_person_a_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True), ("identity_number", ""), _connector="OR"
                        ),
                        name="a_number_leads_to_no_merged_record",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                ("about", models.JSONField(default=dict)),
                ("key", models.CharField(max_length=120, unique=True)),
                ("sent_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-sent_at", "-pk"],
                "indexes": [
                    models.Index(fields=["person", "-sent_at"], name="people_mess_person__538e30_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="Guardianship",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=40)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guardianships",
                        to="people.person",
                    ),
                ),
                (
                    "guardian",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="wards", to="people.person"
                    ),
                ),
                ("ended_by", models.CharField(blank=True, max_length=200)),
                ("ended_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("guardian", models.F("child")), _negated=True),
                        name="nobody_guards_themselves",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("guardian", "child"),
                        name="one_guardianship_a_pair",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("login", models.CharField(max_length=40, unique=True)),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("clerk", "受理"),
                            ("reviewer", "审核"),
                            ("chief", "所长"),
                            ("subdistrict", "街道"),
                            ("department", "部门"),
                            ("auditor", "审计"),
                            ("administrator", "系统管理"),
                            ("planner", "规划统计"),
                        ],
                        max_length=20,
                    ),
                ),
                ("areas", models.JSONField(blank=True, default=list)),
                ("staff_name", models.CharField(blank=True, max_length=100)),
                ("department", models.CharField(blank=True, max_length=30)),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account",
                        to="people.person",
                    ),
                ),
                ("staff_identity_number", models.CharField(blank=True, max_length=18)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role", ""), ("person__isnull", True), _connector="OR"),
                        name="staff_accounts_are_nobodys_own",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PopulationRecord",
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
                ("identity_number", models.CharField(max_length=18, unique=True)),
                (
                    "photo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="operations.storedfile",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_on", models.DateField()),
                ("until_on", models.DateField()),
                ("noted_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stands_in",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-from_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gte", models.F("from_on"))),
                        name="absence_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DeclaredRelation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("identity_number", models.CharField(db_index=True, max_length=18)),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("spouse", "配偶"),
                            ("parent", "父母"),
                            ("child", "子女"),
                            ("sibling", "兄弟姐妹"),
                            ("other", "其他利害关系"),
                        ],
                        max_length=10,
                    ),
                ),
                ("declared_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declared_relations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("account", "identity_number"),
                        name="a_relation_is_declared_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("death", "去世"), ("household", "户口变动")], max_length=12),
                ),
                ("on", models.DateField()),
                ("local", models.BooleanField(default=False)),
                ("division", models.CharField(blank=True, max_length=6)),
                ("address", models.CharField(blank=True, max_length=200)),
                ("was_local", models.BooleanField(default=False)),
                ("was_division", models.CharField(blank=True, max_length=6)),
                ("was_address", models.CharField(blank=True, max_length=200)),
                ("was_local_since", models.DateField(null=True)),
                ("source", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="facts", to="people.person"
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
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="UndoneFact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField()),
                ("proof", models.CharField(max_length=200)),
                ("undone_on", models.DateField()),
                ("undone_at", models.DateTimeField()),
                (
                    "fact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="undone", to="people.fact"
                    ),
                ),
                ("files", models.ManyToManyField(blank=True, to="operations.storedfile")),
                (
                    "undone_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("credit_code", models.CharField(max_length=18, unique=True)),
                ("name", models.CharField(db_index=True, max_length=100)),
                ("trades", models.JSONField(default=list)),
                ("subdistrict", models.CharField(db_index=True, max_length=9)),
                ("address", models.CharField(blank=True, max_length=200)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("source", models.CharField(max_length=40)),
                ("confirmed_at", models.DateTimeField()),
                ("closed_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="OrganisationRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("credit_code", models.CharField(max_length=18, unique=True)),
                ("name", models.CharField(max_length=100)),
                ("address", models.CharField(blank=True, max_length=200)),
                ("head_name", models.CharField(blank=True, max_length=100)),
                ("head_number", models.CharField(blank=True, max_length=18)),
                ("closed_on", models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "part",
                    models.CharField(choices=[("manager", "管理员"), ("reporter", "报送员")], max_length=10),
                ),
                ("since", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
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
                (
                    "granted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["since"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("organisation", "account"),
                        name="one_open_membership_an_account",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Likeness",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("score", models.PositiveSmallIntegerField()),
                ("reasons", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待核对"), ("merged", "已合并"), ("apart", "是两个人")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("found_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("said", models.TextField(blank=True)),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
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
                "ordering": ["-score", "found_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="one_likeness_a_pair"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))),
                        name="the_older_record_is_first",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("said", models.TextField()),
                ("moved", models.JSONField(default=dict)),
                ("merged_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_because", models.TextField(blank=True)),
                (
                    "gone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_away",
                        to="people.person",
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="merges", to="people.person"
                    ),
                ),
                (
                    "merged_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("took_phone", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["-merged_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("gone",),
                        name="one_merge_a_record",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kept", models.F("gone")), _negated=True),
                        name="nobody_is_merged_with_themself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hearing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("case_number", models.CharField(db_index=True, max_length=30)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "可以要求听证"),
                            ("asked", "已要求听证"),
                            ("called", "已通知听证"),
                            ("held", "听证开过了"),
                            ("forgone", "不听证"),
                        ],
                        default="offered",
                        max_length=8,
                    ),
                ),
                ("offered_on", models.DateField()),
                ("ask_by", models.DateField()),
                ("asked_on", models.DateField(null=True)),
                ("called_on", models.DateField(null=True)),
                ("on", models.DateField(null=True)),
                ("at", models.TimeField(null=True)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("in_public", models.BooleanField(default=True)),
                ("record", models.TextField(blank=True)),
                ("ended_on", models.DateField(null=True)),
                (
                    "why_forgone",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("party", "本人不要求听证"),
                            ("absent", "无正当理由没有出席"),
                            ("lighter", "重新告知，这次不再适用"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("files", models.ManyToManyField(blank=True, to="operations.storedfile")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "held"), _negated=True),
                            models.Q(
                                models.Q(("record", ""), _negated=True), ("ended_on__gte", models.F("on"))
                            ),
                            _connector="OR",
                        ),
                        name="a_hearing_is_held_on_a_record",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "called"), _negated=True),
                            models.Q(("chair__isnull", False), ("on__gt", models.F("called_on"))),
                            _connector="OR",
                        ),
                        name="a_hearing_is_called_ahead",
                    ),
                ],
            },
        ),
        protect("people_fact", "people_undonefact"),
    ]
