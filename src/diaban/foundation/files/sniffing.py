"""What a file is, by its bytes; its name is only a claim."""

import json
import zipfile
from io import BytesIO

from django.utils.translation import gettext as _

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PNG = "image/png"
JPEG = "image/jpeg"
SVG = "image/svg+xml"
CSV = "text/csv"
JSON = "application/json"
ENDINGS = {PDF: ".pdf", XLSX: ".xlsx", DOCX: ".docx", PNG: ".png", JPEG: ".jpg", CSV: ".csv", JSON: ".json"}
EVIDENCE = frozenset({PDF, DOCX, XLSX, JPEG, PNG})  # what proves something
_MAGIC = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))


class NotAccepted(ValueError):
    """A file of a kind that is not taken here; the message says in Vietnamese which kinds are."""


def sniff(content: bytes, *, accepted: frozenset[str]) -> str:
    """The media type by content. Raises `NotAccepted` where it is none of `accepted`."""
    found = _sniff(content) or _text_kind(content, accepted)
    if found not in accepted:
        kinds = ", ".join(sorted(ENDINGS[kind] for kind in accepted if kind in ENDINGS))
        raise NotAccepted(
            _("Tệp không đúng loại. Chỉ nhận: %(kinds)s. Hãy lưu lại đúng loại rồi gửi lại.") % {"kinds": kinds}
        )
    return found


def _sniff(content: bytes) -> str:
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _office_kind(content)
    return ""


def _text_kind(content: bytes, accepted: frozenset[str]) -> str:
    if not _is_text(content):
        return ""
    if JSON in accepted and content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return JSON if _is_json(content) else ""
    return CSV if CSV in accepted else ""


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True


def _is_text(content: bytes) -> bool:
    """Nothing in the bytes tells a table as text from any other: it is readable, and taken only where asked for."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    try:
        return "\x00" not in content.decode(encoding)
    except UnicodeDecodeError:
        return False


def _office_kind(content: bytes) -> str:
    try:
        names = set(zipfile.ZipFile(BytesIO(content)).namelist())
    except zipfile.BadZipFile:
        return ""
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return ""
    if "xl/workbook.xml" in names:
        return XLSX
    return DOCX if "word/document.xml" in names else ""
