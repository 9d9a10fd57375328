"""What taking a sheet in would do, cell by cell, and everything that keeps it from being done. Changes nothing."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from diaban.foundation.facts.accepting import NewFact
from diaban.foundation.facts.bounds import MOST_DECIMALS, within
from diaban.foundation.facts.catalogue import Cells, read_catalogue
from diaban.foundation.facts.models import Indicator
from diaban.foundation.facts.rules.cells import indicator_of
from diaban.foundation.facts.rules.typed import SIGNS
from diaban.foundation.facts.standing import differences
from diaban.foundation.territory.models import UnitVersion
from diaban.lib.periods import BadPeriod, Calendar, Period
from diaban.lib.vietnamese import BadNumber, format_number, parse_number
from diaban.lib.workbooks import CellKind, CellValue
from diaban.lib.workbooks.cells import column_letters
from diaban.work.history.gazetteer import Gazetteer, Place
from diaban.work.history.matching import CODES, FIGURES, LEAVE_OUT, PERIODS, UNDECIDED, Match, Matching, scaled
from diaban.work.history.models import COLLECTION
from diaban.work.history.rules import words
from diaban.work.history.rules.tables import Head, Rows, Table, is_figure, says

FactKey = tuple[str, int, str, str]  # indicator, unit id, period, category


@dataclass(frozen=True)
class Finding:
    """Something to be said of a cell (row and column from 1; 0 for the whole column, row or sheet)."""

    row: int
    column: int
    message: str
    is_error: bool = True

    @property
    def place(self) -> str:
        """`C5`, `cột C`, `dòng 5`, or blank for the sheet."""
        letters = column_letters(self.column) if self.column else ""
        if self.row and letters:
            return f"{letters}{self.row}"
        return f"cột {letters}" if letters else f"dòng {self.row}" if self.row else ""


@dataclass(frozen=True)
class Question:
    """A row whose unit must be said: what it is called, the units it may mean, and the days it is asked of."""

    row: int
    text: str
    candidates: tuple[UnitVersion, ...]


@dataclass
class Dry:
    """The facts of a sheet; `new` and `changed` of them say what does not stand there yet, `same` do already."""

    findings: list[Finding] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    facts: list[NewFact] = field(default_factory=list)
    to_take: list[NewFact] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    left_out: int = 0
    units: int = 0
    periods: tuple[Period, ...] = ()

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.is_error]

    @property
    def warnings(self) -> list[Finding]:
        return [finding for finding in self.findings if not finding.is_error]

    @property
    def same(self) -> int:
        return len(self.facts) - self.new - self.changed


def dry_run(rows: Rows, table: Table, matching: Matching, names: Gazetteer) -> Dry:
    """Four queries, whatever the size."""
    run = _Run(rows, table, matching, names)
    run.columns()
    if not run.dry.errors:
        run.rows_of_units()
        run.totals()
    if not run.dry.errors:
        _compare(run.dry)
    return run.dry


@dataclass
class _Run:
    rows: Rows
    table: Table
    matching: Matching
    names: Gazetteer
    dry: Dry = field(default_factory=Dry)
    figures: dict[int, tuple[Match, Period | None]] = field(default_factory=dict)
    sums: dict[int, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    total_rows: list[tuple[int, int]] = field(default_factory=list)
    seen: dict[FactKey, str] = field(default_factory=dict)
    asked: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.indicators = {one.code: one for one in Indicator.objects.all()}
        self.cells = Cells(read_catalogue())

    def say(self, message: str, row: int = 0, column: int = 0, *, is_error: bool = True) -> None:
        self.dry.findings.append(Finding(row, column, message, is_error))

    def columns(self) -> None:
        """What the columns are, before any row is read."""
        if not self.matching.level:
            self.say("Chưa chọn cấp của các đơn vị trong bảng (huyện hay xã).")
        for head in self.table.heads:
            match = self.matching.columns.get(head.column, Match())
            if head.column != self.table.place_column and head.has_figures:
                self._column(head, match)
        if not self.figures and not self.dry.errors:
            self.say("Chưa có cột nào được chọn là số liệu của một chỉ tiêu.")

    def _column(self, head: Head, match: Match) -> None:
        called = f"Cột “{head.text or column_letters(head.column)}”"
        if match.role == UNDECIDED:
            self.say(f"{called} chưa biết là chỉ tiêu nào: chọn chỉ tiêu và kỳ, hoặc bỏ qua cột này.", 0, head.column)
        if match.role != FIGURES:
            return
        cell, code = match.cell or self.matching.cell, match.period or self.matching.period
        by_row = any(one.role == PERIODS for one in self.matching.columns.values())
        period: Period | None = None
        if not cell:
            self.say(f"{called} chưa chọn chỉ tiêu.", 0, head.column)
        elif fault := self._not_an_indicator(cell):
            self.say(f"{called}: {fault}", 0, head.column)
        try:
            period = self.matching.period_of(code) if code else None
        except BadPeriod as problem:
            self.say(f"{called}: {problem}", 0, head.column)
        if not code and not by_row:
            self.say(f"{called} chưa rõ là số của kỳ nào.", 0, head.column)
        if match.scale != 1:
            told = f"{called}: số trong tệp được nhân với {format_number(Decimal(match.scale))}."
            self.say(told, 0, head.column, is_error=False)
        self.figures[head.column] = (Match(FIGURES, cell, code, match.scale, match.is_estimated), period)

    def _not_an_indicator(self, cell: str) -> str:
        one = self.indicators.get(indicator_of(cell))
        if one is None:
            return f"không có chỉ tiêu “{cell}”."
        if one.over_units in {"RATIO", "FORMULA"}:
            return f"{one} được tính tự động; nhập các số dùng để tính."
        return ""

    def rows_of_units(self) -> None:
        inside: UnitVersion | None = None
        units: set[int] = set()
        periods: set[Period] = set()
        for number in range(self.table.first, self.table.last + 1):
            text = self._text(number)
            if not text or (not self.names.knows(text) and not self._has_figures(number)):
                continue
            if words.is_total(text):
                self.total_rows.append((number, 0))
                continue
            inside = self._heading(number, text) or inside
            for fact in self._facts_of(number, text, inside):
                self.dry.facts.append(fact)
                units.add(fact.unit_id)
                periods.add(fact.period)
        self.dry.units = len(units)
        self.dry.periods = tuple(sorted(periods, key=lambda period: (period.start, period.end)))

    def _text(self, number: int) -> str:
        return self._at(number, self.table.place_column).text.strip()

    def _at(self, row: int, column: int) -> CellValue:
        cells = self.rows[row - 1]
        return cells[column - 1] if len(cells) >= column else CellValue(CellKind.EMPTY)

    def _has_figures(self, number: int) -> bool:
        """A row of words alone, such as the names of those who sign below, is none of a unit."""
        return any(is_figure(self._at(number, column)) for column in self.figures)

    def _heading(self, number: int, text: str) -> UnitVersion | None:
        """The unit above the table's level that a row names: those below it lie in it."""
        days = [period.last_day for _match, period in self.figures.values() if period]
        for level in ("district", "province"):
            if (
                not days
                or level == self.matching.level
                or self.matching.level in self._levels_below(level, text, days[0])
            ):
                continue
            place = self.names.find(text, days[0], level)
            if place.unit is not None:
                self.total_rows.append((number, place.unit.unit_id))
                return place.unit
        return None

    def _levels_below(self, level: str, text: str, day: date) -> set[str]:
        """The other levels that a name may be of: a commune called as its district is read as a commune, unless its kind
        is written."""
        return self.names.levels(text, day) - {level}

    def _facts_of(self, number: int, text: str, inside: UnitVersion | None) -> Iterator[NewFact]:
        if any(row == number for row, _unit in self.total_rows):
            return
        answer = self.matching.rows.get(number)
        if answer is not None and answer.text == text and answer.code == LEAVE_OUT:
            self.dry.left_out += 1
            return
        said = answer.code if answer is not None and answer.text == text else self._code(number)
        for column, (match, period) in self.figures.items():
            cell = self._at(number, column)
            if not says(cell):
                continue
            when = period or self._period_of(number)
            if when is None:
                self.say("Chưa rõ số này của kỳ nào.", number, column)
                continue
            unit = self._unit(number, text, said, when.last_day, inside)
            if unit is not None and (fact := self._fact(number, column, cell, match, when, unit)):
                yield fact

    def _code(self, number: int) -> str:
        column = next((at for at, match in self.matching.columns.items() if match.role == CODES), 0)
        return self._at(number, column).text.strip() if column else ""

    def _period_of(self, number: int) -> Period | None:
        column = next((at for at, match in self.matching.columns.items() if match.role == PERIODS), 0)
        text = self._at(number, column).text if column else ""
        return words.period_in(text, Calendar(self.matching.calendar)) if text else None

    def _unit(self, number: int, text: str, said: str, day: date, inside: UnitVersion | None) -> UnitVersion | None:
        """The unit of a row on a day. What is not certain is asked, once a row."""
        if said:
            coded = (
                self.names.coded(said, day)
                or self.names.coded(said.zfill(5), day)
                or self.names.coded(said.zfill(3), day)
            )
            if coded is not None and coded.unit.level == self.matching.level:
                return coded
            self._ask(
                number, text, f"Mã “{said}” không phải của một đơn vị cấp này vào ngày {day:%d/%m/%Y}.", Place(())
            )
            return None
        place = self.names.find(text, day, self.matching.level, inside)
        if place.unit is not None:
            return place.unit
        if place.candidates:
            self._ask(number, text, f"“{text}” là tên của {len(place.candidates)} đơn vị: chọn một.", place)
        else:
            near = self.names.near(text, day, self.matching.level)
            message = f"Không thấy đơn vị “{text}” trên bản đồ ngày {day:%d/%m/%Y}: chọn đơn vị, hoặc bỏ qua dòng này."
            self._ask(number, text, message, near)
        return None

    def _ask(self, number: int, text: str, message: str, place: Place) -> None:
        if number not in self.asked:
            self.asked.add(number)
            self.say(message, number, self.table.place_column)
            self.dry.questions.append(Question(number, text, place.candidates))

    def _fact(
        self, row: int, column: int, cell: CellValue, match: Match, period: Period, unit: UnitVersion
    ) -> NewFact | None:
        category = self.cells.key(match.cell, period.last_day)
        code = indicator_of(match.cell)
        if category is None:
            self.say(f"“{match.cell}” không có trong danh mục vào ngày {period.last_day:%d/%m/%Y}.", row, column)
            return None
        try:
            value, reason = read_value(cell, self.indicators[code], match)
        except BadNumber as problem:
            self.say(str(problem), row, column)
            return None
        key = (code, unit.unit_id, str(period), category)
        if key in self.seen:
            self.say(f"{unit.full_name} đã có số này ở ô {self.seen[key]}: một đơn vị, một kỳ, hai số.", row, column)
            return None
        self.seen[key] = f"{column_letters(column)}{row}"
        if value is not None:
            self.sums[column] += value
        return NewFact(code, unit.unit_id, period, value, category, reason, match.is_estimated)

    def totals(self) -> None:
        """Where the sheet has one row of totals of everything, it must come to what its rows do; a difference is told."""
        whole = [number for number, unit in self.total_rows if not unit]
        for number in whole if len(whole) == 1 else ():
            for column, (match, period) in self.figures.items():
                try:
                    value, _reason = read_value(
                        self._at(number, column), self.indicators[indicator_of(match.cell)], match
                    )
                except BadNumber:
                    continue
                adds = self.indicators[indicator_of(match.cell)].over_units == "SUM" and period is not None
                if value is not None and adds and value != self.sums[column]:
                    message = f"Dòng tổng ghi {format_number(value)}, các đơn vị cộng lại được {format_number(self.sums[column])}."
                    self.say(message, number, column, is_error=False)


def read_value(cell: CellValue, indicator: Indicator, match: Match) -> tuple[Decimal | None, str]:
    """The value of a cell and the code of a reason, as a fact has them. Raises `BadNumber`, also out of the indicator's
    bounds and for what is no number at all."""
    shows = cell.shows if cell.kind is CellKind.FORMULA else cell.kind
    if shows in {CellKind.ERROR, CellKind.DATE, CellKind.BOOLEAN}:
        raise BadNumber(_("Ô này chứa “%(text)s”, không phải số.") % {"text": cell.text})
    reason = SIGNS.get(cell.text.strip().lower(), "") if shows is CellKind.TEXT else ""
    if reason:
        return (Decimal(0) if reason == "none_occurred" else None), reason
    number = cell.number if cell.number is not None else parse_number(cell.text, digits=MOST_DECIMALS)
    return within(indicator, scaled(number, match)), ""


def _compare(dry: Dry) -> None:
    """Which facts are new or other than what stands. One query."""
    found = differences(COLLECTION, dry.facts)
    dry.to_take = [one.fact for one in found]
    dry.new = sum(one.is_new for one in found)
    dry.changed = len(found) - dry.new
