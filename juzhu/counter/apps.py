from django.apps import AppConfig


class CounterConfig(AppConfig):
    name = "juzhu.counter"
    label = "counter"
