"""How often clean figures are doubted, and how many seeded mistakes are found, on the forms and places of the demo worlds.

Nine quarters are invented for each place: eight of past, one that is looked at, with a noise of ±6 % on every figure of a
flow, ±1.5 % on every stock. A mistake is put into one report at a time; it is found where its cell (or another of its
indicator) is doubted or refused; where the clean report was doubted too, nothing is tried.
"""

import itertools
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from bench.figure import Figure
from bench.ground import a_world

if TYPE_CHECKING:
    from diaban.faces.demo.figures import Place
    from diaban.work.reporting.cells import Cell
    from diaban.work.reporting.layout import Layout
    from diaban.work.reporting.quality.doubting import Beside

SEED, TRIES, PAST = 20091023, 200, 8
MOST_FALSE = 5  # percent of the clean cells
NOISE = {"flow": 0.06, "stock": 0.015}
Values = Mapping[str, Decimal]
Spoil = Callable[["Area", int, random.Random], tuple[Values, set[str]] | None]


def figures() -> Iterable[Figure]:
    """One database holds the ground and the forms of both worlds."""
    with a_world("bench_doubts"):
        yield from measured("district form 2009", _districts())
        yield from measured("commune form 2026", _communes())


def measured(form: str, area: "Area") -> Iterator[Figure]:
    doubted, cells = area.false_alarms()
    note = f"{doubted} of {cells} cells, {len(area.places)} places"
    yield Figure(f"{form}: clean cells doubted", 100 * doubted / cells, "%", bar=MOST_FALSE, note=note)
    for name, (spoil, bar) in MISTAKES.items():
        found, tried = area.detected(spoil)
        yield Figure(
            f"{form}: {name} found", 100 * found / tried, "%", bar=bar, at_least=True, note=f"{found} of {tried}"
        )


@dataclass(frozen=True)
class Area:
    """The places of one world with a form, and what each reported quarter by quarter."""

    layout: "Layout"
    days: Sequence[date]
    places: Sequence["Place"]

    @cached_property
    def cells(self) -> tuple["Cell", ...]:
        from diaban.work.reporting.cells import cells_of

        return cells_of(self.layout, self.days[-1])

    @cached_property
    def kinds(self) -> dict[str, str]:
        """By cell, as the catalogue has the indicator its figure belongs to."""
        from diaban.foundation.facts.models import Indicator
        from diaban.work.reporting.flowing import cells_of_facts

        kinds = dict(Indicator.objects.values_list("code", "kind"))
        return {cell: kinds[code] for (code, _key), cell in cells_of_facts(self.layout, self.days[-1]).items()}

    @cached_property
    def typed(self) -> list[list[Values]]:
        """What was typed, by place and quarter."""
        from diaban.faces.demo.figures import invent

        return [
            [
                self._noisy(place.code, invent(self.layout, day, place, quarters=quarter).values, quarter)
                for quarter, day in enumerate(self.days)
            ]
            for place in self.places
        ]

    @cached_property
    def whole(self) -> list[list[Values]]:
        """The same with all that is computed from it."""
        return [
            [self.computed(values, place, day) for values, day in zip(told, self.days, strict=True)]
            for told, place in zip(self.typed, self.places, strict=True)
        ]

    def computed(self, typed: Values, place: "Place", day: date) -> Values:
        from diaban.work.reporting.cells import compute

        return compute(self.layout, day, {**place.base, **typed}, {}).values

    def _noisy(self, code: str, values: Values, quarter: int) -> Values:
        """Parts of ratios are left alone, so that no numerator passes its denominator."""
        noisy = dict(values)
        for name, value in values.items():
            width = 0.0 if name.endswith(("__num", "__den")) or value < 2 else NOISE.get(self.kinds.get(name, ""), 0.0)
            factor = random.Random(f"{code}:{name}:{quarter}").uniform(1 - width, 1 + width)
            noisy[name] = (value * Decimal(str(factor))).quantize(value)
        return noisy

    def beside(self, at: int) -> "Beside":
        from diaban.work.reporting.flowing import cells_of_facts
        from diaban.work.reporting.quality.doubting import Beside, peers_of

        told, place = self.whole[at], self.places[at]
        names = cells_of_facts(self.layout, self.days[-1]).values()
        past = {name: [one[name] for one in told[:-1] if name in one] for name in names}
        people = {number: one.base["DB01"] for number, one in enumerate(self.places)}
        totals = [cell for cell in self.cells if cell.is_total]
        now = {number: one[-1] for number, one in enumerate(self.whole)}
        return Beside(past, told[-2], self.kinds, peers_of(totals, at, now, people, {}), place.base["DB01"])

    @cached_property
    def besides(self) -> list["Beside"]:
        return [self.beside(at) for at in range(len(self.places))]

    def doubted(self, at: int, typed: Values) -> set[str]:
        """The indicators of a report that are doubted or refused."""
        from diaban.work.reporting.quality.doubting import doubts_beside
        from diaban.work.reporting.validation import Entry, check_values

        values = self.computed(typed, self.places[at], self.days[-1])
        told = {cell.indicator for cell, _doubt in doubts_beside(self.cells, values, self.besides[at])}
        entry = Entry(values={**self.places[at].base, **typed})
        found = check_values(self.layout, self.days[-1], entry, with_words=False)
        return told | {one.cell.split("__")[0] for one in found if one.is_error and not one.is_missing}

    def false_alarms(self) -> tuple[int, int]:
        """Doubts about what nobody spoilt, and the cells with a figure."""
        from diaban.work.reporting.quality.doubting import doubts_beside

        found = cells = 0
        for at, told in enumerate(self.whole):
            found += len(doubts_beside(self.cells, told[-1], self.besides[at]))
            cells += sum(cell.name in told[-1] and cell.is_typed for cell in self.cells)
        return found, cells

    def detected(self, spoil: "Spoil") -> tuple[int, int]:
        """Of so many mistakes of one kind, how many are found."""
        chance, found, tried = random.Random(SEED), 0, 0
        clean = [self.doubted(at, told[-1]) for at, told in enumerate(self.typed)]
        for _try in range(TRIES * 5):
            at = chance.randrange(len(self.places))
            spoilt = spoil(self, at, chance)
            if spoilt is None:
                continue
            values, indicators = spoilt
            if indicators <= clean[at]:
                continue  # told already
            tried += 1
            found += bool((self.doubted(at, values) - clean[at]) & indicators)
            if tried == TRIES:
                break
        return found, max(tried, 1)

    def numbers(self, at: int, least: int = 1) -> list["Cell"]:
        """Cells that a hand types a count or a sum into, no smaller than that."""
        from diaban.work.reporting.cells import Kind

        values = self.typed[at][-1]
        return [
            cell
            for cell in self.cells
            if cell.kind is Kind.NUMBER
            and cell.is_typed
            and cell.unit_name != "%"
            and values.get(cell.name, 0) >= least
        ]


def _changed(least: int, change: Callable[[Decimal], Decimal]) -> Spoil:
    def spoil(area: Area, at: int, chance: random.Random) -> tuple[Values, set[str]] | None:
        cell = chance.choice(area.numbers(at, least))
        values = area.typed[at][-1]
        return {**values, cell.name: change(values[cell.name])}, {cell.indicator}

    return spoil


def _swapped(area: Area, at: int, chance: random.Random) -> tuple[Values, set[str]] | None:
    """Two rows below one another, with figures that differ by a half and more."""
    values, cells = area.typed[at][-1], area.numbers(at, 4)
    pairs = [
        (one, other)
        for one, other in itertools.pairwise(cells)
        if one.unit_name == other.unit_name
        and one.section == other.section
        and max(values[one.name], values[other.name]) >= Decimal("1.5") * min(values[one.name], values[other.name])
    ]
    if not pairs:
        return None
    one, other = chance.choice(pairs)
    spoilt = {**values, one.name: values[other.name], other.name: values[one.name]}
    return spoilt, {one.indicator, other.indicator}


def _copied(area: Area, at: int, chance: random.Random) -> tuple[Values, set[str]] | None:
    """Everything is last quarter's."""
    return area.typed[at][-2], {cell.indicator for cell in area.cells}


MISTAKES: dict[str, tuple[Spoil, float]] = {
    "ten times (counts from 20)": (_changed(20, lambda value: value * 10), 90),
    "a tenth (counts from 200)": (_changed(200, lambda value: (value / 10).quantize(Decimal(1))), 90),
    "ten times (small counts, 2 to 19)": (_changed(2, lambda value: value * 10), 80),
    "a thousand times (another unit)": (_changed(2, lambda value: value * 1000), 95),
    "rows swapped": (_swapped, 80),
    "last quarter copied": (_copied, 90),
    "sign": (_changed(1, lambda value: -value), 99),
}


def _area(form_code: str, places: Sequence["Place"], last: str) -> Area:
    from diaban.lib.periods import Period
    from diaban.work.reporting.models import Form
    from diaban.work.reporting.queries.layouts import layout_of, version_on

    period = Period.parse(last)
    form = Form.objects.get(code=form_code)
    layout = layout_of(version_on(form.pk, period.last_day).pk)
    days = [period.last_day]
    for _step in range(PAST):
        period = period.previous()
        days.insert(0, period.last_day)
    return Area(layout, days, places)


def _districts() -> Area:
    from diaban.faces.demo.ha_giang import WORLD_DAY, place_of
    from diaban.foundation.territory.models import Level, UnitVersion

    districts = UnitVersion.objects.on(WORLD_DAY).filter(unit__level=Level.DISTRICT, parent__versions__name="Hà Giang")
    return _area("district_quarter_2009", [place_of(one) for one in districts.distinct()], "stat:2009-Q4")


def _communes() -> Area:
    from diaban.faces.demo.past import place_of
    from diaban.faces.demo.tuyen_quang import WORLD_DAY, base_of
    from diaban.foundation.territory.models import Level, UnitVersion
    from diaban.foundation.ui.models import Instance

    root = Instance.objects.values_list("root_unit_id", flat=True).get()
    communes = UnitVersion.objects.on(WORLD_DAY).filter(parent=root, unit__level=Level.COMMUNE)
    return _area("commune_quarter_2026", [place_of(one, base_of(one)) for one in communes], "nd09:2026-Q1")
