"""Loading communities: all rows or none, and a fault names its line."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from juzhu.registration.models import Community

pytestmark = pytest.mark.django_db


def sheet(folder: Path, *rows: str) -> Path:
    path = folder / "communities.csv"
    path.write_text("\n".join(("code,subdistrict,name", *rows)) + "\n", encoding="utf-8-sig")
    return path


def test_rows_are_loaded_and_loaded_again(tmp_path: Path):
    path = sheet(tmp_path, "330105005001,330105005,示例社区", "330105010001,330105010,示例二社区")
    call_command("load_communities", path)
    call_command("load_communities", path)
    assert Community.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("330105005001,330106005,别区", "line 3: 330106005 is no subdistrict"),
        ("330105010001,330105005,错位", "line 3: a code has 12 digits"),
        ("330105005002,330105005,", "line 3: a code has 12 digits"),
    ],
)
def test_one_bad_row_loads_nothing_and_is_named(tmp_path: Path, row: str, said: str):
    with pytest.raises(CommandError, match=said):
        call_command("load_communities", sheet(tmp_path, "330105005001,330105005,示例社区", row))
    assert not Community.objects.exists()


def test_other_columns_are_refused(tmp_path: Path):
    path = tmp_path / "x.csv"
    path.write_text("name,code\n", encoding="utf-8")
    with pytest.raises(CommandError, match="the first line must be code,subdistrict,name"):
        call_command("load_communities", path)
