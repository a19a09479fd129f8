"""Whether the service lives, is ready, and how it does: for the operators' machines."""

import hmac
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import Error as DatabaseFault
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CollectorRegistry, Histogram, generate_latest, multiprocess
from prometheus_client.registry import REGISTRY

from juzhu.operations.models import Heartbeat, Task

STALE = timedelta(seconds=60)
REQUEST_SECONDS = Histogram(
    "juzhu_request_seconds",
    "Seconds a request took, by method, route and status",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)

Look = Callable[[], str]
_told: dict[str, Look] = {}


def tells(name: str) -> Callable[[Look], Look]:
    """Let `/readyz` tell what the decorated function finds, in words that say what to do: "ok" or a sentence.
    It is for a part without which all the rest still works, and takes nothing out of service.
    """

    def register(look: Look) -> Look:
        _told[name] = look
        return look

    return register


def livez(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """The database answers, no migration is missing, and a worker has been seen in the last minute. What else
    is told keeps nobody from being served.
    """
    told: dict[str, str] = {}
    parts = {"database": "ok", "migrations": "ok", "worker": "ok"}
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            parts["migrations"] = "missing: run juzhu manage migrate"
        last = Heartbeat.objects.filter(name="worker").values_list("at", flat=True).first()
        if last is None or datetime.now(UTC) - last > STALE:
            parts["worker"] = "not seen in the last minute: run juzhu worker"
        if parts["migrations"] == "ok":
            told = {name: look() for name, look in _told.items()}
    except DatabaseFault:
        parts = {"database": "does not answer", "migrations": "unknown", "worker": "unknown"}
    ready = all(value == "ok" for value in parts.values())
    return JsonResponse({"ready": ready, **parts, **told}, status=200 if ready else 503)


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus' text format. Wants the bearer token where one is set, and always wants one in
    production.
    """
    token = settings.JUZHU_METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if (token and not hmac.compare_digest(given.encode(), token.encode())) or (
        settings.JUZHU_MODE == "production" and not token
    ):
        return HttpResponse(
            "set JUZHU_METRICS_TOKEN and send it as a bearer token\n",
            status=401,
            headers={"WWW-Authenticate": "Bearer"},
        )
    registry = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    waiting = Task.objects.filter(done_at__isnull=True, dead_at__isnull=True).count()
    dead = Task.objects.filter(dead_at__isnull=False).count()
    outbox = (
        "# HELP juzhu_tasks Tasks in the outbox, by state\n# TYPE juzhu_tasks gauge\n"
        f'juzhu_tasks{{state="waiting"}} {waiting}\njuzhu_tasks{{state="dead"}} {dead}\n'
    )
    return HttpResponse(generate_latest(registry) + outbox.encode(), content_type="text/plain; version=0.0.4")
