import re
from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook

from diaban.lib.workbooks import CellKind, read_workbook
from diaban.work.reporting.cells import Kind, Lock, cells_of
from diaban.work.reporting.validation import Entry
from diaban.work.reporting.workbook import Comparison, Head, defined_name, make_workbook
from diaban.work.reporting.workbook.tests.filling_in import COMMUNE, a_workbook, cell_named
from diaban.work.reporting.workbook.tests.paper_forms import LAST_DAYS, head_of, layout_of

DISTRICT = "district_quarter_2009"


def test_every_typed_cell_of_both_forms_has_its_name() -> None:
    for form in (COMMUNE, DISTRICT):
        layout, on = layout_of(form), LAST_DAYS[form]

        book = read_workbook(make_workbook(head_of(form), layout, on))

        typed = [cell.name for cell in cells_of(layout, on) if cell.is_typed and cell.kind is not Kind.ROWS]
        assert len(typed) > 90
        assert not {defined_name(name) for name in typed} - set(book.names)


def test_no_name_is_one_that_excel_takes_for_a_cell() -> None:
    book = read_workbook(a_workbook())

    assert "_CN18" in book.names
    assert not [name for name in book.names if re.fullmatch(r"[A-Za-z]{1,3}[0-9]+", name)]


def test_programs_may_ask_for_plain_names() -> None:
    book = read_workbook(a_workbook(plain_names=True))

    assert "CN18" in book.names
    assert "_CN18" not in book.names


def test_only_cells_to_be_filled_are_unlocked_on_protected_sheets() -> None:
    book = load_workbook(BytesIO(a_workbook()))
    named = {
        (sheet, place.replace("$", ""))
        for name in book.defined_names.values()
        for sheet, place in name.destinations
        if ":" not in place
    }

    unlocked = {
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }

    assert unlocked == named
    assert all(sheet.protection.sheet for sheet in book.worksheets)


def test_last_period_stands_grey_beside_an_empty_cell() -> None:
    book = load_workbook(BytesIO(a_workbook()))
    now = cell_named(book, "CN18")
    before = now.offset(column=-1)

    assert now.value is None
    assert before.value == 12
    assert before.font.italic
    assert before.font.color is not None
    assert before.font.color.rgb == "FF7F7F7F"
    assert before.protection.locked


def test_totals_are_locked_sums_that_the_clerk_sees() -> None:
    layout, on = layout_of(COMMUNE), LAST_DAYS[COMMUNE]
    total = next(
        cell for cell in cells_of(layout, on) if cell.is_total and cell.lock is Lock.AUTO and cell.mode == "split"
    )

    book = load_workbook(BytesIO(a_workbook()))

    assert defined_name(total.name) not in book.defined_names
    above = cell_named(book, next(c.name for c in cells_of(layout, on) if c.indicator == total.indicator and c.member))
    assert str(above.offset(row=-1).value).startswith("=IF(COUNT(F")


def test_what_a_draft_holds_is_there() -> None:
    entry = Entry(
        values={"CN18": Decimal(40)},
        unread={"TT17": "khoảng 20"},
        reasons={"CN03": "not_collected"},
        texts={"TEXT__direction": "Đã họp", "TEXT__proposals": [{"addressee": "UBND tỉnh", "content": "Cấp máy"}]},
        estimated=frozenset({"CN18"}),
    )

    content = make_workbook(head_of(), layout_of(COMMUNE), LAST_DAYS[COMMUNE], entry)

    book = load_workbook(BytesIO(content))
    assert cell_named(book, "CN18").value == 40
    assert cell_named(book, "EST__CN18").value == "x"
    assert cell_named(book, "TEXT__direction").value == "Đã họp"
    assert cell_named(book, "TEXT__proposals__1__addressee").value == "UBND tỉnh"
    assert cell_named(book, "TEXT__proposals__2__addressee").value is None


def test_a_cell_that_others_supplied_is_shown_and_locked() -> None:
    layout, on = layout_of(COMMUNE), LAST_DAYS[COMMUNE]
    supplied = next(
        cell.name for cell in cells_of(layout, on) if cell.lock is Lock.SUPPLIED and cell.kind is Kind.NUMBER
    )
    entry = Entry(values={supplied: Decimal(77)})

    book = read_workbook(make_workbook(head_of(), layout, on, entry, Comparison(supplied={supplied})))

    assert defined_name(supplied) not in book.names
    assert any(value.number == 77 for value in book.filled["Biểu số liệu"].values())


def test_it_prints_on_a4_with_its_head_repeated() -> None:
    book = load_workbook(BytesIO(a_workbook()))
    sheet = book["Biểu số liệu"]

    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$11:$12"
    assert book["_diaban"].sheet_state == "veryHidden"


def test_text_that_looks_like_a_formula_stays_text() -> None:
    head = head_of()
    spiteful = Head(**{name: getattr(head, name) for name in head.__slots__ if name != "reporter"}, reporter="=1+1")
    entry = Entry(texts={"TEXT__direction": '=HYPERLINK("http://example.org")'})

    book = read_workbook(make_workbook(spiteful, layout_of(COMMUNE), LAST_DAYS[COMMUNE], entry))

    assert book.cell(book.names["TEXT__direction"]).kind is CellKind.TEXT
    assert book.filled["Biểu số liệu"][1, 1].kind is CellKind.TEXT
