"""The consolidated report of an area: one object, from which every output (JSON, tables, papers, pages) is made.

It is computed from the facts for every object, inside the caller's transaction; nothing of it outlives the object.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.facts.catalogue import Catalogue, read_catalogue
from diaban.foundation.facts.consolidation import Consolidation, Row, consolidate
from diaban.foundation.facts.consolidation.tables import UnitTable, by_unit
from diaban.foundation.facts.models import Indicator
from diaban.foundation.territory.models import Containment, UnitVersion
from diaban.foundation.territory.queries import units_on, versions_of
from diaban.lib.periods import Period
from diaban.lib.vietnamese import format_date
from diaban.work.reporting.layout import Block, Layout, Line, Measure
from diaban.work.reporting.models import Form, Schedule, Snapshot
from diaban.work.reporting.queries.layouts import NoVersion, layout_of, version_on
from diaban.work.reporting.queries.reporters import Reporters, expected_in, reporters
from diaban.work.reporting.sight import blocks_in_sight


class NothingToConsolidate(LookupError):
    """There is no such form, schedule, period or area to consolidate. The message is in Vietnamese."""


class OutOfSight(LookupError):
    """The actor may see nothing of that area's figures."""


@dataclass(frozen=True)
class Entry:
    """A line of the consolidated table: an indicator's total or, one step in, a part of it."""

    number: str
    label: str
    measure: Measure
    indicator: Indicator
    row: Row
    is_part: bool

    @property
    def in_points(self) -> bool:
        """Whether it is compared by percentage points, being a percentage itself."""
        return self.measure.unit_name == "%"


@dataclass(frozen=True)
class Table:
    """A section of the form with its lines."""

    block: Block
    entries: tuple[Entry, ...]

    @property
    def totals(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if not entry.is_part)


@dataclass(frozen=True)
class Consolidated:
    """What an area's figures are for one period of a form. `coverage` is told for the area, `row.reported` for each row.

    `layout` holds only the sections that the actor may see; `owing` are the units expected in each period that is compared.
    The figures are read when they are first asked for, in ten queries.
    """

    form: Form
    schedules: tuple[Schedule, ...]
    period: Period
    unit: UnitVersion
    as_of: date | None
    map_on: date | None
    coverage: Reporters
    layout: Layout
    owing: Mapping[Period, frozenset[int]]
    snapshot: Snapshot | None = None

    @property
    def known_said(self) -> str:
        """As of when the figures are known: a publication, a day; blank for what stands now."""
        if self.snapshot is not None:
            return f"theo {str(self.snapshot).lower()}, ký ngày {format_date(self.snapshot.signed_on)}"
        return f"số liệu tiếp nhận đến hết ngày {format_date(self.as_of)}" if self.as_of else ""

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """The indicators of the visible sections, by code."""
        return {row.code: row for row in Indicator.objects.filter(code__in=self.layout.indicators)}

    @cached_property
    def catalogue(self) -> Catalogue:
        """How the indicators of the visible sections are computed."""
        return read_catalogue(self.layout.indicators, stamp=self.layout.stamp)

    @cached_property
    def consolidation(self) -> Consolidation:
        """Every row of every indicator, those included that the form does not print."""
        return consolidate(
            collection_id=self.form.collection_id,
            indicators=[self.indicators[code] for code in self.layout.indicators],
            unit_id=self.unit.unit_id,
            period=self.period,
            expected_unit_ids=self.owing[self.period],
            as_of=self.as_of,
            map_on=self.map_on,
            expected_in=self.owing,
            catalogue=self.catalogue,
        )

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that the form has: each total before its parts."""
        return tuple(entry.row for table in self.tables for entry in table.entries)

    def row(self, indicator: str, category: str = "") -> Row:
        """Raises KeyError."""
        return self.consolidation.row(indicator, category)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The sections in the order of the paper."""
        return tuple(self._table(block) for block in self.layout.blocks)

    @property
    def filled_blocks(self) -> tuple[Block, ...]:
        """The visible sections that have indicators."""
        numbers = {line.section for line in self.layout.lines}
        return tuple(block for block in self.layout.blocks if block.number in numbers)

    def of_section(self, number: int) -> "Consolidated":
        """The same with one section only: no figures of the others are worked out."""
        blocks = [block for block in self.layout.blocks if block.number == number]
        return replace(self, layout=self.layout.only(blocks))

    def of_indicators(self, codes: Collection[str]) -> "Consolidated":
        """The same with those indicators only: no other figures are worked out."""
        lines = tuple(line for line in self.layout.lines if line.indicator in codes)
        return replace(self, layout=replace(self.layout, lines=lines))

    def _table(self, block: Block) -> Table:
        entries: list[Entry] = []
        lines = [line for line in self.layout.lines if line.section == block.number]
        for place, code in enumerate(dict.fromkeys(line.indicator for line in lines), start=1):
            measure, indicator = self.layout.measures[code], self.indicators[code]
            entries.append(Entry(str(place), measure.name, measure, indicator, self.row(code), is_part=False))
            for line in lines:
                if line.indicator == code and line.dimension:
                    entries += self._parts(line, measure, indicator)
        return Table(block, tuple(entries))

    def _parts(self, line: Line, measure: Measure, indicator: Indicator) -> list[Entry]:
        found = []
        for part in line.parts:
            key = f"{line.dimension}={part.code}"
            row = self._places.get((measure.code, key))
            if row is not None and self.period.last_day in part.valid:
                found.append(Entry("", part.label, measure, indicator, row, is_part=True))
        return found

    @cached_property
    def _places(self) -> dict[tuple[str, str], Row]:
        return {(row.indicator, row.category): row for row in self.consolidation.rows}

    @property
    def expected_ids(self) -> tuple[int, ...]:
        """The units expected to report, in the order of their names."""
        return tuple(unit.unit_id for unit in self.coverage.expected)

    def by_unit(
        self, codes: Sequence[str] | None = None, *, with_parts: bool = False, with_whole: bool = False
    ) -> UnitTable:
        """The units' own figures in the indicators named, or in all; with the area's from the same reading where it is asked
        for. Three queries, two more the first time, and the territory's on another map."""
        wanted = self.layout.indicators if codes is None else codes
        return by_unit(
            collection_id=self.form.collection_id,
            indicators=[self.indicators[code] for code in wanted],
            period=self.period,
            unit_ids=self.expected_ids,
            with_parts=with_parts,
            as_of=self.as_of,
            map_on=self.map_on,
            area=self.unit.unit if with_whole else None,
            catalogue=self.catalogue.only(wanted),
        )

    def units_of(self, table: UnitTable) -> tuple[UnitVersion, ...]:
        """The units of a table that lie in the area, in the order of their names: on another map, those of that map. One
        query there, none otherwise."""
        if self.map_on is None:
            return self.coverage.expected
        inside = Containment.objects.filter(
            ancestor=self.unit.unit_id, descendant__in=table.unit_ids, valid__contains=self.map_on
        ).values("descendant_id")
        return tuple(units_on(self.map_on).filter(unit__in=inside))

    def as_json(self) -> dict[str, Any]:
        """The whole as plain values: numbers are exact decimal strings, days ISO strings, what is missing null."""
        return {
            "form": self.form.code,
            "period": {
                "calendar": str(self.period.calendar),
                "kind": str(self.period.kind),
                "first_day": self.period.start.isoformat(),
                "last_day": self.period.last_day.isoformat(),
            },
            "unit": self.unit.code,
            "as_of": _day(self.as_of),
            **({"snapshot": self.snapshot.number} if self.snapshot else {}),
            "map": _day(self.map_on),
            "coverage": {
                "expected": len(self.coverage.expected),
                "sent": len(self.coverage.sent),
                "received": len(self.coverage.received),
                "missing": [unit.code for unit in self.coverage.missing],
            },
            "rows": [row_as_json(row) for row in self.rows],
        }


def row_as_json(row: Row) -> dict[str, Any]:
    """A row as JSON. `category` is "" for the total, `reason` null where there is nothing to explain.

    Beside the period before, last year's and the plan stands a percentage of each, or for percentages the points between;
    `like_…` tells whether both come from all units that were to give them, `cumulative_complete` whether the year so far does,
    which the plan is held against. Keys are only ever added, at the end.
    """
    return {
        "indicator": row.indicator,
        "category": row.category,
        "value": exact(row.value),
        "reason": row.reason or None,
        "numerator": exact(row.numerator),
        "denominator": exact(row.denominator),
        "complete": row.complete,
        "estimated": row.estimated,
        "expected": row.expected,
        "reported": row.reported,
        "cumulative": exact(row.cumulative),
        "previous": exact(row.previous),
        "same_period_last_year": exact(row.same_period_last_year),
        "plan": exact(row.plan),
        "percent_of_plan": exact(row.percent_of_plan),
        "percent_of_previous": exact(row.percent_of_previous),
        "points_from_previous": exact(row.points_from_previous),
        "like_previous": row.is_like_previous,
        "percent_of_same_period": exact(row.percent_of_same_period),
        "points_from_same_period": exact(row.points_from_same_period),
        "like_same_period": row.is_like_last_year,
        "points_from_plan": exact(row.points_from_plan),
        "cumulative_complete": row.cumulative_complete,
    }


def exact(value: Decimal | None) -> str | None:
    """A number in full, never with an exponent."""
    return None if value is None else format(value, "f")


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def consolidated(
    *,
    form_code: str,
    period: Period,
    unit_id: int,
    as_of: date | None = None,
    map_on: date | None = None,
    snapshot: int | None = None,
    actor: Actor,
) -> Consolidated:
    """The consolidated report of a unit. Raises `NothingToConsolidate`, or `OutOfSight` where the actor may see none of it.

    `snapshot` is the number of a publication of the form, unit and period, whose figures are read instead of today's.

    Expected are the units inside it on the period's last day that owed the report. With `map_on` the unit is one of that
    day's map, and every period is recast onto it.
    """
    unit = _unit_on(unit_id, map_on or period.last_day)
    published = _published(form_code, unit_id, period, snapshot) if snapshot is not None else None
    known = published.as_of if published else as_of
    one = consolidated_of(form_code=form_code, period=period, unit=unit, as_of=known, map_on=map_on, actor=actor)
    return replace(one, snapshot=published)


def _published(form_code: str, unit_id: int, period: Period, number: int) -> Snapshot:
    found = Snapshot.objects.filter(form__code=form_code, unit=unit_id, period=str(period), number=number).first()
    if found is None:
        raise NothingToConsolidate(
            f"Không có bản chốt số {number:02d} của địa bàn này cho {period.label(inside=True)}."
        )
    return found


def consolidated_of(
    *, form_code: str, period: Period, unit: UnitVersion, as_of: date | None, map_on: date | None, actor: Actor
) -> Consolidated:
    """As `consolidated`, of a unit known as it is on the period's last day, or on `map_on`."""
    form, schedules = _asked(form_code, period)
    unit_id = unit.unit_id
    try:
        layout = layout_of(version_on(form.pk, period.last_day).pk)
    except NoVersion as problem:
        raise NothingToConsolidate(str(problem)) from problem
    layout = layout.only(blocks_in_sight(actor, unit_id, layout.blocks))
    if not layout.blocks:
        raise OutOfSight(unit.full_name)
    compared = dict.fromkeys((*period.so_far_this_year(), period, period.previous(), period.same_last_year()))
    owing = expected_in(schedules, unit_id, list(compared), by_descent=map_on is not None)
    coverage = reporters(schedules, period, owing[period], as_of)
    return Consolidated(form, schedules, period, unit, as_of, map_on, coverage, layout, owing)


def _asked(form_code: str, period: Period) -> tuple[Form, tuple[Schedule, ...]]:
    """The form and its schedules that asked it for the period. One query."""
    schedules = Schedule.objects.filter(
        form__code=form_code, is_on=True, valid__contains=period.last_day
    ).select_related("form", "form__collection", "counterpart")
    found = tuple(schedules)
    if not found:
        raise NothingToConsolidate(
            _("Không có chế độ báo cáo nào dùng biểu mẫu %(form_code)s cho %(label)s.")
            % {"form_code": form_code, "label": period.label()}
        )
    if period.calendar != found[0].form.calendar:
        raise NothingToConsolidate(
            _("Kỳ %(label)s không thuộc lịch báo cáo của biểu mẫu này.") % {"label": period.label()}
        )
    return found[0].form, found


def _unit_on(unit_id: int, day: date) -> UnitVersion:
    unit = versions_of([unit_id], day).get(unit_id)
    if unit is None:
        raise NothingToConsolidate(_("Địa bàn này không có trên bản đồ ngày %(day)s.") % {"day": f"{day:%d/%m/%Y}"})
    return unit
