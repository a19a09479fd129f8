"""The signed files as everybody's programs fetch them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from conftest import StoppedClock
from juzhu.credentials.models import PublishedDocument
from juzhu.credentials.tests.registered import publish_all
from juzhu.operations import tasks
from juzhu.permits.tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
TYPES = {
    "/status/0": "application/statuslist+jwt",
    "/.well-known/juzhu-trust-list": "application/jwt",
    "/.well-known/jwks.json": "application/jwk-set+json",
    "/.well-known/juzhu-root-key": "application/jwk+json",
}


@pytest.fixture(autouse=True)
def _published(on_day) -> None:
    make.issued()
    tasks.run_all()
    publish_all()


@pytest.mark.parametrize("path", TYPES)
def test_a_file_is_for_everybody_and_for_every_cache(path, django_assert_num_queries):
    client = Client(headers={"accept-language": "en", "cookie": "sessionid=of-somebody"})
    client.get(path)
    with django_assert_num_queries(1):
        answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, TYPES[path])
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert not {"Set-Cookie", "Vary", "Content-Language"} & set(answer.headers)
    assert not answer.cookies


def test_who_has_it_already_is_not_sent_it_again(client, django_assert_num_queries):
    first = client.get("/status/0")
    etag = first.headers["ETag"]
    for said in (etag, f"W/{etag}", f'"other", {etag}'):
        with django_assert_num_queries(1):
            answer = client.get("/status/0", headers={"if-none-match": said})
        assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", etag)
        assert answer.headers["Cache-Control"] == "public, max-age=300"
        assert "Vary" not in answer.headers
    assert client.get("/status/0", headers={"if-none-match": '"other"'}).status_code == 200
    head = client.head("/status/0")
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", etag)


def test_no_copy_is_used_past_midnight_and_a_late_list_is_served_as_it_is(client):
    first = client.get("/status/0")
    midnight = datetime(2026, 3, 10, 16, tzinfo=UTC)
    for before, age in ((timedelta(seconds=40), 40), (timedelta(), 0), (timedelta(days=-2), 0)):
        StoppedClock.moment = midnight - before
        answer = client.get("/status/0")
        assert answer.headers["Cache-Control"] == f"public, max-age={age}"
        assert answer.content == first.content


def test_a_new_list_is_served_by_the_process_that_kept_the_old_one(client):
    old = client.get("/status/0")
    PublishedDocument.objects.filter(path="/status/0").update(body=b"new", etag="new")
    answer = client.get("/status/0", headers={"if-none-match": old.headers["ETag"]})
    assert (answer.status_code, answer.content, answer.headers["ETag"]) == (200, b"new", '"new"')


def test_what_is_not_published_is_not_there_and_nothing_is_written(client):
    for path in ("/status/7", "/status/99999999999999999999"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert client.post("/status/0").status_code == 405
