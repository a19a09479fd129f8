from django.db import migrations, models

from juzhu.operations.concurrently import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("people", "0011_merges_and_what_finds_them")]
    operations = [
        AddIndexConcurrently("person", models.Index(fields=["born"], name="person_born")),
        AddIndexConcurrently("person", models.Index(fields=["claimed_number"], name="person_claimed")),
        AddIndexConcurrently(
            "person",
            models.Index(
                fields=["merged_into"],
                name="person_merged",
                condition=models.Q(merged_into__isnull=False),
            ),
        ),
        migrations.AlterField(
            "person",
            "merged_into",
            models.ForeignKey(
                "people.person",
                blank=True,
                db_index=False,
                null=True,
                on_delete=models.PROTECT,
                related_name="merged_from",
            ),
        ),
    ]
