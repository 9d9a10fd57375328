"""Downloads: always as an attachment, never shown inline."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from diaban.foundation.acts.requests import actor_of
from diaban.foundation.files.models import File
from diaban.foundation.files.queries import content_of, file_for


@require_safe
def download(request: HttpRequest, key: str) -> HttpResponse:
    """One file."""
    file = file_for(actor_of(request), key)
    if file is None:
        raise Http404
    return as_attachment(file)


def as_attachment(file: File) -> HttpResponse:
    """The content of a file that the caller has found visible."""
    response = HttpResponse(content_of(file), content_type=file.blob.media_type)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=file.title) or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
