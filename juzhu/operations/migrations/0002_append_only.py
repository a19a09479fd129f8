from django.db import migrations

from juzhu.operations.append_only import protect


class Migration(migrations.Migration):
    dependencies = [("operations", "0001_initial")]
    operations = [protect("operations_event")]
