from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("registration", "0002_sheets_rows_in_parts"),
    ]

    operations = [migrations.DeleteModel(name="SheetRow")]
