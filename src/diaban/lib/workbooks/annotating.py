"""A workbook given back with what is wrong written at its cells.

Loads openpyxl only when asked: nothing else keeps a workbook's formats, names, lists and protection while comments are
added. What was computed has to be computed again by whoever opens the copy.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, cast

from diaban.lib.workbooks.cells import CellRef
from diaban.lib.workbooks.limits import Limits
from diaban.lib.workbooks.reading import read_workbook
from diaban.lib.workbooks.refusals import DamagedWorkbook
from diaban.lib.workbooks.strings import plain_text

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

RED = "FFFFC7CE"
AUTHOR = "Địa Bàn"
_WIDTH, _LINE, _LETTERS = 280, 18, 36  # pixels of a comment, of a line in it, letters on a line


def annotate(content: bytes, comments: Mapping[CellRef, str], *, limits: Limits | None = None) -> bytes:
    """The same workbook with a red fill and a comment at each given cell; a comment that was there is replaced.

    Raises `WorkbookRefused` as reading does, KeyError for a sheet that is not there.
    """
    read_workbook(content, limits=limits)
    from openpyxl import load_workbook  # slow to load, and only few uploads need it
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    try:
        book = load_workbook(BytesIO(content))
    except (LookupError, TypeError, ValueError, AttributeError) as problem:  # what it raises for odd parts
        raise DamagedWorkbook from problem
    fill = PatternFill("solid", start_color=RED, end_color=RED)
    sheets = {plain_text(sheet.title): sheet for sheet in book.worksheets}
    for ref, text in comments.items():
        cell = _visible_cell(sheets[ref.sheet], ref)
        cell.fill = fill
        cell.comment = Comment(text, AUTHOR, height=_height(text), width=_WIDTH)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _visible_cell(sheet: "Worksheet", ref: CellRef) -> "Cell":
    """The cell itself or, in a merged block, the block's first, the only one that shows anything."""
    for block in sheet.merged_cells.ranges:
        if block.min_row <= ref.row <= block.max_row and block.min_col <= ref.column <= block.max_col:
            return cast("Cell", sheet.cell(block.min_row, block.min_col))
    return cast("Cell", sheet.cell(ref.row, ref.column))


def _height(text: str) -> int:
    lines = sum(1 + len(line) // _LETTERS for line in text.splitlines())
    return _LINE * (lines + 1)
