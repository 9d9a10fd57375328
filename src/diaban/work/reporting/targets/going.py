"""How the units of an area go towards their plans of the year: one line for each unit and planned indicator."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Collection as Several
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from diaban.foundation.facts.catalogue import read_catalogue
from diaban.foundation.facts.consolidation import Progress, YearSoFar, read_plans, year_so_far
from diaban.foundation.facts.models import Indicator, Plan, PlanProfile, PlanVersion
from diaban.foundation.facts.rules.columns import ADDS_PARTS
from diaban.foundation.facts.rules.pace import HUNDRED, STRAIGHT, Course, Known, Pace, Verdict, due_share, pace
from diaban.foundation.territory.models import Containment, UnitVersion
from diaban.lib.periods import Period
from diaban.work.reporting.consolidated import Consolidated
from diaban.work.reporting.layout import Layout
from diaban.work.reporting.models import Form
from diaban.work.reporting.queries.reporters import owing_alone

TOTAL = ""
ORDER = {
    Verdict.MISSED: 0,
    Verdict.LIKELY_MISSED: 1,
    Verdict.BEHIND: 2,
    Verdict.NOT_JUDGED: 3,
    Verdict.ON_COURSE: 4,
    Verdict.REACHED: 5,
}

Above = Callable[[date], Sequence[tuple[int, int]]]  # what a unit lay in on a day, itself first, with the steps between


@dataclass(frozen=True)
class Line:
    """One unit and one planned indicator. `due` is the percent of the year's plan that is due; `profile` says on what paper,
    blank on the straight line."""

    unit: UnitVersion
    indicator: Indicator
    course: Course
    plan: Decimal
    progress: Progress
    due: Decimal
    pace: Pace
    is_area: bool
    profile: str = ""

    @property
    def of_plan(self) -> Decimal | None:
        """The year so far in percent of the plan; None of rates, where that would be a percent of a percent."""
        value = self.progress.so_far.value
        if value is None or self.plan <= 0 or self.course is Course.RATE or self.indicator.unit_name == "%":
            return None
        return value * HUNDRED / self.plan


@dataclass(frozen=True)
class Allotted:
    """An indicator's plans: the area's own, and what its units' come to where such plans add up."""

    indicator: Indicator
    own: Decimal | None
    given: int
    units: int
    total: Decimal | None

    @property
    def left(self) -> int:
        """Units without a plan."""
        return self.units - self.given

    @property
    def difference(self) -> Decimal | None:
        """What the units' plans come to over (+) or under (-) the area's; None until every unit has one."""
        if self.own is None or self.total is None or self.given < self.units:
            return None
        return self.total - self.own


@dataclass(frozen=True)
class Targets:
    """Everything about the plans of an area for the year of a period. Seven queries, as it is asked for."""

    one: Consolidated

    @cached_property
    def units(self) -> dict[int, UnitVersion]:
        """The area first, then the units expected in the period by name."""
        area = self.one.unit
        return {area.unit_id: area, **{unit.unit_id: unit for unit in self.one.coverage.expected}}

    @cached_property
    def _plans(self) -> Mapping[str, Mapping[int, Decimal]]:
        """By code of the sections in sight, then unit."""
        found = read_plans(
            self.one.catalogue, self.one.unit.unit_id, self.one.owing[self.one.period], self.one.period.year
        )
        return {
            code: found.values[found.ids[code], TOTAL]
            for code in self.one.layout.indicators
            if (found.ids[code], TOTAL) in found.values
        }

    @cached_property
    def _profiles(self) -> Mapping[int, PlanProfile]:
        """By indicator, that of the nearest area above. Two queries."""
        area, day = self.one.unit.unit_id, self.one.period.last_day
        lines = Containment.objects.filter(descendant=area, valid__contains=day)
        return nearest_profiles(lines.values_list("ancestor_id", "distance"), self.one.period.year)

    @cached_property
    def _figures(self) -> YearSoFar:
        codes = list(self._plans)
        return year_so_far(
            collection_id=self.one.form.collection_id,
            codes=codes,
            period=self.one.period,
            area_id=self.one.unit.unit_id,
            expected_in=self.one.owing,
            catalogue=self.one.catalogue.only(codes),
            as_of=self.one.as_of,
        )

    def area_plan(self, code: str) -> Decimal | None:
        """The area's own plan, else the sum of its units' where it adds up and none is missing."""
        allotted = self.allotted_of(code)
        if allotted.own is not None:
            return allotted.own
        return allotted.total if allotted.given == allotted.units else None

    def allotted_of(self, code: str) -> Allotted:
        indicator, plans = self.one.indicators[code], self._plans.get(code, {})
        below = [unit for unit in self.units if unit != self.one.unit.unit_id]
        values = [plans[unit] for unit in below if unit in plans]
        adds = indicator.over_units in ADDS_PARTS and values
        return Allotted(
            indicator,
            plans.get(self.one.unit.unit_id),
            len(values),
            len(below),
            sum(values, Decimal()) if adds else None,
        )

    @cached_property
    def allotted(self) -> list[Allotted]:
        """One for each planned indicator, where the area has units below it."""
        return [self.allotted_of(code) for code in self._plans] if len(self.units) > 1 else []

    @cached_property
    def lines(self) -> list[Line]:
        """Likely misses first, then what is behind, then what cannot be judged; the area before its units."""
        places = {unit: place for place, unit in enumerate(self.units)}
        found = [line for code in self._plans for line in self.lines_of(code)]
        return sorted(found, key=lambda line: (*_urgency(line), places[line.unit.unit_id]))

    def lines_of(self, code: str) -> list[Line]:
        """One indicator's, the area first."""
        if code not in self._plans or code not in self._figures.figures:
            return []
        profile = self._profiles.get(self.one.indicators[code].pk)
        lines = []
        for unit_id, unit in self.units.items():
            is_area = unit_id == self.one.unit.unit_id
            plan = self.area_plan(code) if is_area else self._plans[code].get(unit_id)
            lines.append(_line(unit, self.one.indicators[code], plan, self._figures, profile, is_area=is_area))
        return [line for line in lines if line is not None]

    @property
    def warned(self) -> list[Line]:
        return [line for line in self.lines if line.pace.is_warned]


def lines_of_unit(form: Form, period: Period, unit: UnitVersion, layout: Layout, above: Above) -> list[Line]:
    """What one unit that reports itself was given of the form's indicators, likely misses first.

    One query where it was given nothing, five or six otherwise.
    """
    given = Plan.given.filter(
        unit=unit.unit_id, year=period.year, category__key=TOTAL, indicator__code__in=layout.indicators
    )
    plans = {plan.indicator.code: plan for plan in given.select_related("indicator")}
    if not plans:
        return []
    figures = year_so_far(
        collection_id=form.collection_id,
        codes=list(plans),
        period=period,
        area_id=unit.unit_id,
        expected_in=_owing(form.pk, period, unit.unit_id, above),
        catalogue=read_catalogue(plans, stamp=layout.stamp),
    )
    profiles = nearest_profiles(above(period.last_day), period.year)
    found = [
        _line(unit, plan.indicator, plan.value, figures, profiles.get(plan.indicator_id), is_area=True)
        for plan in plans.values()
    ]
    return sorted((line for line in found if line is not None), key=_urgency)


def _owing(form_id: int, period: Period, unit_id: int, above: Above) -> dict[Period, frozenset[int]]:
    """In which periods of the year, and in the one before it, the unit was to report: in none in which it did not exist."""
    year = period.so_far_this_year()
    asked = (year[0].previous(), *year)
    existed = [one for one in asked if above(one.last_day)]
    return {one: frozenset[int]() for one in asked} | owing_alone(form_id, unit_id, existed)


def nearest_profiles(above: Iterable[tuple[int, int]], year: int) -> dict[int, PlanProfile]:
    """By indicator, the profile of the nearest of some areas, each with the steps to it. One query."""
    steps = dict(above)
    rows = PlanProfile.objects.filter(year=year, unit__in=list(steps))
    nearest = sorted(rows, key=lambda row: steps[row.unit_id], reverse=True)
    return {row.indicator_id: row for row in nearest}


def _line(
    unit: UnitVersion, indicator: Indicator, plan: Decimal | None, figures: YearSoFar, profile: PlanProfile | None, *,
    is_area: bool,
) -> Line | None:  # fmt: skip
    """None where the unit has no plan or the indicator no figures."""
    progress = figures.figures.get(indicator.code, {}).get(unit.unit_id)
    if plan is None or progress is None:
        return None
    due = due_share(figures.period, profile.ends if profile else STRAIGHT)
    course = figures.courses[indicator.code]
    known = Known(progress.so_far.value, plan, progress.opening, progress.so_far.complete)
    verdict = pace(known, course, indicator.direction, due)
    return Line(unit, indicator, course, plan, progress, due, verdict, is_area, profile.basis if profile else "")


def _urgency(line: Line) -> tuple[int, int]:
    return ORDER[line.pace.verdict], line.indicator.position


@dataclass(frozen=True)
class Given:
    """One unit's plan with every giving of it, oldest first."""

    unit: UnitVersion
    plan: Plan
    versions: Sequence[PlanVersion]


def givings(indicator: Indicator, year: int, units: Mapping[int, UnitVersion]) -> list[Given]:
    """The plans of an indicator and year with their adjustments, in the order of the units. Two queries."""
    plans = {
        plan.unit_id: plan
        for plan in Plan.given.filter(
            indicator=indicator, year=year, category__key=TOTAL, unit__in=list(units)
        ).prefetch_related("versions")
    }
    return [Given(units[unit], plans[unit], list(plans[unit].versions.all())) for unit in units if unit in plans]


def counts(lines: Several[Line]) -> dict[str, int]:
    """How many stand how, by verdict."""
    return {verdict.value: sum(line.pace.verdict is verdict for line in lines) for verdict in ORDER}
