"""How much of an uploaded file is kept while it comes in."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


class UpToTheLimit(FileUploadHandler):
    """Lets the handlers after it keep a file until it has passed `UPLOAD_LIMIT`, and nothing of it from there.

    The form is read to its end, so nothing typed beside the file is lost; what is kept is longer than the limit,
    so whoever receives it refuses it as too large.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= settings.UPLOAD_LIMIT else None

    def file_complete(self, file_size: int) -> None:
        """The file itself is given by the handlers after this one."""
