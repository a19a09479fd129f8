from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "juzhu.documents"
    label = "documents"

    def ready(self) -> None:
        import_module("juzhu.documents.issuing")
