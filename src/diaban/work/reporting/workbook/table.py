"""The sheet of figures: head, table, foot."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from diaban.lib.vietnamese import roman
from diaban.work.reporting.cells import ESTIMATED, NAME, NOTE, REASON, Cell, Figures, Kind, Lock, parts_on
from diaban.work.reporting.layout import Block, Layout, Line
from diaban.work.reporting.validation import REASONS, Entry
from diaban.work.reporting.workbook import looks as look
from diaban.work.reporting.workbook.given import Comparison, Head
from diaban.work.reporting.workbook.key import FIGURES
from diaban.work.reporting.workbook.looks import COLUMNS, GREY, LOCKED, SECTION, Looks

HEADING_ROW = 10  # counted from 0, as xlsxwriter does
SIGNS = {"not_collected": "…", "refused": "…", "not_applicable": "x", "not_yet": "x"}
LAST = len(COLUMNS) - 1


@dataclass(slots=True)
class Table:
    """Writes the sheet. `names` maps the cells to be filled to where they stand (`'Biểu số liệu'!$F$14`)."""

    sheet: Any
    looks: Looks
    layout: Layout
    on: date
    entry: Entry
    beside: Comparison
    figures: Figures
    plain_names: bool = False
    names: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)  # of cells, counted from 1
    whole: list[int] = field(default_factory=list)
    decimal: list[int] = field(default_factory=list)
    ticks: list[int] = field(default_factory=list)
    reasons: list[int] = field(default_factory=list)
    _styles: dict[tuple[object, ...], Any] = field(default_factory=dict)

    def write(self, head: Head, cells: Collection[Cell]) -> None:
        """Write everything."""
        shown = [cell for cell in cells if cell.indicator and not cell.name.startswith(NAME)]
        asked_names = {cell.name for cell in cells if cell.name.startswith(NAME) and cell.is_typed}
        self._head(head)
        row = self._place(shown)
        numbers: dict[int, int] = {}
        for block in self.layout.blocks:
            self._section(block)
        for cell in shown:
            if cell.is_total:
                numbers[cell.section] = numbers.get(cell.section, 0) + 1
            self._line(cell, str(numbers[cell.section]) if cell.is_total else "", asked_names)
        self._validate()
        self._foot(head, row)
        self._page(row)

    # --- where things stand

    def _place(self, cells: Sequence[Cell]) -> int:
        """Give every section and cell its row; the first free row after them."""
        row = HEADING_ROW + 3
        for block in self.layout.blocks:
            self.rows[f"section {block.number}"] = row
            row += 1
            for cell in cells:
                if cell.section == block.number:
                    self.rows[cell.name] = row
                    row += 1
        return row

    def _name(self, name: str, column: int, row: int) -> None:
        self.names[name] = f"'{FIGURES}'!${COLUMNS[column].letter}${row}"

    # --- head

    def _head(self, head: Head) -> None:
        sheet, looks = self.sheet, self.looks
        for place, column in enumerate(COLUMNS):
            sheet.set_column(place, place, column.width)
            heading = looks.cell(bold=True, text_wrap=True, align="center", bg_color=SECTION)
            sheet.text(HEADING_ROW, place, column.heading, heading)
            mark = looks.cell(italic=True, align="center", font_size=9)
            sheet.text(HEADING_ROW + 1, place, column.mark, mark)
        sheet.set_row(HEADING_ROW, 48)
        sheet.merge_range(0, 0, 1, look.PLAN, head.reporter.upper(), looks.of(bold=True, text_wrap=True, valign="top"))
        box = (
            f"Biểu số: {head.form_number}",
            f"Ban hành kèm theo: {head.basis or '…'}",
            f"Kỳ báo cáo: {head.period_label}",
            f"Đơn vị báo cáo: {head.reporter}",
            f"Đơn vị nhận báo cáo: {head.receiver}",
            "Ngày nhận: …",
        )
        for row, text in enumerate(box):
            edge = {"left": 1, "right": 1, "top": int(row == 0), "bottom": int(row == len(box) - 1)}
            style = looks.of(font_size=10, bold=row == 0, shrink=True, **edge)
            sheet.merge_range(row, look.OF_PLAN - 1, row, LAST, text, style)
        title = looks.of(bold=True, font_size=14, align="center", text_wrap=True)
        sheet.merge_range(6, 0, 6, LAST, head.title.upper(), title)
        sheet.set_row(6, 24)
        period = " ".join(
            part for part in (head.period_label, f"({head.span_label})" if head.span_label else "") if part
        )
        sheet.merge_range(7, 0, 7, LAST, period, looks.of(bold=True, align="center"))
        invented = "(Số liệu minh họa)" if head.is_illustrative else ""
        sheet.merge_range(8, 0, 8, LAST, invented, looks.of(italic=True, align="center"))
        sheet.merge_range(9, 0, 9, LAST, look.HOW_TO, looks.of(italic=True, font_size=10, text_wrap=True))
        sheet.set_row(9, 30)

    # --- lines

    def _section(self, block: Block) -> None:
        row = self.rows[f"section {block.number}"] - 1
        style = self.looks.cell(bold=True, bg_color=SECTION)
        for place in range(len(COLUMNS)):
            self.sheet.text(row, place, "", style)
        if block.number:
            self.sheet.text(
                row, look.NUMBER, roman(block.number), self.looks.cell(bold=True, bg_color=SECTION, align="center")
            )
        self.sheet.text(row, look.LABEL, block.title, style)

    def _line(self, cell: Cell, number: str, asked_names: Collection[str]) -> None:
        row, sheet, looks = self.rows[cell.name], self.sheet, self.looks
        at = row - 1
        plain, label, unit = self._styles.get(("line", cell.is_total)) or self._styles.setdefault(
            ("line", cell.is_total),
            (
                looks.cell(align="center", font_size=10),
                looks.cell(text_wrap=True, indent=0 if cell.is_total else 2),
                looks.cell(align="center", font_size=10, text_wrap=True),
            ),
        )
        sheet.text(at, look.NUMBER, number, plain)
        sheet.text(at, look.LABEL, self._label(cell), label)
        sheet.text(at, look.UNIT, "" if cell.kind is Kind.TICK else cell.unit_name, unit)
        is_open = cell.is_typed and cell.name not in self.beside.supplied
        self._beside(cell, at)
        if is_open:
            self._input(cell, row)
        else:
            self._locked(cell, row)
        self._remarks(cell, row, asked_names, is_open=is_open)

    def _label(self, cell: Cell) -> str:
        if cell.is_total:
            return self.layout.measures[cell.indicator].name
        return {"num": f"Tử số: {cell.label}", "den": f"Mẫu số: {cell.label}"}.get(cell.member, cell.label)

    def _beside(self, cell: Cell, at: int) -> None:
        """Figures of other periods, and comparisons that the sheet computes by itself."""
        grey, plain, so_far, share = self._styles.get(("beside", cell.digits)) or self._styles.setdefault(
            ("beside", cell.digits), self._beside_looks(look.number_format(cell.digits))
        )
        if cell.kind is Kind.TICK:
            self._tick_before(cell, at, grey)
        else:
            self._number(at, look.BEFORE, self.beside.previous.get(cell.name), grey)
            self._number(at, look.YEAR_AGO, self.beside.last_year.get(cell.name), plain)
        self._number(at, look.PLAN, self.beside.plan.get(cell.name), plain)
        compared = cell.kind is Kind.NUMBER and cell.lock is not Lock.BASE and not cell.not_asked
        formulas = self._comparisons(cell, at + 1) if compared else {}
        for place in (look.SO_FAR, look.OF_PLAN, look.OF_YEAR_AGO):
            style = so_far if place == look.SO_FAR else share
            if place in formulas:
                self.sheet.write_formula(at, place, formulas[place], style, "")
            else:
                self.sheet.text(at, place, "", style)

    def _beside_looks(self, shown: str) -> tuple[Any, Any, Any, Any]:
        """Of the figure before, of others, of the year so far and of the comparisons, for figures with such digits."""
        return (
            self.looks.cell(num_format=shown, font_color=GREY, italic=True),
            self.looks.cell(num_format=shown),
            self.looks.cell(num_format=shown, font_size=11),
            self.looks.cell(num_format="#,##0.0", font_size=10),
        )

    def _tick_before(self, cell: Cell, at: int, style: Any) -> None:
        for place, values in ((look.BEFORE, self.beside.previous), (look.YEAR_AGO, self.beside.last_year)):
            self.sheet.text(
                at,
                place,
                "x" if values.get(cell.name) else "",
                self.looks.cell(align="center", font_color=GREY, italic=True)
                if place == look.BEFORE
                else self.looks.cell(align="center"),
            )

    def _comparisons(self, cell: Cell, row: int) -> dict[int, str]:
        """Formulas of columns 4, 6 and 7: 6 = 4/1, 7 = 3/5; of percentages the difference in points."""
        found = {}
        total = self.beside.so_far.get(cell.name)
        if total is not None:
            found[look.SO_FAR] = f'=IF(ISNUMBER(F{row}),F{row}+{total},"")'
        elif cell.is_total and cell.name not in self.beside.so_far:
            found[look.SO_FAR] = f'=IF(ISNUMBER(F{row}),F{row},"")'
        if self.beside.plan.get(cell.name) and look.SO_FAR in found:
            found[look.OF_PLAN] = f'=IF(ISNUMBER(H{row}),H{row}/D{row}*100,"")'
        if self.beside.last_year.get(cell.name):
            is_share = cell.is_total and cell.unit_name.startswith("%")
            compared = f"F{row}-I{row}" if is_share else f"F{row}/I{row}*100"
            found[look.OF_YEAR_AGO] = f'=IF(ISNUMBER(F{row}),{compared},"")'
        return found

    def _input(self, cell: Cell, row: int) -> None:
        self._name(cell.name, look.NOW, row)
        value = self.entry.values.get(cell.name)
        if cell.kind is Kind.TICK:
            self.ticks.append(row)
            self.sheet.text(row - 1, look.NOW, "x" if value else "", self.looks.input(align="center", bold=True))
            return
        (self.whole if cell.is_whole else self.decimal).append(row)
        style = self.looks.input(num_format=look.number_format(cell.digits), bold=True, align="right")
        if cell.name in self.entry.unread:
            self.sheet.text(row - 1, look.NOW, self.entry.unread[cell.name], style)
        else:
            self._number(row - 1, look.NOW, value, style)

    def _locked(self, cell: Cell, row: int) -> None:
        """Computed, supplied or not asked: a formula where the sheet can keep the sum up to date, else the figure."""
        style = self.looks.cell(
            num_format=look.number_format(cell.digits), bold=cell.is_total, bg_color=LOCKED, align="right"
        )
        value = self.figures.values.get(cell.name)
        formula = "" if cell.not_asked or cell.lock is not Lock.AUTO else self._formula(cell)
        if formula:
            self.sheet.write_formula(row - 1, look.NOW, formula, style, "" if value is None else float(value))
        elif value is None:
            reason = cell.not_asked or self.entry.reasons.get(cell.name) or self.figures.reasons.get(cell.name, "")
            self.sheet.text(row - 1, look.NOW, SIGNS.get(reason, ""), style)
        elif cell.kind is Kind.TICK:
            self.sheet.text(row - 1, look.NOW, "x" if value else "", style)
        else:
            self._number(row - 1, look.NOW, value, style)

    def _formula(self, cell: Cell) -> str:
        """What the sheet itself computes of a total, a percentage, a copied denominator; blank where that is the system's."""
        lines = [line for line in self.layout.lines if line.indicator == cell.indicator]
        measure = self.layout.measures[cell.indicator]
        if cell.member == "den":
            return self._same(measure.denominator)
        if any(line.mode == "ratio" for line in lines):
            return self._ratio(cell.indicator, measure.scale)
        line = next((line for line in lines if line.mode in {"split", "list"}), None)
        return self._sum(line) if line else ""

    def _same(self, name: str) -> str:
        row = self.rows.get(name)
        return f'=IF(ISNUMBER(F{row}),F{row},"")' if row else ""

    def _ratio(self, code: str, scale: Decimal) -> str:
        num, den = self.rows.get(f"{code}__num"), self.rows.get(f"{code}__den")
        if not num or not den:
            return ""
        return f'=IF(AND(ISNUMBER(F{num}),ISNUMBER(F{den})),IF(F{den}<>0,F{num}*{scale}/F{den},""),"")'

    def _sum(self, line: Line) -> str:
        rows = [
            self.rows[name]
            for part in parts_on(line, self.on)
            if (name := f"{line.indicator}__{part.code}") in self.rows
        ]
        area = look.ranges("F", rows).replace(" ", ",")
        if not area:
            return ""
        if line.mode == "list":
            ticked = "+".join(f'COUNTIF({part},"x")' for part in area.split(","))
            return f'=IF({ticked}=0,"",{ticked})'
        return f'=IF(COUNT({area})={len(rows)},SUM({area}),"")'

    def _remarks(self, cell: Cell, row: int, asked_names: Collection[str], *, is_open: bool) -> None:
        """Estimate, reason and note of a line; of the tick "other" the name it asks for."""
        at = row - 1
        asks = not cell.not_asked and cell.lock is not Lock.BASE
        is_number = cell.kind is Kind.NUMBER and asks
        self._mark(
            at,
            look.ESTIMATE,
            f"{ESTIMATED}{cell.name}",
            "x" if cell.name in self.entry.estimated else "",
            asks=is_number and is_open,
        )
        if is_number and is_open:
            self.ticks.append(-row)
        has_reason = is_number and (is_open or cell.is_total) and cell.name not in self.beside.supplied
        reason = REASONS.get(self.entry.reasons.get(cell.name, ""), "")
        self._mark(at, look.REASON, f"{REASON}{cell.name}", reason, asks=has_reason)
        if has_reason:
            self.reasons.append(row)
        typed_name = f"{NAME}{cell.name}"
        if typed_name in asked_names:
            self._mark(at, look.REMARK, typed_name, str(self.entry.texts.get(typed_name, "")), asks=True)
            self.sheet.data_validation(
                at,
                look.REMARK,
                at,
                look.REMARK,
                {"validate": "any", "input_title": "Ghi tên", "input_message": "Đã chọn dòng này thì ghi tên ở đây."},
            )
        elif cell.not_asked:
            self._mark(at, look.REMARK, "", REASONS[cell.not_asked], asks=False)
        else:
            self._mark(at, look.REMARK, f"{NOTE}{cell.name}", self.entry.explanations.get(cell.name, ""), asks=asks)

    def _mark(self, at: int, place: int, name: str, text: str, *, asks: bool) -> None:
        style = self._styles.get(("mark", place, asks))
        if style is None:
            make = self.looks.input if asks else self.looks.cell
            align = "center" if place == look.ESTIMATE else "left"
            style = make(font_size=10, text_wrap=place == look.REMARK, align=align)
            self._styles["mark", place, asks] = style
        self.sheet.text(at, place, text, style)
        if asks:
            self._name(name, place, at + 1)

    def _number(self, at: int, place: int, value: Decimal | None, style: Any) -> None:
        if value is None:
            self.sheet.text(at, place, "", style)
        else:
            self.sheet.write_number(at, place, value, style)

    # --- around

    def _validate(self) -> None:
        for rows, is_whole in ((self.whole, True), (self.decimal, False)):
            if rows:
                look.accept_numbers(self.sheet, rows, whole=is_whole)
        look.accept_ticks(self.sheet, "F", [row for row in self.ticks if row > 0])
        look.accept_ticks(self.sheet, "G", [-row for row in self.ticks if row < 0])
        look.accept_reasons(self.sheet, self.reasons)

    def _foot(self, head: Head, row: int) -> None:
        signs = self.looks.of(italic=True, font_size=10)
        self.sheet.text(
            row, 1, "Dấu: “-” không phát sinh; “…” có phát sinh nhưng chưa thu thập được; “x” không áp dụng.", signs
        )
        centre = self.looks.of(bold=True, align="center")
        self.sheet.merge_range(
            row + 1,
            look.SO_FAR,
            row + 1,
            LAST,
            "……, ngày …… tháng …… năm ……",
            self.looks.of(italic=True, align="center"),
        )
        spans = ((1, 1), (look.PLAN, look.ESTIMATE), (look.SO_FAR, LAST))
        chosen = spans if len(head.signers) > 2 else (spans[0], spans[2])
        for (first, last), signer in zip(chosen, head.signers, strict=False):
            hint = "(Ký, ghi rõ họ tên)" if signer != head.signers[-1] else "(Ký, đóng dấu hoặc ký số)"
            for at, text, style in (
                (row + 2, signer, centre),
                (row + 3, hint, self.looks.of(italic=True, align="center")),
            ):
                if first == last:
                    self.sheet.text(at, first, text, style)
                else:
                    self.sheet.merge_range(at, first, at, last, text, style)

    def _page(self, row: int) -> None:
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADING_ROW, HEADING_ROW + 1)
        sheet.print_area(0, 0, row + 8, LAST)
        sheet.set_footer("&L&8Địa Bàn&C&8Trang &P/&N&R&8&A")
        sheet.freeze_panes(HEADING_ROW + 2, look.UNIT)
        sheet.hide_gridlines(2)
        sheet.protect("", {"format_columns": True, "format_rows": True})
