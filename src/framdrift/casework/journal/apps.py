from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "framdrift.casework.journal"
    label = "journal"
