"""A file far over the limit is read through, not kept."""

from io import BytesIO

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import Settings

MIB = 1024 * 1024
CHUNK = 64 * 1024


def posted(content: bytes) -> HttpRequest:
    """A form with a file, and what was typed after it."""
    file = BytesIO(content)
    file.name = "bao-cao.pdf"
    return RequestFactory().post("/", {"tep": file, "ly_do": "viết sau tệp"})


def test_no_more_than_the_limit_and_a_chunk_is_kept_and_what_was_typed_stays(settings: Settings) -> None:
    settings.UPLOAD_LIMIT = MIB

    request = posted(b"%PDF-" + b"0" * 8 * MIB)

    kept = request.FILES.get("tep")
    assert isinstance(kept, TemporaryUploadedFile)
    with kept:
        assert MIB < (kept.size or 0) <= MIB + CHUNK
        assert len(kept.read()) == kept.size
    assert request.POST["ly_do"] == "viết sau tệp"


def test_a_file_within_the_limit_is_kept_whole(settings: Settings) -> None:
    settings.UPLOAD_LIMIT = 4 * MIB
    content = b"%PDF-" + b"1" * (3 * MIB)

    kept = posted(content).FILES.get("tep")

    assert isinstance(kept, TemporaryUploadedFile)
    with kept:
        assert kept.read() == content
