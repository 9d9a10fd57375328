"""Every file that is no plain .xlsx is refused, with a sentence that says what it is and what to do."""

import struct
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_LZMA, ZIP_STORED, ZipFile

import pytest

from diaban.lib.workbooks import Limits, UnreadableWorkbook, UnsafeWorkbook, WorkbookRefused, read_workbook
from diaban.lib.workbooks.tests.making import SHEET, a_workbook, changed, packed, parts_of, with_rows

BOOK, TYPES, RELATIONS = "xl/workbook.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _a_lying_size() -> bytes:
    """The table of contents says 10 bytes of a part that holds ten million."""
    content = bytearray(changed({"xl/media/big.xml": b" " * 10_000_000}))
    at = content.index(b"PK\x01\x02")
    while content[at + 46 :].startswith(b"xl/media/big.xml") is False:
        at = content.index(b"PK\x01\x02", at + 4)
    struct.pack_into("<I", content, at + 24, 10)
    return bytes(content)


def _locked_entry() -> bytes:
    content = bytearray(a_workbook())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def _twice() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, part in [*parts_of(a_workbook()).items(), (SHEET.upper(), b"<worksheet/>")]:
            archive.writestr(name, part)
    return file.getvalue()


def _without(part: str) -> bytes:
    parts = parts_of(a_workbook())
    del parts[part]
    return packed(parts)


def _spoilt_byte() -> bytes:
    content = bytearray(packed(parts_of(a_workbook()), ZIP_STORED))
    content[content.index(b"<sheetData>") + 3] ^= 1
    return bytes(content)


def _relation(kind: str, mode: str = 'TargetMode="External"') -> bytes:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="file:///x" {mode}/>'
        "</Relationships>"
    ).encode()


UNREADABLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "tệp rỗng"),
    "csv": (lambda: "Mã;Số\nBC07;12\n".encode(), "văn bản hoặc .csv"),
    "pdf": (lambda: b"%PDF-1.7 ...", "PDF"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n", "ảnh"),
    "web page named .xls": (lambda: b"\n<HTML><table><tr><td>1</td></tr></table>", "HTML"),
    "spreadsheet XML of 2003": (lambda: b"<?xml version='1.0'?><Workbook/>", "XML"),
    "old .xls": (lambda: OLE + _utf16("Workbook"), "đời cũ (.xls)"),
    "old .doc": (lambda: OLE + _utf16("WordDocument"), "Word"),
    "locked with a password": (lambda: OLE + _utf16("EncryptedPackage"), "mật khẩu"),
    "locked zip entry": (_locked_entry, "mật khẩu"),
    "cut off": (lambda: a_workbook()[:-300], "chưa trọn"),
    "first kilobyte only": (lambda: a_workbook()[:1024], "chưa trọn"),
    "a byte changed on the way": (_spoilt_byte, "chưa trọn"),
    "another compression": (lambda: packed(parts_of(a_workbook()), ZIP_LZMA), "chưa trọn"),
    "some zip": (lambda: packed({"a.txt": b"a"}), "tệp nén"),
    ".docx": (lambda: packed({"word/document.xml": b"<a/>", TYPES: b"<a/>"}), "Word"),
    ".ods": (lambda: packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "OpenDocument"),
    ".xlsb": (lambda: packed({"xl/workbook.bin": b"\x00"}), ".xlsb"),
    "no table of types": (lambda: _without(TYPES), "chưa trọn"),
    "no sheet": (lambda: _without(SHEET), "chưa trọn"),
    "no relations": (lambda: _without(RELATIONS), "chưa trọn"),
    "XML cut off": (lambda: changed(replace=(SHEET, b"</sheetData>", b"")), "chưa trọn"),
    "unknown entity": (lambda: changed(replace=(SHEET, b"<v>12</v>", b"<v>&bom;</v>")), "chưa trọn"),
    "shared text that is not there": (lambda: with_rows('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'), "chưa trọn"),
    "a row beyond the last": (lambda: with_rows('<row r="1048577"><c><v>1</v></c></row>'), "chưa trọn"),
    "a cell nowhere": (lambda: with_rows('<row r="1"><c r="R1C1"><v>1</v></c></row>'), "chưa trọn"),
    "a merged block nowhere": (lambda: with_rows("", '<mergeCells><mergeCell ref="A:A"/></mergeCells>'), "chưa trọn"),
}

UNSAFE: dict[str, tuple[Callable[[], bytes], str]] = {
    "macros": (lambda: changed({"xl/vbaProject.bin": OLE}), "macro"),
    "macros in upper case": (lambda: changed({"xl/VBAPROJECT.BIN": OLE}), "macro"),
    "macros by type": (
        lambda: changed(replace=(TYPES, b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main")),
        "macro",
    ),
    "macro sheets of Excel 4": (lambda: changed({"xl/macrosheets/sheet1.xml": b"<a/>"}), "macro"),
    "links to other workbooks": (lambda: changed({"xl/externalLinks/externalLink1.xml": b"<a/>"}), "liên kết"),
    "data connections": (lambda: changed({"xl/connections.xml": b"<a/>"}), "liên kết"),
    "a picture from elsewhere": (
        lambda: changed({"xl/worksheets/_rels/sheet1.xml.rels": _relation("image")}),
        "liên kết",
    ),
    "embedded files": (lambda: changed({"xl/embeddings/oleObject1.bin": OLE}), "nhúng"),
    "ActiveX": (lambda: changed({"xl/activeX/activeX1.xml": b"<a/>"}), "nhúng"),
    "document type": (
        lambda: changed(replace=(BOOK, b"<workbook", b"<!DOCTYPE a [<!ENTITY b 'c'>]><workbook")),
        "bất thường",
    ),
    "document type in another encoding": (
        lambda: changed({SHEET: "<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet>&b;</worksheet>".encode("utf-16")}),
        "bất thường",
    ),
    "declared as EBCDIC": (lambda: changed({SHEET: b"<?xml version='1.0' encoding='cp037'?><a/>"}), "bất thường"),
    "the same part twice": (_twice, "bất thường"),
    "a part outside": (lambda: changed({"../../etc/cron.d/a": b"a"}), "bất thường"),
    "a part from the root": (lambda: changed({"/etc/passwd": b"a"}), "bất thường"),
    "relations twice": (
        lambda: changed(replace=(RELATIONS, b'Id="rId2"', b'Id="rId1"')),
        "bất thường",
    ),
    "two sheets of one name": (
        lambda: changed(
            replace=(BOOK, b"</sheets>", '<sheet name="Biểu nhập" sheetId="2" r:id="rId1"/></sheets>'.encode())
        ),
        "bất thường",
    ),
    "a bomb": (lambda: changed({"xl/media/zeros.xml": bytes(30_000_000)}), "quá lớn"),
    "a part beyond measure": (lambda: changed({"xl/a.xml": b" " * (60 << 20)}), "quá lớn"),
    "more parts than any": (lambda: changed({f"xl/{number}.xml": b"<a/>" for number in range(2100)}), "quá lớn"),
    "a cell far away": (lambda: with_rows('<row r="60000"><c r="A60000"><v>1</v></c></row>'), "quá lớn"),
    "a wide and long sheet": (lambda: with_rows('<row r="40000"><c r="ZZ40000"><v>1</v></c></row>'), "quá lớn"),
    "everything merged": (lambda: with_rows("", '<mergeCells><mergeCell ref="A1:XFD9999"/></mergeCells>'), "quá lớn"),
    "blank cells without end": (lambda: with_rows('<row r="1">' + '<c r="A1"/>' * 500_001 + "</row>"), "quá lớn"),
    "sheets without end": (
        lambda: changed(replace=(BOOK, b"</sheets>", b'<sheet name="a" sheetId="2" r:id="rId1"/>' * 50 + b"</sheets>")),
        "quá lớn",
    ),
    "names without end": (
        lambda: changed(
            replace=(
                BOOK,
                b"</sheets>",
                b"</sheets><definedNames>" + b'<definedName name="a">1</definedName>' * 20_001 + b"</definedNames>",
            )
        ),
        "quá lớn",
    ),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_file_of_another_kind_or_damaged_is_refused(kind: str) -> None:
    make, word = UNREADABLE[kind]

    with pytest.raises(UnreadableWorkbook) as refused:
        read_workbook(make())

    assert word in str(refused.value)
    assert "gửi" in str(refused.value)


@pytest.mark.parametrize("kind", UNSAFE)
def test_a_file_that_could_do_harm_is_refused(kind: str) -> None:
    make, word = UNSAFE[kind]

    with pytest.raises(UnsafeWorkbook) as refused:
        read_workbook(make())

    assert word in str(refused.value)


def test_a_part_larger_than_it_says_is_never_unpacked_whole() -> None:
    with pytest.raises(WorkbookRefused):
        read_workbook(_a_lying_size())


def test_the_size_of_the_upload_itself_is_limited() -> None:
    with pytest.raises(UnsafeWorkbook, match="quá 0 MB"):
        read_workbook(a_workbook(), limits=Limits(content=100))


def test_web_addresses_in_cells_are_let_in() -> None:
    content = a_workbook(lambda _book, sheet: sheet.write_url(0, 0, "https://mst.gov.vn", string="Bộ KH&CN"))

    assert read_workbook(content).sheet_rows("Biểu nhập")[0][0].text == "Bộ KH&CN"
