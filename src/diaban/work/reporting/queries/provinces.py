"""The provinces beside one another, where the whole country reports: each indicator's period, year so far and last year's."""

from collections.abc import Sequence
from dataclasses import dataclass

from diaban.foundation.facts.consolidation import Figure, National, national
from diaban.foundation.facts.models import Indicator
from diaban.foundation.territory.models import Level, UnitVersion
from diaban.foundation.territory.queries import versions_of
from diaban.work.reporting.asking import Choices
from diaban.work.reporting.display import figure
from diaban.work.reporting.layout import Block, Layout, Measure


@dataclass(frozen=True, slots=True)
class Three:
    """An indicator of a province as it is written: the period, the year so far, the same period of last year."""

    now: str
    so_far: str
    last_year: str
    reported: int
    expected: int
    is_estimated: bool
    is_whole: bool


@dataclass(frozen=True)
class ProvinceRow:
    """A province of the map that is asked for; the country where `unit` is None."""

    unit: UnitVersion | None
    cells: tuple[Three, ...]


def measures_of(layout: Layout, block: Block) -> list[Measure]:
    """The indicators of a section, in the order of the form."""
    codes = dict.fromkeys(line.indicator for line in layout.lines if line.section == block.number)
    return [layout.measures[code] for code in codes]


def province_rows(chosen: Choices, measures: Sequence[Measure]) -> list[ProvinceRow]:
    """The country, then its provinces in the order of their names, on the map of the period's last day or the one asked for.

    Every unit of the form's level is taken to be expected. Ten queries; five more where units left something out.
    """
    day = chosen.map_on or chosen.period.last_day
    found = national(
        collection_id=chosen.schedule.form.collection_id,
        indicators=list(Indicator.objects.filter(code__in=[measure.code for measure in measures])),
        period=chosen.period,
        level=chosen.schedule.form.level,
        today=day,
    )
    units = versions_of(found.province_ids, day)
    in_order = sorted(units.values(), key=lambda unit: unit.sort_key)
    return [_row(found, measures, None), *(_row(found, measures, unit) for unit in in_order)]


def is_national(chosen: Choices) -> bool:
    """Is the area that is asked for the country? Its reports are too many to be added up one by one for a page."""
    return chosen.unit.unit.level == Level.COUNTRY


def _row(found: National, measures: Sequence[Measure], unit: UnitVersion | None) -> ProvinceRow:
    province = unit.unit_id if unit else None
    return ProvinceRow(unit, tuple(_three(found.figures[province, one.code], one.digits) for one in measures))


def _three(of: Figure, digits: int) -> Three:
    return Three(
        now=figure(of.value, digits, of.reason),
        so_far=figure(of.cumulative, digits),
        last_year=figure(of.same_period_last_year, digits),
        reported=of.reported,
        expected=of.expected,
        is_estimated=of.estimated,
        is_whole=of.complete,
    )
