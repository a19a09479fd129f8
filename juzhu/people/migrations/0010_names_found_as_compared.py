from django.db import migrations, models

from juzhu.operations.concurrently import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("people", "0009_names_as_compared")]
    operations = [
        AddIndexConcurrently(
            "person",
            models.Index(fields=["name_key"], name="person_name_key", opclasses=["varchar_pattern_ops"]),
        ),
        migrations.RemoveIndex("person", "person_name_begins"),
    ]
