"""Sign-in as offices need it: nobody opens an account for himself."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from diaban.foundation.accounts.models import Account

SILENT = ("account/messages/logged_in.txt", "account/messages/logged_out.txt")


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth ships no types
    """Accounts are opened by the administrator of a unit, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """A password that someone else gave is changed before anything else (the middleware insists on it)."""
        if getattr(request.user, "must_change_password", False):
            return reverse("account_change_password")
        return str(super().get_login_redirect_url(request))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def set_password(self, user: Account, password: str) -> None:
        """The owner's own choice: from now on it need not be changed."""
        user.must_change_password = False
        super().set_password(user, password)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *rest: Any, **more: Any
    ) -> None:
        """Signing in and out need no message of their own."""
        if message_template not in SILENT:
            super().add_message(request, level, message_template, *rest, **more)
