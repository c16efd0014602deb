from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "framdrift.casework.cases"
    label = "cases"
