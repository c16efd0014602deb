from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    name = "framdrift.casework.registration"
    label = "registration"
