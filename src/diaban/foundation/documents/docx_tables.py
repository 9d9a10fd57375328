"""Tables in Word: the box tables of a page without borders, and tables of figures whose heads repeat."""

from collections.abc import Sequence
from copy import deepcopy

from docx.document import Document as Word
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell, _Row

from diaban.foundation.documents import docx_marks as marks
from diaban.foundation.documents.columns import column_widths
from diaban.foundation.documents.content import SignOff, Table
from diaban.foundation.documents.docx_styles import NAMES, TABLE_STYLE
from diaban.foundation.documents.layout import Family, table_size

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


def box_table(word: Word, widths: Sequence[float], *, rows: int) -> WordTable:
    """A table without borders or inner margins; its rows stay whole. Widths are millimetres."""
    table: WordTable = word.add_table(rows, len(widths))
    _set_widths(table, widths)
    _inner_margin(table, 0)
    for row in table.rows:
        _keep_whole(row)
    return table


def add_table(word: Word, table: Table, family: Family, *, landscape: bool) -> None:
    """Caption, unit, heads on every page, rows, notes and places to sign."""
    size, heads = table_size(len(table.columns)), _head_count(table)
    if table.caption:
        marks.write(word.add_paragraph(style=NAMES["table_caption"]), table.caption)
    if table.unit:
        marks.write(word.add_paragraph(style=NAMES["table_unit"]), f"Đơn vị tính: {table.unit}")
    grid = word.add_table(heads, len(table.columns), style="Table Grid")
    room = family.text_width(landscape=landscape)
    _set_widths(grid, column_widths(table, room, size))
    _inner_margin(grid, 1, 0.5)
    _write_heads(table, grid, [list(row.cells) for row in grid.rows], size)
    for head in grid.rows:
        _keep_whole(head)
    _write_rows(table, grid, size)
    if table.stays_together:
        _keep_with_next([cell for row in list(grid.rows)[:-1] for cell in row.cells])
    if table.sign_off:
        _keep_with_next([cell for row in list(grid.rows)[-2:] for cell in row.cells])
    _below(word, table, family, size, room)


def _write_rows(table: Table, grid: WordTable, size: float) -> None:
    """A row of each look is made once and copied with other words: making every cell anew takes twenty times as long."""
    looks = {is_bold: _look(table, grid, size, bold=is_bold) for is_bold in {row.bold for row in table.rows}}
    for row in table.rows:
        line = deepcopy(looks[row.bold])
        for run, text in zip(line.iter(qn("w:r")), row.cells, strict=True):
            run.text = text
        grid._tbl.append(line)


def _look(table: Table, grid: WordTable, size: float, *, bold: bool) -> CT_Row:
    """A row of the table with one run in each cell, not yet standing in it."""
    row: _Row = grid.add_row()  # type: ignore[no-untyped-call] # python-docx has no types here
    for cell, column in zip(row.cells, table.columns, strict=True):
        _fill(cell, "", _ALIGN[column.alignment], size, bold=bold)
    _keep_whole(row)
    if bold:  # a row that heads others does not end a page
        _keep_with_next(list(row.cells))
    line: CT_Row = row._tr
    grid._tbl.remove(line)
    return line


def _head_count(table: Table) -> int:
    return 1 + bool(table.head_groups) + bool(table.number_row)


def _write_heads(table: Table, grid: WordTable, lines: list[list[_Cell]], size: float) -> None:
    grouped = {at for group in table.head_groups for at in range(group.first, group.last + 1)}
    last = 1 if table.head_groups else 0
    for at, column in enumerate(table.columns):
        top = lines[last][at] if at in grouped or not last else lines[0][at].merge(lines[1][at])
        _fill(top, column.title, WD_ALIGN_PARAGRAPH.CENTER, size, bold=True)
    for group in table.head_groups:
        merged = lines[0][group.first].merge(lines[0][group.last])
        _fill(merged, group.title, WD_ALIGN_PARAGRAPH.CENTER, size, bold=True)
    for text, cell in zip(table.number_row or (), lines[-1], strict=False):
        _fill(cell, text, WD_ALIGN_PARAGRAPH.CENTER, size, italic=True)
    for row in list(grid.rows)[: _head_count(table)]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _below(word: Word, table: Table, family: Family, size: float, room: float) -> None:
    for note in table.notes:
        line = marks.write(word.add_paragraph(style=NAMES["table"]), note)
        line.runs[0].italic, line.runs[0].font.size = True, Pt(size)
        line.paragraph_format.keep_with_next = bool(table.sign_off)
    gap = word.add_paragraph()
    marks.space(gap, 2)
    gap.paragraph_format.keep_with_next = bool(table.sign_off)
    if table.sign_off:
        _sign_off(word, table.sign_off, family, size, room)


def _sign_off(word: Word, places: tuple[SignOff, ...], family: Family, size: float, room: float) -> None:
    boxes = box_table(word, [room / len(places)] * len(places), rows=1)
    for place, cell in zip(places, boxes.rows[0].cells, strict=True):
        _fill(cell, place.title, WD_ALIGN_PARAGRAPH.CENTER, size, bold=True)
        for text, look, before in ((place.hint, "i", 0.0), (place.name, "b", family.signature_gap)):
            line = marks.write(cell.add_paragraph(style=NAMES["table"]), text)
            line.alignment, line.paragraph_format.space_before = WD_ALIGN_PARAGRAPH.CENTER, Mm(before)
            for run in line.runs:
                run.bold, run.italic, run.font.size = look == "b", look == "i", Pt(size)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP


def _fill(
    cell: _Cell, text: str, align: WD_ALIGN_PARAGRAPH, size: float, *, bold: bool = False, italic: bool = False
) -> None:
    line = cell.paragraphs[0]
    # By its id: python-docx searches all styles for a name, a second for a table of 60 lines.
    line._p.style = TABLE_STYLE
    line.alignment = align
    for run in marks.write(line, text).runs:
        run.font.size, run.bold, run.italic = Pt(size), bold or None, italic or None
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _keep_whole(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _keep_with_next(cells: list[_Cell]) -> None:
    for cell in cells:
        for line in cell.paragraphs:
            line.paragraph_format.keep_with_next = True


def _set_widths(table: WordTable, widths: Sequence[float]) -> None:
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def _inner_margin(table: WordTable, across: float, down: float = 0) -> None:
    """White inside each cell, in millimetres; Word's own default is 1.9 across, too much for eleven columns."""
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", down), ("left", across), ("bottom", down), ("right", across)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(Mm(width).twips))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.append(margins)
