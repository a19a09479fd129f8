"""The tables as they stand; a database to which all that this replaces was applied goes on from here."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from juzhu.operations.together import Tables


class Migration(Tables):
    replaces = [
        ("evidence", "0001_initial"),
        ("evidence", "0002_objections_inquiries_clients"),
        ("evidence", "0003_sheets_and_wanted"),
        ("evidence", "0003_deliveries"),
        ("evidence", "0004_residences_in_other_districts"),
        ("evidence", "0005_clients_of_organisations"),
    ]

    initial = True

    dependencies = [
        ("operations", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Client",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("client_id", models.CharField(max_length=48, unique=True)),
                ("secret_hash", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=100)),
                ("department", models.CharField(blank=True, max_length=30)),
                ("scopes", models.JSONField(default=list)),
                ("keys", models.JSONField(blank=True, default=dict)),
                ("made_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clients",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("department", ""), ("organisation__isnull", True), _connector="XOR"
                        ),
                        name="a_client_is_somebody_s",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("scopes", models.JSONField(default=list)),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tokens",
                        to="evidence.client",
                    ),
                ),
            ],
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
                ("department", models.CharField(max_length=30)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("filed", "filed")], default="draft", max_length=6
                    ),
                ),
                ("original_name", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("rows", models.JSONField(default=list)),
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
            ],
            options={
                "ordering": ["-made_at", "-pk"],
                "indexes": [
                    models.Index(fields=["made_by", "-made_at"], name="evidence_sh_made_by_a60f48_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number__isnull", True), ("state", "draft")),
                            models.Q(("number__isnull", False), ("state", "filed")),
                            _connector="OR",
                        ),
                        name="a_filed_sheet_has_its_receipt_number",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
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
                ("says", models.JSONField(default=dict)),
                (
                    "source",
                    models.CharField(
                        choices=[("upload", "upload"), ("attestation", "attestation")], max_length=12
                    ),
                ),
                ("department", models.CharField(blank=True, max_length=30)),
                ("received_at", models.DateTimeField()),
                ("given_by_id", models.BigIntegerField(null=True)),
                (
                    "judgement",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("good", "good"),
                            ("insufficient", "insufficient"),
                            ("disproved", "disproved"),
                        ],
                        max_length=12,
                    ),
                ),
                ("judged_by_id", models.BigIntegerField(null=True)),
                ("judged_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("files", models.ManyToManyField(blank=True, to="operations.storedfile")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="people.person",
                    ),
                ),
                (
                    "certainty",
                    models.CharField(
                        choices=[("stated", "stated"), ("confirmed", "confirmed"), ("signed", "signed")],
                        default="stated",
                        max_length=10,
                    ),
                ),
                ("record", models.JSONField(blank=True, default=dict)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_until", models.DateField(blank=True, null=True)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("upload", "upload"),
                            ("page", "page"),
                            ("sheet", "sheet"),
                            ("push", "push"),
                            ("pull", "pull"),
                        ],
                        default="upload",
                        max_length=8,
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pieces",
                        to="evidence.sheet",
                    ),
                ),
            ],
            options={
                "ordering": ["-received_at", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["person", "kind", "-received_at"], name="evidence_ev_person__eb6591_idx"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("department", ""), ("source", "upload")),
                            models.Q(("source", "attestation"), models.Q(("department", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="an_attestation_names_its_department",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="evidence_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Inquiry",
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
                ("department", models.CharField(max_length=30)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("answered", "answered"),
                            ("nothing", "nothing"),
                            ("given_up", "given_up"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("tried_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("fault", models.CharField(blank=True, max_length=40)),
                (
                    "evidence",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.evidence",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inquiries",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "tried_at"], name="evidence_in_state_d273d2_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("person", "kind"),
                        name="one_waiting_inquiry_a_kind",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True)),
                ("department", models.CharField(max_length=30)),
                ("text", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "等部门核对"), ("corrected", "已更正"), ("upheld", "核对无误")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("filed_at", models.DateTimeField()),
                ("filed_on", models.DateField()),
                ("due_on", models.DateField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
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
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="evidence.evidence",
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
                        related_name="objections",
                        to="people.person",
                    ),
                ),
                (
                    "replacement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.evidence",
                    ),
                ),
                ("wanted", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "indexes": [
                    models.Index(
                        fields=["department", "state", "due_on"], name="evidence_ob_departm_229db3_idx"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("evidence",),
                        name="one_open_objection_a_word",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("reference", models.CharField(max_length=32, unique=True)),
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
                    "certainty",
                    models.CharField(
                        choices=[("stated", "stated"), ("confirmed", "confirmed"), ("signed", "signed")],
                        max_length=10,
                    ),
                ),
                ("received_at", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="evidence.client",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.evidence",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("client", "key"), name="one_delivery_a_key")],
            },
        ),
    ]
