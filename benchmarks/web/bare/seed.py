"""Make the peer's tables, one user and one signed-in session: prints JSON."""

import json
import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.web.bare.settings"
django.setup()

from django.contrib.auth.models import User  # noqa: E402, after Django is ready
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402


def main() -> None:
    call_command("migrate", verbosity=0)
    client = Client()
    client.force_login(User.objects.create_user("somebody"))
    print(json.dumps({"session": client.cookies["sessionid"].value}))


if __name__ == "__main__":
    main()
