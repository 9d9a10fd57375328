"""Workbooks that must not be taken: each is refused in a sentence that says why, and nothing in the database changes."""

import re
import struct
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.db import connection, transaction
from openpyxl import Workbook, load_workbook

from diaban.foundation.obligations.models import Obligation
from diaban.work.reporting.models import FormVersion, Report
from diaban.work.reporting.tests.worlds import Reporting

pytestmark = pytest.mark.slow
Fill = Callable[[bytes, Mapping[str, object]], bytes]
Submit = Callable[[bytes, str], dict[str, Any]]
OFFICER = "district_officer"
FIGURES, KEY = "Biểu số liệu", "_diaban"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
LETTERS_OF_VIETNAMESE = re.compile(r"[ạ-ỹăâđêôơưà-ý]", re.IGNORECASE)


def changed(change: Callable[[Workbook], None]) -> Callable[[bytes], bytes]:
    def spoil(content: bytes) -> bytes:
        book = load_workbook(BytesIO(content))
        change(book)
        out = BytesIO()
        book.save(out)
        return out.getvalue()

    return spoil


def typed(name: str, value: object) -> Callable[[bytes], bytes]:
    def put(book: Workbook) -> None:
        ((sheet, place),) = book.defined_names[name].destinations
        book[sheet][place] = value  # type: ignore[assignment] # whatever a clerk types

    return changed(put)


def with_parts(change: Callable[[dict[str, bytes]], None]) -> Callable[[bytes], bytes]:
    def spoil(content: bytes) -> bytes:
        with ZipFile(BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        change(parts)
        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as archive:
            for name, part in parts.items():
                archive.writestr(name, part)
        return out.getvalue()

    return spoil


def added(name: str, part: bytes) -> Callable[[bytes], bytes]:
    return with_parts(lambda parts: parts.update({name: part}))


def _merge(book: Workbook) -> None:
    ((sheet, place),) = book.defined_names["BC14"].destinations
    row = book[sheet][place].row
    book[sheet].merge_cells(f"F{row}:F{row + 1}")


def _lose_a_row(book: Workbook) -> None:
    book.defined_names["BC14"].value = f"'{FIGURES}'!#REF!"


def _rename(book: Workbook) -> None:
    """As Excel does it: the names of the cells follow."""
    book[FIGURES].title = "Sheet1"
    for name in book.defined_names.values():
        name.value = (name.value or "").replace(f"'{FIGURES}'", "Sheet1")


def _hide(book: Workbook) -> None:
    book[FIGURES].sheet_state = "hidden"


def _rename_the_key(book: Workbook) -> None:
    book[KEY].title = "Sheet9"


def _drop_the_key(book: Workbook) -> None:
    del book[KEY]


def _forge(row: int, value: object) -> Callable[[bytes], bytes]:
    def change(book: Workbook) -> None:
        book[KEY].cell(row, 2).value = value  # type: ignore[assignment] # whatever a forger types

    return changed(change)


def _document_type(parts: dict[str, bytes]) -> None:
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"<workbook", b"<!DOCTYPE a [<!ENTITY b 'c'>]><workbook", 1
    )


def _entity_bomb(parts: dict[str, bytes]) -> None:
    entities = "".join(f'<!ENTITY e{depth} "{f"&e{depth - 1};" * 10}">' for depth in range(1, 10))
    parts["xl/sharedStrings.xml"] = (
        f'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY e0 "ha">{entities}]><sst><si><t>&e9;</t></si></sst>'.encode()
    )


def _as_ods(_content: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office:document-content/>")
    return out.getvalue()


def _drop_the_figures(book: Workbook) -> None:
    del book[FIGURES]


def _lying_size(content: bytes) -> bytes:
    spoilt = bytearray(added("xl/media/big.xml", b" " * 10_000_000)(content))
    at = spoilt.index(b"PK\x01\x02")
    while not spoilt[at + 46 :].startswith(b"xl/media/big.xml"):
        at = spoilt.index(b"PK\x01\x02", at + 4)
    struct.pack_into("<I", spoilt, at + 24, 10)
    return bytes(spoilt)


def _somebody_elses(_content: bytes) -> bytes:
    out = BytesIO()
    Workbook().save(out)
    return out.getvalue()


SPOILT: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda _content: b"", "tệp rỗng"),
    "no workbook": (lambda _content: b"\x00\x01\x02" * 200, "xlsx"),
    "csv": (lambda _content: "Mã;Số\nBC14;12\n".encode(), "văn bản hoặc .csv"),
    "pdf": (lambda _content: b"%PDF-1.7 ...", "PDF"),
    "old .xls": (lambda _content: OLE + "Workbook".encode("utf-16-le"), ".xls"),
    "behind a password": (lambda _content: OLE + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
    "truncated": (lambda content: content[:-300], "chưa trọn"),
    "first kilobyte": (lambda content: content[:1024], "chưa trọn"),
    "zip bomb": (added("xl/media/zeros.xml", bytes(40_000_000)), "quá lớn"),
    "a size that lies": (_lying_size, "lớn|chưa trọn|bất thường"),
    "macro": (added("xl/vbaProject.bin", OLE), "macro"),
    "external link": (added("xl/externalLinks/externalLink1.xml", b"<a/>"), "liên kết"),
    "embedded file": (added("xl/embeddings/oleObject1.bin", OLE), "nhúng"),
    "DOCTYPE": (with_parts(_document_type), "bất thường"),
    "entity bomb": (with_parts(_entity_bomb), "bất thường"),
    ".ods": (_as_ods, "OpenDocument"),
    "figures deleted": (changed(_drop_the_figures), "thiếu|xóa|không còn|không có"),
    "yes instead of a number": (typed("BC14", True), "không phải là số"),
    "day instead of a number": (typed("BC14", date(2009, 12, 22)), "ngày|không phải là số"),
    "#REF!": (typed("BC14", "#REF!"), "đang báo lỗi #REF!"),
    "a path outside": (added("../../x", b"a"), "bất thường"),
    "somebody else's workbook": (_somebody_elses, "không phải biểu mẫu"),
    "key sheet deleted": (changed(_drop_the_key), "không phải biểu mẫu"),
    "key sheet renamed": (changed(_rename_the_key), "không phải biểu mẫu"),
    "another form in the key": (_forge(2, "commune_quarter_2026"), "đã bị sửa"),
    "another version in the key": (_forge(3, "9"), "đã bị sửa"),
    "another unit in the key": (_forge(4, "999"), "đã bị sửa"),
    "another period in the key": (_forge(5, "stat:2009-Q3"), "đã bị sửa"),
    "text in a number": (typed("BC14", "khoảng hai mươi"), "không phải là số"),
    "unit of measure": (typed("BC14", "12 cái"), "không gõ chữ hay đơn vị tính"),
    "1,234.5": (typed("BC02__vnpost", "1,234.5"), "1.234,5"),
    "negative": (typed("BC14", -5), "số âm"),
    "fraction of a whole": (typed("BC14", 2.5), "phải là số nguyên"),
    "formula": (typed("BC14", "=1+1"), "dán giá trị"),
    "merged cells": (changed(_merge), "gộp"),
    "deleted row": (changed(_lose_a_row), "đã bị xóa"),
    "required cell blank": (typed("BC14", None), "chưa|bắt buộc|thiếu"),
    "number and reason": (typed("REASON__BC14", "Chưa thu thập được"), "Hãy xóa một trong hai"),
}


@pytest.fixture(scope="module")
def workbook(here: Reporting, empty: dict[str, bytes], fill: Fill, sound: dict[str, object]) -> bytes:
    """District D1's form, filled without a fault."""
    return fill(empty["D1"], sound)


def everything() -> dict[str, str]:
    """A digest of the rows of every table."""
    tables = [name for name in connection.introspection.table_names() if not name.startswith("django_session")]
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            query = f'SELECT md5(string_agg(kept::text, E"\\n" ORDER BY kept::text)) FROM "{table}" kept'  # noqa: S608 (names of our own tables)
            cursor.execute(query.replace('E"\\n"', r"E'\n'"))
            found[table] = str(cursor.fetchone()[0])
    return found


@pytest.mark.parametrize("kind", SPOILT)
def test_a_spoilt_workbook_is_refused_and_changes_nothing(kind: str, workbook: bytes, submit: Submit) -> None:
    spoil, said = SPOILT[kind]
    before = everything()

    result = submit(spoil(workbook), OFFICER)

    text = unicodedata.normalize("NFC", "\n".join([result["message"], *result["findings"]]))
    assert not result["ok"], text
    assert re.search(said, text), text
    assert LETTERS_OF_VIETNAMESE.search(text)
    assert "Traceback" not in text
    assert everything() == before


def test_another_districts_form_is_refused(
    empty: dict[str, bytes], submit: Submit, fill: Fill, sound: dict[str, object]
) -> None:
    before = everything()

    result = submit(fill(empty["D2"], sound), OFFICER)

    assert not result["ok"]
    assert LETTERS_OF_VIETNAMESE.search(result["message"])
    assert everything() == before


@pytest.mark.parametrize(
    "mend",
    [
        pytest.param(lambda content: content, id="as it was filled"),
        pytest.param(typed("BC02__vnpost", "1.234,5"), id="1.234,5"),
        pytest.param(changed(lambda book: book.defined_names.clear()), id="names dropped by the program"),
        pytest.param(changed(_hide), id="sheet of the figures hidden"),
        pytest.param(changed(_rename), id="sheet of the figures renamed"),
        pytest.param(typed("TEXT__direction", unicodedata.normalize("NFD", "Đã tổ chức họp")), id="decomposed letters"),
    ],
)
def test_what_is_only_odd_is_taken(mend: Callable[[bytes], bytes], workbook: bytes, submit: Submit) -> None:
    with transaction.atomic():
        result = submit(mend(workbook), OFFICER)
        transaction.set_rollback(True)

    assert result["ok"], result
    assert result["status"] == "sent"


def test_a_workbook_of_an_older_version_is_refused(workbook: bytes, submit: Submit) -> None:
    with transaction.atomic():
        FormVersion.objects.filter(form__code="district_quarter_2009").update(number=2)  # as if revised since
        before = everything()
        result = submit(workbook, OFFICER)
        after = everything()
        transaction.set_rollback(True)

    assert not result["ok"]
    assert "bản biểu mẫu cũ" in result["message"]
    assert after == before


def test_a_workbook_sent_again_is_a_correction_and_nothing_twice(workbook: bytes, submit: Submit) -> None:
    other = typed("BC14", 6300)(workbook)
    with transaction.atomic():
        results = [submit(content, OFFICER) for content in (workbook, workbook, other, workbook)]
        report = Report.objects.get()
        versions = [(one.number, one.values["BC14"]) for one in report.versions.order_by("number")]
        owed = Obligation.objects.filter(duty=report.schedule.duty_id, unit=report.unit_id, period=report.period)
        fulfilled = [at is not None for at in owed.values_list("fulfilled_at", flat=True)]
        transaction.set_rollback(True)

    assert [result["status"] for result in results] == ["sent"] * 4
    assert versions == [(1, "6200"), (2, "6200"), (3, "6300"), (4, "6200")]
    assert fulfilled == [True]
