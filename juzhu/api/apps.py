from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "juzhu.api"
    label = "api"
