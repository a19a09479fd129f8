from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "juzhu.evidence"
    label = "evidence"
