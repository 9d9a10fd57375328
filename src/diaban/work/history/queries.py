"""Sheets as pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice

from django.db.models import Count

from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.facts.models import Indicator, Rollup
from diaban.foundation.facts.rules.definitions import DERIVED
from diaban.foundation.files.models import File
from diaban.foundation.files.queries import content_of, files_of
from diaban.foundation.territory.queries import nearest_versions
from diaban.foundation.ui.language import period_name
from diaban.lib.periods import BadPeriod, Calendar, Kind
from diaban.lib.vietnamese import format_number
from diaban.lib.workbooks.cells import column_letters
from diaban.work.history.dry import Dry, Finding, dry_run
from diaban.work.history.gazetteer import Gazetteer, gazetteer
from diaban.work.history.matching import SKIPPED, Match, Matching
from diaban.work.history.models import HistorySheet
from diaban.work.history.reading import read_sheets
from diaban.work.history.rules.tables import Rows, Table, table_of


@dataclass(frozen=True)
class Opened:
    """A sheet read again from its file, with the names of its ground."""

    sheet: HistorySheet
    file: File
    others: tuple[str, ...]
    rows: Rows
    table: Table
    names: Gazetteer

    @cached_property
    def matching(self) -> Matching:
        return Matching.from_json(self.sheet.matching)

    def dry(self) -> Dry:
        """Four queries."""
        return dry_run(self.rows, self.table, self.matching, self.names)


def opened(sheet: HistorySheet) -> Opened:
    """Two queries and the file."""
    file = files_of(subject_of(sheet))[0]
    sheets = read_sheets(content_of(file))
    rows, names = sheets.rows[sheet.sheet], gazetteer(sheet.unit_id)
    others = tuple(name for name in sheets.rows if name != sheet.sheet)
    return Opened(sheet, file, others, rows, table_of(rows, names.knows), names)


def row_texts(rows: Rows, table: Table) -> Mapping[int, str]:
    """What each row is called, by its number."""
    column = table.place_column
    return {
        number: rows[number - 1][column - 1].text.strip()
        for number in range(table.first, table.last + 1)
        if len(rows[number - 1]) >= column
    }


@dataclass(frozen=True)
class ColumnLine:
    """A column of the sheet as the page asks about it."""

    column: int
    letters: str
    head: str
    match: Match
    period: str
    samples: tuple[str, ...]
    faults: tuple[str, ...]


def column_lines(one: Opened, dry: Dry) -> list[ColumnLine]:
    """The columns that may hold figures, codes or periods, with what is wrong with each."""
    lines = []
    for head in one.table.heads:
        match = one.matching.columns.get(head.column, Match())
        if head.column == one.table.place_column or (not head.has_figures and match.role == SKIPPED):
            continue
        texts = (one.rows[number - 1][head.column - 1].text for number in range(one.table.first, one.table.last + 1))
        samples = tuple(islice((text for text in texts if text), 3))
        faults = tuple(found.message for found in dry.findings if not found.row and found.column == head.column)
        period = period_words(match.period, one.matching)
        lines.append(ColumnLine(head.column, column_letters(head.column), head.text, match, period, samples, faults))
    return lines


def period_words(code: str, matching: Matching) -> str:
    """ "Quý I/2024" for a code; the code itself where it is none."""
    try:
        return period_name(matching.period_of(code)) if code else ""
    except BadPeriod:
        return code


@dataclass(frozen=True)
class QuestionLine:
    """A row whose unit is asked: with candidates to choose from, or to be typed. `answer` is what was said before."""

    row: int
    text: str
    message: str
    candidates: tuple[tuple[str, str], ...]
    answer: str


def question_lines(one: Opened, dry: Dry) -> list[QuestionLine]:
    """Rows to be said, then those already left out or said, so that an answer may be taken back. Two queries."""
    parents = nearest_versions(
        [unit.parent_id for asked in dry.questions for unit in asked.candidates if unit.parent_id],
        day_of(one, date.max),
    )
    said = {found.row: found.message for found in dry.errors if found.row and found.column == one.table.place_column}
    lines = []
    for asked in dry.questions:
        candidates = tuple(
            (unit.code, f"{unit.full_name}, {parents[unit.parent_id].full_name}" if unit.parent_id else unit.full_name)
            for unit in asked.candidates
        )
        answer = one.matching.rows.get(asked.row)
        lines.append(
            QuestionLine(asked.row, asked.text, said.get(asked.row, ""), candidates, answer.code if answer else "")
        )
    asked_rows = {line.row for line in lines}
    texts = row_texts(one.rows, one.table)
    lines += [
        QuestionLine(number, answer.text, "", (), answer.code)
        for number, answer in sorted(one.matching.rows.items())
        if number not in asked_rows and texts.get(number) == answer.text
    ]
    return lines


def day_of(one: Opened, default: date) -> date:
    """The last day of the sheet's first period."""
    codes = [one.matching.period, *(match.period for match in one.matching.columns.values())]
    for code in codes:
        try:
            if code:
                return one.matching.period_of(code).last_day
        except BadPeriod:
            continue
    return min(default, date(2200, 1, 1))


@dataclass(frozen=True)
class PreviewCell:
    text: str
    finding: Finding | None


def preview(one: Opened, dry: Dry, most: int = 100) -> list[tuple[int, list[PreviewCell]]]:
    """The rows with what is said of their cells; with findings first where there are more than `most`."""
    at = {(found.row, found.column): found for found in reversed(dry.findings)}
    wrong = {row for row, _column in at}
    numbers = list(range(one.table.first, one.table.last + 1))
    if len(numbers) > most:
        numbers = sorted(sorted(numbers, key=lambda number: (number not in wrong, number))[:most])
    width = [head.column for head in one.table.heads]
    return [
        (number, [PreviewCell(_cell_text(one.rows, number, column), at.get((number, column))) for column in width])
        for number in numbers
    ]


def _cell_text(rows: Rows, row: int, column: int) -> str:
    """As people write it: a number in a workbook has a point in it."""
    cells = rows[row - 1]
    if len(cells) < column:
        return ""
    cell = cells[column - 1]
    return cell.text if cell.number is None or cell.day else format_number(cell.number)


@dataclass(frozen=True, slots=True)
class Course:
    """An indicator in the periods of one calendar and kind."""

    indicator: Indicator
    calendar: Calendar
    kind: Kind


def longest_course(indicators: Sequence[Indicator]) -> Course:
    """Of some indicators, at least one, the course with figures of most periods; among equals the first. One query."""
    told = Rollup.objects.filter(indicator__in=indicators, reported__gt=0).order_by()
    courses = told.values_list("indicator", "period__calendar", "period__kind").annotate(
        n=Count("period", distinct=True)
    )
    place = {one.pk: at for at, one in enumerate(indicators)}
    longest = min(((-n, place[pk], calendar, kind) for pk, calendar, kind, n in courses), default=None)
    if longest is None:
        return Course(indicators[0], Calendar.ND09, Kind.QUARTER)
    _periods, at, calendar, kind = longest
    return Course(indicators[at], Calendar(calendar), Kind(kind))


def cells_offered() -> list[tuple[str, str]]:
    """Every indicator that may be taken in, and the parts of each by one dimension, as (cell, words). Three queries."""
    rows = Indicator.objects.exclude(over_units__in=DERIVED).prefetch_related("divisions__dimension__members")
    offered = []
    for one in rows:
        offered.append((one.code, f"{one.called} ({one.unit_name})"))
        for division in one.divisions.all():
            offered += [
                (f"{one.code}__{member.code}", f"{one.called}: {member.called}")
                for member in division.dimension.members.all()
            ]
    return offered
