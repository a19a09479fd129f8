from django.db import migrations, models


class Migration(migrations.Migration):
    """Documents of before name no address here, so that the worker signs them anew."""

    dependencies = [("credentials", "0001_tables")]

    operations = [
        migrations.AddField(
            model_name="licence",
            name="issuer",
            field=models.CharField(default="", max_length=200),
            preserve_default=False,
        ),
    ]
