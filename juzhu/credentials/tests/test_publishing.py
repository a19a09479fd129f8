"""What the worker publishes, when, and what it does where something is missing."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from conftest import StoppedClock
from juzhu.credentials import checks, keys, publishing, queries
from juzhu.credentials.errors import DevelopmentKeys, SigningKeyMissing
from juzhu.credentials.models import PublishedDocument, Shard
from juzhu.credentials.publishing import Moment
from juzhu.credentials.signing.key_store import KeyFolder
from juzhu.credentials.tests.registered import publish_all, published, register_all
from juzhu.credentials.verify import Lists, Trust, check
from juzhu.operations import clock, tasks
from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Task
from juzhu.operations.rules import in_force
from juzhu.permits import issuing
from juzhu.permits.models import Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
PATHS = [
    "/.well-known/juzhu-root-key",
    "/.well-known/juzhu-trust-list",
    "/.well-known/jwks.json",
    "/status/0",
]


@pytest.fixture
def permit() -> Permit:
    return published()


def fetch(path: str) -> bytes:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer.content


def offline(permit: Permit, now: datetime | None = None) -> str:
    """What somebody says who has fetched everything now and asks nobody."""
    return offline_code_says(queries.offline_code(permit), fetch("/status/0"), now)


def offline_code_says(code: str, token: bytes, now: datetime | None = None) -> str:
    root = json.loads(fetch("/.well-known/juzhu-root-key"))
    trust = Trust.read(fetch("/.well-known/juzhu-trust-list"), root)
    verdict = check(code, trust=trust, lists=Lists([token]), now=now or clock.now())
    return f"{verdict.outcome}: {verdict.because}" if verdict.because else verdict.outcome


def due() -> list[str]:
    return publishing.due(Moment.present())


def test_a_checker_who_has_fetched_it_all_needs_nobody(permit):
    assert sorted(PublishedDocument.objects.values_list("path", flat=True)) == sorted(PATHS)
    assert offline(permit) == "valid"
    trust = Trust.read(fetch("/.well-known/juzhu-trust-list"), publishing.root_jwk())
    (issuer,) = trust.issuers.values()
    assert (issuer.id, issuer.division) == ("http://127.0.0.1:8000", "330105")
    assert issuer.name["zh"] == "杭州市公安局拱墅区分局"
    (known,) = json.loads(fetch("/.well-known/jwks.json"))["keys"]
    assert set(issuer.keys) == {known["kid"]}
    assert "d" not in known
    assert due() == []


def test_time_alone_suspends_a_permit_for_who_checks_offline(permit, on_day):
    """No job has touched the permit: the day's list is made of dates."""
    last_day = date(2027, 3, 10)
    for day, outcome in ((last_day, "valid"), (last_day + timedelta(days=1), "suspended")):
        on_day(day)
        publish_all()
        assert offline(permit) == outcome
    assert Permit.objects.get().terminated_on is None
    assert checks.check(queries.offline_code(permit), clock.now()).outcome == "suspended"


def test_the_list_of_yesterday_is_out_of_date_from_midnight_on_in_shanghai(permit):
    midnight = datetime(2026, 3, 10, 16, tzinfo=UTC)
    assert offline(permit, midnight - timedelta(seconds=1)) == "valid"
    assert offline(permit, midnight) == "stale: list"
    assert due() == []
    StoppedClock.moment = midnight
    assert due() == ["/status/0"]
    publish_all()
    assert offline(permit, midnight) == "valid"


def test_a_change_is_in_the_next_list(permit):
    code, token = queries.offline_code(permit), fetch("/status/0")
    stay = make.stay(address="湖墅南路 1 号（示例）")
    make.registration.move(permit.person, stay, actor=SYSTEM, today=TODAY)
    assert due() == []
    tasks.run_all()
    assert due() == ["/status/0"]
    assert queries.offline_code(permit) != code
    publish_all()
    assert (due(), offline(permit)) == ([], "valid")
    assert offline_code_says(code, fetch("/status/0")) == "stale: superseded"
    assert offline_code_says(code, token) == "valid", "who has not fetched the newer list"
    issuing.terminate(permit, "fraud", actor=SYSTEM, on=TODAY)
    tasks.run_all()
    publish_all()
    assert offline(permit) == "terminated"
    assert offline_code_says(code, fetch("/status/0")) == "terminated"


def test_many_changes_are_one_list(permit):
    for _n in range(3):
        make.issued()
    tasks.run_all()
    for _second in range(5):
        publishing.start()
    enqueued = Task.objects.filter(kind="credentials.publish", done_at=None)
    assert 1 <= enqueued.count() <= 2, "one, or two where fifteen seconds ended meanwhile"
    before = PublishedDocument.objects.get(path="/status/0").basis
    tasks.run_all()
    made_at = PublishedDocument.objects.get(path="/status/0")
    assert made_at.basis != before
    tasks.enqueue("credentials.publish", {"path": "/status/0"})
    tasks.run_all()
    assert PublishedDocument.objects.get(path="/status/0").basis == made_at.basis


def test_only_the_shard_that_changed_is_made_anew(permit):
    Shard.objects.create(number=1, secret=b"another")
    publish_all()
    issuing.terminate(permit, "fraud", actor=SYSTEM, on=TODAY)
    tasks.run_all()
    assert due() == ["/status/0"]


def test_who_dies_between_the_file_and_its_row_is_made_up_for(permit, settings, tmp_path, monkeypatch):
    settings.JUZHU_PUBLISHED_DIR = tmp_path / "published"
    publish_all()
    served = tmp_path / "published" / "status" / "0"
    assert served.read_bytes() == fetch("/status/0")
    issuing.terminate(permit, "fraud", actor=SYSTEM, on=TODAY)
    tasks.run_all()

    def die(*_args: object, **_about: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(PublishedDocument.objects, "update_or_create", die)
        tasks.enqueue("credentials.publish", {"path": "/status/0"})
        with pytest.raises(KeyboardInterrupt):
            tasks.run_all()
    assert served.read_bytes() != fetch("/status/0")
    assert due() == ["/status/0"]
    publish_all()
    assert served.read_bytes() == fetch("/status/0")
    assert (served.stat().st_mode & 0o777, list(served.parent.iterdir())) == (0o644, [served])
    served.unlink()
    assert due() == ["/status/0"]


def folder_of(settings, tmp_path: Path) -> KeyFolder:
    settings.JUZHU_KEYS = tmp_path / "own-keys"
    return KeyFolder(settings.JUZHU_KEYS, keys.DEVELOPMENT_PASSPHRASE)


def test_after_a_rotation_old_documents_verify_and_new_ones_have_the_new_key(settings, tmp_path, on_day):
    store = folder_of(settings, tmp_path)
    store.create("ES256", ["root"], 0)
    first = store.create("ES256", ["permit", "status"], 0)
    old = make.issued()
    register_all()
    publish_all()
    begins = clock.now() + timedelta(days=30)
    second = store.rotate(first.kid, int(begins.timestamp()))
    assert set(due()) == {
        "/.well-known/juzhu-trust-list",
        "/.well-known/jwks.json",
        "/.well-known/juzhu-root-key",
    }
    publish_all()
    on_day(TODAY + timedelta(days=60))
    new = make.issued(make.eligible_account(TODAY + timedelta(days=60)), TODAY + timedelta(days=60))
    register_all()
    publish_all()
    kids = [queries.licence_of(permit.versions.first()).kid for permit in (old, new)]
    assert kids == [first.kid, second.kid]
    assert [offline(permit) for permit in (old, new)] == ["valid", "valid"]


def test_a_trust_list_is_renewed_well_before_its_end(permit, on_day):
    on_day(TODAY + timedelta(days=15))
    publish_all()
    first = fetch("/.well-known/juzhu-trust-list")
    on_day(TODAY + timedelta(days=16))
    assert "/.well-known/juzhu-trust-list" in due()
    publish_all()
    assert fetch("/.well-known/juzhu-trust-list") != first


def test_a_policy_that_names_another_algorithm_waits_for_its_key(permit, settings, tmp_path, monkeypatch):
    store = folder_of(settings, tmp_path)
    store.create("ES256", ["root"], 0)
    store.create("ES256", ["permit", "status"], 0)
    other = in_force(TODAY).model_copy(
        update={
            "electronic_permit": in_force(TODAY).electronic_permit.model_copy(update={"algorithm": "SM2"})
        }
    )
    with pytest.raises(SigningKeyMissing) as missing:
        keys.signing("permit", other, int(clock.now().timestamp()))
    assert missing.value.about == {"use": "permit", "algorithm": "SM2"}
    kid = store.create("SM2", ["permit", "status"], 0).kid
    assert keys.signing("permit", other, int(clock.now().timestamp())).kid == kid


def test_production_makes_no_keys_says_so_and_refuses_those_of_a_demo(
    settings, tmp_path, signing_keys, client
):
    settings.JUZHU_MODE = "production"
    settings.JUZHU_KEYS = tmp_path / "none"
    permit = make.issued()
    register_all()
    publishing.start()
    assert (due(), queries.offline_code(permit)) == ([], "")
    assert not settings.JUZHU_KEYS.exists()
    told = client.get("/readyz").json()["electronic_permit"]
    assert "juzhu credentials keys new" in told
    settings.JUZHU_KEYS = tmp_path / "demo"
    settings.JUZHU_MODE = "test"
    register_all()
    publish_all()
    settings.JUZHU_MODE = "production"
    assert due() == []
    with pytest.raises(DevelopmentKeys):
        keys.signing("root", in_force(TODAY), 1)


def test_what_is_out_of_date_is_told_and_takes_nothing_out_of_service(permit, client):
    tasks.beat()
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["electronic_permit"]) == (200, "ok")
    StoppedClock.moment += timedelta(days=1)
    late = client.get("/readyz")
    assert late.status_code == 200
    assert "/status/0" in late.json()["electronic_permit"]


def test_the_passphrase_may_come_from_a_file(settings, tmp_path):
    settings.JUZHU_KEYS = tmp_path / "keys"
    settings.JUZHU_KEYS_PASSPHRASE_FILE = tmp_path / "passphrase"
    settings.JUZHU_KEYS_PASSPHRASE_FILE.write_text("of our own\n")
    make.issued()
    register_all()
    permit = Permit.objects.get()
    kid = queries.licence_of(permit.versions.first()).kid
    assert KeyFolder(settings.JUZHU_KEYS, b"of our own").signer(kid).kid == kid
