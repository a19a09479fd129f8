from django.db import migrations

from juzhu.operations.append_only import protect


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_issued_documents")]
    operations = [protect("documents_issueddocument")]
