"""Uploads, to those who may see them and to nobody else."""

from datetime import date

import pytest

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.operations.actors import SYSTEM
from juzhu.operations.files import check, keep, path_of
from juzhu.operations.models import Event, StoredFile
from juzhu.people import actions as people
from juzhu.people.models import Account
from juzhu.permits.tests import factories as make
from juzhu.portal.tests.browsing import signed_in, stranger
from juzhu.portal.tests.test_materials import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


def filed() -> tuple[Account, StoredFile]:
    """Somebody whose filed application rests on an upload of theirs."""
    account = make.eligible_account()
    stored = keep(check(make.picture(), "产权证.jpg"), "产权证.jpg", actor=account.actor)
    evidence.upload(account.person_id, Kind.TITLE, {"holder": "self"}, [stored], actor=account.actor)
    make.submitted(account)
    return account, stored


def test_the_owner_a_colleague_in_the_area_and_a_stranger():
    account, stored = filed()
    path = f"/files/{stored.name}"
    assert signed_in(account).get(path).status_code == 200
    assert signed_in(make.make_officer("clerk")).get(path).status_code == 200
    assert signed_in(make.make_officer("clerk", areas=(make.OTHER_AREA,))).get(path).status_code == 404
    assert signed_in(make.make_officer("auditor")).get(path).status_code == 404
    assert signed_in(make.make_officer("department")).get(path).status_code == 404
    assert signed_in(make.make_account("李明")).get(path).status_code == 404
    assert stranger().get(path).url.startswith("/sign-in")


def test_it_is_sent_whole_under_its_own_name_and_cannot_do_anything():
    account, stored = filed()
    answer = signed_in(account).get(f"/files/{stored.name}")
    assert len(b"".join(answer.streaming_content)) == stored.size
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("inline; filename*=utf-8''")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; sandbox")


def test_a_pdf_has_a_policy_of_its_own():
    account = make.make_account()
    stored = keep(check(pdf().read(), "合同.pdf"), "合同.pdf", actor=account.actor)
    answer = signed_in(account).get(f"/files/{stored.name}")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "script-src" not in answer.headers["Content-Security-Policy"]


def test_an_officers_look_is_logged_and_the_owners_is_not():
    account, stored = filed()
    signed_in(account).get(f"/files/{stored.name}")
    assert not Event.objects.filter(kind="person.read").exists()
    signed_in(make.make_officer("clerk")).get(f"/files/{stored.name}")
    assert Event.objects.get(kind="person.read").person_id == account.person_id


def test_a_guardian_opens_a_childs_paper_and_no_other_guardian_does():
    guardian, other = make.make_account(), make.make_account("李明")
    child = make.make_person("周小满", born=date(2017, 5, 4))
    people.record_guardianship(guardian.person, child, "population_register", actor=SYSTEM)
    stored = make.stored_picture()
    evidence.upload(child.pk, Kind.PHOTO, {}, [stored], actor=guardian.actor)
    assert signed_in(guardian).get(f"/files/{stored.name}").status_code == 200
    assert signed_in(other).get(f"/files/{stored.name}").status_code == 404


def test_a_withdrawn_paper_is_gone_and_a_guessed_name_was_never_there():
    account, stored = filed()
    piece = account.person.evidence.get(kind="title")
    evidence.withdraw(piece, actor=account.actor)
    client = signed_in(account)
    assert client.get(f"/files/{stored.name}").status_code == 404
    assert client.get("/files/" + "0" * 32 + ".jpg").status_code == 404
    assert client.get("/files/..%2F..%2Fetc%2Fpasswd").status_code == 404


def test_a_file_that_the_disk_has_lost_is_not_there():
    account, stored = filed()
    path_of(stored.name).unlink()
    assert signed_in(account).get(f"/files/{stored.name}").status_code == 404
