from importlib import import_module

from django.apps import AppConfig


class PermitsConfig(AppConfig):
    name = "juzhu.permits"
    label = "permits"

    def ready(self) -> None:
        import_module("juzhu.permits.notices")
        import_module("juzhu.permits.follows")
