"""A grid of base figures or plans as a workbook: downloaded, filled at the desk, sent back."""

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from diaban.foundation.facts.entering import Grid, cell_name
from diaban.lib.vietnamese import format_number
from diaban.lib.workbooks import CellKind, CellValue, Column, WorkbookRefused, read_workbook

HEAD = "Mã"  # of the column of the units' official codes


class NotAGrid(ValueError):
    """The workbook is not one of these. The message is in Vietnamese."""


def title_of(grid: Grid) -> str:
    what = _("Kế hoạch năm %(year)s") if grid.is_plan else _("Thông tin nền năm %(year)s")
    return f"{what % {'year': grid.year}}: {grid.place.full_name}"


def columns_of(grid: Grid) -> list[Column]:
    heads = [Column(f"{one.code} {one.called} ({one.unit_name})", "decimal", one.digits, 16) for one in grid.indicators]
    return [Column(HEAD, width=10), Column(_("Đơn vị"), width=28), *heads]


def rows_of(grid: Grid) -> Iterator[list[str | Decimal | None]]:
    for row in grid.rows:
        yield [row.unit.code, row.unit.full_name, *(cell.value for cell in row.cells)]


def texts_of(content: bytes, grid: Grid) -> dict[str, str]:
    """What a workbook says of the grid, by cell, as people write it. Other units and indicators are left out.

    Raises `NotAGrid`.
    """
    units = {row.unit.code: row.unit for row in grid.rows}
    placed = placed_texts(content, units, {one.code for one in grid.indicators})
    return {cell_name(units[unit], code): text for (unit, code), text in placed.items()}


def placed_texts(content: bytes, units: Collection[str], codes: Collection[str]) -> dict[tuple[str, str], str]:
    """What a workbook says in the columns of `codes` for `units`, by (unit's code, code), as people write it.

    Units are known by their codes, columns by the word their heading begins with. Raises `NotAGrid` where there is no heading
    of them.
    """
    try:
        book = read_workbook(content)
    except WorkbookRefused as refused:
        raise NotAGrid(str(refused)) from refused
    rows = book.sheet_rows(book.sheets[0]) if book.sheets else []
    for place, row in enumerate(rows):
        known = {number: code for number, cell in enumerate(row) if (code := _first_word(cell.text)) in codes}
        unit = next((number for number, cell in enumerate(row) if cell.text.strip() == HEAD), None)
        if known and unit is not None:
            return _texts(rows[place + 1 :], units, unit, known)
    raise NotAGrid(_("Không thấy dòng tiêu đề có cột “Mã” và mã chỉ tiêu. Hãy tải biểu từ trang này rồi điền."))


def _texts(
    rows: Sequence[Sequence[CellValue]], units: Collection[str], unit_column: int, known: dict[int, str]
) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for row in rows:
        unit = row[unit_column].text.strip()
        if unit in units:
            found |= {(unit, code): _written(row[number]) for number, code in known.items()}
    return found


def _written(cell: CellValue) -> str:
    if cell.number is not None and cell.kind in (CellKind.NUMBER, CellKind.FORMULA):
        return format_number(cell.number)
    return cell.text.strip()


def _first_word(text: str) -> str:
    return text.strip().partition(" ")[0]
