from django.apps import AppConfig


class AdvisorConfig(AppConfig):
    name = "framdrift.web.advisor"
    label = "advisor"
