"""The register of e-licences follows the permits: one document a version, the last one current."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from juzhu.credentials import actions, checks, following, keys, queries
from juzhu.credentials.errors import NotTheWorker
from juzhu.credentials.models import Licence, Shard
from juzhu.credentials.places import SIZE
from juzhu.credentials.signing.identifiers import read
from juzhu.credentials.tests.registered import publish_all, published, register_all
from juzhu.credentials.verify.encoding import from_base45
from juzhu.operations import clock, tasks
from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Event, Task
from juzhu.operations.rules import in_force
from juzhu.permits import issuing, versions
from juzhu.permits.models import Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.registration import actions as registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


def moved(permit: Permit, on: date = TODAY) -> None:
    stay = make.stay(address="湖墅南路 1 号（示例）", since=on)
    registration.move(permit.person, stay, actor=SYSTEM, today=on)


def numbers(permit: Permit) -> list[tuple[int, bool]]:
    rows = Licence.objects.filter(permit=permit).order_by("version__number")
    return [(row.version.number, row.superseded_at is None) for row in rows.select_related("version")]


def test_issue_and_each_new_version_have_a_document_and_the_last_one_is_current(on_day):
    permit = make.issued()
    assert queries.offline_code(permit) == ""
    tasks.run_all()
    first = Licence.objects.get()
    assert queries.offline_code(permit) == first.offline_code
    assert first.offline_code.startswith("JZ1:")
    moved(permit)
    tasks.run_all()
    assert numbers(permit) == [(1, False), (2, True)]
    assert queries.offline_code(permit) != first.offline_code
    second = queries.licence_of(permit.versions.first())
    assert (second.shard_id, second.kid) == (0, first.kid)
    assert second.place != first.place
    parts = read(second.identifier)
    rules = in_force(TODAY).electronic_permit
    assert (parts.type_code, parts.organ) == (rules.licence_type.code, rules.issuing_organ.code)
    assert (parts.serial, parts.version) == (permit.number, 2)
    told = Event.objects.filter(kind="permit.licence_made").order_by("position")
    assert [event.data["versions"] for event in told] == [[1], [2]]


def test_an_event_that_comes_twice_and_a_day_without_one_make_nothing_twice():
    permit = make.issued()
    tasks.run_all()
    for key in ("again", "and again"):
        tasks.enqueue("credentials.follow", {"person": permit.person_id}, key=key)
    register_all()
    assert numbers(permit) == [(1, True)]


def test_what_no_event_has_brought_about_is_caught_up_in_batches(monkeypatch, capsys):
    monkeypatch.setattr(following, "BATCH", 2)
    permits = [make.issued() for _n in range(3)]
    versions.make(permits[0], "moved", actor=SYSTEM, today=TODAY)
    Task.objects.all().delete()
    call_command("catch_up_credentials")
    assert "4 versions have no e-licence" in capsys.readouterr().out
    tasks.run_all()
    assert numbers(permits[0]) == [(1, False), (2, True)]
    assert numbers(permits[2]) == [(1, True)]
    assert Shard.objects.get().given == 4
    made_at = set(Licence.objects.values_list("pk", "signed_at"))
    for again in (register_all, lambda: call_command("catch_up_credentials")):
        again()
        tasks.run_all()
        assert set(Licence.objects.values_list("pk", "signed_at")) == made_at


def test_without_keys_the_command_says_what_to_do(settings, tmp_path):
    settings.JUZHU_MODE, settings.JUZHU_KEYS = "production", tmp_path / "none"
    with pytest.raises(CommandError, match="juzhu credentials keys new"):
        call_command("catch_up_credentials")


def test_the_table_keeps_one_current_document_a_permit_and_one_a_place():
    permit = make.issued()
    moved(permit)
    tasks.run_all()
    old, new = Licence.objects.order_by("pk")
    for change in ({"superseded_at": None}, {"place": new.place}, {"place": SIZE}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Licence.objects.filter(pk=old.pk).update(**change)


def test_a_full_shard_is_followed_by_the_next(monkeypatch):
    make.issued()
    tasks.run_all()
    Shard.objects.update(given=SIZE - 1)
    permit = make.issued()
    moved(permit)
    tasks.run_all()
    rows = Licence.objects.filter(permit=permit).order_by("version__number")
    assert [row.shard_id for row in rows] == [0, 1]
    one, other = Shard.objects.all()
    assert (one.given, other.given) == (SIZE, 1)
    assert bytes(one.secret) != bytes(other.secret)


def test_a_name_too_long_for_a_code_has_a_document_without_one():
    person = make.make_person("阿" * 100)
    permit = make.issued()
    Permit.objects.filter(pk=permit.pk).update(person=person)
    versions.make(Permit.objects.get(), "corrected", actor=SYSTEM, today=TODAY)
    register_all()
    assert queries.offline_code(permit) == ""
    assert Licence.objects.get(superseded_at=None).identifier


def test_a_document_whose_key_was_revoked_is_signed_anew(settings, tmp_path: Path):
    settings.JUZHU_KEYS = tmp_path / "keys"
    permit = make.issued()
    tasks.run_all()
    before = Licence.objects.get()
    store = keys._store(settings.JUZHU_KEYS, keys._passphrase())
    store.revoke(before.kid, 0)
    register_all()
    assert Licence.objects.get().kid == before.kid, "there is no other key yet"
    store.create("ES256", ["permit", "status"], 0)
    register_all()
    after = Licence.objects.get()
    assert after.kid != before.kid
    assert (after.place, after.identifier) == (before.place, before.identifier)
    assert queries.offline_code(permit) not in {"", before.offline_code}


def test_at_another_address_documents_name_it_once_the_worker_has_looked(settings):
    permit = published()
    before = queries.offline_code(permit)
    settings.JUZHU_PUBLIC_URL = "https://permits.gongshu.example"
    assert checks.check(before, clock.now()).outcome != "valid"
    register_all()
    publish_all()
    after = queries.offline_code(permit)
    assert checks.check(after, clock.now()).outcome == "valid"
    assert "permits.gongshu.example" in str(from_base45(after.removeprefix("JZ1:")))
    register_all()
    assert queries.offline_code(permit) == after, "and are left alone from then on"


def test_only_a_task_opens_a_private_key(settings):
    permit = make.issued()
    with pytest.raises(NotTheWorker):
        actions.register([permit.pk])
    with pytest.raises(NotTheWorker):
        keys.signer("root", in_force(TODAY), int(clock.now().timestamp()))
    assert not Licence.objects.exists()


def wanted() -> int:
    return Shard.objects.get().wanted


@pytest.mark.parametrize(
    "change",
    [
        lambda permit: issuing.terminate(permit, "fraud", actor=SYSTEM, on=TODAY),
        lambda permit: registration.leave(permit.person, TODAY, actor=SYSTEM, today=TODAY),
        moved,
    ],
)
def test_what_changes_a_permit_has_its_list_made_anew(change):
    permit = make.issued()
    tasks.run_all()
    before = wanted()
    change(permit)
    assert wanted() == before
    tasks.run_all()
    assert wanted() > before


def test_who_has_no_permit_changes_no_list():
    make.issued()
    tasks.run_all()
    before = wanted(), Task.objects.filter(kind="credentials.follow").count()
    make.register(make.make_person("李明"), TODAY - timedelta(days=1))
    tasks.run_all()
    assert (wanted(), Task.objects.filter(kind="credentials.follow").count()) == before
