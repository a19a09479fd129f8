from importlib import import_module

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "juzhu.evidence"
    label = "evidence"

    def ready(self) -> None:
        import_module("juzhu.evidence.inquiries")
