"""What a page of consolidated figures is asked for by its address: form, period, area, day of knowledge, map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from diaban.foundation.acts.actor import Actor
from diaban.foundation.organisations.queries import versions_of as organisations_on
from diaban.foundation.territory.models import Containment, Level, UnitVersion
from diaban.foundation.territory.queries import units_on
from diaban.lib.periods import BadPeriod, Calendar, Period
from diaban.work.reporting.models import Schedule, Snapshot
from diaban.work.reporting.queries.reports import newest_of, periods_of, schedules_in_sight
from diaban.work.reporting.sight import reads_somewhere, sees_any

MOST_PERIODS = 24
LONGEST_NUMBER = 5


class NothingInSight(LookupError):
    """The actor sees no form that could be consolidated, or not the one that was asked for."""


@dataclass(frozen=True)
class Choices:
    """What the reader may choose from, and what is chosen.

    `problems` say, in Vietnamese, what of the address could not be read: nothing is to be shown in its place.
    `is_given` tells whether the address named the period, `has_ended` whether the period is over.
    """

    schedules: Sequence[Schedule]
    schedule: Schedule
    periods: Sequence[Period]
    period: Period
    units: Sequence[UnitVersion]
    unit: UnitVersion
    as_of: date | None
    map_on: date | None
    snapshot: Snapshot | None = None
    problems: tuple[str, ...] = ()
    is_given: bool = True
    has_ended: bool = True


def choices(actor: Actor, asked: Mapping[str, str]) -> Choices:
    """Read an address (`bieu`, `ky`, `dia_ban`, `den`, `ban_do`, `chot`); what it leaves open is the newest period that is over, or
    that reports came in for, of the widest area in sight. A period is written in full or, in the form's own calendar, short.

    `chot` is the number of a publication of the form and area: its period and its moment stand then for those asked for.

    Raises `NothingInSight`. Seven queries, one more for a publication.
    """
    schedules = list(schedules_in_sight(actor))
    schedule = _named(schedules, asked.get("bieu", ""))
    periods = [Period.parse(text) for text in periods_of([schedule])[:MOST_PERIODS]]
    if not periods:
        raise NothingInSight
    problems: list[str] = []
    given = asked.get("ky", "").strip()
    period = _period(given, schedule, problems) or newest_of(schedule, periods, actor.today)
    as_of, map_on = _day(asked.get("den", ""), problems), _day(asked.get("ban_do", ""), problems)
    units = _units(actor, schedule, map_on or period.last_day)
    if not units:
        raise NothingInSight
    code = asked.get("dia_ban", "")
    unit = next((one for one in units if one.code == code), None) if code else units[0]
    if unit is None:
        raise NothingInSight
    snapshot = _snapshot(asked.get("chot", ""), schedule, unit, problems)
    if snapshot is not None:
        period, as_of = snapshot.read_period, snapshot.as_of
    return Choices(
        schedules=schedules,
        schedule=schedule,
        periods=periods,
        period=period,
        units=units,
        unit=unit,
        as_of=as_of,
        map_on=map_on,
        snapshot=snapshot,
        problems=tuple(problems),
        is_given=bool(given),
        has_ended=period.last_day < actor.today,
    )


def _named(schedules: Sequence[Schedule], form_code: str) -> Schedule:
    """The schedule of the form that the address names, the first in sight where it names none."""
    found = [one for one in schedules if not form_code or one.form.code == form_code]
    if not found:
        raise NothingInSight
    return found[0]


def _snapshot(text: str, schedule: Schedule, unit: UnitVersion, problems: list[str]) -> Snapshot | None:
    """The publication of that number; None, with what is wrong, where there is none."""
    if not text.strip():
        return None
    is_number = text.isascii() and text.isdecimal() and len(text) < LONGEST_NUMBER
    rows = Snapshot.objects.filter(form=schedule.form_id, unit=unit.unit_id)
    found = rows.filter(number=int(text)).first() if is_number else None
    if found is None:
        problems.append(f"Không có bản chốt số “{text}” của địa bàn này.")
    return found


def _period(text: str, schedule: Schedule, problems: list[str]) -> Period | None:
    """The period that is asked for; None, with what is wrong, where it cannot be read."""
    if not text:
        return None
    try:
        return Period.parse(text, None if ":" in text else Calendar(schedule.form.calendar))
    except BadPeriod as problem:
        problems.append(str(problem))
        return None


def _day(text: str, problems: list[str]) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        problems.append(f"Không đọc được ngày “{text}”. Hãy ghi như 2025-06-30.")
        return None


def _units(actor: Actor, schedule: Schedule, day: date) -> list[UnitVersion]:
    """The widest areas in sight and the reporting units in them, as they are on a day; of the country its provinces."""
    roots = [schedule.unit_id] if sees_any(actor, schedule.unit_id) else _own_units(actor)
    seen = [root for root in roots if sees_any(actor, root)]
    below = Q(ancestor__level=Level.COUNTRY, descendant__level=Level.PROVINCE) | (
        ~Q(ancestor__level=Level.COUNTRY) & Q(descendant__level=schedule.form.level)
    )
    inside = Containment.objects.filter(below, ancestor__in=seen, distance__gt=0, valid__contains=day)
    found = list(units_on(day).filter(Q(unit__in=seen) | Q(unit__in=inside.values("descendant"))))
    return sorted(found, key=lambda one: one.unit_id not in seen)


def _own_units(actor: Actor) -> list[int]:
    """Where the actor's office has its seat, if it reads figures there."""
    if actor.organisation_id is None or not reads_somewhere(actor):
        return []
    seats = organisations_on([actor.organisation_id], actor.today).values()
    return [seat.unit_id for seat in seats]
