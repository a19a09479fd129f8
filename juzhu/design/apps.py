from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "juzhu.design"
    label = "design"
