from django.apps import AppConfig


class ConformityConfig(AppConfig):
    name = "framdrift.casework.conformity"
    label = "conformity"
