"""Completeness and timeliness over periods: unit by unit, by (old) district, for the whole ground.

Units before and after a reform are different units: each stands in a row of its own, and columns on both sides of one are
marked. A regime that took the place of another over the same ground (communes after districts) is told after it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Count, F, Q

from diaban.foundation.acts.actor import Actor
from diaban.foundation.facts.models import Fact, Reason
from diaban.foundation.mandates.permissions import party
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.rules import ClosedReason
from diaban.foundation.territory.models import Coverage, Level, UnitVersion
from diaban.foundation.territory.queries import ancestors_of, nearest_versions, old_districts
from diaban.lib.periods import Period
from diaban.work.reporting.models import Schedule
from diaban.work.reporting.quality.keeping import Kept, Tally, ranked, tally
from diaban.work.reporting.queries.reports import in_reach, said_of

PERIODS = 12
NOT_ASKED = (Reason.NOT_APPLICABLE, Reason.NOT_YET)
NONE = Kept()


@dataclass(frozen=True)
class Column:
    """One period, over all units that owed in it. `since` is the day of the reform between it and the period before, if any."""

    period: Period
    tally: Tally
    since: date | None = None

    @property
    def code(self) -> str:
        return str(self.period)


@dataclass(frozen=True)
class Row:
    """One unit; `cells` go with the columns. A unit that has ended is told under its last name."""

    unit: UnitVersion
    cells: Sequence[Kept]
    tally: Tally
    has_ended: bool


@dataclass(frozen=True)
class Group:
    """Units that people speak of together. `until` is the last day of those that a reform ended."""

    name: str
    rows: Sequence[Row]
    cells: Sequence[Tally]
    tally: Tally
    until: date | None = None


@dataclass(frozen=True)
class Course:
    """`places` is by unit its place among the units of the newest period, and among how many."""

    columns: Sequence[Column]
    groups: Sequence[Group]
    tally: Tally
    places: Mapping[int, tuple[int, int]]

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]


@dataclass(frozen=True)
class Owed:
    """The obligations of some periods, by unit and period."""

    periods: Sequence[Period]
    found: Mapping[int, Mapping[str, Obligation]]


def course_of(actor: Actor, schedule: Schedule, on: date, *, periods: int = PERIODS) -> Course:
    """The last periods of a schedule and of those it took the place of, oldest first. Ten queries for communes, three more
    where some of the units have ended since."""
    schedules = [*before(schedule), schedule]
    owed = _owed(schedules, in_reach(actor), on, periods)
    asked = [str(one) for one in owed.periods]
    cells = _cells(owed, fullness_of(schedules, asked, owed.found), asked, on)
    last_day = owed.periods[-1].last_day if owed.periods else on
    names = nearest_versions(owed.found, last_day)
    rows = [
        Row(names[unit], kept, tally(kept), _end_of(names[unit], last_day) is not None) for unit, kept in cells.items()
    ]
    rows.sort(key=lambda row: (row.unit.sort_key, row.unit.unit_id))
    groups = _groups(schedule, rows, last_day)
    columns = _columns(owed, cells, names)
    newest = {row.unit.unit_id: row.tally for row in rows if row.cells and row.cells[-1].is_owed}
    return Course(columns, groups, tally(kept for row in rows for kept in row.cells), ranked(newest))


def before(schedule: Schedule) -> list[Schedule]:
    """The regimes of the same frequency over the same ground, or over the grounds it came from, that were over when this
    one began; oldest first. One query."""
    if schedule.duty_id is None or schedule.valid.lower is None:
        return []
    covered = Coverage.objects.filter(unit=schedule.unit_id, covered__level=F("unit__level")).values("covered")
    earlier = Schedule.objects.filter(
        Q(unit=schedule.unit_id) | Q(unit__in=covered),
        duty__isnull=False,
        form__period_kind=schedule.form.period_kind,
        valid__fully_lt=schedule.valid,
    ).exclude(pk=schedule.pk)
    return list(earlier.select_related("form").order_by("valid"))


def _owed(schedules: Sequence[Schedule], where: Q, on: date, most: int) -> Owed:
    """Two queries. Periods that have not ended are left out, unless somebody has reported for them."""
    duties = [one.duty_id for one in schedules if one.duty_id is not None]
    rows = Obligation.objects.filter(where, duty__in=duties).exclude(
        closed_reason__in=[ClosedReason.REFORMED, ClosedReason.WITHDRAWN]
    )
    begun = rows.filter(Q(period_last_day__lt=on) | Q(fulfilled_at__isnull=False))
    codes = list(begun.order_by("-period_last_day").values_list("period", flat=True).distinct()[:most])
    found: dict[int, dict[str, Obligation]] = defaultdict(dict)
    for one in rows.filter(period__in=codes):
        found[one.unit_id][one.period] = one
    return Owed([Period.parse(code) for code in reversed(codes)], found)


def fullness_of(
    schedules: Sequence[Schedule], periods: Sequence[str], units: Collection[int]
) -> dict[tuple[int, str], tuple[int, int]]:
    """By unit and period, cells with a figure and cells that had to hold one, of what was received. One query."""
    facts = (
        Fact.objects.filter(
            collection__in=[one.form.collection_id for one in schedules],
            period__code__in=periods,
            unit__in=units,
            contributor=None,
            superseded_at=None,
        )
        .exclude(reason__in=NOT_ASKED)
        .order_by()
        .values("unit_id", "period__code")
        .annotate(filled=Count("value"), asked=Count("pk"))
    )
    return {(row["unit_id"], row["period__code"]): (row["filled"], row["asked"]) for row in facts}


def _cells(
    owed: Owed, fullness: Mapping[tuple[int, str], tuple[int, int]], periods: Sequence[str], on: date
) -> dict[int, list[Kept]]:
    return {
        unit: [
            Kept(said_of(mine[code].status_on(on)), *fullness.get((unit, code), (0, 0))) if code in mine else NONE
            for code in periods
        ]
        for unit, mine in owed.found.items()
    }


def _columns(owed: Owed, cells: Mapping[int, Sequence[Kept]], names: Mapping[int, UnitVersion]) -> list[Column]:
    """A reform lies between two periods where a unit that had owed was no more on the last day of the second."""
    ends = {unit: last for unit, version in names.items() if (last := version.last_day) is not None}
    columns: list[Column] = []
    for place, period in enumerate(owed.periods):
        since = None
        if columns:
            earlier = columns[-1].period.last_day
            days = {last for last in ends.values() if earlier <= last < period.last_day}
            since = max(days) + timedelta(days=1) if days else None
        columns.append(Column(period, tally(kept[place] for kept in cells.values()), since))
    return columns


def _groups(schedule: Schedule, rows: Sequence[Row], day: date) -> list[Group]:
    """Units of today under the old district, others under the district of their last day, apart. Eight queries at most."""
    present = [row for row in rows if not row.has_ended]
    ended = [row for row in rows if row.has_ended]
    groups = [_group(name, found) for name, found in _by_old_district(schedule, present, day)]
    by_day: dict[date, list[Row]] = defaultdict(list)
    for row in ended:
        by_day[_end_of(row.unit, day) or day].append(row)
    for until, those in sorted(by_day.items(), reverse=True):
        above = ancestors_of([row.unit.unit_id for row in those], until)
        named: dict[str, list[Row]] = defaultdict(list)
        for row in those:
            district = next((one for one in above.get(row.unit.unit_id, ()) if one.unit.level == Level.DISTRICT), None)
            named[district.full_name if district else ""].append(row)
        groups += [_group(name, found, until) for name, found in named.items()]
    return groups


def _by_old_district(schedule: Schedule, rows: Sequence[Row], day: date) -> list[tuple[str, list[Row]]]:
    if not any(row.unit.unit.level == Level.COMMUNE for row in rows) or schedule.unit.level != Level.PROVINCE:
        return [("", list(rows))] if rows else []
    left = {row.unit.unit_id: row for row in rows}
    found = []
    for old in old_districts(schedule.unit_id, day):
        members = [left.pop(one.unit_id) for one in old.communes if one.unit_id in left]
        if members:
            found.append((old.district.full_name if old.district else "", members))
    return found + ([("", list(left.values()))] if left else [])


def _group(name: str, rows: Sequence[Row], until: date | None = None) -> Group:
    cells = [tally(kept) for kept in zip(*(row.cells for row in rows), strict=True)]
    return Group(name, rows, cells, tally(kept for row in rows for kept in row.cells), until)


def _end_of(unit: UnitVersion, day: date) -> date | None:
    """The last day of a unit that was no more on `day`."""
    last = unit.last_day
    return last if last is not None and last < day else None


# --- one place


@dataclass(frozen=True)
class OfPlace:
    """A unit's own reports of one schedule: its periods oldest first. `place` is the one that its share in time gives it
    among the units that owed in the newest of them, and among how many."""

    schedule: Schedule
    kept: Sequence[tuple[Obligation, Kept]]
    tally: Tally
    place: tuple[int, int] | None = None


def course_of_place(
    actor: Actor, unit_id: int, on: date, *, periods: int, known: Iterable[Schedule] = ()
) -> list[OfPlace]:
    """What the unit itself owed, of every schedule, the last periods of each; told to the unit's own body too.

    Four queries; three where the schedules are `known`, each with its form.
    """
    mine = Q(owner__in=party(actor)) | Q(original_owner__in=party(actor)) | in_reach(actor)
    rows = Obligation.objects.filter(mine, unit=unit_id, duty__isnull=False, fulfilled_at__isnull=False) | (
        Obligation.objects.filter(mine, unit=unit_id, duty__isnull=False, period_last_day__lt=on)
    )
    by_duty: dict[int, list[Obligation]] = defaultdict(list)
    for one in rows.exclude(closed_reason=ClosedReason.REFORMED).order_by("-period_last_day"):
        if one.duty_id is not None and len(by_duty[one.duty_id]) < periods:
            by_duty[one.duty_id].append(one)
    schedules = sorted((one for one in known if one.duty_id in by_duty), key=lambda one: one.pk)
    if len(schedules) < len(by_duty):
        schedules = list(Schedule.objects.filter(duty__in=by_duty).select_related("form"))
    fullness = fullness_of(schedules, sorted({one.period for each in by_duty.values() for one in each}), [unit_id])
    places = _places({duty: [one.period for one in owed] for duty, owed in by_duty.items()}, on)
    return [
        replace(_of_place(one, by_duty[one.duty_id or 0], fullness, on), place=places.get((one.duty_id or 0, unit_id)))
        for one in schedules
    ]


def _places(periods: Mapping[int, Sequence[str]], on: date) -> dict[tuple[int, int], tuple[int, int]]:
    """By duty and unit, its place by the share in time over the periods (newest first), of the units that owed in the
    newest. One query."""
    asked = {code for codes in periods.values() for code in codes}
    rows = Obligation.objects.filter(duty__in=periods, period__in=asked).exclude(closed_reason=ClosedReason.REFORMED)
    kept: dict[int, dict[int, list[Kept]]] = defaultdict(lambda: defaultdict(list))
    newest: dict[int, set[int]] = defaultdict(set)
    for one in rows:
        duty = one.duty_id or 0
        if one.period in periods[duty]:
            kept[duty][one.unit_id].append(Kept(said_of(one.status_on(on))))
        if one.period == periods[duty][0]:
            newest[duty].add(one.unit_id)
    return {
        (duty, unit): place
        for duty, units in kept.items()
        for unit, place in ranked({unit: tally(units[unit]) for unit in newest[duty]}).items()
    }


def _of_place(
    schedule: Schedule, owed: Iterable[Obligation], fullness: Mapping[tuple[int, str], tuple[int, int]], on: date
) -> OfPlace:
    kept = [
        (one, Kept(said_of(one.status_on(on)), *fullness.get((one.unit_id, one.period), (0, 0))))
        for one in sorted(owed, key=lambda one: one.period_last_day or date.min)
    ]
    return OfPlace(schedule, kept, tally(each for _one, each in kept))
