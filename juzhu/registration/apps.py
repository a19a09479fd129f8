from importlib import import_module

from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    name = "juzhu.registration"
    label = "registration"

    def ready(self) -> None:
        import_module("juzhu.registration.reporting.following")
        import_module("juzhu.registration.dwellings.words")
