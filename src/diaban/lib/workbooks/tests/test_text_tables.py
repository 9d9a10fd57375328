"""Text tables are read whatever program saved them, and written so that opening them runs nothing."""

import csv
import unicodedata
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaban.lib.workbooks import Limits, UnreadableWorkbook, UnsafeWorkbook, csv_lines, read_csv, write_csv
from diaban.lib.workbooks.tests.making import a_workbook

ROWS = [["Mã", "Địa phương", "Số"], ["BC07", "Xã Tân Trịnh, Quang Bình", "1,5"], ["BC08", "Phường Hà Giang 1", "12"]]


def _saved(delimiter: str) -> str:
    file = StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(ROWS)
    return file.getvalue()


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_every_delimiter_and_unicode_encoding_is_told(delimiter: str, encoding: str) -> None:
    assert read_csv(_saved(delimiter).encode(encoding)) == ROWS


def test_the_delimiter_may_be_named_in_the_first_line() -> None:
    assert read_csv(b"sep=|\r\na;b|c\r\n") == [["a;b", "c"]]


def test_a_single_column_is_a_table_too() -> None:
    assert read_csv("Mã\nBC07\n".encode()) == [["Mã"], ["BC07"]]


def test_letters_are_composed_and_empty_rows_at_the_end_left_out() -> None:
    content = unicodedata.normalize("NFD", "Xã;Số\nTân Trịnh;1\n;\n\n").encode()

    assert read_csv(content) == [["Xã", "Số"], ["Tân Trịnh", "1"]]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("Xã;Số\nPhường;1".encode("cp1258", "replace"), "CSV UTF-8"),
        ("Xã Tân Trịnh".encode("utf-16")[:-1], "CSV UTF-8"),
        (a_workbook(), "không phải .csv"),
        (b"%PDF-1.7", "không phải .csv"),
        (b"a;b\n\x00;c", "không phải .csv"),
        (b'a;b\n"c;d\ne;f', "dòng 3"),
        (b'a;b\n"c"d;e', "dòng 2"),
    ],
)
def test_what_cannot_be_read_for_sure_is_refused_with_advice(content: bytes, word: str) -> None:
    with pytest.raises(UnreadableWorkbook) as refused:
        read_csv(content)

    assert word in str(refused.value)


@pytest.mark.parametrize("limits", [Limits(rows=2), Limits(columns=2), Limits(cells=5), Limits(content=10)])
def test_a_table_too_large_is_refused(limits: Limits) -> None:
    with pytest.raises(UnsafeWorkbook, match="quá lớn"):
        read_csv(_saved(";").encode(), limits=limits)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+84 912", "'+84 912"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("-", "-"),
        ("-1.234,5", "-1.234,5"),
        ("xã", "xã"),
        (Decimal("-1.50"), "-1.50"),
        (Decimal("1E+3"), "1000"),
        (-3, "-3"),
        (date(2026, 3, 14), "2026-03-14"),
        (None, ""),
    ],
)
def test_a_text_that_would_run_gets_an_apostrophe_and_values_stay(value: object, written: str) -> None:
    file = BytesIO()

    write_csv(file, ["a", "b"], [[value, "c"]])

    assert list(csv.reader(StringIO(file.getvalue().decode("utf-8-sig"), newline="")))[1] == [written, "c"]


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C"])), min_size=2, max_size=2), max_size=5
    )
)
def test_what_is_written_is_read_back(rows: list[list[str]]) -> None:
    content = b"".join(csv_lines(["Mã", "Tên"], [["a", "b"], *rows, ["c", "d"]]))

    read = [[text.removeprefix("'") for text in row] for row in read_csv(content)]

    assert read == [
        ["Mã", "Tên"],
        ["a", "b"],
        *([unicodedata.normalize("NFC", text).removeprefix("'") for text in row] for row in rows),
        ["c", "d"],
    ]


def test_rows_are_counted_and_of_one_length() -> None:
    assert write_csv(BytesIO(), ["a"], [["1"], ["2"]]) == 2
    with pytest.raises(ValueError, match="2 values for 1 columns"):
        write_csv(BytesIO(), ["a"], [["1", "2"]])
