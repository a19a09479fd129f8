"""Files within a form of one page: each is checked, good ones are kept even when something else is wrong.

What is kept waits under its name in a hidden field; only who uploaded it can hand it in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from juzhu.operations import files
from juzhu.operations.actors import Actor
from juzhu.operations.errors import FileRefused
from juzhu.operations.models import StoredFile

MOST_FILES = 10


class SeveralFiles(forms.FileInput):
    """A native file input that takes several files."""

    allow_multiple_selected = True


class Files(forms.Field):
    """Files that are checked one by one by `UploadForm.take`, not here."""

    def clean(self, value: Any) -> None:
        return None


class UploadForm(forms.Form):
    """A form with files. Call `take` before `is_valid`."""

    use_required_attribute = False
    papers_needed = True
    papers = Files(
        label=_("照片或文件"),
        help_text=_("JPG、PNG 或 PDF，每个不超过 10 MB，可以一次选几个。"),
        widget=SeveralFiles(attrs={"accept": ".jpg,.jpeg,.png,.pdf", "multiple": True}),
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"].required = self.papers_needed
        self.stored: list[StoredFile] = []

    def take(self, uploads: Sequence[UploadedFile[Any]], *, actor: Actor) -> list[StoredFile]:
        """Check and keep what was sent, together with what waited; each bad one leaves its own sentence."""
        waiting = [name for name in str(self.data.get("kept", "")).split() if name][:MOST_FILES]
        self.stored = list(StoredFile.objects.filter(name__in=waiting, uploaded_by_id=actor.account_id))
        faults = []
        for upload in uploads[:MOST_FILES]:
            name = upload.name or "?"
            try:
                cleaned = files.check(upload.read(files.LARGEST + 1), name)
            except FileRefused as refused:
                faults.append(str(refused.sentence))
            else:
                self.stored.append(files.keep(cleaned, name, actor=actor))
        for fault in faults:
            self.add_error("papers", fault)
        if self.papers_needed and not self.stored and not faults:
            self.add_error("papers", str(_("请选照片或 PDF。")))
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        typed["kept"] = " ".join(file.name for file in self.stored)
        self.data = typed
        return self.stored
