from django.db import migrations, models

import juzhu.people.names


class Migration(migrations.Migration):
    dependencies = [("people", "0008_duplicates")]
    operations = [
        migrations.AddField(
            "person",
            "name_key",
            models.GeneratedField(
                db_persist=True,
                expression=juzhu.people.names.Folded(models.F("name")),
                output_field=models.CharField(max_length=100),
            ),
        ),
    ]
