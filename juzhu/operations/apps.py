from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "juzhu.operations"
    label = "operations"
