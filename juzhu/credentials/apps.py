from importlib import import_module

from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "juzhu.credentials"
    label = "credentials"

    def ready(self) -> None:
        import_module("juzhu.credentials.following")
