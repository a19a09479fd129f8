import zlib
from itertools import groupby
from pathlib import Path

import django.db.models.deletion
import orjson
from django.conf import settings
from django.db import migrations, models

LINES = 1000


def pack(apps, _editor):
    """Pack the rows of drafts, and those that went back. Drafts are looked at anew when they are filed."""
    forget(apps)
    parts = apps.get_model("registration", "SheetPart").objects
    rows = apps.get_model("registration", "SheetRow").objects.order_by("sheet", "line")
    for (sheet, place), some in groupby(
        rows.iterator(LINES), key=lambda row: (row.sheet_id, row.line // LINES)
    ):
        by_verdict = {}
        for row in some:
            by_verdict.setdefault(row.verdict, []).append((row.line, row.cells, row.faults))
        for verdict, typed in by_verdict.items():
            packed = zlib.compress(orjson.dumps(typed), 1)
            parts.create(sheet_id=sheet, place=place, verdict=verdict, count=len(typed), rows=packed)


def forget(apps):
    """Throw away what was not read yet, with its files: it has to be uploaded again."""
    apps.get_model("registration", "Sheet").objects.filter(state__in=["reading", "unreadable"]).delete()
    waiting = apps.get_model("operations", "Task").objects.filter(
        kind="registration.read_sheet", done_at=None
    )
    names = [payload["file"] for payload in waiting.values_list("payload", flat=True)]
    for name in names:
        (Path(settings.JUZHU_FILES) / name[:2] / name).unlink(missing_ok=True)
    apps.get_model("operations", "StoredFile").objects.filter(name__in=names).delete()
    waiting.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("operations", "0001_tables"),
        ("registration", "0001_tables"),
    ]

    operations = [
        migrations.RemoveField(model_name="sheet", name="fault"),
        migrations.AddField(
            model_name="sheet",
            name="looked_by",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AlterField(
            model_name="sheet",
            name="state",
            field=models.CharField(
                choices=[
                    ("reading", "正在读"),
                    ("draft", "待提交"),
                    ("filing", "正在提交"),
                    ("filed", "已提交"),
                ],
                default="reading",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="SheetPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveIntegerField()),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("fine", "fine"), ("doubtful", "doubtful"), ("wrong", "wrong")],
                        max_length=8,
                    ),
                ),
                ("count", models.PositiveIntegerField()),
                ("rows", models.BinaryField()),
                ("entries", models.BinaryField(default=b"")),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="registration.sheet",
                    ),
                ),
            ],
            options={
                "ordering": ["place", "verdict"],
            },
        ),
        migrations.AddConstraint(
            model_name="sheetpart",
            constraint=models.UniqueConstraint(
                fields=("sheet", "place", "verdict"), name="one_part_a_place_and_verdict"
            ),
        ),
        migrations.RunPython(pack, migrations.RunPython.noop, elidable=True),
    ]
