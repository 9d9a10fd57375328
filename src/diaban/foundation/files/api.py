"""Files for programs: what a file is, and its content for whoever may read its subject."""

from collections.abc import Iterable
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router, Schema

from diaban.foundation.acts.requests import actor_of
from diaban.foundation.files.handing import as_attachment
from diaban.foundation.files.models import File
from diaban.foundation.files.queries import file_for
from diaban.foundation.files.sniffing import EVIDENCE

router = Router()
BYTES = {"schema": {"type": "string", "format": "binary"}}
# What an operation that takes a file as the body of its request describes of it; what it is is told by its content.
FILE_BODY = {"requestBody": {"required": True, "content": {"application/octet-stream": BYTES}}}


class FileOut(Schema):
    """A file that is kept. Its content: `/files/{key}`."""

    key: str
    title: str
    brought_at: datetime


def told_files(files: Iterable[File]) -> list[FileOut]:
    return [FileOut(key=one.key, title=one.title, brought_at=one.brought_at) for one in files]


@router.get(
    "/files/{key}",
    operation_id="get_file",
    url_name="file",
    openapi_extra={"responses": {200: {"description": "Tệp", "content": dict.fromkeys(sorted(EVIDENCE), BYTES)}}},
)
def file(request: HttpRequest, key: str) -> HttpResponse:
    """The content of a file that belongs to something in sight."""
    found = file_for(actor_of(request), key)
    if found is None:
        raise Http404
    return as_attachment(found)
