from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("people", "0010_names_found_as_compared")]
    operations = [
        migrations.AddField("merge", "took_phone", models.BooleanField(default=False)),
        migrations.AddConstraint(
            "person",
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(identity_number=""),
                name="a_number_leads_to_no_merged_record",
            ),
        ),
    ]
