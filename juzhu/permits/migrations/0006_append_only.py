from django.db import migrations

from juzhu.operations.append_only import protect


class Migration(migrations.Migration):
    dependencies = [("permits", "0005_casework_complete")]
    operations = [protect("permits_permitversion", "permits_residencesegment", "permits_slip")]
