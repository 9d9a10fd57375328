"""What no page could keep, refused before any page sees it; what only a button does, explained."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict

from diaban.foundation.ui.responses import by_button

NUL = "\x00"
GetResponse = Callable[[HttpRequest], HttpResponse]


def storable_text(get_response: GetResponse) -> GetResponse:
    """PostgreSQL keeps no NUL in a text, and no keyboard types one: a request that holds one anywhere is answered with 400.

    Stands last, where the form has been read already.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info or _holds_nul(request.GET) or _holds_nul(request.POST):
            raise BadRequest("NUL in a text")
        return get_response(request)

    return answer


def buttons_explained(get_response: GetResponse) -> GetResponse:
    """An address that only a button sends to, opened by hand or again after a refusal: 405 as before, with a page that says so."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and request.method == "GET" and not response.content:
            page = by_button(request)
            page["Allow"] = response["Allow"]
            return page
        return response

    return answer


def _holds_nul(typed: QueryDict) -> bool:
    return any(NUL in name or any(NUL in text for text in texts) for name, texts in typed.lists())
