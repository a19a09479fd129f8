"""Taking in what was handed over: every good file is kept, every bad one is named, nothing typed is lost.

It decides nothing: files are checked by `operations.files`, papers are kept by `evidence.actions`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from juzhu.evidence import actions as evidence
from juzhu.intake.materials import Desk, Item
from juzhu.operations import files
from juzhu.operations.actors import Actor
from juzhu.operations.errors import FileRefused, JuzhuError
from juzhu.operations.files import Cleaned
from juzhu.operations.models import StoredFile
from juzhu.permits.actions import save_step
from juzhu.permits.models import Application

MOST_FILES = 30


def take(
    application: Application,
    desk: Desk,
    sent: Mapping[str, Any],
    uploads: MultiValueDict[str, UploadedFile[Any]],
    *,
    actor: Actor,
) -> Application:
    """Take in one POST of the materials page, in one transaction. Faults are left in the items' forms.

    A paper becomes evidence when it has files and all that must be typed; until then its good files and its
    typed words wait with the application, under "partial".
    """
    with transaction.atomic():
        locked = Application.objects.select_for_update().get(pk=application.pk)
        partial = dict(locked.answers.get("partial", {}))
        aside = dict(partial.get("materials", {}))
        for item in desk.items:
            row = _take_item(item, locked, sent, uploads.getlist(f"{item.key}-files"), actor)
            aside.pop(item.key, None)
            if row:
                aside[item.key] = row
        return save_step(locked, "partial", {**partial, "materials": aside}, actor=actor)


def _take_item(
    item: Item,
    application: Application,
    sent: Mapping[str, Any],
    uploads: list[UploadedFile[Any]],
    actor: Actor,
) -> dict[str, Any] | None:
    """Returns what waits: files and typed words, or None when nothing does."""
    if item.settled:
        item.form.is_bound = False
        return None
    good = _checked(item, uploads)
    typed = item.form.typed(sent)
    kept = item.kept
    fresh = [row for row in good if row[2] not in {file.sha256 for file in kept}]
    if not (fresh or kept):
        if typed and not item.returned and not item.form.errors.get("files"):
            item.form.add_error("files", _("内容填了，还差文件。请选照片或 PDF。"))
        elif item.returned or not typed:
            _only_file_errors(item)
        return {"typed": typed} if typed else None
    stored = [files.keep(cleaned, name, actor=actor) for cleaned, name, _digest in fresh]
    papers = stored if item.form.one_picture and stored else [*kept, *stored]
    if set(item.form.errors) - {"files"}:
        return _waiting(item, stored, typed)
    try:
        _hand_in(item, application, papers, bool(fresh), actor)
    except JuzhuError as error:
        item.form.add_error(None, str(error.sentence))
        return _waiting(item, stored, typed)
    item.waiting = []
    return None


def _waiting(item: Item, stored: list[StoredFile], typed: dict[str, str]) -> dict[str, Any]:
    item.waiting = [*item.waiting, *stored]
    return {"files": [file.name for file in item.waiting], "typed": typed}


def _hand_in(
    item: Item, application: Application, papers: list[StoredFile], added: bool, actor: Actor
) -> None:
    """Make the paper anew with all its files; the piece that it replaces is withdrawn, not changed."""
    says = evidence.checked(item.slot.kind, {**dict(item.slot.fixed), **item.form.says()})
    old = item.piece
    if (
        old is not None
        and not added
        and not item.waiting
        and (item.returned or says == evidence.checked(item.slot.kind, old.says))
    ):
        return
    if old is not None:
        evidence.withdraw(old, actor=actor)
    item.piece = evidence.upload(application.person_id, item.slot.kind, says, papers, actor=actor)


def _only_file_errors(item: Item) -> None:
    """A paper that nobody has touched is not wrong for being empty."""
    kept = item.form.errors.get("files")
    item.form.errors.clear()
    if kept:
        item.form.errors["files"] = kept


def _checked(item: Item, uploads: list[UploadedFile[Any]]) -> list[tuple[Cleaned, str, str]]:
    """The good files with their digests; each bad one leaves its own sentence."""
    good: dict[str, tuple[Cleaned, str, str]] = {}
    for upload in uploads[:MOST_FILES]:
        name = upload.name or "?"
        try:
            cleaned = files.check(upload.read(files.LARGEST + 1), name)
            if item.form.one_picture and not cleaned.content_type.startswith("image/"):
                raise FileRefused(_("“%(name)s”是 PDF。相片请用 JPG 或 PNG。") % {"name": name})
        except FileRefused as refused:
            item.form.add_error("files", str(refused.sentence))
        else:
            digest = hashlib.sha256(cleaned.content).hexdigest()
            good.setdefault(digest, (cleaned, name, digest))
    return list(good.values())


def remove(application: Application, desk: Desk, key: str, name: str, *, actor: Actor) -> None:
    """Take one file back. A paper without files is withdrawn; a paper that an officer has passed stays."""
    item = next((item for item in desk.items if item.key == key), None)
    if item is None or item.settled:
        return
    with transaction.atomic():
        locked = Application.objects.select_for_update().get(pk=application.pk)
        partial = dict(locked.answers.get("partial", {}))
        aside = {row: dict(content) for row, content in partial.get("materials", {}).items()}
        if name in aside.get(key, {}).get("files", []):
            aside[key]["files"] = [other for other in aside[key]["files"] if other != name]
            save_step(locked, "partial", {**partial, "materials": aside}, actor=actor)
            return
        piece = item.piece
        left = [file for file in piece.files.all() if file.name != name] if piece is not None else []
        if piece is None or len(left) == piece.files.count():
            return
        evidence.withdraw(piece, actor=actor)
        if left:
            evidence.upload(application.person_id, item.slot.kind, piece.says, left, actor=actor)


def came_before(application: Application) -> dict[str, Any]:
    """Half-filled steps, by step."""
    return cast(dict[str, Any], application.answers.get("partial", {}))


def keep_typed(application: Application, step: str, typed: Mapping[str, str], *, actor: Actor) -> None:
    """Keep a half-filled step, so that nothing is lost; an empty one forgets it."""
    partial = dict(came_before(application))
    if typed:
        partial[step] = dict(typed)
    elif step not in partial:
        return
    else:
        del partial[step]
    save_step(application, "partial", partial, actor=actor)
