"""The demo's only table: how far its date is from the machine's."""

from typing import ClassVar

from django.db import models


class DemoClock(models.Model):
    """One row. It is there once the demo has been filled; the demo's date is the machine's plus `days`."""

    days = models.IntegerField()
    """May be negative: the demo begins on a fixed date, whenever that is."""

    objects: ClassVar[models.Manager["DemoClock"]] = models.Manager()
