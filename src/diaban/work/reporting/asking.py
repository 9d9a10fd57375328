"""What a page of consolidated figures is asked for by its address: form, period, area, day of knowledge, map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from diaban.foundation.acts.actor import Actor
from diaban.foundation.organisations.queries import versions_of as organisations_on
from diaban.foundation.territory.models import UnitVersion
from diaban.foundation.territory.queries import descendants, versions_of
from diaban.lib.periods import BadPeriod, Period
from diaban.work.reporting.models import Schedule
from diaban.work.reporting.queries.reports import periods_of, schedules_in_sight
from diaban.work.reporting.sight import reads_somewhere, sees_any

MOST_PERIODS = 24


class NothingInSight(LookupError):
    """The actor sees no form that could be consolidated, or not the one that was asked for."""


@dataclass(frozen=True)
class Choices:
    """What the reader may choose from, and what is chosen. `typed_days` are the days as the address gives them."""

    schedules: Sequence[Schedule]
    schedule: Schedule
    periods: Sequence[Period]
    period: Period
    units: Sequence[UnitVersion]
    unit: UnitVersion
    as_of: date | None
    map_on: date | None


def choices(actor: Actor, asked: Mapping[str, str]) -> Choices:
    """Read an address (`bieu`, `ky`, `dia_ban`, `den`, `ban_do`); what it leaves open is the newest period of the widest
    area in sight. Raises `NothingInSight`; a day or period that cannot be read is left open. Six queries.
    """
    schedules = list(schedules_in_sight(actor))
    if not schedules:
        raise NothingInSight
    schedule = next((one for one in schedules if one.form.code == asked.get("bieu")), schedules[0])
    periods = [Period.parse(text) for text in periods_of([schedule])[:MOST_PERIODS]]
    period = _period(asked.get("ky", ""), schedule, periods)
    if period is None:
        raise NothingInSight
    map_on = _day(asked.get("ban_do", ""))
    units = _units(actor, schedule, map_on or period.last_day)
    if not units:
        raise NothingInSight
    code = asked.get("dia_ban", "")
    unit = next((one for one in units if one.code == code), None) if code else units[0]
    if unit is None:
        raise NothingInSight
    return Choices(
        schedules=schedules,
        schedule=schedule,
        periods=periods,
        period=period,
        units=units,
        unit=unit,
        as_of=_day(asked.get("den", "")),
        map_on=map_on,
    )


def _period(text: str, schedule: Schedule, periods: Sequence[Period]) -> Period | None:
    try:
        return Period.parse(text)
    except BadPeriod:
        past = [period for period in periods if schedule.duty_id is not None]
        return past[0] if past else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _units(actor: Actor, schedule: Schedule, day: date) -> list[UnitVersion]:
    """The widest areas in sight and the reporting units in them, as they are on a day."""
    roots = [schedule.unit_id] if sees_any(actor, schedule.unit_id) else _own_units(actor)
    found: dict[int, UnitVersion] = {}
    for root, version in versions_of(roots, day).items():
        if sees_any(actor, root):
            found[root] = version
            found |= {unit.unit_id: unit for unit in descendants(root, day, schedule.form.level)}
    return list(found.values())


def _own_units(actor: Actor) -> list[int]:
    """Where the actor's office has its seat, if it reads figures there."""
    if actor.organisation_id is None or not reads_somewhere(actor):
        return []
    seats = organisations_on([actor.organisation_id], actor.today).values()
    return [seat.unit_id for seat in seats]
