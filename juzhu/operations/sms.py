"""The port to the district's SMS gateway, and the adapter that prints."""

from typing import Protocol

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

log = structlog.get_logger(__name__)


class Sms(Protocol):
    """What a gateway must do. It may raise; the task is then tried again."""

    def send(self, phone: str, text: str) -> None: ...


class ConsoleSms:
    """For development: says that a message went out, and how long it was; to whom, no log may hold."""

    def send(self, phone: str, text: str) -> None:
        log.info("sms_sent", characters=len(text))


def gateway() -> Sms:
    """The gateway that the settings name."""
    found: Sms = import_string(settings.JUZHU_SMS)()
    return found
