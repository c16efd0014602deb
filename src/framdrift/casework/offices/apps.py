from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "framdrift.casework.offices"
    label = "offices"
