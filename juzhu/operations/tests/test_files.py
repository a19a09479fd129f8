"""Uploads: what is kept is clean, what is refused says why, and strangers' bytes break nothing."""

from __future__ import annotations

import io
import stat
import time
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from PIL import Image

from juzhu.operations import files
from juzhu.operations.actors import SYSTEM
from juzhu.operations.errors import FileRefused
from juzhu.operations.models import StoredFile

ORIENTATION = 0x0112
MAKER = 0x010F


def picture(kind: str = "JPEG", mode: str = "RGB", size: tuple[int, int] = (40, 20), **about: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, about.pop("colour", 0)).save(out, kind, **about)
    return out.getvalue()


def pdf(pages: int = 1, change: Any = None, **about: Any) -> bytes:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(100, 100))
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out, **about)
    return out.getvalue()


def refused(content: bytes, name: str = "租赁合同.pdf") -> tuple[str, str]:
    with pytest.raises(FileRefused) as found:
        files.check(content, name)
    sentence = str(found.value.sentence)
    assert name in sentence
    return str(found.value.about["reason"]), sentence


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


# Pictures


def test_a_picture_is_kept_without_what_was_hidden_in_it():
    exif = Image.Exif()
    exif[MAKER] = "Secret Camera"
    cleaned = files.check(picture(exif=exif, comment=b"a comment") + b"<?php hidden ?>", "a.jpg")
    assert b"Secret" not in cleaned.content
    assert b"comment" not in cleaned.content
    assert b"hidden" not in cleaned.content
    assert dict(opened(cleaned.content).getexif()) == {}
    assert (cleaned.content_type, cleaned.extension, cleaned.pages) == ("image/jpeg", "jpg", 1)


def test_a_picture_is_turned_the_way_it_was_taken():
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    assert opened(files.check(picture(exif=exif), "a.jpg").content).size == (20, 40)


def test_a_large_picture_is_made_smaller():
    cleaned = files.check(picture(size=(4000, 100)), "a.jpg")
    assert max(opened(cleaned.content).size) <= files.LONGEST_EDGE


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_can_be_read(mode: str):
    cleaned = files.check(picture("PNG", mode), "a.png")
    assert (opened(cleaned.content).format, opened(cleaned.content).size) == ("JPEG", (40, 20))


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_every_kind_of_jpeg_can_be_read(mode: str):
    assert opened(files.check(picture("JPEG", mode), "a.jpg").content).mode == "RGB"


def test_what_is_transparent_becomes_white_paper():
    clear = picture("PNG", "RGBA", colour=(0, 0, 0, 0))
    assert opened(files.check(clear, "a.png").content).getpixel((5, 5)) == (255, 255, 255)
    palette = Image.new("P", (40, 20), 0)
    out = io.BytesIO()
    palette.save(out, "PNG", transparency=0)
    assert opened(files.check(out.getvalue(), "a.png").content).getpixel((5, 5)) == (255, 255, 255)


def test_a_grey_scan_of_sixteen_bits_keeps_its_greys():
    grey = opened(files.check(picture("PNG", "I;16", colour=0x8000), "a.png").content).getpixel((5, 5))
    assert isinstance(grey, tuple)
    assert all(abs(channel - 128) <= 2 for channel in grey)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(300), "HEIC"),
        (picture("GIF", "P"), "GIF"),
        (picture("BMP"), "BMP"),
        (picture("WEBP"), "WebP"),
    ],
)
def test_another_kind_of_picture_is_named(content: bytes, told: str):
    reason, sentence = refused(content, "IMG_1.jpg")
    assert reason == "type"
    assert f"{told} 格式，请换成 JPG 或 PNG" in sentence


@pytest.mark.parametrize(
    "content",
    [
        "这是一段文字".encode(),
        b"MZ\x90\x00" + bytes(500),
        b"PK\x03\x04" + bytes(500),
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    ],
)
def test_what_is_no_picture_is_refused_whatever_its_name_says(content: bytes):
    reason, sentence = refused(content, "我的照片.jpg")
    assert reason == "type"
    assert "JPG、PNG 或 PDF" in sentence


def test_a_picture_that_stops_in_the_middle_is_refused():
    whole = picture(size=(400, 400), colour="#336677")
    assert refused(whole[: len(whole) // 2], "a.jpg")[0] == "broken"


@pytest.mark.parametrize("side", [8_000, 11_000, 20_000])
def test_a_small_file_with_a_huge_picture_is_refused_at_once(side: int):
    bomb = picture("PNG", "1", (side, side))
    assert len(bomb) < 300_000
    started = time.perf_counter()
    assert refused(bomb, "a.png")[0] == "too_many_pixels"
    assert time.perf_counter() - started < 0.5


def test_ten_megabytes_are_the_limit():
    assert refused(picture() + bytes(files.LARGEST), "a.jpg")[0] == "too_large"
    padded = picture() + bytes(files.LARGEST - len(picture()))
    assert files.check(padded, "a.jpg").content_type == "image/jpeg"


def test_an_empty_file_is_told_so():
    assert refused(b"", "a.jpg")[0] == "empty"


# PDFs


def test_a_good_pdf_is_kept_byte_for_byte():
    content = pdf(3)
    cleaned = files.check(content, "a.pdf")
    assert cleaned.content == content
    assert (cleaned.content_type, cleaned.extension, cleaned.pages) == ("application/pdf", "pdf", 3)


def script(document: pikepdf.Pdf) -> None:
    document.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(
            Names=[pikepdf.String("a"), pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")]
        )
    )


def script_of_a_page(document: pikepdf.Pdf) -> None:
    document.pages[0].AA = pikepdf.Dictionary(
        O=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    )


def script_on_opening(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def script_in_a_stream(document: pikepdf.Pdf) -> None:
    stream = document.make_stream(b"app.alert(1)")
    document.Root.Later = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=stream))


def address_on_opening(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org/")


def script_after_going_to_a_page(document: pikepdf.Pdf) -> None:
    chained = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org/")
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=[0, pikepdf.Name.Fit], Next=chained)


def program(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    document.pages[0].Annots = pikepdf.Array([link])


def attachment(document: pikepdf.Pdf) -> None:
    document.attachments["a.exe"] = pikepdf.AttachedFileSpec(document, b"MZ")


def form_of_xml(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.String("<xdp/>"))


@pytest.mark.parametrize(
    "change",
    [
        script,
        script_of_a_page,
        script_on_opening,
        script_in_a_stream,
        script_after_going_to_a_page,
        address_on_opening,
        program,
        attachment,
        form_of_xml,
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_pdf_that_does_things_is_refused(change: Any, packed: bool):
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    reason, sentence = refused(pdf(1, change, object_stream_mode=mode))
    assert reason == "active_content"
    assert "打印成新的 PDF" in sentence


def test_a_pdf_that_opens_on_a_page_is_taken_as_office_programs_write_it():
    def open_on_the_first_page(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = pikepdf.Array([document.pages[0].obj, pikepdf.Name.XYZ, None, None, 0])

    def go_to_the_first_page(document: pikepdf.Pdf) -> None:
        where = pikepdf.Array([document.pages[0].obj, pikepdf.Name.Fit])
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=where)

    for change in (open_on_the_first_page, go_to_the_first_page):
        assert files.check(pdf(1, change), "a.pdf").pages == 1


@pytest.mark.parametrize("user", ["", "secret"])
def test_an_encrypted_pdf_is_refused(user: str):
    locked = pdf(1, encryption=pikepdf.Encryption(owner="owner", user=user))
    reason, sentence = refused(locked)
    assert reason == "encrypted"
    assert "去掉密码" in sentence


def test_too_many_pages_are_refused():
    assert files.check(pdf(files.MOST_PAGES), "a.pdf").pages == files.MOST_PAGES
    assert refused(pdf(files.MOST_PAGES + 1))[0] == "too_many_pages"


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9, 0.99])
def test_a_pdf_that_stops_in_the_middle_is_refused(part: float):
    whole = pdf(20)
    reason, sentence = refused(whole[: int(len(whole) * part)])
    assert reason == "broken"
    assert "没有传完整" in sentence


def test_a_pdf_without_pages_is_refused():
    assert refused(pdf(0))[0] == "broken"


# Whatever somebody sends

SEEDS = [picture(), picture("PNG", "RGBA"), pdf(2), pdf(1, script)]
START = st.sampled_from([b"", b"\xff\xd8\xff\xe0\x00\x10JFIF", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\n"])


@effort(max_examples=60, deadline=None)
@given(START, st.binary(max_size=300))
def test_arbitrary_bytes_are_taken_or_refused(start: bytes, rest: bytes):
    try:
        files.check(start + rest, "a")
    except FileRefused as refusal:
        assert refusal.about["reason"]


@effort(max_examples=120, deadline=None)
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=9)), max_size=4))
def test_damaged_files_are_taken_or_refused(whole: bytes, damages: list[tuple[int, bytes]]):
    content = bytearray(whole)
    for place, noise in damages:
        at = place % len(content)
        content[at : at + len(noise)] = noise
    try:
        files.check(bytes(content), "a")
    except FileRefused as refusal:
        assert refusal.about["reason"]


# Keeping


@pytest.mark.django_db
def test_a_file_lies_outside_the_web_root_under_a_name_that_nobody_can_guess():
    static = Path(settings.STATIC_ROOT).resolve()
    stored = [files.store(io.BytesIO(picture()), "身份证.jpg", actor=SYSTEM) for _ in range(2)]
    assert stored[0].name != stored[1].name
    assert stored[0].sha256 == stored[1].sha256
    for row in StoredFile.objects.all():
        path = files.path_of(row.name).resolve()
        assert len(row.name.split(".")[0]) == 32
        assert "身份证" not in str(path)
        assert static not in path.parents
        assert path.is_relative_to(Path(settings.JUZHU_FILES).resolve())
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.read_bytes().startswith(b"\xff\xd8")
        assert (row.size, row.original_name) == (path.stat().st_size, "身份证.jpg")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("C:/Users/me/a.jpg", "a.jpg"),
        ("../../etc/passwd", "passwd"),
        ("a\x00\nb.jpg", "ab.jpg"),
        ("x" * 300, "x" * 200),
    ],
)
def test_a_name_is_kept_to_be_shown_and_for_nothing_else(given_name: str, kept: str):
    assert files.store(io.BytesIO(picture()), given_name, actor=SYSTEM).original_name == kept


@pytest.mark.django_db
def test_a_refused_file_leaves_nothing_behind():
    with pytest.raises(FileRefused):
        files.store(io.BytesIO(b"text"), "a.jpg", actor=SYSTEM)
    assert not StoredFile.objects.exists()
    assert not Path(settings.JUZHU_FILES).exists()
