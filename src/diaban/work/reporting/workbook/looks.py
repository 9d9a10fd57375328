"""How the workbook looks: columns, formats, what an input cell accepts and says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import CellBlankTuple, CellStringTuple, Worksheet

from diaban.work.reporting.validation import REASONS

FONT = "Times New Roman"
INPUT, LOCKED, SECTION, GREY = "#FFF8DC", "#F2F2F2", "#DCE6F1", "#7F7F7F"
# What the formats of plain, of bordered and of open cells begin with.
PLAIN = {"font_name": FONT, "font_size": 11, "valign": "vcenter"}
BORDERED = {**PLAIN, "border": 1, "border_color": "#8C8C8C"}
OPEN = {**BORDERED, "bg_color": INPUT, "locked": False}
BASES: dict[str, dict[str, object]] = {"plain": PLAIN, "bordered": BORDERED, "open": OPEN}
# What a validation of Excel may say at most.
MOST_TITLE, MOST_MESSAGE = 32, 255


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its letter, width in characters, heading and the mark in the row below (forms are cited by it)."""

    letter: str
    width: float
    heading: str
    mark: str


COLUMNS = (
    Column("A", 5, "STT", "A"),
    Column("B", 42, "Chỉ tiêu", "B"),
    Column("C", 10, "Đơn vị tính", "C"),
    Column("D", 10, "Kế hoạch năm", "1"),
    Column("E", 11, "Thực hiện kỳ trước", "2"),
    Column("F", 13, "Thực hiện kỳ báo cáo", "3"),
    Column("G", 6, "Ước tính (x)", ""),
    Column("H", 11, "Lũy kế từ đầu năm", "4"),
    Column("I", 11, "Cùng kỳ năm trước", "5"),
    Column("J", 9, "So kế hoạch (%)", "6=4/1"),
    Column("K", 9, "So cùng kỳ (%)", "7=3/5"),
    Column("L", 18, "Lý do chưa có số liệu", ""),
    Column("M", 24, "Ghi chú", "8"),
)
NUMBER, LABEL, UNIT, PLAN, BEFORE, NOW, ESTIMATE, SO_FAR, YEAR_AGO, OF_PLAN, OF_YEAR_AGO, REASON, REMARK = range(13)
HOW_TO = (
    "Chỉ nhập vào ô nền vàng. Không phát sinh ghi 0 hoặc “-”; có phát sinh nhưng chưa thu thập được ghi “…”; không áp dụng ghi "
    "“x”. Số giữ nguyên như kỳ trước (chữ nghiêng màu xám) ghi “nt”. Ô nền xám do hệ thống tính hoặc nơi khác cung cấp."
)


def number_format(digits: int) -> str:
    """Thousands and decimals as the machine's own language writes them."""
    return f"#,##0.{'0' * digits}" if digits else "#,##0"


class PlainBook(Workbook):  # type: ignore[misc]  # xlsxwriter brings no types
    """A workbook of hundreds of names, which are written once: nobody reads them among the properties of the document too."""

    def _extract_named_ranges(self, defined_names: object) -> list[str]:
        return []

    def _write_defined_name(self, defined_name: list[Any]) -> None:
        name, sheet_id, place, is_hidden = defined_name
        if sheet_id == -1 and not is_hidden:  # of a cell: letters, digits and underscores
            self.fh.write(f'<definedName name="{name}">{self._escape_data(place)}</definedName>')
        else:
            super()._write_defined_name(defined_name)


class PlainSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter brings no types
    """A sheet of the form, written by the shortest way: thousands of cells, each with a format, most of them blank or a text.

    Its formulas use none of Excel's newer functions: looking for them takes a third of the time.
    """

    def text(self, row: int, column: int, text: str, style: Any) -> None:
        """A text, or a blank cell in the same style."""
        if text:
            self._write_string(row, column, text, style)
        elif not self._check_dimensions(row, column):
            self.table[row][column] = CellBlankTuple(style)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")

    def _calculate_spans(self) -> None:
        """Excel finds the first and last cell of a row by itself."""
        self.row_spans: dict[int, str] = {}

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        kind = type(cell)
        if kind is CellBlankTuple:
            self.fh.write(f'<c r="{chr(65 + col)}{row + 1}" s="{cell.format._get_xf_index()}"/>')
        elif kind is CellStringTuple and cell.format is not None:
            index = cell.format._get_xf_index()
            self.fh.write(f'<c r="{chr(65 + col)}{row + 1}" s="{index}" t="s"><v>{cell.string}</v></c>')
        else:
            super()._write_cell(row, col, cell)


@dataclass(slots=True)
class Looks:
    """The formats of one workbook, each made once."""

    workbook: Any
    _made: dict[tuple[object, ...], Any] = field(default_factory=dict)

    def of(self, **properties: object) -> Any:
        """A format in the paper's font; keyword arguments are xlsxwriter's properties."""
        return self._format("plain", properties)

    def cell(self, **properties: object) -> Any:
        """A bordered cell of the table; locked unless told otherwise."""
        return self._format("bordered", properties)

    def input(self, **properties: object) -> Any:
        return self._format("open", properties)

    def _format(self, base: str, properties: dict[str, object]) -> Any:
        at = (base, *properties.items())
        made = self._made.get(at)
        if made is None:
            made = self._made[at] = self.workbook.add_format({**BASES[base], **properties})
        return made


def ranges(column: str, rows: Iterable[int]) -> str:
    """Rows of a column, from 1, as Excel lists them: `F12:F14 F16`."""
    runs: list[list[int]] = []
    for row in sorted(rows):
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return " ".join(f"{column}{first}:{column}{last}" if last > first else f"{column}{first}" for first, last in runs)


def accept_numbers(sheet: Any, rows: Sequence[int], *, whole: bool) -> None:
    """A number from 0 up, or a sign. Only warns: a number typed as text is read too."""
    at = f"F{min(rows)}"
    number = f"AND(ISNUMBER({at}),{at}>=0{f',{at}=INT({at})' if whole else ''})"
    signs = ",".join(f'{at}="{sign}"' for sign in ("-", "…", "...", "x", "X", "nt"))
    _accept(
        sheet,
        "F",
        rows,
        {"validate": "custom", "value": f"=OR({number},{signs})"},
        "Số chưa đúng",
        f"Ô này nhận {'số nguyên' if whole else 'số'} không âm, hoặc một trong các dấu: “-” không phát sinh, “…” chưa thu thập "
        "được, “x” không áp dụng, “nt” như kỳ trước.",
    )


def accept_ticks(sheet: Any, column: str, rows: Sequence[int]) -> None:
    _accept(
        sheet, column, rows, {"validate": "list", "source": ["x"]}, "Chỉ ghi x", "Ghi x để chọn, xóa trống để bỏ chọn."
    )


def accept_reasons(sheet: Any, rows: Sequence[int]) -> None:
    message = "Chọn một lý do trong danh sách; giải thích thêm thì ghi ở cột Ghi chú."
    _accept(sheet, "L", rows, {"validate": "list", "source": list(REASONS.values())}, "Chọn lý do", message)


def _accept(sheet: Any, column: str, rows: Sequence[int], rule: dict[str, object], title: str, message: str) -> None:
    if not rows:
        return
    first = min(rows) - 1
    place = ord(column) - 65
    told = {"error_type": "warning", "error_title": title[:MOST_TITLE], "error_message": message[:MOST_MESSAGE]}
    sheet.data_validation(first, place, first, place, {**rule, **told, "multi_range": ranges(column, rows)})
