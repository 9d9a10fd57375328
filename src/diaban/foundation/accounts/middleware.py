"""Ways of an account on every request: its language, and a given password changed first."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

GetResponse = Callable[[HttpRequest], HttpResponse]


def own_language(get_response: GetResponse) -> GetResponse:
    """The language that the account chose; before sign-in, the one chosen on this machine; else Vietnamese.

    What the browser prefers is not asked: office machines are set to English by whoever sold them. Stands after authentication.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "language", "") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or language)
        return response

    return answer


def own_password(get_response: GetResponse) -> GetResponse:
    """Whoever signed in with a password that another gave sees no page but the one to change it."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not getattr(request.user, "must_change_password", False) or _is_allowed(request.path):
            return get_response(request)
        return HttpResponseRedirect(reverse("account_change_password"))

    return answer


def _is_allowed(path: str) -> bool:
    ways = ("account_change_password", "account_logout", "account_reauthenticate", "accounts:language")
    return path.startswith(settings.STATIC_URL) or path in {reverse(name) for name in ways}
