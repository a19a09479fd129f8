from importlib import import_module

from django.apps import AppConfig


class PermitsConfig(AppConfig):
    name = "juzhu.permits"
    label = "permits"

    def ready(self) -> None:
        told = ("notices", "resident_notices", "reporter_notices")
        for module in ("desk.assignment", *told, "settling", "after.follows", "after.merged"):
            import_module(f"juzhu.permits.{module}")
