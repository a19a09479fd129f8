"""Structured logs: one JSON object a line on standard error, with the request's id and nothing personal.

What is logged is chosen, not filtered: routes instead of paths, codes instead of messages, ids of
rows instead of names. An exception is logged by its type and its place, never by its arguments, which can
hold what somebody typed.

Our own lines are rendered and written at once; only the libraries' records pass through `logging`, and come
out of the same handler.
"""

import logging
import logging.config
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, cast

import orjson
import structlog


def place_of_exception(
    _logger: object, _method: str, record: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replace an exception by its type and the lines it passed through; its text may hold personal data."""
    found = record.pop("exc_info", None)
    if isinstance(found, BaseException):
        found = type(found), found, found.__traceback__
    if found:
        kind, _value, trace = sys.exc_info() if found is True else found
        frames = traceback.extract_tb(trace)[-6:]
        record["error"] = getattr(kind, "__name__", str(kind))
        record["at"] = [f"{frame.filename.rsplit('juzhu/', 1)[-1]}:{frame.lineno}" for frame in frames]
    return record


def without_path(_logger: object, _method: str, record: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Django names the path of a request that failed or was refused, and the path can hold a number or a
    live code; the request's own line names the route.
    """
    name = record["_record"].name
    if name == "django.request" or name.startswith("django.security"):
        record["event"] = "request_failed"
        record["logger"] = name
    return record


def as_json(record: object, **options: Any) -> str:
    """One line of JSON."""
    return orjson.dumps(record, **options).decode()


class Lines:
    """Writes finished lines where the handler writes its own, under its lock, so that no two are mixed."""

    def __init__(self, handler: "logging.StreamHandler[Any]") -> None:
        self.handler = handler

    def msg(self, line: str) -> None:
        self.handler.acquire()
        try:
            self.handler.stream.write(line + "\n")
            self.handler.flush()
        finally:
            self.handler.release()

    debug = info = warning = error = critical = exception = msg


def configure(level: str) -> None:
    """Send the product's own and the libraries' records through the same pipe. Call once, at start."""
    logging.raiseExceptions = False  # else a record that can't be formatted is printed with its arguments
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        place_of_exception,
    ]
    json = structlog.processors.JSONRenderer(serializer=as_json)
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        json,
                    ],
                    "foreign_pre_chain": [without_path, *shared],
                    "pass_foreign_args": False,
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["stderr"], "level": level},
            "loggers": {
                "django.request": {"level": "ERROR"},
                "django.server": {"level": "WARNING"},
                "axes": {"level": "ERROR"},
                "fontTools": {"level": "WARNING"},
                "httpx": {"level": "WARNING"},
                "pikepdf": {"level": "WARNING"},
            },
        }
    )
    (handler,) = [one for one in logging.getLogger().handlers if one.name == "stderr"]
    lines = Lines(cast("logging.StreamHandler[Any]", handler))
    structlog.configure(
        processors=[*shared, json],
        logger_factory=lambda *_names: lines,
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
