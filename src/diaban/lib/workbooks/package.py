"""What kind of file it is, and the parts of a workbook: read in memory, within limits, never written to disk."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from diaban.lib.workbooks.limits import MEBIBYTE, Limits
from diaban.lib.workbooks.markup import check_markup, elements
from diaban.lib.workbooks.refusals import (
    DamagedWorkbook,
    EmbeddingWorkbook,
    HostileWorkbook,
    LinkedWorkbook,
    LockedWorkbook,
    MacroWorkbook,
    NotWorkbook,
    OldWorkbook,
    OversizedWorkbook,
    WorkbookRefused,
)

OLE, ZIP = bytes.fromhex("d0cf11e0a1b11ae1"), b"PK\x03\x04"
WORKBOOK = "xl/workbook.xml"
_ENCRYPTED = 0x1
_SIGNATURES = {
    b"%PDF": "PDF",
    b"\x89PNG": "ảnh",
    b"\xff\xd8\xff": "ảnh",
    b"Rar!": "tệp nén RAR",
    b"7z\xbc\xaf": "tệp nén 7z",
    b"{\\rtf": "RTF",
    b"<?xml": "XML",
}
_PARTS_OF_OTHERS = {
    "word/document.xml": "văn bản Word",
    "ppt/presentation.xml": "trình chiếu PowerPoint",
    "xl/workbook.bin": "sổ tính nhị phân .xlsb",
    "mimetype": "OpenDocument (.ods, .odt)",
}
_DATA_SOURCES = ("xl/externallinks/", "xl/connections.xml", "xl/querytables/")


@dataclass(frozen=True, slots=True)
class Package:
    """The XML parts of a workbook by their names in lower case, checked for size and declarations."""

    parts: Mapping[str, bytes]

    def part(self, name: str) -> bytes:
        """Raises `DamagedWorkbook` where it is missing."""
        try:
            return self.parts[name.lower()]
        except KeyError:
            raise DamagedWorkbook from None


def open_package(content: bytes, limits: Limits) -> Package:
    """Look at a file's first bytes, then at its table of contents, then unpack its XML. Raises `WorkbookRefused`."""
    _check_kind(content)
    if len(content) > limits.content:
        raise OversizedWorkbook(f"quá {limits.content // MEBIBYTE} MB")
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = _entries(archive, limits)
            _check_contents(entries)
            parts = {
                name: archive.read(entry) for name, entry in entries.items() if name.endswith((".xml", ".rels", ".vml"))
            }
    except WorkbookRefused:
        raise
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as problem:
        raise DamagedWorkbook from problem
    for part in parts.values():
        check_markup(part)
    _check_links(parts)
    return Package(parts)


def is_workbook(content: bytes) -> bool:
    """Is it a workbook of any Excel, readable or not, rather than text?"""
    return content.startswith((ZIP, OLE))


def _check_kind(content: bytes) -> None:
    if not content:
        raise NotWorkbook("tệp rỗng")
    if content.startswith(OLE):
        raise _inside_ole(content)
    if content.startswith(ZIP):
        return
    for signature, kind in _SIGNATURES.items():
        if content.startswith(signature):
            raise NotWorkbook(kind)
    head = content[:2000].lstrip().lower()
    if head.startswith((b"<html", b"<!doctype", b"<table")):
        raise NotWorkbook("trang web HTML")
    raise NotWorkbook("văn bản hoặc .csv" if b"\x00" not in head else "")


def _inside_ole(content: bytes) -> LockedWorkbook | OldWorkbook | NotWorkbook:
    """Encrypted workbooks and old Office files share one container; the names of its streams tell them apart."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return LockedWorkbook()
    if "WordDocument".encode("utf-16-le") in content:
        return NotWorkbook("văn bản Word đời cũ")
    return OldWorkbook()


def _entries(archive: ZipFile, limits: Limits) -> dict[str, ZipInfo]:
    listed = archive.infolist()
    if len(listed) > limits.entries:
        raise OversizedWorkbook(f"quá {limits.entries} phần bên trong")
    for entry in listed:
        _check_entry(entry, limits)
    unpacked = sum(entry.file_size for entry in listed)
    packed = sum(entry.compress_size for entry in listed)
    if unpacked > limits.unpacked or (unpacked > MEBIBYTE and unpacked > limits.ratio * packed):
        raise OversizedWorkbook("giải nén ra quá lớn")
    entries = {entry.filename.lower(): entry for entry in listed}
    if len(entries) != len(listed):
        raise HostileWorkbook
    return entries


def _check_entry(entry: ZipInfo, limits: Limits) -> None:
    if entry.flag_bits & _ENCRYPTED:
        raise LockedWorkbook
    if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise DamagedWorkbook
    if entry.file_size > limits.entry:
        raise OversizedWorkbook("giải nén ra quá lớn")
    if entry.filename.startswith("/") or "\\" in entry.filename or ".." in entry.filename.split("/"):
        raise HostileWorkbook


def _check_contents(entries: Mapping[str, ZipInfo]) -> None:
    for part, kind in _PARTS_OF_OTHERS.items():
        if part in entries:
            raise NotWorkbook(kind)
    if WORKBOOK not in entries:
        raise NotWorkbook("tệp nén")
    for name in entries:
        if name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/"):
            raise MacroWorkbook
        if name.startswith(_DATA_SOURCES):
            raise LinkedWorkbook
        if name.startswith(("xl/embeddings/", "xl/activex/")):
            raise EmbeddingWorkbook


def _check_links(parts: Mapping[str, bytes]) -> None:
    """Web addresses in cells are harmless; everything else that points outside is refused."""
    types = parts.get("[content_types].xml")
    if types is None:
        raise DamagedWorkbook
    if b"macroEnabled" in types:
        raise MacroWorkbook
    for name, part in parts.items():
        if name.endswith(".rels") and b"External" in part:
            for element in elements(part):
                kind = element.attributes.get("Type", "")
                if element.attributes.get("TargetMode") == "External" and not kind.endswith("/hyperlink"):
                    raise LinkedWorkbook
