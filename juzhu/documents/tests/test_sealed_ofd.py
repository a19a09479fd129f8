"""The slip as OFD: what another reader reads, what is drawn, which characters its fonts hold."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import ofdkit
import pytest
import zxingcpp
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw

from juzhu.documents.errors import GlyphMissing
from juzhu.documents.issuing import address_of, render
from juzhu.documents.ofd.canvas import Ink, broken, width_of
from juzhu.documents.ofd.faces import SHIPPED, Face, faces, runs
from juzhu.documents.papers.confirmation import Entry
from juzhu.documents.tests.reading import CODE, MADE, bare, joined
from juzhu.documents.tests.sealed import OFD, SIGNATURE, VALUE, ofd, parts, slip
from juzhu.operations.files import path_of

ADDRESS = "居住地住址"


def drawn(package: bytes, kind: str, page: int = 0) -> list[ElementTree.Element]:
    root = ElementTree.fromstring(parts(package)[f"Doc_0/Pages/Page_{page}/Content.xml"])
    return root.findall(f".//ofd:{kind}", OFD)


def box(found: ElementTree.Element) -> list[float]:
    return [float(number) for number in found.get("Boundary", "").split()]


def test_another_reader_reads_what_stands_in_the_pdf():
    paper = slip()
    with ofdkit.open(io.BytesIO(ofd())) as read:
        text, pages = bare(read.text()), len(read.pages)
        assert (read.pages[0].width, read.pages[0].height) == (210.0, 297.0), "A4, in millimetres"
    printed = joined(render(paper, code=CODE, made_at=MADE))
    assert pages == 1
    assert sorted(text) == sorted(printed)
    for row in (*paper.entries, *paper.validity, *paper.handing):
        assert bare(f"{row.label}{row.value}") in text.replace("：", "")
    for said in (paper.title, paper.number, paper.opening, paper.after, paper.authority, paper.seal_note):
        assert bare(said) in text


def test_every_object_stands_on_the_page_and_has_an_id_of_its_own():
    found = [*drawn(made := ofd(), "TextObject"), *drawn(made, "PathObject")]
    ids = [each.get("ID") for each in found]
    document = ElementTree.fromstring(parts(made)["Doc_0/Document.xml"])
    assert len(set(ids)) == len(ids)
    assert max(map(int, ids)) < int(document.findtext(".//ofd:MaxUnitID", "", OFD))
    for x, y, width, height in map(box, found):
        assert 0 <= x < x + width <= 210 and 0 <= y < y + height <= 297


def code_in(path: ElementTree.Element) -> str:
    """What a QR code says that is drawn as a pattern."""
    words = path.findtext("ofd:AbbreviatedData", "", OFD).replace("M", "").replace("L", "")
    picture = Image.new("L", (600, 600), 255)
    draw = ImageDraw.Draw(picture)
    for one in words.split("C")[:-1]:
        numbers = [float(number) / box(path)[2] * 500 + 50 for number in one.split()]
        draw.polygon(list(zip(numbers[::2], numbers[1::2], strict=True)), fill=0)
    return zxingcpp.read_barcode(picture).text


@pytest.mark.parametrize("offline", ["", "JZ1:6BFOXN%TS3DH"])
def test_the_codes_that_are_drawn_are_the_papers_own(offline):
    made = ofd(slip(offline=offline))
    codes = [code_in(each) for each in drawn(made, "PathObject") if each.get("Fill") == "true"]
    assert codes == [code for code in (offline, address_of(CODE)) if code]
    assert ("没有网络" in "".join(each.text for each in drawn(made, "TextCode"))) == bool(offline)


def test_the_holders_picture_fills_its_frame():
    path = path_of("aa0123.jpg")
    path.parent.mkdir(parents=True)
    Image.new("RGB", (600, 600), "navy").save(path)
    made = ofd(slip(photo=path.name))
    (shown,) = drawn(made, "ImageObject")
    assert box(shown)[2:] == [33, 46] and shown.get("CTM") == "33 0 0 46 0 0"
    with Image.open(io.BytesIO(parts(made)["Doc_0/Res/picture_0.jpg"])) as picture:
        assert picture.format == "JPEG" and abs(picture.width / picture.height - 33 / 46) < 0.002
    resources = ElementTree.fromstring(parts(made)["Doc_0/DocumentRes.xml"])
    assert resources.find(".//ofd:MultiMedia", OFD).get("ID") == shown.get("ResourceID")


def test_the_font_holds_the_characters_of_the_paper_and_no_others():
    made = ofd()
    font = TTFont(io.BytesIO(parts(made)["Doc_0/Res/font_0.ttf"]))
    used = {sign for each in drawn(made, "TextCode") for sign in each.text}
    assert {chr(point) for point in font.getBestCmap()} == used
    seen = [name for point, name in font.getBestCmap().items() if not chr(point).isspace()]
    assert all(font["glyf"][name].numberOfContours > 0 for name in seen)
    whole = TTFont(SHIPPED, fontNumber=2, lazy=True)
    for sign in "居1，":
        name, own = whole.getBestCmap()[ord(sign)], font.getBestCmap()[ord(sign)]
        assert font["hmtx"][own][0] == whole["hmtx"][name][0]
        assert font["head"].unitsPerEm == whole["head"].unitsPerEm


@pytest.mark.parametrize("name", ["𠅤堃", "䶮㛃", "阿依努尔·买买提"])
def test_rare_characters_are_set_and_can_be_read(name):
    with ofdkit.open(io.BytesIO(ofd(slip(entries=(Entry("姓名", name),))))) as read:
        assert name in read.text()


def test_a_character_that_no_font_has_is_refused():
    with pytest.raises(GlyphMissing) as caught:
        ofd(slip(entries=(Entry("姓名", "王\U000e0001"),)))
    assert caught.value.about["code_point"] == "U+E0001"


def test_what_is_too_long_goes_on_to_a_second_page_with_the_seal_where_the_foot_is():
    made = ofd(slip(entries=tuple(Entry(ADDRESS, "桥弄街 6 幢 2 单元 301 室，" * 9) for _n in range(4))))
    with ofdkit.open(io.BytesIO(made)) as read:
        assert len(read.pages) == 2
        assert "第 1 页，共 2 页" in read.pages[0].text() and "第 2 页，共 2 页" in read.pages[1].text()
    stamp = ElementTree.fromstring(parts(made)[SIGNATURE]).find(".//ofd:StampAnnot", OFD)
    pages = ElementTree.fromstring(parts(made)["Doc_0/Document.xml"]).findall(".//ofd:Page", OFD)
    assert stamp.get("PageRef") == pages[1].get("ID")
    assert (
        max(y + height for page in (0, 1) for _x, y, _w, height in map(box, drawn(made, "TextObject", page)))
        < 290
    )


def test_the_same_slip_has_the_same_parts_but_for_its_signature():
    one, other = parts(ofd()), parts(ofd())
    assert {name for name in one if one[name] != other[name]} - {SIGNATURE} == {VALUE}


@pytest.fixture
def ink() -> Ink:
    from juzhu.documents.district import desk

    return Ink(faces(desk(), ()), 11, "0 0 0")


def test_lines_break_between_chinese_characters_and_at_spaces(ink):
    text = "杭州（拱墅区）ABC Company Limited，第3幢。"
    lines = broken(text, ink, 8 * ink.em)
    assert bare("".join(lines)) == bare(text)
    assert all(width_of(line, ink) <= 8 * ink.em for line in lines)
    assert not any(line[0] in "，。）" or line[-1] in "（" for line in lines)
    assert "Company" in " ".join(lines)
    assert broken("x" * 40, ink, 8 * ink.em)[0] != "x" * 40, (
        "a word longer than a line is broken all the same"
    )
    assert broken("", ink, 10) == []


def test_each_character_is_set_in_the_first_font_that_has_it(tmp_path):
    small = tmp_path / "small.ttf"
    whole = faces_of_shipped()
    small.write_bytes(whole.subset("居民"))
    own = Face("Own", TTFont(small))
    assert [(face.family, text) for face, text in runs("居住民", (own, whole))] == [
        ("Own", "居"), (whole.family, "住"), ("Own", "民"),
    ]  # fmt: skip
    again = TTFont(io.BytesIO(own.subset("居")))
    kept = TTFont(small)
    one, two = (font["glyf"][font.getBestCmap()[ord("居")]].coordinates for font in (again, kept))
    assert one == two, "TrueType stays as it is"


def faces_of_shipped() -> Face:
    from juzhu.documents.district import desk

    return faces(desk(), ())[-1]
