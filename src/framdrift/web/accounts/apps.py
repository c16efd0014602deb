from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "framdrift.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415  (apps must be loaded)

        from framdrift.web.accounts.sessions import begin  # noqa: PLC0415

        user_logged_in.connect(begin)
