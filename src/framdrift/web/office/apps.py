from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "framdrift.web.office"
    label = "office"
