from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "juzhu.people"
    label = "people"
