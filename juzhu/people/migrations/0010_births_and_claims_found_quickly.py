from django.db import migrations, models

from juzhu.operations.concurrently import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("people", "0009_merges_and_what_finds_them")]
    operations = [
        AddIndexConcurrently("person", models.Index(fields=["born"], name="person_born")),
        AddIndexConcurrently("person", models.Index(fields=["claimed_number"], name="person_claimed")),
    ]
