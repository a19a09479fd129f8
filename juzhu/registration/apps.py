from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    name = "juzhu.registration"
    label = "registration"
