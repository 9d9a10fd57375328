"""Keeps cookies away from the API: a browser's session is no key, so no page elsewhere can make a browser act here."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PREFIX = "/api/"
GetResponse = Callable[[HttpRequest], HttpResponse]


def without_cookies(get_response: GetResponse) -> GetResponse:
    """Takes the cookies off requests to the API. Stands before the session."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(PREFIX):
            request.META.pop("HTTP_COOKIE", None)
        return get_response(request)

    return answer
