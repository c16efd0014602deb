from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "framdrift.casework.access"
    label = "access"
