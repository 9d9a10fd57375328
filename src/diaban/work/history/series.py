"""An indicator of an area over periods, across reforms: each point from one collection and one level of units, never both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, localcontext
from enum import StrEnum
from itertools import pairwise

from diaban.foundation.facts.catalogue import Catalogue, read_catalogue
from diaban.foundation.facts.consolidation.consolidating import PRECISION
from diaban.foundation.facts.consolidation.sources import with_base
from diaban.foundation.facts.models import Collection, CollectionKind, Indicator, PeriodRow
from diaban.foundation.facts.periods import known_ids
from diaban.foundation.facts.reading import Asked, Sheets, read_base, read_sheets, tidy
from diaban.foundation.facts.rules.columns import Sheet
from diaban.foundation.facts.rules.definitions import Book
from diaban.foundation.facts.rules.over_time import is_due
from diaban.foundation.facts.rules.recasting import scaled_sheet
from diaban.foundation.facts.rules.totals import NOT_RECASTABLE, NOT_REPORTED, Total, leaf_column, total_of
from diaban.foundation.territory.models import UnitVersion
from diaban.foundation.territory.queries import connected_units
from diaban.lib.periods import Calendar, Kind, Period
from diaban.work.history.land import Land, Reporters, communes_in, land_of
from diaban.work.reporting.models import FormVersion

NO_SUCH_UNIT = "not_applicable"
ORDER = (CollectionKind.FORM, CollectionKind.REGISTER, CollectionKind.IMPORT)


class Way(StrEnum):
    """How an area is followed through reforms."""

    GROUP = "group"  # all units that share land with it, whole: exact
    MAP = "map"  # recast onto the map of a day by shares: estimated where a share is assumed
    OWN = "own"  # the unit alone, while it exists


@dataclass(frozen=True)
class Point:
    """A period's figure, or none with the reason. `expected` and `reported` count units of `level`; `is_past` says that the
    figure is from an office's own sheets and was not checked against reports."""

    period: Period
    value: Decimal | None
    reason: str = NOT_REPORTED
    estimated: bool = False
    expected: int = 0
    reported: int = 0
    level: str = ""
    collection: Collection | None = None

    @property
    def is_past(self) -> bool:
        return self.collection is not None and self.collection.kind == CollectionKind.IMPORT

    @property
    def is_complete(self) -> bool:
        return self.reported >= self.expected


@dataclass(frozen=True)
class Break:
    """Where figures before and after are not of the same thing: from this period on."""

    period: Period
    words: str


@dataclass(frozen=True)
class Area:
    """What is followed: a name, and its communes on the anchor day."""

    name: str
    communes: frozenset[int]
    unit: UnitVersion | None = None


@dataclass(frozen=True)
class Series:
    """The figures of an area, oldest first, without a hole between first and last."""

    indicator: Indicator
    area: Area
    way: Way
    on_map: date | None
    points: tuple[Point, ...]
    breaks: tuple[Break, ...]
    members: tuple[frozenset[int], frozenset[int]] = field(default=(frozenset(), frozenset()))


def series_of(
    *,
    indicator: Indicator,
    unit: UnitVersion,
    on: date,
    calendar: Calendar,
    kind: Kind,
    way: Way,
    on_map: date | None = None,
) -> Series:
    """The figures of a unit, called as on a day. Some twenty queries."""
    area = Area(unit.full_name, communes_in(unit, on), unit)
    return many_series(
        indicator=indicator, areas=[area], on=on, calendar=calendar, kind=kind, way=way, on_map=on_map
    )[0]  # fmt: skip


def many_series(
    *,
    indicator: Indicator,
    areas: Sequence[Area],
    on: date,
    calendar: Calendar,
    kind: Kind,
    way: Way,
    on_map: date | None = None,
) -> list[Series]:
    """As `series_of`, of several areas by one reading; areas of `Way.MAP` are communes of that map."""
    periods = reported_periods(calendar, kind)
    if not periods:
        return [Series(indicator, area, way, on_map, (), ()) for area in areas]
    communes = frozenset().union(*(area.communes for area in areas))
    anchors = [periods[0].start, periods[-1].last_day, on, *([on_map] if on_map else [])]
    land = land_of(communes, min(anchors), max(anchors), on_map)
    work = _Work(indicator, land, communes, periods, on_map if way is Way.MAP else None)
    with localcontext(prec=PRECISION):
        return [work.series(area, way, on) for area in areas]


def reported_periods(calendar: Calendar, kind: Kind) -> list[Period]:
    """Every period of a kind from the first to the last that anything was reported for. One query."""
    codes = PeriodRow.objects.filter(calendar=calendar, kind=kind).order_by("starts_on").values_list("code", flat=True)
    found = [Period.parse(code) for code in codes]
    if not found:
        return []
    periods = [found[0]]
    while periods[-1] < found[-1]:
        periods.append(periods[-1].next())
    return periods


class _Work:
    """Everything read once for all areas."""

    def __init__(
        self,
        indicator: Indicator,
        land: Land,
        communes: frozenset[int],
        periods: Sequence[Period],
        on_map: date | None,
    ) -> None:
        self.communes = communes
        self.groups: dict[str, frozenset[int]] = {}
        self.indicator, self.land, self.periods, self.on_map = indicator, land, periods, on_map
        self.catalogue: Catalogue = read_catalogue([indicator.code])
        self.books = {period: self.catalogue.book(period.last_day) for period in periods}
        self.ids = known_ids(periods)
        found = Collection.objects.filter(kind__in=ORDER)
        self.collections = sorted(found, key=lambda one: (ORDER.index(CollectionKind(one.kind)), one.pk))
        asked = [Asked(one.pk, land.units, self.catalogue) for one in self.collections]
        self.sheets: list[Sheets] = [read_sheets(one, self.ids.values()) for one in asked]
        self.bases = read_base(asked[0], (period.year for period in periods)) if asked else {}
        self.versions = _form_versions(indicator.code)

    def series(self, area: Area, way: Way, on: date) -> Series:
        points = [self._point(area, way, on, period) for period in self.periods]
        kept = _trimmed(points)
        group = area.communes if way is Way.MAP else self._group(area, on)
        days = [point.period.last_day for point in kept]
        sides = (group & self.land.alive(days[0]), group & self.land.alive(days[-1])) if days else (group, group)
        return Series(self.indicator, area, way, self.on_map, kept, tuple(self._breaks(kept, group)), sides)

    def _group(self, area: Area, on: date) -> frozenset[int]:
        """The area's communes and all that share land with them; known without asking again."""
        if area.name not in self.groups:
            first, last = self.periods[0].start, max(self.periods[-1].last_day, on)
            is_all = area.communes == self.communes
            self.groups[area.name] = self.land.ids if is_all else connected_units(area.communes, first, last)
        return self.groups[area.name]

    def _point(self, area: Area, way: Way, on: date, period: Period) -> Point:
        reporters = self._reporters(area, way, on, period.last_day)
        if reporters is None:
            return Point(period, None, NOT_RECASTABLE)
        if not reporters:
            return Point(period, None, NO_SUCH_UNIT)
        definition = self.books[period][self.indicator.code]
        if not definition.is_valid_on(period.last_day):
            return Point(period, None, NO_SUCH_UNIT)
        for collection, sheets in zip(self.collections, self.sheets, strict=True) if period in self.ids else ():
            found = [
                self._of_level(period, with_base(sheets[self.ids[period]], self.bases.get(period.year, {})), one)
                for one in reporters
                if sheets[self.ids[period]]
            ]
            best = max(found, key=lambda pair: pair[1].reported / (pair[1].expected or 1), default=None)
            if best is not None and (best[1].reported or best[1].value is not None):
                level, total = best
                return Point(
                    period, tidy(total.value), total.reason, total.estimated, total.expected, total.reported, level, collection
                )  # fmt: skip
        return Point(period, None, NOT_REPORTED, expected=len(reporters[-1].units), level=reporters[-1].level)

    def _reporters(self, area: Area, way: Way, on: date, day: date) -> list[Reporters] | None:
        if way is Way.MAP and self.on_map is not None:
            return self.land.recast(area.communes, day, self.on_map)
        communes = self._group(area, on) if way is Way.GROUP else area.communes
        if way is Way.OWN and area.unit is not None and area.unit.unit_id not in self.land.ids:
            communes = self.land.inside(area.unit.unit_id, day)
        return self.land.tiling(communes & self.land.alive(day), day)

    def _of_level(self, period: Period, sheet: Sheet, reporters: Reporters) -> tuple[str, Total]:
        book, code = self.books[period], self.indicator.code
        due = is_due(book[code].frequencies, period) or book[code].is_base
        if reporters.shares is not None and any(len(parts) > 1 for parts in reporters.shares.values()):
            sheet = scaled_sheet(list(book.definitions.values()), sheet, reporters.shares, 1)
            if _is_refused(book, code, sheet, reporters.units):
                return reporters.level, Total(None, NOT_RECASTABLE, expected=len(reporters.units), reported=1)
        return reporters.level, total_of(book[code], book, sheet, reporters.units, is_due=due).total

    def _breaks(self, points: Sequence[Point], group: frozenset[int]) -> Iterable[Break]:
        for before, after in pairwise(points):
            day = after.period.last_day
            if group & self.land.alive(before.period.last_day) != group & self.land.alive(day):
                yield Break(after.period, "Sắp xếp đơn vị hành chính: các đơn vị báo cáo trước và sau không như nhau.")
            if self.books[before.period][self.indicator.code] != self.books[after.period][self.indicator.code]:
                yield Break(after.period, "Danh mục phân tổ của chỉ tiêu thay đổi.")
            if self.indicator.first_day and before.period.last_day < self.indicator.first_day <= day:
                yield Break(after.period, "Chỉ tiêu bắt đầu được thu thập.")
            yield from self._source_breaks(points, after)

    def _source_breaks(self, points: Sequence[Point], after: Point) -> Iterable[Break]:
        """The last figure before came from another collection, or by another version of the form."""
        earlier = [point for point in points if point.period < after.period and point.collection]
        if after.collection is None or not earlier or earlier[-1].collection is None:
            return
        before = earlier[-1]
        if before.collection != after.collection:
            yield Break(after.period, f"Đổi nguồn số liệu: từ kỳ này là “{after.collection.name}”.")
            return
        versions = [
            next(
                (
                    one.number
                    for one in self.versions
                    if one.form.collection_id == after.collection.pk and _is_on(one, point)
                ),
                0,
            )
            for point in (before, after)
        ]
        if versions[0] != versions[1]:
            yield Break(after.period, f"Biểu mẫu đổi từ phiên bản {versions[0]} sang {versions[1]}.")


def _form_versions(code: str) -> list[FormVersion]:
    found = FormVersion.objects.filter(rows__indicator__code=code).select_related("form").distinct()
    return list(found)


def _is_on(version: FormVersion, point: Point) -> bool:
    day, bounds = point.period.last_day, version.valid
    return (bounds.lower is None or bounds.lower <= day) and (bounds.upper is None or day < bounds.upper)


def _is_refused(book: Book, code: str, sheet: Sheet, units: frozenset[int]) -> bool:
    columns = [leaf_column(leaf, book, sheet) for leaf in book.leaves(code)]
    return any(column.reasons.get(unit) == NOT_RECASTABLE for column in columns for unit in units)


def _trimmed(points: Sequence[Point]) -> tuple[Point, ...]:
    """Without the points before the first figure and after the last: what lies between is a gap."""
    places = [place for place, point in enumerate(points) if point.collection is not None]
    return tuple(points[places[0] : places[-1] + 1]) if places else ()
