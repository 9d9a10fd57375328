"""Published figures read again, and two of them set side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from diaban.foundation.acts.actor import Actor
from diaban.foundation.facts.catalogue import keys_of
from diaban.foundation.facts.consolidation import Area, Crossed, crossed
from diaban.foundation.facts.reading import tidy
from diaban.foundation.facts.rules.cells import Cell
from diaban.foundation.facts.rules.totals import Total
from diaban.foundation.territory.queries import version_of
from diaban.work.reporting.consolidated import Consolidated, consolidated_of
from diaban.work.reporting.models import Snapshot, SourceChoice
from diaban.work.reporting.queries.snapshots import Moved, chosen_between, moved_between, pins_at


class NotComparable(ValueError):
    """The two are not of the same figures. The message says why, in Vietnamese."""


@dataclass(frozen=True)
class Change:
    """A figure that differs: of the whole where `unit_name` is blank."""

    unit_name: str
    cell: Cell
    label: str
    unit_of_measure: str
    digits: int
    before: Total
    after: Total

    @property
    def difference(self) -> Decimal | None:
        """After less before, where both have a value."""
        if self.before.value is None or self.after.value is None:
            return None
        return tidy(self.after.value - self.before.value)


@dataclass(frozen=True)
class Comparison:
    """What changed from one publication to the next: versions by unit, decisions between sources, figures of the whole,
    figures of those units."""

    first: Snapshot
    second: Snapshot
    moved: tuple[Moved, ...]
    chosen: tuple[SourceChoice, ...]
    whole: tuple[Change, ...]
    by_unit: tuple[Change, ...]


def read_again(snapshot: Snapshot, actor: Actor) -> Consolidated:
    """The consolidated figures as they were published, as far as the actor may see them. Raises `OutOfSight`."""
    period = snapshot.read_period
    one = consolidated_of(
        form_code=snapshot.form.code,
        period=period,
        unit=version_of(snapshot.unit_id, period.last_day),
        as_of=snapshot.as_of,
        map_on=None,
        actor=actor,
    )
    return replace(one, snapshot=snapshot)


def is_whole(snapshot: Snapshot, one: Consolidated) -> bool:
    """Whether what is read again comes from the very versions that were pinned. Two queries."""
    pinned = {(version, tuple(sections)) for version, sections in snapshot.parts.values_list("version_id", "sections")}
    units = set(one.expected_ids) | set(snapshot.parts.values_list("version__report__unit_id", flat=True))
    found = pins_at(snapshot.form_id, snapshot.read_period, units, snapshot.as_of)
    return pinned == {(pin.version_id, pin.sections) for pin in found}


def compared(first: Snapshot, second: Snapshot, actor: Actor) -> Comparison:
    """Two publications of one area, form and period, figures in sight only. Raises `NotComparable` or `OutOfSight`.

    Some twenty-five queries, whatever the number of units.
    """
    keys = [(one.form_id, one.unit_id, one.period) for one in (first, second)]
    if keys[0] != keys[1]:
        raise NotComparable("Chỉ so được hai bản chốt của cùng biểu mẫu, cùng địa bàn, cùng kỳ.")
    one = read_again(second, actor)
    moved, chosen = moved_between(first, second), chosen_between(first, second)
    units = {each.unit_id: each.unit_name for each in moved}
    units = {each.report.unit_id: each.report.unit_name for each in chosen} | units
    areas = [Area({one.period: one.owing[one.period]}, one.unit.unit_id)]
    areas += [Area({one.period: frozenset({each})}) for each in units]
    book = one.catalogue.book(one.period.last_day)
    cells = [cell for code in one.layout.indicators for cell in keys_of(book[code])]
    sides = [_figures(one, areas, cells, snapshot) for snapshot in (first, second)]
    names = ["", *units.values()]
    labels = _labels(one)
    found = [
        Change(names[place], cell, *labels[cell], before, after)
        for place in range(len(areas))
        for cell in cells
        for before, after in [[side.figures[cell, one.period][place] for side in sides]]
        if cell in labels and _differ(before, after)
    ]
    return Comparison(
        first,
        second,
        tuple(moved),
        tuple(chosen),
        tuple(change for change in found if not change.unit_name),
        tuple(change for change in found if change.unit_name),
    )


def _figures(one: Consolidated, areas: Sequence[Area], cells: Sequence[Cell], snapshot: Snapshot) -> Crossed:
    return crossed(
        collection_id=one.form.collection_id,
        cells=cells,
        areas=areas,
        periods=[one.period],
        as_of=snapshot.as_of,
        catalogue=one.catalogue,
    )


def _labels(one: Consolidated) -> dict[Cell, tuple[str, str, int]]:
    """What the form calls its cells, their unit of measure and digits."""
    labels: dict[Cell, tuple[str, str, int]] = {}
    for line in one.layout.lines:
        measure = one.layout.measures[line.indicator]
        labels[line.indicator] = measure.name, measure.unit_name, measure.digits
        for part in line.parts:
            name = f"{measure.name}: {part.label}"
            labels[f"{line.indicator}__{part.code}"] = name, measure.unit_name, measure.digits
    return labels


def _differ(before: Total, after: Total) -> bool:
    return (before.value, before.reason, before.reported) != (after.value, after.reason, after.reported)
