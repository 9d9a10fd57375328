"""Tables as text (.csv): read whatever a spreadsheet program saves, written so that opening them runs nothing."""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from diaban.lib.workbooks.limits import MEBIBYTE, Limits
from diaban.lib.workbooks.package import OLE, ZIP
from diaban.lib.workbooks.refusals import OversizedWorkbook, UnreadableText

DELIMITERS = ";,\t"
_LOOKED_AT = 20  # rows from which the delimiter is told
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_HARMLESS = re.compile(r"-|[+-]?[0-9]+([.,][0-9]+)*")
_ENCODING = (
    "Tệp .csv không ghi theo bảng mã Unicode nên không đọc đúng được dấu tiếng Việt. Hãy mở bằng Excel, chọn Lưu thành "
    "(Save As), kiểu “CSV UTF-8 (*.csv)” hoặc “Excel Workbook (*.xlsx)”, rồi gửi lại."
)
_NOT_TEXT = (
    "Tệp này không phải .csv. Hãy mở bằng Excel, chọn Lưu thành (Save As), kiểu “CSV UTF-8 (*.csv)”, rồi gửi lại."
)


def read_csv(content: bytes, *, limits: Limits | None = None) -> list[list[str]]:
    """The rows of a text table in NFC, empty rows at the end left out. Raises `WorkbookRefused`.

    UTF-8 and UTF-16; the delimiter is told from the rows, or by Excel's first line `sep=;`.
    """
    limits = limits or Limits()
    if len(content) > limits.content:
        raise OversizedWorkbook(f"quá {limits.content // MEBIBYTE} MB")
    text = unicodedata.normalize("NFC", _decoded(content))
    named = re.match(r"sep=(.)\r?\n", text)
    delimiter = named[1] if named else _delimiter(text)
    rows: list[list[str]] = []
    cells = 0
    for row in _rows(text[named.end() :] if named else text, delimiter):
        cells += len(row)
        if len(rows) >= limits.rows or len(row) > limits.columns or cells > limits.cells:
            raise OversizedWorkbook(f"quá {limits.rows} dòng, {limits.columns} cột hoặc {limits.cells} ô")
        rows.append(row)
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _decoded(content: bytes) -> str:
    if content.startswith((ZIP, OLE, b"%PDF")):
        raise UnreadableText(_NOT_TEXT)
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding)
    head = content[:2000]
    if head[1::2].count(0) > len(head) // 4:  # Latin letters in UTF-16 without a mark
        return _strictly(content, "utf-16-le")
    return _strictly(content, "utf-8")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as problem:
        raise UnreadableText(_ENCODING) from problem
    if "\x00" in text:
        raise UnreadableText(_NOT_TEXT)
    return text


def _delimiter(text: str) -> str:
    """The one that cuts most rows into the same number of pieces, more than one."""
    head = "\n".join(text.split("\n", _LOOKED_AT)[:_LOOKED_AT])

    def regularity(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter) if row]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        return (widths.count(usual) if usual > 1 else 0, usual)

    try:
        return max(DELIMITERS, key=regularity)
    except csv.Error as problem:
        raise UnreadableText(_NOT_TEXT) from problem


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error as problem:
        raise UnreadableText(
            f"Không đọc được dòng {reader.line_num} của tệp .csv: thiếu hoặc thừa dấu ngoặc kép. "
            "Hãy lưu lại bằng Excel, kiểu “CSV UTF-8 (*.csv)”, rồi gửi lại."
        ) from problem


def write_csv(stream: BinaryIO, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a text table as `csv_lines` gives it; the number of rows."""
    count = -1
    for line in csv_lines(columns, rows):
        stream.write(line)
        count += 1
    return count


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The head and the rows of a text table (RFC 4180), UTF-8 with a mark so that Excel sees it.

    Numbers have a decimal point, days are ISO. A text that a spreadsheet would take for a formula gets an apostrophe first.
    Raises ValueError for a row of another length.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([_safe(title) for title in columns])
    yield codecs.BOM_UTF8 + buffer.getvalue().encode()
    for row in rows:
        if len(row) != len(columns):
            raise ValueError(f"{len(row)} values for {len(columns)} columns")
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([_safe(value) for value in row])
        yield buffer.getvalue().encode(errors="replace")


def _safe(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).replace("\x00", "")
    return f"'{text}" if text.startswith(_DANGEROUS) and not _HARMLESS.fullmatch(text) else text
