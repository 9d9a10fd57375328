"""A wide table as a sheet of a workbook: real numbers, heads and first columns that stay, ready to print lying on A3 or A4."""

import io
from collections.abc import Iterable
from functools import cached_property
from typing import Any, Final

import xlsxwriter

from diaban.foundation.documents.wide import MARGIN, MOST_STRETCH, Figure, Look, WideTable
from diaban.lib.workbooks.writing import FONT, fitting

_PAPERS: Final = {"A3": 8, "A4": 9}
_MILLIMETRES: Final = 2.05  # across a character of this type at 11 points, with its share of the padding
_INCH: Final = 25.4
_CERTAIN: Final = 0.95  # of a page: programs differ in how wide they draw a column
_FILLS: Final[dict[Look, str]] = {"plain": "", "subtotal": "#EEF2F7", "total": "#DFE7F1"}
_HEAD_FILL: Final = "#E7EEF7"
_LINE: Final = 15.0  # points of a row
_OPTIONS: Final[dict[str, Any]] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_format_properties": {
        "font_name": FONT,
        "font_size": 11,
        "font_scheme": "none",
    },  # widths are counted in its characters
}


def wide_xlsx(tables: Iterable[tuple[str, WideTable]]) -> bytes:
    """A workbook with a sheet for each name and table."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, _OPTIONS) as book:
        for name, table in tables:
            _Sheet(book, name, table).write()
    return stream.getvalue()


class _Sheet:
    """One table being written, from top to bottom."""

    def __init__(self, book: Any, name: str, table: WideTable) -> None:
        self.book, self.table = book, table
        self.sheet = book.add_worksheet(name)
        self.formats: dict[tuple[tuple[str, object], ...], Any] = {}
        self.row = 0

    def write(self) -> None:
        self._set_up()
        self._top()
        self._heads()
        for row in self.table.rows:
            for place, (cell, column) in enumerate(zip(row.cells, self.table.columns, strict=True)):
                self._cell(place, cell, column.align, row.look)
            wrapped = (one for one in zip(row.cells, self.table.columns, strict=True) if one[1].align != "right")
            lines = max(self._lines(cell.text, column.width) for cell, column in wrapped)
            if lines > 1:  # programs differ in whether they make room for wrapped words
                self.sheet.set_row(self.row, _LINE * lines)
            self.row += 1
        self._foot()

    @cached_property
    def stretch(self) -> float:
        """How much wider columns may be, the same for all, until one page across is full."""
        room = self.table.room * _CERTAIN
        return min(MOST_STRETCH, *(room / portion.natural for portion in self.table.portions))

    def format(self, **properties: object) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"font_name": FONT, "font_size": 11, **properties})
        return self.formats[key]

    def text(self, column: int, text: str, **look: object) -> None:
        self.sheet.write_string(self.row, column, fitting(text), self.format(**look))

    def _set_up(self) -> None:
        table, sheet = self.table, self.sheet
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, column.width * self.stretch / _MILLIMETRES)
        sheet.set_paper(_PAPERS[table.size])
        sheet.set_landscape()
        side = MARGIN / _INCH
        sheet.set_margins(left=side, right=side, top=side, bottom=side)
        sheet.set_footer(f'&C&"{FONT}"&10Trang &P/&N')
        sheet.repeat_columns(0, table.frozen - 1)
        pages = table.across
        if len(pages) == 1:
            sheet.fit_to_pages(1, 0)
        else:
            sheet.set_v_pagebreaks([page[0] for page in pages[1:]])

    def _top(self) -> None:
        table, right = self.table, self._box_column
        beside = [f"Biểu số: {table.number}"] if table.number else []
        for at, line in enumerate([*beside, *table.box]):
            self.sheet.write_string(at, right, fitting(line), self.format(bold=at == 0 and bool(beside)))
        self.text(0, table.superior.upper())
        self.row = 1 if table.superior else 0
        self.text(0, table.agency.upper(), bold=True)
        self.row = max(self.row + 1, len(beside) + len(table.box)) + 1
        self.text(0, table.title.upper(), bold=True, font_size=14)
        for line in table.subtitles:
            self.row += 1
            self.text(0, line)
        for line in table.notices:
            self.row += 1
            self.text(0, f"({line})", italic=True, font_color="#B00020")
        if table.unit:
            self.row += 1
            self.text(0, f"Đơn vị tính: {table.unit}", italic=True)
        self.row += 2

    @property
    def _box_column(self) -> int:
        """The column from which the box stands at the right of the first page."""
        room = max((len(line) for line in self.table.box), default=0) * _MILLIMETRES / self.stretch
        for place in reversed(self.table.across[0]):
            room -= self.table.columns[place].width
            if room <= 0:
                return place
        return self.table.across[0][0]

    def _heads(self) -> None:
        whole = self.table.only(range(len(self.table.columns)))
        top = self.row
        look = {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1}
        style = self.format(bg_color=_HEAD_FILL, **look)
        for head in whole.heads:
            first, last = top + head.level, top + head.level + head.levels - 1
            if (head.levels, head.columns) == (1, 1):
                self.sheet.write_string(first, head.column, head.text, style)
            else:
                self.sheet.merge_range(first, head.column, last, head.column + head.columns - 1, head.text, style)
        for level in range(whole.levels):
            self.sheet.set_row(top + level, self._height(level))
        self.row = top + whole.levels
        for place, words in enumerate(self.table.numbers):
            self.sheet.write_string(self.row, place, words, self.format(italic=True, align="center", border=1))
        self.row += bool(self.table.numbers)
        self.sheet.repeat_rows(top, self.row - 1)
        self.sheet.freeze_panes(self.row, self.table.frozen)

    def _height(self, level: int) -> float:
        """Points of a line of heads, by the lines its narrowest ones take."""
        whole = self.table.only(range(len(self.table.columns)))
        most = 1
        for head in whole.heads:
            if head.level + head.levels - 1 != level:
                continue
            width = sum(column.width for column in self.table.columns[head.column : head.column + head.columns])
            most = max(most, -(-self._lines(head.text, width) // head.levels))
        return _LINE * most + 4

    def _lines(self, text: str, width: float) -> int:
        """About how many lines a text takes in so many millimetres."""
        room = max(width * self.stretch / _MILLIMETRES - 1, 1)
        return sum(int(len(part) / room) + 1 for part in text.split("\n"))

    def _cell(self, place: int, cell: Figure, align: str, look: Look) -> None:
        style: dict[str, object] = {"border": 1, "align": align, "valign": "vcenter", "text_wrap": align != "right"}
        if _FILLS[look]:
            style |= {"bold": True, "bg_color": _FILLS[look]}
        if cell.value is None:
            self.sheet.write_string(self.row, place, fitting(cell.text), self.format(**style))
            return
        fraction = "." + "0" * cell.digits if cell.digits else ""
        before = '"ước "' if cell.is_estimated else ""
        number_format = cell.pattern or f"{before}#,##0{fraction};{before}-#,##0{fraction};-"
        self.sheet.write_number(self.row, place, cell.value, self.format(num_format=number_format, **style))

    def _note(self, note: str) -> None:
        """Over the columns of the last page across, where the signatures stand: what reaches further would be cut there."""
        first, last = self.table.across[-1][0], self.table.across[-1][-1]
        if len(self.table.across) == 1:
            first = 0
        room = sum(column.width for column in self.table.columns[first : last + 1]) * self.stretch / _MILLIMETRES
        look = self.format(italic=True, text_wrap=True, valign="top")
        if first == last:
            self.sheet.write_string(self.row, first, fitting(note), look)
        else:
            self.sheet.merge_range(self.row, first, self.row, last, fitting(note), look)
        self.sheet.set_row(self.row, _LINE * (int(len(note) / room) + 1))
        self.row += 1

    def _foot(self) -> None:
        table = self.table
        for note in table.notes:
            self._note(note)
        if table.sign_off:
            self._signatures()
        self.sheet.print_area(0, 0, self.row, len(table.columns) - 1)

    def _signatures(self) -> None:
        table = self.table
        columns = table.across[-1]
        across = [round((at + 0.5) * len(columns) / len(table.sign_off)) for at in range(1, len(table.sign_off))]
        places = [1, *(columns[min(at, len(columns) - 1)] for at in across)]
        self.row += 1
        self.text(places[-1], table.place_date, italic=True, align="center")
        self.row += 1
        for place, one in zip(places, table.sign_off, strict=True):
            self.text(place, one.title, bold=True, align="center")
        self.row += 1
        for place, one in zip(places, table.sign_off, strict=True):
            self.text(place, one.hint, italic=True, align="center")
        self.row += 5
