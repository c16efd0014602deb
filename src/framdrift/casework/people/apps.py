from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "framdrift.casework.people"
    label = "people"
