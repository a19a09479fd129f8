"""`juzhu manage catch_up_credentials`: have the worker make what documents and lists are missing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from juzhu.credentials import following, publishing
from juzhu.credentials.publishing import Moment
from juzhu.operations import clock
from juzhu.permits.models import PermitVersion


class Command(BaseCommand):
    help = (
        "Have the worker make the e-licence of every permit version that has none, and sign anew what a "
        "revoked key has signed. Once, however often it is called; the worker does the same once a day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not publishing.can_sign(Moment.present()):
            raise CommandError("there are no keys to sign with: make them with juzhu credentials keys new")
        missing = PermitVersion.objects.filter(licence=None).count()
        following.enqueue_all(f"asked for at {clock.now().isoformat()}")
        self.stdout.write(f"{missing} versions have no e-licence; the worker makes them now")
