from importlib import import_module

from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    name = "juzhu.registration"
    label = "registration"

    def ready(self) -> None:
        for module in (
            "exempting",
            "reporting.following",
            "reporting.sheets",
            "dwellings.words",
            "district.dwellings",
            "duties.orders",
        ):
            import_module(f"juzhu.registration.{module}")
