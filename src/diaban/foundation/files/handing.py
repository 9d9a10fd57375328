"""A file as it is handed out: an attachment, never shown inline, never kept by the way."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from diaban.foundation.files.models import File
from diaban.foundation.files.queries import content_of


def as_attachment(file: File) -> HttpResponse:
    """The content of a file that the caller has found visible."""
    response = HttpResponse(content_of(file), content_type=file.blob.media_type)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=file.title) or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
