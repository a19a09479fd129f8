from importlib import import_module

from django.apps import AppConfig


class PermitsConfig(AppConfig):
    name = "juzhu.permits"
    label = "permits"

    def ready(self) -> None:
        for module in (
            "desk.assignment",
            "notices",
            "resident_notices",
            "settling",
            "after.follows",
            "after.merged",
        ):
            import_module(f"juzhu.permits.{module}")
