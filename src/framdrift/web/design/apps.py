from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "framdrift.web.design"
    label = "design"
