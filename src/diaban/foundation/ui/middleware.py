"""What no page could keep, refused before any page sees it."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict

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


def _holds_nul(typed: QueryDict) -> bool:
    return any(NUL in name or any(NUL in text for text in texts) for name, texts in typed.lists())
