from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "framdrift.web.accounts"
    label = "accounts"
