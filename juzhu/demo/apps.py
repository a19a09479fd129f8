from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "juzhu.demo"
    label = "demo"
