from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "framdrift.site"
    label = "site"

    def ready(self) -> None:
        from framdrift.site import checks  # noqa: F401, PLC0415  (registers the system checks)
