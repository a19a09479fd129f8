from importlib import import_module

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "juzhu.operations"
    label = "operations"

    def ready(self) -> None:
        import_module("juzhu.operations.lookups")
        import_module("juzhu.operations.holidays").begin()
