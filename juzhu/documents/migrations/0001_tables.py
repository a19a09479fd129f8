"""The tables as they stand; a database to which all that this replaces was applied goes on from here."""

import django.db.models.deletion
from django.db import migrations, models

from juzhu.operations.append_only import protect
from juzhu.operations.together import Tables


class Migration(Tables):
    replaces = [
        ("documents", "0001_issued_documents"),
        ("documents", "0002_append_only"),
        ("documents", "0003_papers_of_fraud_and_of_closed_applications"),
        ("documents", "0004_registration_certificates"),
    ]

    initial = True

    dependencies = [
        ("operations", "0001_tables"),
        ("people", "0001_tables"),
        ("permits", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="IssuedDocument",
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
                            ("receipt", "receipt"),
                            ("deemed", "deemed"),
                            ("notice", "notice"),
                            ("refusal", "refusal"),
                            ("non_endorsement", "non_endorsement"),
                            ("lapse", "lapse"),
                            ("ended", "ended"),
                            ("pause", "pause"),
                            ("correction", "correction"),
                            ("termination", "termination"),
                            ("registration", "registration"),
                            ("fraud_notice", "fraud_notice"),
                            ("fraud_decision", "fraud_decision"),
                            ("fraud_closure", "fraud_closure"),
                            ("slip", "slip"),
                        ],
                        max_length=16,
                    ),
                ),
                ("about", models.CharField(max_length=60)),
                ("language", models.CharField(choices=[("zh", "zh"), ("en", "en")], max_length=2)),
                ("number", models.CharField(max_length=60)),
                ("code", models.CharField(max_length=16, unique=True)),
                ("dated", models.DateField()),
                ("sha256", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="permits.application",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="operations.storedfile",
                    ),
                ),
                (
                    "permit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="permits.permit",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "-made_at"], name="documents_i_person__46bfdb_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("about", "language"), name="a_paper_is_issued_once")
                ],
            },
        ),
        protect("documents_issueddocument"),
    ]
