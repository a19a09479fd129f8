from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "juzhu.credentials"
    label = "credentials"
