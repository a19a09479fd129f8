"""The district's own templates, words, names, seals: laid over ours, and checked."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from juzhu.documents.district import SHIPPED, desk
from juzhu.documents.errors import DistrictFilesBroken
from juzhu.documents.tests.reading import joined, structure


@pytest.fixture
def own(tmp_path: Path, settings) -> Path:
    settings.JUZHU_DOCUMENTS_DIR = tmp_path
    return tmp_path


def test_all_shipped_papers_can_be_made(tmp_path, capsys):
    call_command("check_documents", into=tmp_path)
    assert len(list(tmp_path.glob("*.pdf"))) == 31
    assert "31" in capsys.readouterr().out


def test_the_shipped_seals_say_that_they_are_samples():
    drawing = (SHIPPED.parent.parent / "scripts" / "draw_seals.py").read_text(encoding="utf-8")
    assert '"示例"' in drawing
    assert "示例" in desk().say("common", "seal_alt", "zh", authority="")
    assert "sample" in desk().say("common", "seal_alt", "en", authority="")


def test_own_names_words_templates_and_seals_are_used(own, tmp_path_factory):
    (own / "district.toml").write_text(
        '[office]\nphone = "0571-1234"\n[court]\nname = { zh = "某某区人民法院", en = "X Court" }\n',
        encoding="utf-8",
    )
    (own / "words.toml").write_text(
        '[receipt]\ntitle = { zh = "收件受理单", en = "Receipt" }\n', encoding="utf-8"
    )
    (own / "termination.typ").write_text(
        '#import "paper.typ": *\n#show: paper\n本区自己的版式\n', encoding="utf-8"
    )
    (own / "seals").mkdir()
    (own / "seals" / "office-330105005.svg").write_text((SHIPPED / "seals" / "household.svg").read_text())
    out = tmp_path_factory.mktemp("papers")
    call_command("check_documents", into=out)
    receipt = (out / "receipt-zh.pdf").read_bytes()
    assert "收件受理单" in joined(receipt)
    assert "0571-1234" in joined(receipt)
    assert "某某区人民法院" in joined((out / "refusal-zh.pdf").read_bytes())
    assert "本区自己的版式" in joined((out / "termination-zh.pdf").read_bytes())
    assert desk().seal("office", "330105005") == "seals/office-330105005.svg"
    assert desk().seal("office", "330105006") == "seals/office.svg"
    assert structure(receipt)["ua"] == "1"


def test_a_change_of_the_folder_is_seen(own):
    assert desk().say("receipt", "title", "zh") == "受理回执"
    (own / "words.toml").write_text('[receipt]\ntitle = { zh = "回执", en = "Receipt" }\n', encoding="utf-8")
    assert desk().say("receipt", "title", "zh") == "回执"


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("notice.typ", '#import "paper.typ": *\n#show: paper\n\n#p.no_such_field\n', "notice.typ:4"),
        ("notice.typ", '#import "paper.typ": *\n#show: paper\n#image("missing.png")', "notice.typ:3"),
        ("words.toml", "[receipt]\nnothing = { zh = 'x', en = 'x' }", "receipt.nothing"),
        ("words.toml", "[receipt]\nterm = { zh = '{who}', en = 'x' }", "unknown places: who"),
        ("words.toml", "[receipt]\ntitle = { zh = '受理😀', en = 'x' }", "U+1F600"),
        ("words.toml", "[receipt", "words.toml"),
        ("district.toml", "[office]\nphone = 5", "office.phone"),
        ("district.toml", "[harbour]\n", "harbour"),
    ],
)
def test_a_fault_is_named_with_its_file_and_line(own, name, text, fault):
    (own / name).write_text(text, encoding="utf-8")
    with pytest.raises(CommandError) as caught:
        call_command("check_documents")
    assert fault in str(caught.value)


def test_a_folder_that_is_not_there_is_a_fault(settings, tmp_path):
    settings.JUZHU_DOCUMENTS_DIR = tmp_path / "nowhere"
    with pytest.raises(DistrictFilesBroken):
        desk()


def test_a_template_reads_no_file_outside_its_folder(own):
    (own / "pause.typ").write_text('#read("/etc/passwd")', encoding="utf-8")
    with pytest.raises(CommandError, match=r"pause\.typ:1"):
        call_command("check_documents")
