from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "framdrift.web.insight"
    label = "insight"
