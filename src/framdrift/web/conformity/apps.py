from django.apps import AppConfig


class ConformityPagesConfig(AppConfig):
    name = "framdrift.web.conformity"
    label = "conformity_pages"
