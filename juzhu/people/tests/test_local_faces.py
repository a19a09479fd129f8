"""Comparing two pictures on this machine: it needs the extra `face`, which is installed nowhere by default.

Drawn faces are enough to see that the way works, and not to see how well: to the model all of them are one
person's (the largest distance of two is 0.47).
"""

from __future__ import annotations

import io

import pytest
from django.test.utils import override_settings
from PIL import Image

from juzhu.demo.portraits import portrait
from juzhu.operations import files
from juzhu.operations.actors import SYSTEM
from juzhu.operations.errors import FileRefused
from juzhu.operations.models import Event, StoredFile
from juzhu.people.models import Account, Person
from juzhu.people.presence import local_faces, proofs, ways
from juzhu.people.presence.errors import FaceNotMatched, FaceUnreadable, WayNotOffered
from juzhu.permits.tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
DRAWN = portrait("5", False, 30)
ANOTHER = portrait("3", False, 30)


@pytest.fixture
def account() -> Account:
    account = make.make_account()
    photo = files.keep(files.check(DRAWN, "photo.jpg"), "photo.jpg", actor=SYSTEM)
    Person.objects.filter(pk=account.person.pk).update(photo=photo)
    return Account.objects.select_related("person").get(pk=account.pk)


def test_it_is_off_unless_the_settings_name_it(account: Account):
    assert "local_face" not in ways.offered(account, make.TODAY)
    with pytest.raises(WayNotOffered):
        proofs.by_local_face(account, DRAWN, purpose="open")


def test_without_the_extra_or_a_picture_it_is_not_offered(account: Account, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(local_faces, "NEEDED", ("there_is_no_such_package",))
    with override_settings(JUZHU_PRESENCE_WAYS=["password", "local_face"]):
        assert ways.offered(account, make.TODAY) == ["password"]


@pytest.fixture
def _extra() -> None:
    for name in local_faces.NEEDED:
        pytest.importorskip(name)


@pytest.mark.usefixtures("_extra")
@override_settings(JUZHU_PRESENCE_WAYS=["password", "local_face"])
def test_the_same_face_passes_and_nothing_is_kept(account: Account, monkeypatch: pytest.MonkeyPatch):
    before = StoredFile.objects.count()
    smaller = io.BytesIO()
    Image.open(io.BytesIO(DRAWN)).resize((236, 330)).save(smaller, "PNG")
    proofs.by_local_face(account, smaller.getvalue(), purpose="open")
    monkeypatch.setattr(local_faces, "LEAST", 0.99)
    with pytest.raises(FaceNotMatched):
        proofs.by_local_face(account, ANOTHER, purpose="open")
    with pytest.raises(FaceUnreadable):
        proofs.by_local_face(account, make.picture(), purpose="open")
    with pytest.raises(FileRefused):
        proofs.by_local_face(account, b"no picture", purpose="open")
    assert StoredFile.objects.count() == before
    proved, *failed = Event.objects.filter(kind__startswith="presence.").order_by("position")
    assert proved.data["score"] > 0.6
    assert [event.data["because"] for event in failed] == ["match", "unreadable"]
