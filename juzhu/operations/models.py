"""Events, tasks, files, counters: what every room stands on."""

from typing import ClassVar

from django.db import models


class AppendOnly(models.Model):
    """A row that is written once. The database refuses to change or delete it (see the migrations'
    triggers).
    """

    class Meta:
        abstract = True


class Event(AppendOnly):
    """One thing that happened: a change, or a reading of a person's record by staff.

    Written once, in the transaction of the action; it feeds the audit trail, the notices and the
    statistics. `digest` chains it to the row before it, so that an altered, inserted or missing row shows.
    """

    position = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=8)
    actor_account_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=100, blank=True)
    actor_role = models.CharField(max_length=20, blank=True)
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    person_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    request_id = models.CharField(max_length=40, blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["position"]
        indexes: ClassVar = [
            models.Index(fields=["subject_type", "subject_id", "position"]),
            models.Index(fields=["person_id", "position"]),
            models.Index(fields=["kind", "position"]),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.kind}"


class ChainHead(models.Model):
    """The last link of the audit trail: locked while a new one is forged."""

    position = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)


class Task(models.Model):
    """Work to be done after commit, by a worker that holds a lease on it.

    A worker that dies lets its lease run out, and another takes the task; effect and `done_at` are one
    commit, or for what leaves the database come one after the other. `attempts` counts beginnings, so that
    a task that kills its workers comes to an end, too.
    """

    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    key = models.CharField(max_length=120, unique=True, null=True)
    run_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["run_at"],
                name="task_open",
                condition=models.Q(done_at__isnull=True, dead_at__isnull=True),
            )
        ]


class Heartbeat(models.Model):
    """When a part of the service last said that it lives, by the machine's own clock."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()


class Counter(models.Model):
    """The last number given out in a series, such as "application 2026"."""

    series = models.CharField(max_length=60, unique=True)
    last = models.BigIntegerField(default=0)


class StoredFile(models.Model):
    """An upload, checked and cleaned, kept outside the web root under a random name."""

    name = models.CharField(max_length=64, unique=True)
    original_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField(default=1)
    sha256 = models.CharField(max_length=64)
    uploaded_by_id = models.BigIntegerField(null=True)
    uploaded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sha256"])]


class OnceKey(models.Model):
    """A key that a client sent with a request, so that sending it twice does the work once."""

    scope = models.CharField(max_length=60)
    key = models.CharField(max_length=64)
    result = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["scope", "key"], name="once_key")]
