from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "juzhu.reporting"
    label = "reporting"
