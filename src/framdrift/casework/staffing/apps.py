from django.apps import AppConfig


class StaffingConfig(AppConfig):
    name = "framdrift.casework.staffing"
    label = "staffing"
