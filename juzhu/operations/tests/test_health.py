"""What operators' machines ask: does it live, is it ready, how does it do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError
from django.test import Client
from django.test.utils import override_settings

from juzhu.operations import health, tasks
from juzhu.operations.models import Heartbeat, Task

pytestmark = pytest.mark.django_db


def test_it_lives(client: Client):
    answer = client.get("/livez")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_it_is_ready_once_a_worker_was_seen(client: Client):
    waiting = client.get("/readyz")
    assert waiting.status_code == 503
    assert waiting.json()["worker"].startswith("not seen")
    tasks.beat()
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["ready"]) == (200, True)
    Heartbeat.objects.update(at=datetime.now(UTC) - timedelta(seconds=61))
    assert client.get("/readyz").status_code == 503


def test_it_is_not_ready_without_its_database(client: Client, monkeypatch: pytest.MonkeyPatch):
    def silent(_connection: object) -> None:
        raise DatabaseError("no route to the host with the secret name")

    monkeypatch.setattr(health, "MigrationExecutor", silent)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "does not answer"
    assert b"secret name" not in answer.content


def test_it_is_not_ready_while_a_migration_is_missing(client: Client, monkeypatch: pytest.MonkeyPatch):
    tasks.beat()
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_: ["one"])
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (503, False)
    assert "migrate" in answer.json()["migrations"]


def test_it_counts_requests_by_route_and_tasks_by_state(client: Client):
    client.get("/livez")
    client.generic("JUZHU", "/livez")
    tasks.enqueue("test.waiting", {})
    Task.objects.create(kind="test.dead", run_at=datetime.now(UTC), dead_at=datetime.now(UTC))
    text = client.get("/metrics").content.decode()
    assert 'juzhu_tasks{state="waiting"} 1' in text
    assert 'juzhu_tasks{state="dead"} 1' in text
    assert 'juzhu_request_seconds_count{method="GET",route="livez",status="200"}' in text
    assert 'method="other",route="livez"' in text
    assert "JUZHU" not in text


@override_settings(JUZHU_METRICS_TOKEN="t-0123456789")
def test_a_token_opens_the_metrics(client: Client):
    refused = client.get("/metrics")
    assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/metrics", headers={"Authorization": "Bearer t-0123456789"}).status_code == 200


@override_settings(JUZHU_MODE="production", JUZHU_METRICS_TOKEN="")
def test_production_shows_no_metrics_without_a_token(client: Client):
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 401
