"""Papers as they were issued."""

from typing import ClassVar

from django.db import models

from juzhu.documents.kinds import LANGUAGES, Kind
from juzhu.operations.models import AppendOnly, StoredFile
from juzhu.people.models import Person
from juzhu.permits.models import Application, Permit


class IssuedDocument(AppendOnly):
    """文书: one paper in one language, with the bytes that it has for ever.

    `about` names the row that it is about, and what of it; it is made once (`issuing.issue`). `code` stands
    in its QR code: whoever holds the paper may ask with it whether the paper is ours, and learns no more
    than a masked name.
    """

    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in Kind])
    about = models.CharField(max_length=60)
    language = models.CharField(max_length=2, choices=[(lang, lang) for lang in LANGUAGES])
    number = models.CharField(max_length=60)
    code = models.CharField(max_length=16, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    application = models.ForeignKey(
        Application, null=True, on_delete=models.PROTECT, related_name="documents"
    )
    permit = models.ForeignKey(Permit, null=True, on_delete=models.PROTECT, related_name="documents")
    dated = models.DateField()
    """The day that stands on the paper."""
    sha256 = models.CharField(max_length=64)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    ofd = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    """The same content as an OFD, of what bears an electronic seal."""
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["about", "language"], name="a_paper_is_issued_once")
        ]
        indexes: ClassVar = [models.Index(fields=["person", "-made_at"])]
