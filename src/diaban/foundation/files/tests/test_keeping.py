"""What is stored, and under which name."""

import zipfile
from io import BytesIO

import pytest
from pytest_django import Settings

from diaban.foundation.acts.actor import SystemActor
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.files.models import Blob, File
from diaban.foundation.files.queries import content_of
from diaban.foundation.files.services import TooLarge, clean_title, keep_file
from diaban.foundation.files.sniffing import DOCX, PDF, PNG, XLSX, NotAccepted, sniff
from diaban.foundation.obligations.tests.makers import NOW, TODAY

ACTOR = SystemActor("tests", TODAY)
SUBJECT = Subject("territory.unit", 1)
EVERY = frozenset({PDF, PNG, XLSX, DOCX})


def archive(*names: str) -> bytes:
    stored = BytesIO()
    with zipfile.ZipFile(stored, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return stored.getvalue()


def keep(content: bytes = b"%PDF-1", title: str = "a.pdf") -> File:
    return keep_file(content=content, title=title, subject=SUBJECT, accepted=EVERY, actor=ACTOR, at=NOW)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.4", PDF),
        (b"\x89PNG\r\n\x1a\n", PNG),
        (archive("xl/workbook.xml"), XLSX),
        (archive("word/document.xml"), DOCX),
    ],
)
def test_a_file_is_what_its_bytes_say(content: bytes, kind: str) -> None:
    assert sniff(content, accepted=EVERY) == kind


@pytest.mark.parametrize(
    "content",
    [b"", b"MZ", b"<svg/>", b"PK\x03\x04 broken", archive("a.txt"), archive("xl/workbook.xml", "xl/vbaProject.bin")],
)
def test_other_kinds_and_macros_are_refused(content: bytes) -> None:
    with pytest.raises(NotAccepted, match=r"\.pdf"):
        sniff(content, accepted=EVERY)


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\a\\b.pdf", "b.pdf"),
        ("a\r\nb.pdf", "ab.pdf"),
        ("báo cáo.exe", "báo cáo.exe.pdf"),
        ("", "tep.pdf"),
    ],
)
def test_a_title_is_safe(title: str, kept: str) -> None:
    assert clean_title(title, PDF) == kept


@pytest.mark.django_db
def test_a_file_over_the_limit_is_not_stored(settings: Settings) -> None:
    settings.UPLOAD_LIMIT = 10

    with pytest.raises(TooLarge):
        keep(b"%PDF-123456")

    assert not Blob.objects.exists()


@pytest.mark.django_db
def test_equal_bytes_are_stored_once_under_keys_of_their_own() -> None:
    first, second = keep(title="a.pdf"), keep(title="b.pdf")

    assert first.blob == second.blob
    assert first.key != second.key
    assert len(first.key) == 43
    assert "a.pdf" not in first.blob.name
    assert content_of(second) == b"%PDF-1"
