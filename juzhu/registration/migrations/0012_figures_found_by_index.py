from django.db import migrations, models

from juzhu.operations.concurrently import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("registration", "0011_figures_of_the_district")]
    operations = [
        AddIndexConcurrently(
            "registration",
            models.Index(
                condition=models.Q(("ended_on__isnull", True)),
                fields=["subdistrict", "community", "registered_on", "ended_on"],
                name="registered_now_by_area",
            ),
        ),
        AddIndexConcurrently(
            "registration",
            models.Index(
                fields=[
                    "registered_on",
                    "subdistrict",
                    "community",
                    "follows",
                    "channel",
                    "reported",
                    "reason",
                ],
                name="arrived_by_day",
            ),
        ),
        AddIndexConcurrently(
            "registration",
            models.Index(
                condition=models.Q(("ended_on__isnull", False)),
                fields=["ended_on", "subdistrict", "community", "end_reason", "registered_on"],
                name="ended_by_day",
            ),
        ),
        migrations.AlterField(
            model_name="registration",
            name="subdistrict",
            field=models.CharField(max_length=9),
        ),
    ]
