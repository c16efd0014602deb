from django.apps import AppConfig


class OccupationsConfig(AppConfig):
    name = "framdrift.casework.occupations"
    label = "occupations"
