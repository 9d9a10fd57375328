"""Sign-in as offices need it: nobody opens an account for himself."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth ships no types
    """Accounts are opened by the administrator of a unit, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
