from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "juzhu.intake"
    label = "intake"
