"""Uploads: checked by content, cleaned, kept outside the web root under a random name.

Pictures are decoded and encoded anew, which leaves metadata and hidden trailing bytes behind. PDFs are walked
object by object and refused, not cleaned, when they hold scripts, attachments or encryption: a
document that somebody has signed must not be changed by us.
"""

import hashlib
import io
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import filetype
import pikepdf
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.operations.errors import FileRefused
from juzhu.operations.models import StoredFile

LARGEST = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000
MOST_PAGES = 60
LONGEST_EDGE = 3000
FORBIDDEN_KEYS = frozenset({"/JS", "/JavaScript", "/AA", "/Launch", "/EmbeddedFiles", "/EF", "/XFA"})
FORBIDDEN_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition"}
)
FRIENDLY = {
    "heic": "HEIC",
    "heif": "HEIC",
    "webp": "WebP",
    "gif": "GIF",
    "bmp": "BMP",
    "tif": "TIFF",
    "avif": "AVIF",
}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The bytes that may be kept, with what they are."""

    content: bytes
    content_type: str
    extension: str
    pages: int


def check(content: bytes, name: str) -> Cleaned:
    """Check and clean one upload. Raises FileRefused with a sentence that names the file and says what to
    do.
    """
    if len(content) > LARGEST:
        raise FileRefused(
            _("“%(name)s”超过 10 MB。请拍小一点，或分成几份再传。") % {"name": name}, reason="too_large"
        )
    if not content:
        raise FileRefused(_("“%(name)s”是空的。请重新选择文件。") % {"name": name}, reason="empty")
    kind = filetype.guess(content)
    mime = kind.mime if kind else ""
    if mime in {"image/jpeg", "image/png"}:
        return _picture(content, name)
    if mime == "application/pdf":
        return _pdf(content, name)
    known = FRIENDLY.get(kind.extension, "") if kind else ""
    if known:
        raise FileRefused(
            _("“%(name)s”是 %(kind)s 格式，请换成 JPG 或 PNG。") % {"name": name, "kind": known},
            reason="type",
        )
    raise FileRefused(
        _("“%(name)s”不是照片，也不是 PDF。请换成 JPG、PNG 或 PDF。") % {"name": name}, reason="type"
    )


def _picture(content: bytes, name: str) -> Cleaned:
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _too_many_pixels(name)
            image.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
            flat = _flat(ImageOps.exif_transpose(image))
    except FileRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(name) from error
    except Exception as error:  # decoders of strangers' bytes raise whatever they like
        raise FileRefused(
            _("“%(name)s”打不开，可能没有传完整。请重新拍一张。") % {"name": name}, reason="broken"
        ) from error
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=88, optimize=True)
    return Cleaned(out.getvalue(), "image/jpeg", "jpg", 1)


def _too_many_pixels(name: str) -> FileRefused:
    return FileRefused(
        _("“%(name)s”的尺寸太大。请把照片缩小再传。") % {"name": name}, reason="too_many_pixels"
    )


def _flat(picture: Image.Image) -> Image.Image:
    """The picture on white paper, in colour, no larger than needed."""
    if picture.mode.startswith("I"):  # 16 bits a grey, which a plain conversion would clip to white
        picture = picture.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
    picture.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    flat = Image.new("RGB", picture.size, "white")
    flat.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    return flat


def _pdf(content: bytes, name: str) -> Cleaned:
    try:
        # Without recovery: a repaired file is another one than the bytes that we would keep.
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as pdf:
            if pdf.is_encrypted:
                raise _locked(name)
            if any(_forbidden(found) for found in pdf.objects):
                raise FileRefused(
                    _("“%(name)s”里有脚本或附件，我们不能收。请打印成新的 PDF，或逐页拍照。")
                    % {"name": name},
                    reason="active_content",
                )
            pages = len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise _locked(name) from error
    except FileRefused:
        raise
    except Exception as error:  # as above
        raise _broken_pdf(name) from error
    if not pages:
        raise _broken_pdf(name)
    if pages > MOST_PAGES:
        raise FileRefused(
            _("“%(name)s”超过 60 页。请只传需要的几页。") % {"name": name}, reason="too_many_pages"
        )
    return Cleaned(content, "application/pdf", "pdf", pages)


def _locked(name: str) -> FileRefused:
    return FileRefused(
        _("“%(name)s”设了打开密码，我们看不了。请去掉密码再传，或逐页拍照。") % {"name": name},
        reason="encrypted",
    )


def _broken_pdf(name: str) -> FileRefused:
    return FileRefused(
        _("“%(name)s”打不开，可能没有传完整。请重新导出 PDF，或逐页拍照。") % {"name": name}, reason="broken"
    )


def _forbidden(found: Any) -> bool:
    return any(
        FORBIDDEN_KEYS & set(inner.keys())
        or str(inner.get("/S", "")) in FORBIDDEN_ACTIONS
        or str(inner.get("/Type", "")) in {"/EmbeddedFile", "/Filespec"}
        or not _opens_quietly(inner.get("/OpenAction"))
        for inner in _dictionaries(found, 0)
    )


def _opens_quietly(action: Any) -> bool:
    """Whether opening does no more than show a page, as office programs write into every file."""
    if action is None or isinstance(action, pikepdf.Array):
        return True
    if not isinstance(action, pikepdf.Dictionary):
        return False
    return str(action.get("/S", "")) == "/GoTo" and "/Next" not in action


def _dictionaries(found: Any, depth: int) -> Iterator[Any]:
    """The dictionary itself and those written inside it; indirect ones come by themselves from
    `pdf.objects`.
    """
    if depth > 40:
        raise ValueError("nested too deeply")
    if isinstance(found, pikepdf.Stream):
        found = found.stream_dict
    if isinstance(found, pikepdf.Dictionary):
        yield found
        inside = [value for _key, value in found.items()]
    elif isinstance(found, pikepdf.Array):
        inside = list(found)
    else:
        return
    for value in inside:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            yield from _dictionaries(value, depth + 1)


def store(upload: BinaryIO, name: str, *, actor: Actor) -> StoredFile:
    """Check, clean and keep one upload. The row is in the caller's transaction; a stray file harms nobody."""
    cleaned = check(upload.read(LARGEST + 1), name)
    return keep(cleaned, name, actor=actor)


def keep(cleaned: Cleaned, name: str, *, actor: Actor) -> StoredFile:
    """Write cleaned bytes under a random name and return their (saved) row."""
    random = f"{secrets.token_hex(16)}.{cleaned.extension}"
    path = path_of(random)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(cleaned.content)
        out.flush()
        os.fsync(out.fileno())
    return StoredFile.objects.create(
        name=random,
        original_name="".join(sign for sign in name.rsplit("/", 1)[-1] if sign.isprintable())[-200:],
        content_type=cleaned.content_type,
        size=len(cleaned.content),
        pages=cleaned.pages,
        sha256=hashlib.sha256(cleaned.content).hexdigest(),
        uploaded_by_id=actor.account_id,
        uploaded_at=clock.now(),
    )


def path_of(name: str) -> Path:
    """Where a stored file lies."""
    return Path(settings.JUZHU_FILES) / name[:2] / name
