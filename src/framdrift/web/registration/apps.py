from django.apps import AppConfig


class RegistrationPagesConfig(AppConfig):
    name = "framdrift.web.registration"
    label = "registration_pages"
