"""The log: one JSON line a request, with its route and id, and nothing that says who somebody is."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.test import Client

from juzhu.operations import tasks
from juzhu.permits.tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.urls("juzhu.operations.tests.routes")]
BACKEND = "juzhu.people.backends.Accounts"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the service's own handler writes to standard error."""
    kind = structlog.stdlib.ProcessorFormatter
    handlers = [one for one in logging.getLogger().handlers if isinstance(one.formatter, kind)]
    (handler,) = [one for one in handlers if isinstance(one, logging.StreamHandler)]
    stream = io.StringIO()
    before = handler.setStream(stream)
    yield stream
    handler.setStream(before)


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_request_is_one_line_with_its_route_and_id(log: io.StringIO):
    answer = Client().get("/works/GS-2026-000001?q=anything", headers={"X-Request-ID": "from-the-proxy-1"})
    (line,) = lines(log)
    assert line["event"] == "request"
    assert (line["route"], line["method"], line["status"]) == ("works/<str:word>", "GET", 200)
    assert line["request_id"] == answer.headers["X-Request-ID"] == "from-the-proxy-1"
    assert line["ms"] >= 0
    assert "GS-2026-000001" not in log.getvalue()


def test_an_id_that_could_be_anything_is_not_taken_over(log: io.StringIO):
    answer = Client().get("/works/x", headers={"X-Request-ID": "周晓芸 wrote {this}"})
    assert answer.headers["X-Request-ID"] != "周晓芸 wrote {this}"
    assert len(lines(log)[0]["request_id"]) == 16


@pytest.mark.parametrize(("page", "status"), [("fails", 500), ("suspects", 400), ("lost", 404)])
def test_nothing_personal_is_logged_whatever_goes_wrong(page: str, status: int, log: io.StringIO):
    account = make.make_account("买买提·艾力")
    person = account.person
    assert person is not None
    client = Client(raise_request_exception=False)
    client.force_login(account, backend=BACKEND)
    answer = client.post(f"/{page}/{person.identity_number}?q={account.login}", {"name": person.name})
    assert answer.status_code == status
    text = log.getvalue()
    for secret in (person.name, person.identity_number, account.login, "买买提", "艾力", "?q="):
        assert secret not in text
        assert json.dumps(secret)[1:-1] not in text
    (request,) = [line for line in lines(log) if line["event"] == "request"]
    assert (request["status"], request["route"]) == (status, f"{page}/<str:word>")
    assert {line["request_id"] for line in lines(log)} == {request["request_id"]}


def test_an_exception_is_logged_by_its_type_and_place(log: io.StringIO):
    Client(raise_request_exception=False).post("/fails/x?q=1")
    (error,) = [line for line in lines(log) if line["event"] == "request_failed"]
    assert error["error"] == "ValueError"
    assert error["at"][-1].startswith("operations/tests/routes.py:")


def test_a_failed_task_is_logged_without_what_it_was_about(log: io.StringIO, monkeypatch: pytest.MonkeyPatch):
    def work(payload: dict[str, Any]) -> None:
        raise ValueError(payload["phone"])

    monkeypatch.setitem(tasks._work, "test.work", work)
    tasks.enqueue("test.work", {"phone": "13800001234"})
    tasks.run_batch()
    (line,) = lines(log)
    assert (line["event"], line["kind"], line["error"]) == ("task_failed", "test.work", "ValueError")
    assert "13800001234" not in log.getvalue()


def test_an_exception_that_is_handed_over_is_logged_the_same_way(log: io.StringIO):
    error = ValueError("13800001234")
    structlog.get_logger("juzhu.test").error("failed", exc_info=error)
    (line,) = lines(log)
    assert (line["error"], line["at"]) == ("ValueError", [])
    assert "13800001234" not in log.getvalue()
