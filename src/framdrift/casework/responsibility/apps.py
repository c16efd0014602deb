from django.apps import AppConfig


class ResponsibilityConfig(AppConfig):
    name = "framdrift.casework.responsibility"
    label = "responsibility"
