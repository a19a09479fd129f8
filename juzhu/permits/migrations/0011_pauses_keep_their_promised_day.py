"""The last day that was promised for a pause becomes a column, so that the queue can be ordered by it."""

from datetime import timedelta

from django.db import migrations, models


def fill_in(apps, schema_editor):
    rows = apps.get_model("permits", "Pause").objects.filter(expected_until=None)
    for pause in rows.iterator():
        pause.expected_until = pause.began_on + timedelta(days=pause.expected_days)
        pause.save(update_fields=["expected_until"])


class Migration(migrations.Migration):
    dependencies = [("permits", "0010_restorations_and_attendances")]

    operations = [
        migrations.AddField("pause", "expected_until", models.DateField(null=True)),
        migrations.RunPython(fill_in, migrations.RunPython.noop, elidable=True),
        migrations.AlterField("pause", "expected_until", models.DateField()),
    ]
