"""An account and a client for tests of sign-in."""

from django.test import Client

from diaban.foundation.accounts.models import Account

PASSWORD = "mot-mat-khau-dai"


def an_account(username: str = "giang", *, must_change_password: bool = False) -> Account:
    account = Account.objects.create_account(username, PASSWORD)
    if must_change_password:
        account.must_change_password = True
        account.save(update_fields=["must_change_password"])
    return account


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client
