from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "juzhu.portal"
    label = "portal"
