"""How the columns and rows of a sheet are matched: what is proposed from the words above them, what an official decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from diaban.foundation.facts.models import Indicator
from diaban.foundation.facts.rules.definitions import DERIVED
from diaban.foundation.territory.models import Level
from diaban.lib.periods import Calendar, Period
from diaban.lib.vietnamese import fold
from diaban.work.history.gazetteer import Gazetteer
from diaban.work.history.rules import words
from diaban.work.history.rules.tables import Head, Rows, Table

UNDECIDED, FIGURES, PERIODS, CODES, SKIPPED = "", "figures", "periods", "codes", "skip"
LEAVE_OUT = "-"


@dataclass(frozen=True)
class Match:
    """What a column is. `cell` names an indicator or a part of one (“BC07__level_1”); blank, as `period`: the sheet's own.

    Figures are multiplied by `scale`.
    """

    role: str = UNDECIDED
    cell: str = ""
    period: str = ""
    scale: int = 1
    is_estimated: bool = False


@dataclass(frozen=True)
class Answer:
    """Which unit a row means, by its code on the period's last day, or `LEAVE_OUT`; `text` is the name it was given for."""

    text: str
    code: str


@dataclass(frozen=True)
class Matching:
    """Everything decided about a sheet. `cell` and `period` stand for columns that name none; periods are codes without
    the calendar."""

    calendar: str = Calendar.STATISTICAL
    level: str = ""
    cell: str = ""
    period: str = ""
    columns: Mapping[int, Match] = field(default_factory=dict)
    rows: Mapping[int, Answer] = field(default_factory=dict)
    heads: Mapping[int, str] = field(default_factory=dict)

    def period_of(self, code: str) -> Period:
        """Raises `BadPeriod`."""
        return Period.parse(code, Calendar(self.calendar))

    def to_json(self) -> dict[str, Any]:
        return {
            "calendar": str(self.calendar),
            "level": self.level,
            "cell": self.cell,
            "period": self.period,
            "columns": {str(number): vars(match) for number, match in self.columns.items()},
            "rows": {str(number): vars(answer) for number, answer in self.rows.items()},
            "heads": {str(number): text for number, text in self.heads.items()},
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Matching":
        return cls(
            calendar=kept.get("calendar", Calendar.STATISTICAL),
            level=kept.get("level", ""),
            cell=kept.get("cell", ""),
            period=kept.get("period", ""),
            columns={int(number): Match(**match) for number, match in kept.get("columns", {}).items()},
            rows={int(number): Answer(**answer) for number, answer in kept.get("rows", {}).items()},
            heads={int(number): text for number, text in kept.get("heads", {}).items()},
        )


def known_indicators() -> list[Indicator]:
    """The indicators that figures may be taken in for. One query."""
    return list(Indicator.objects.exclude(over_units__in=DERIVED))


def propose(
    table: Table,
    rows: Rows,
    names: Gazetteer,
    indicators: Sequence[Indicator],
    *,
    calendar: str,
    sheet: str,
    today: date,
) -> Matching:
    """What the words say where they say one thing; the rest is left to be decided."""
    around = [*table.titles, sheet]
    chosen = Calendar(calendar)
    period = next((found for text in around if (found := words.period_in(text, chosen))), None)
    year = next((one for text in around if (one := words.year_in(text))), None)
    whole = _only(cell for text in around if (cell := _cell_in([text], indicators)))
    counted_in = " ".join(text for text in table.titles if words.tells_unit(text))
    columns = {head.column: _match(head, indicators, chosen, year, whole, counted_in) for head in table.heads}
    named_periods = [one.period for one in columns.values() if one.period]
    day = period.last_day if period else Period.parse(named_periods[0], chosen).last_day if named_periods else today
    return Matching(
        calendar=chosen,
        level=_level(table, rows, names, day),
        cell=whole,
        period=period.code if period else "",
        columns=columns,
        heads={head.column: head.text for head in table.heads},
    )


def _match(
    head: Head, indicators: Sequence[Indicator], calendar: Calendar, year: int | None, whole: str, counted_in: str
) -> Match:
    """`whole` is the indicator of a sheet that names one, `counted_in` what it says above the table of how figures count."""
    if fold(head.text) in {"ma", "ma don vi", "ma dvhc", "ma dia ban", "ma so", "ma xa", "ma huyen"}:
        return Match(role=CODES)
    if not head.has_figures:
        role = PERIODS if fold(head.text) in {"ky", "ky bao cao", "thoi gian", "quy", "thoi diem"} else SKIPPED
        return Match(role=role)
    found = words.period_in(" ".join(head.parts), calendar, year=year)
    cell = _cell_in(head.parts, indicators)
    if not cell and words.holds_no_figures(head.text):
        return Match(role=SKIPPED)
    unit_name = next((one.unit_name for one in indicators if one.code == (cell or whole)), "")
    scale = words.scale_in(f"{head.text} {counted_in}", unit_name)
    is_matched = bool(cell or found)
    return Match(
        FIGURES if is_matched else UNDECIDED, cell, found.code if found else "", scale, words.is_estimate(head.text)
    )


def _cell_in(parts: Iterable[str], indicators: Sequence[Indicator]) -> str:
    """The one indicator whose code or whole name stands among the parts; blank where none or several do."""
    texts = [fold(part) for part in parts]
    plain = {text.split("(")[0].strip(" .:") for text in texts}
    tokens = {token.strip("().,:[]") for text in texts for token in text.split()}
    return _only(one.code for one in indicators if one.code.lower() in tokens or one.name_folded in plain)


def _only(found: Iterable[str]) -> str:
    distinct = set(found)
    return distinct.pop() if len(distinct) == 1 else ""


def _level(table: Table, rows: Rows, names: Gazetteer, day: date) -> str:
    """The level at which most rows name one unit; blank where two levels are even."""
    counts = {Level.DISTRICT: 0, Level.COMMUNE: 0, Level.PROVINCE: 0}
    for row in rows[table.first - 1 : table.last]:
        text = row[table.place_column - 1].text if len(row) >= table.place_column else ""
        for level in names.levels(text, day) if text else ():
            counts[Level(level)] += 1
    best = max(counts.values())
    return _only(str(level) for level, count in counts.items() if count == best and best)


def reused(proposed: Matching, earlier: Matching, texts: Mapping[int, str]) -> Matching:
    """What was decided for an earlier sheet with the same heads, its answers for rows that still say the same."""
    if dict(earlier.heads) != dict(proposed.heads):
        return proposed
    kept = {number: answer for number, answer in earlier.rows.items() if texts.get(number) == answer.text}
    return replace(earlier, rows=kept, period=proposed.period or earlier.period)


def scaled(value: Decimal, match: Match) -> Decimal:
    return value * match.scale
