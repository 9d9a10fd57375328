from django.apps import AppConfig


class AccountsApp(AppConfig):
    name = "diaban.foundation.accounts"
    label = "accounts"
