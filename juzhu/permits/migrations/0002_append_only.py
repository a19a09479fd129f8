from django.db import migrations

from juzhu.operations.append_only import protect


class Migration(migrations.Migration):
    dependencies = [("permits", "0001_initial")]
    operations = [protect("permits_decision", "permits_endorsement")]
