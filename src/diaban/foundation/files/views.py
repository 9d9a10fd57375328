"""Downloads: always as an attachment, never shown inline."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from diaban.foundation.acts.requests import actor_of
from diaban.foundation.files.handing import as_attachment
from diaban.foundation.files.queries import file_for


@require_safe
def download(request: HttpRequest, key: str) -> HttpResponse:
    """One file."""
    file = file_for(actor_of(request), key)
    if file is None:
        raise Http404
    return as_attachment(file)
