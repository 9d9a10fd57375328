"""The table: places, indicators and periods crossed, each figure by its own rule, with what it is made of to be opened."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from diaban.foundation.facts.catalogue import Catalogue, read_catalogue
from diaban.foundation.facts.consolidation import crossed, crossed_provinces
from diaban.foundation.facts.consolidation.crossing import NOT_THERE
from diaban.foundation.facts.reading import tidy
from diaban.foundation.facts.rules.cells import Cell
from diaban.foundation.facts.rules.totals import NOT_COMPUTABLE, Total
from diaban.lib.periods import Period
from diaban.lib.vietnamese import format_date
from diaban.work.analysis.asking import CellHead, Choice
from diaban.work.analysis.grounds import Ground, Place, ground_of
from diaban.work.analysis.rules import Axis, Grain, Picture

UNITS_DOWN, UNITS_ACROSS, UNITS_ON_A_MAP = 50, 12, 400  # places on a page, by where they stand
MIXED = Total(None, NOT_COMPUTABLE)  # a year whose periods come from two collections


@dataclass(frozen=True)
class Head:
    """A row's or column's name. `key` writes it in the address."""

    key: str
    label: str
    note: str = ""
    is_total: bool = False
    is_part: bool = False


@dataclass(frozen=True)
class Slot:
    """One figure. `href` opens what it is made of; `is_past` says that it comes from an office's own sheets."""

    total: Total
    digits: int
    unit_name: str
    href: str = ""
    is_past: bool = False

    @property
    def value(self) -> Decimal | None:
        """The value, or the only one that its bounds leave."""
        total = self.total
        return tidy(total.most if total.value is None and total.least == total.most else total.value)

    @property
    def reason(self) -> str:
        return "" if self.value is not None else self.total.reason

    @property
    def coverage(self) -> str:
        """ "3/5" where not everything expected is in it."""
        total = self.total
        is_counted = total.expected > 1 or (total.expected == 1 and self.value is not None)
        return f"{total.reported}/{total.expected}" if is_counted and not total.complete else ""


@dataclass(frozen=True)
class Break:
    """Where figures before and after are not of the same thing: from this period on."""

    period: Period
    words: str


@dataclass
class Pivot:
    """A choice with its figures: those of `places` (the whole first), read when they are first asked for."""

    choice: Choice
    ground: Ground
    places: tuple[Place, ...]
    number_of_places: int
    catalogue: Catalogue

    @cached_property
    def _figures(self) -> Mapping[tuple[Cell, Period], Sequence[Total]]:
        return self._sums if self.is_from_sums else self._facts

    @cached_property
    def _facts(self) -> Mapping[tuple[Cell, Period], Sequence[Total]]:
        figures: dict[tuple[Cell, Period], Sequence[Total]] = {}
        areas = [self.ground.area(place) for place in self.places]
        cells = [head.cell for head in self.choice.cells]
        for collection in dict.fromkeys(self.ground.sources.values()):
            periods = [period for period in self.choice.periods if self.ground.sources[period] == collection]
            years = {year: parts for year, parts in self.choice.years.items() if set(parts) <= set(periods)}
            found = crossed(
                collection_id=collection,
                cells=cells,
                areas=areas,
                periods=periods,
                spans=list(years.values()),
                as_of=self.choice.as_of,
                catalogue=self.catalogue,
            )
            figures |= found.figures
            figures |= {(cell, year): found.spans[cell, n] for n, year in enumerate(years) for cell in cells}
        return figures

    @cached_property
    def is_from_sums(self) -> bool:
        """Whether the provinces' stored sums say it: whole indicators of today's provinces on their own maps, asked of
        every unit of the level."""
        choice = self.choice
        is_plain = choice.as_of is None and choice.map_on is None and not choice.is_by_year
        is_whole = all(not head.is_part for head in choice.cells) and len(set(self.ground.sources.values())) == 1
        if choice.grain is not Grain.PROVINCES or not is_plain or not is_whole:
            return False
        whole = self._numbers[self.ground.whole.key]
        expected = {period: len(self.ground.units[period]) for period in choice.periods}
        return all(column[whole].expected == expected[period] for (_cell, period), column in self._sums.items())

    @cached_property
    def _sums(self) -> Mapping[tuple[Cell, Period], Sequence[Total]]:
        ids, found = crossed_provinces(
            collection_id=self.choice.form.collection_id,
            codes=self.choice.codes,
            periods=self.choice.periods,
            today=self.choice.base.period.last_day,
            level=self.choice.form.level,
            catalogue=self.catalogue,
        )
        order = [len(ids) if place.grain is Grain.WHOLE else ids.index(place.unit_id) for place in self.places]
        return {key: [column[number] for number in order] for key, column in found.figures.items()}

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {place.key: number for number, place in enumerate(self.places)}

    @cached_property
    def _cells(self) -> dict[str, CellHead]:
        return {head.cell: head for head in self.choice.cells}

    @cached_property
    def _periods(self) -> dict[str, Period]:
        return {str(period): period for period in self.choice.shown_periods}

    def place(self, head: Head) -> Place:
        """The place that a head of the units' axis names."""
        return self.places[self._numbers[head.key]]

    def total(self, place: Place, cell: Cell, period: Period) -> Total:
        """A place's figure."""
        column = self._figures.get((cell, period))
        if column is None:
            return MIXED if period in self.choice.years else NOT_THERE
        return column[self._numbers[place.key]]

    @cached_property
    def heads(self) -> dict[Axis, list[Head]]:
        """The names along each axis."""
        units = [Head(place.key, place.name, is_total=place.grain is Grain.WHOLE) for place in self.places]
        cells = [Head(one.cell, one.label, one.measure.unit_name, is_part=one.is_part) for one in self.choice.cells]
        periods = [Head(str(one), one.label(), self._source_said(one)) for one in self.choice.shown_periods]
        return {Axis.UNITS: units, Axis.CELLS: cells, Axis.PERIODS: periods}

    def _source_said(self, period: Period) -> str:
        parts = self.choice.years.get(period, [period])
        return _("số lịch sử") if any(self.is_past(one) for one in parts) else ""

    def is_past(self, period: Period) -> bool:
        """Whether the period's figures come from an office's own sheets and were not checked against reports."""
        return self.ground.sources.get(period) != self.choice.form.collection_id

    @property
    def rows(self) -> list[Head]:
        return self.heads[self.choice.axes[0]]

    @property
    def columns(self) -> list[Head]:
        return self.heads[self.choice.axes[1]]

    @cached_property
    def layers(self) -> list[Head]:
        """What the table can be turned over to; of units, only the one that is open and the whole."""
        return self.heads[self.choice.axes[2]]

    @cached_property
    def layer(self) -> Head:
        """What is open: as the address says, else the newest period, the first indicator, the whole."""
        chosen = next((head for head in self.layers if head.key == self.choice.layer), None)
        return chosen or self.layers[-1 if self.choice.axes[2] is Axis.PERIODS else 0]

    def slot(self, row: Head, column: Head) -> Slot:
        """The figure where a row and a column cross."""
        keys = dict(zip(self.choice.axes, (row.key, column.key, self.layer.key), strict=True))
        place = self.places[self._numbers[keys[Axis.UNITS]]]
        head, period = self._cells[keys[Axis.CELLS]], self._periods[keys[Axis.PERIODS]]
        return Slot(
            total=self.total(place, head.cell, period),
            digits=head.measure.digits,
            unit_name=head.measure.unit_name,
            href=self._href(place, head, period),
            is_past=period not in self.choice.years and self.is_past(period),
        )

    def _href(self, place: Place, head: CellHead, period: Period) -> str:
        """What a figure is made of: the reports behind it; of a year its periods, of a district its communes."""
        choice = self.choice
        if period in choice.years:
            parts = choice.years[period]
            return (
                f"?{choice.query(tu=str(parts[0]), toi=str(parts[-1]), gop=None, hang='dv', cot='ky', lop=head.cell)}"
            )
        if place.grain is Grain.DISTRICTS:
            return f"?{choice.query(theo=Grain.REPORTERS, nhom=place.key, tu=str(period), toi=str(period), lop=None, hinh=None)}"
        if self.is_past(period) or not self._is_there(place, period):
            return ""
        asked = {"bieu": choice.form.code, "ky": str(period), "dia_ban": place.version.code if place.version else ""}
        if choice.base.snapshot is not None:
            return "" if str(period) != choice.base.snapshot.period else self._made_of(head, asked | self._published)
        asked |= {"den": choice.as_of.isoformat()} if choice.as_of else {}
        asked |= {"ban_do": choice.map_on.isoformat()} if choice.map_on else {}
        return self._made_of(head, asked)

    @property
    def _published(self) -> dict[str, str]:
        snapshot = self.choice.base.snapshot
        return {"chot": str(snapshot.number)} if snapshot else {}

    def _made_of(self, head: CellHead, asked: Mapping[str, str]) -> str:
        asked = {**asked, "loai": head.key} if head.key else asked
        return f"{reverse('reporting:made_of', args=[head.measure.code])}?{urlencode(asked)}"

    def _is_there(self, place: Place, period: Period) -> bool:
        valid = place.version.valid if place.version else None
        return valid is not None and (self.choice.map_on or period.last_day) in valid

    @cached_property
    def breaks(self) -> list[Break]:
        """Where the whole's reporters, an indicator's definition or the source changed."""
        days, found = self.ground.reforms, []
        for before, after in pairwise(self.choice.periods):
            found += [Break(after, words) for words in self._changed(before, after, days)]
        return found

    def _changed(self, before: Period, after: Period, days: Sequence[date]) -> Iterable[str]:
        reform = next((day for day in days if before.last_day < day <= after.last_day), None)
        is_moved = self.choice.map_on is None and self.ground.units[before] != self.ground.units[after]
        if reform is not None and is_moved:
            yield _("sắp xếp đơn vị hành chính ngày %(day)s, đơn vị báo cáo trước và sau không như nhau") % {
                "day": format_date(reform)
            }
        books = [self.catalogue.book(period.last_day) for period in (before, after)]
        for code in self.choice.codes:
            if books[0][code] != books[1][code]:
                name = self.choice.layout.measures[code].name
                yield _("danh mục hoặc phân tổ của chỉ tiêu “%(name)s” thay đổi") % {"name": name}
        if self.ground.sources[before] != self.ground.sources[after]:
            yield _("trước kỳ này là số lịch sử các cơ quan tự lưu, chưa đối chiếu với báo cáo")


def pivot_of(choice: Choice, number: int = 1, *, is_whole: bool = False) -> Pivot:
    """The table of a choice: of all places, or of one page of them. Some twenty-five queries with those of the choice."""
    ground = ground_of(choice)
    catalogue = read_catalogue(choice.codes)
    return Pivot(choice, ground, _shown(choice, ground, number, is_whole=is_whole), len(ground.places), catalogue)


def page_size(choice: Choice) -> int:
    """How many places stand on a page; on a map, all."""
    if choice.picture is Picture.MAP:
        return UNITS_ON_A_MAP
    return {choice.axes[0]: UNITS_DOWN, choice.axes[1]: UNITS_ACROSS}.get(Axis.UNITS, UNITS_DOWN)


def _shown(choice: Choice, ground: Ground, number: int, *, is_whole: bool) -> tuple[Place, ...]:
    """The whole and the places of the page; where units are turned over, the one that is open."""
    if choice.axes[2] is Axis.UNITS:
        return (ground.whole, *(place for place in ground.places if place.key == choice.layer))
    if is_whole:
        return (ground.whole, *ground.places)
    size = page_size(choice)
    return (ground.whole, *ground.places[size * (number - 1) : size * number])
