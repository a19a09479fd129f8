from django.db import migrations, models

from juzhu.operations.concurrently import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("permits", "0007_representatives_of_registrations"),
        ("people", "0003_names_by_beginning"),
    ]
    operations = [
        AddIndexConcurrently(
            "application",
            models.Index(fields=["area", "state", "supplement_by"], name="permits_app_area_bd0524_idx"),
        ),
        AddIndexConcurrently(
            "application",
            models.Index(
                fields=["area", "decided_on", "route", "kind", "channel"], name="application_answered"
            ),
        ),
        AddIndexConcurrently(
            "application",
            models.Index(fields=["submitted_at", "area"], name="permits_app_submitt_b66958_idx"),
        ),
    ]
