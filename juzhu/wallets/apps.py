from importlib import import_module

from django.apps import AppConfig


class WalletsConfig(AppConfig):
    name = "juzhu.wallets"
    label = "wallets"

    def ready(self) -> None:
        for part in ("issuing", "metadata", "presenting"):
            import_module(f"juzhu.wallets.{part}")
