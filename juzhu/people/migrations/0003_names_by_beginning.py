from django.db import migrations, models

from juzhu.operations.concurrently import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("people", "0002_identity_pending_and_relations")]
    operations = [
        AddIndexConcurrently(
            "person",
            models.Index(fields=["name"], name="person_name_begins", opclasses=["varchar_pattern_ops"]),
        ),
        migrations.RemoveIndex("person", "people_pers_name_3035d1_idx"),
    ]
