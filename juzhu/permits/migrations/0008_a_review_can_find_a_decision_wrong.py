from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("permits", "0007_queue_indexes")]

    operations = [
        migrations.AlterField(
            model_name="postcheck",
            name="result",
            field=models.CharField(
                blank=True,
                choices=[
                    ("true", "情况属实"),
                    ("changed", "情况变了"),
                    ("suspected", "涉嫌虚假"),
                    ("not_met", "没有见到人"),
                    ("wrong", "自动办理有误"),
                ],
                max_length=12,
            ),
        ),
    ]
