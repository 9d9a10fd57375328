"""Wide tables: heads over their columns, columns over pages, the same table in a workbook, in Word, as PDF and as a picture."""

import io
import itertools
from decimal import Decimal

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from diaban.foundation.documents.content import BadPaper, SignOff
from diaban.foundation.documents.wide import Figure, Head, WideColumn, WideRow, WideTable, spread
from diaban.foundation.documents.wide_docx import wide_docx
from diaban.foundation.documents.wide_pdf import wide_pdf, wide_png
from diaban.foundation.documents.wide_xlsx import wide_xlsx

COLUMNS = (
    WideColumn(("STT",), 10, "center"),
    WideColumn(("Đơn vị",), 40, "left"),
    WideColumn(("Viễn thông", "Trạm BTS", "Số liệu\n(trạm)"), 22, block="a"),
    WideColumn(("Viễn thông", "Trạm BTS", "Thứ hạng"), 12, block="a"),
    WideColumn(("Viễn thông", "Thôn trắng sóng\n(thôn)"), 22),
    WideColumn(("Bưu chính", "Điểm\n(điểm)"), 22),
)


SIGN_OFF = (SignOff("Người lập biểu"), SignOff("Thủ trưởng"))


def a_table(
    columns: tuple[WideColumn, ...] = COLUMNS,
    rows: int = 3,
    *,
    sign_off: tuple[SignOff, ...] = (),
    notes: tuple[str, ...] = (),
) -> WideTable:
    cells = (Figure("1", 1), Figure("Xã <Một> & hai"), Figure("ước 1.234,5", Decimal("1234.5"), 1, is_estimated=True))
    line = WideRow((*cells, *(Figure("…") for _column in columns[3:])))
    return WideTable(
        title="Biểu tổng hợp",
        columns=columns,
        rows=(line,) * rows,
        number="01/TTTT-X",
        sign_off=sign_off,
        notes=notes,
    )


def test_a_head_stands_once_over_all_its_columns_and_down_to_the_figures() -> None:
    table = a_table()

    heads = table.only(range(6)).heads

    assert Head("STT", 0, 0, 1, 3) in heads
    assert Head("Viễn thông", 2, 0, 3, 1) in heads
    assert Head("Trạm BTS", 2, 1, 2, 1) in heads
    assert Head("Thôn trắng sóng\n(thôn)", 4, 1, 1, 2) in heads
    assert sum(head.columns * head.levels for head in heads) == 6 * 3


def test_each_page_across_begins_with_the_frozen_columns() -> None:
    many = COLUMNS[:2] + tuple(WideColumn((f"Chỉ tiêu {at}",), 30) for at in range(25))

    table = a_table(many)

    assert len(table.portions) == 3
    assert all(portion.columns[:2] == many[:2] for portion in table.portions)
    assert [len(portion.columns) - 2 for portion in table.portions] == [9, 9, 7]


@given(st.lists(st.tuples(st.integers(5, 80), st.booleans()), min_size=1, max_size=60), st.integers(80, 400))
def test_spreading_loses_no_column_parts_no_block_and_fills_no_page_too_much(
    given_columns: list[tuple[int, bool]], room: int
) -> None:
    block, columns = 0, [WideColumn(("",), 10)]
    for width, goes_on in given_columns:
        block += not goes_on
        columns.append(WideColumn(("",), width / 4, block=str(block)))

    pages = spread(columns, 1, room)

    assert [place for page in pages for place in page] == list(range(1, len(columns)))
    assert all(columns[one[-1]].block != columns[two[0]].block for one, two in itertools.pairwise(pages))
    for page in pages:
        blocks = {columns[place].block for place in page}
        assert sum(columns[place].width for place in page) <= room + 1 or len(blocks) == 1


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(BadPaper):
        WideTable(title="", columns=COLUMNS, rows=(WideRow((Figure("1"),)),))


def test_a_workbook_holds_numbers_and_stays_where_it_should() -> None:
    content = wide_xlsx([("Theo đơn vị", a_table(notes=("Ghi chú",), sign_off=SIGN_OFF))])

    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Theo đơn vị").to_python()

    line = next(row for row in rows if row[1] == "Xã <Một> & hai")
    assert line[2] == 1234.5
    assert line[3] == "…"
    assert any("Biểu số: 01/TTTT-X" in row for row in rows)


def test_word_repeats_the_heads_and_keeps_what_was_typed() -> None:
    content = wide_docx(a_table(sign_off=SIGN_OFF))

    word = Document(io.BytesIO(content))

    grid = next(table for table in word.tables if len(table.columns) == 6)
    assert len(grid._tbl.xpath(".//w:tblHeader")) == 3
    assert grid.cell(3, 1).text == "Xã <Một> & hai"
    page = word.sections[0]
    assert page.page_width is not None
    assert page.page_height is not None
    assert page.page_width > page.page_height
    assert content == wide_docx(a_table(sign_off=SIGN_OFF))


def test_paper_and_picture_are_drawn() -> None:
    table = a_table(rows=90, sign_off=SIGN_OFF)

    assert wide_pdf(table).startswith(b"%PDF")
    assert wide_png(a_table()).startswith(b"\x89PNG")
