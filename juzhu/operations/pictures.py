"""Small copies of stored pictures, for what is shown or signed with a face."""

from __future__ import annotations

import base64
import io
from functools import lru_cache

from PIL import Image

from juzhu.operations.files import path_of
from juzhu.operations.models import StoredFile

WIDTH, HEIGHT = 300, 390


def small(file: StoredFile | None) -> str:
    """A `data:` address of a small JPEG; "" for no file, and for one that is no picture."""
    if file is None or not file.content_type.startswith("image/"):
        return ""
    return _small(file.name)


@lru_cache(maxsize=512)
def _small(name: str) -> str:
    """Files are never changed under their name, so a small copy stays right."""
    with Image.open(path_of(name)) as image:
        image.thumbnail((WIDTH, HEIGHT))
        out = io.BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=82)
    return "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode()
