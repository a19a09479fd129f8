"""Templates, words, names and seals: shipped as a sample, overridden by the district's own folder.

`JUZHU_DOCUMENTS_DIR` may hold `*.typ` (any of the family), `words.toml`, `district.toml`, `seals/` and
`fonts/`. Both are laid together into one private folder, which is all that typst may read.
"""

from __future__ import annotations

import shutil
import string
import tempfile
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from juzhu.documents.errors import DistrictFilesBroken
from juzhu.operations.writing import Language

SHIPPED = Path(__file__).resolve().parent
SEAL_TYPES = (".svg", ".png", ".jpg")
FONT_TYPES = (".ttf", ".otf", ".ttc", ".otc")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Pair(_Part):
    """Something in both languages."""

    zh: str = ""
    en: str = ""

    def in_(self, lang: Language) -> str:
        """The side in that language."""
        return self.en if lang == "en" else self.zh


class Organ(_Part):
    """An authority to which somebody turns."""

    name: Pair = Pair()
    address: Pair = Pair()
    phone: str = ""


class TypeFaces(_Part):
    """Families by preference, before Noto Sans CJK SC."""

    title: tuple[str, ...] = ()
    text: tuple[str, ...] = ()


class District(_Part):
    """Who issues the papers, and who hears appeals."""

    office: Organ
    reconsideration: Organ
    court: Organ
    faces: TypeFaces = Field(alias="type", default=TypeFaces())


Words = dict[str, dict[str, Pair]]


@dataclass(frozen=True, slots=True)
class Desk:
    """All that papers are made from, checked. `folder` is the root that typst sees."""

    folder: Path
    district: District
    words: Words
    fonts: Path | None

    def say(self, section: str, key: str, lang: Language, **about: object) -> str:
        """One of the papers' texts, filled in."""
        return self.words[section][key].in_(lang).format(**about)

    def seal(self, name: str, area: str = "") -> str:
        """The seal's file, as templates name it: the area's own one where there is one."""
        for stem in (f"{name}-{area}", name):
            for suffix in SEAL_TYPES:
                if (self.folder / "seals" / f"{stem}{suffix}").is_file():
                    return f"seals/{stem}{suffix}"
        raise DistrictFilesBroken(fault=f"there is no seal {name!r} in seals/")


def desk() -> Desk:
    """The district's desk; laid anew when a file of the district's folder has changed."""
    own = Path(settings.JUZHU_DOCUMENTS_DIR) if settings.JUZHU_DOCUMENTS_DIR else None
    if own is not None and not own.is_dir():
        raise DistrictFilesBroken(fault=f"JUZHU_DOCUMENTS_DIR: there is no folder {own}")
    return _laid(own, _state(own))


def _state(own: Path | None) -> tuple[tuple[str, int, int], ...]:
    """Name, time and size of each of the district's files."""
    if own is None:
        return ()
    files = sorted(path for path in own.rglob("*") if path.is_file())
    return tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files)


@lru_cache(maxsize=4)
def _laid(own: Path | None, state: tuple[tuple[str, int, int], ...]) -> Desk:
    _KEPT.append(tempfile.TemporaryDirectory(prefix="juzhu-documents-"))
    folder = Path(_KEPT[-1].name)
    (folder / "seals").mkdir()
    for source in (SHIPPED / "templates", own):
        for path in sorted(source.glob("*.typ")) if source else ():
            shutil.copy(path, folder / path.name)
    for source in (SHIPPED / "seals", own / "seals" if own else None):
        for path in sorted(source.iterdir()) if source and source.is_dir() else ():
            if path.suffix in SEAL_TYPES:
                shutil.copy(path, folder / "seals" / path.name)
    fonts = own / "fonts" if own and (own / "fonts").is_dir() else None
    return Desk(folder, _district(own), _words(own), fonts)


_KEPT: list[tempfile.TemporaryDirectory[str]] = []
"""The folders of this process, which go when it ends."""


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DistrictFilesBroken(fault=f"{path}: {error}") from error


def _district(own: Path | None) -> District:
    known = settings.JUZHU_DISTRICT
    table = _table(SHIPPED / "templates" / "district.toml")
    _merge(table, {
        "office": {"name": known["authority"], "phone": known["phone"]},
        "reconsideration": {"name": known["government"]},
    })  # fmt: skip
    if own and (own / "district.toml").is_file():
        _merge(table, _table(own / "district.toml"))
    try:
        return District.model_validate(table)
    except ValidationError as error:
        where = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        raise DistrictFilesBroken(fault=f"district.toml: {where}") from error


def _merge(into: dict[str, Any], table: dict[str, Any]) -> None:
    """Lay one table over another, key by key."""
    for key, value in table.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value


def _words(own: Path | None) -> Words:
    shipped = _table(SHIPPED / "templates" / "words.toml")
    words: Words = {
        section: {key: Pair(**pair) for key, pair in rows.items()} for section, rows in shipped.items()
    }
    path = own / "words.toml" if own else None
    if path is None or not path.is_file():
        return words
    for section, rows in _table(path).items():
        for key, pair in rows.items():
            if key not in words.get(section, {}):
                raise DistrictFilesBroken(fault=f"words.toml: there is no text {section}.{key}")
            words[section][key] = _checked(f"{section}.{key}", pair, words[section][key])
    return words


def _checked(name: str, pair: Any, shipped: Pair) -> Pair:
    """A text of the district's own that fills in no more than ours does."""
    try:
        own = Pair(**pair)
        for lang in ("zh", "en"):
            wanted, found = _places(shipped.in_(lang)), _places(own.in_(lang))
            if found - wanted:
                names = ", ".join(sorted(found - wanted))
                raise DistrictFilesBroken(fault=f"words.toml: {name} ({lang}) has unknown places: {names}")
    except (TypeError, ValueError) as error:
        raise DistrictFilesBroken(fault=f"words.toml: {name}: {error}") from error
    return own


def _places(text: str) -> set[str]:
    return {field for _text, field, _spec, _conversion in string.Formatter().parse(text) if field is not None}
