"""`juzhu manage messages`: what is said in Chinese is found, keeps its English, and fails without it."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from juzhu.design import catalogues
from juzhu.design.catalogues import Room

PAGE = """{% load i18n %}
   <p style-free>{% translate "您好" %}</p>
 {% blocktranslate count n=n %}{{ n }} 件{% plural %}{{ n }} 件{% endblocktranslate %}
{% include "x.html" with label=_("提交") %}"""
CODE = "from django.utils.translation import gettext as _\n\n\ndef words() -> str:\n    return _('有效')\n"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    hall = tmp_path / "hall"
    (hall / "templates" / "hall").mkdir(parents=True)
    (hall / "apps.py").write_text("", encoding="utf-8")
    (hall / "words.py").write_text(CODE, encoding="utf-8")
    (hall / "templates" / "hall" / "page.html").write_text(PAGE, encoding="utf-8")
    monkeypatch.setattr(catalogues.rooms, "__defaults__", (tmp_path,))
    return tmp_path


def give_english(room: Room, texts: dict[str, str]) -> None:
    po = room.po.read_text(encoding="utf-8")
    for zh, en in texts.items():
        po = po.replace(f'msgid "{zh}"\nmsgstr ""', f'msgid "{zh}"\nmsgstr "{en}"')
    po = po.replace('msgstr[0] ""', 'msgstr[0] "%(n)s case"').replace(
        'msgstr[1] ""', 'msgstr[1] "%(n)s cases"'
    )
    room.po.write_text(po, encoding="utf-8")


def test_templates_and_code_are_searched(package: Path):
    call_command("messages")
    assert sorted(catalogues.missing(Room(package / "hall"))) == ["%(n)s 件", "您好", "提交", "有效"]


def test_a_message_without_english_fails_by_name(package: Path):
    call_command("messages")
    with pytest.raises(CommandError, match="hall: no English for “您好”"):
        call_command("messages", "--check")


def test_english_is_kept_and_the_forgotten_dropped(package: Path):
    room = Room(package / "hall")
    call_command("messages")
    give_english(room, {"您好": "Hello", "提交": "Send", "有效": "Valid"})
    (package / "hall" / "words.py").write_text("", encoding="utf-8")
    call_command("messages")
    assert 'msgstr "Hello"' in room.po.read_text(encoding="utf-8")
    assert "有效" not in room.po.read_text(encoding="utf-8")
    call_command("messages", "--check")


def test_a_fuzzy_message_counts_as_missing(package: Path):
    room = Room(package / "hall")
    call_command("messages")
    give_english(room, {"您好": "Hello", "提交": "Send", "有效": "Valid"})
    po = room.po.read_text(encoding="utf-8")
    room.po.write_text(po.replace('msgid "您好"', '#, fuzzy\nmsgid "您好"'), encoding="utf-8")
    assert catalogues.missing(room) == ["您好"]


def test_a_stale_compilation_fails_and_compile_cures_it(package: Path):
    room = Room(package / "hall")
    call_command("messages")
    give_english(room, {"您好": "Hello", "提交": "Send", "有效": "Valid"})
    with pytest.raises(CommandError, match="--compile"):
        call_command("messages", "--check")
    call_command("messages", "--compile")
    call_command("messages", "--check")


def test_collecting_twice_changes_nothing(package: Path):
    room = Room(package / "hall")
    call_command("messages")
    once = room.po.read_bytes()
    call_command("messages")
    assert room.po.read_bytes() == once


def test_an_unknown_room_is_named(package: Path):
    with pytest.raises(CommandError, match="no such room: attic"):
        call_command("messages", "attic")


def test_the_design_room_says_everything_in_english():
    room = Room(catalogues.PACKAGE / "design")
    assert catalogues.missing(room) == []


def test_two_rooms_with_different_english_fail_by_name(package: Path):
    for name, english in (("hall", "Valid"), ("gate", "In force")):
        room = Room(package / name)
        room.folder.mkdir(exist_ok=True)
        (room.folder / "apps.py").write_text("", encoding="utf-8")
        (room.folder / "words.py").write_text(CODE, encoding="utf-8")
        call_command("messages", name)
        give_english(room, {"您好": "Hello", "提交": "Send", "有效": english})
    call_command("messages", "--compile")
    with pytest.raises(CommandError, match=r"“有效” has more than one .*gate: “In force”; hall: “Valid”"):
        call_command("messages", "--check")
    in_context = CODE.replace("gettext as _", "pgettext").replace("_('有效')", "pgettext('gate', '有效')")
    (package / "gate" / "words.py").write_text(in_context, encoding="utf-8")
    call_command("messages", "gate")
    give_english(Room(package / "gate"), {"有效": "In force"})
    call_command("messages", "--compile")
    call_command("messages", "--check")


def test_a_message_with_forms_and_without_fails_by_name(package: Path):
    page = package / "hall" / "templates" / "hall" / "other.html"
    said = "{% blocktranslate with n=many %}{{ n }} 件{% endblocktranslate %}"
    page.write_text("{% load i18n %}" + said, encoding="utf-8")
    call_command("messages")
    wanted = r"hall: “%\(n\)s 件” has forms for one and for many in .*/page.html, and none in .*/other.html"
    with pytest.raises(CommandError, match=wanted):
        call_command("messages", "--check")


def test_what_is_compiled_bears_no_date_of_its_making():
    compiled = catalogues.compiled(Room(catalogues.PACKAGE / "design"))
    assert compiled is not None
    dates = set(re.findall(rb"Date: (\S+ \S+)\n", compiled))
    assert dates == {b"2000-01-01 00:00+0000"}
