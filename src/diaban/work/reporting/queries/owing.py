"""Who a schedule would ask, and by when, before it binds anyone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from diaban.foundation.mandates.routing import Lead, responsible_many
from diaban.foundation.obligations.rules import DueRule
from diaban.foundation.obligations.workdays import work_calendar
from diaban.foundation.organisations.queries import names_of
from diaban.foundation.territory.queries import descendants, versions_of
from diaban.lib.periods import Calendar, Kind, Period
from diaban.work.reporting.models import Schedule
from diaban.work.reporting.permissions import FIELD

PERIODS_SHOWN = 4


@dataclass(frozen=True)
class Asked:
    """One period: from when figures are closed, and by when they are to be sent."""

    period: Period
    closes_on: date
    due_on: date


@dataclass(frozen=True)
class Owing:
    """The next periods; in the first of them, units with the body that would owe, and units where no one body leads. `over` are
    periods that had ended before: they would be owed at once, and be late."""

    asked: Sequence[Asked]
    owners: Sequence[tuple[str, str]]
    unowed: Sequence[str]
    over: Sequence[Period] = ()


def owing_of(schedule: Schedule, today: date) -> Owing:
    """What a schedule would ask from today on; nothing where it has no deadline of its level or is over. Seven queries."""
    rule, calendar = due_rule_of(schedule), work_calendar()
    periods = periods_ahead(schedule, today) if rule else []
    if rule is None or not periods:
        return Owing((), (), ())
    asked = [Asked(one, rule.cut_off(one.last_day), rule.due_on(one.last_day, calendar)) for one in periods]
    day = periods[0].last_day
    level = schedule.form.level
    here = versions_of([schedule.unit_id], day)
    units = list(here.values()) if schedule.unit.level == level else descendants(schedule.unit_id, day, level=level)
    answers = responsible_many("report", FIELD, [unit.unit_id for unit in units], day)
    leads = {unit_id: one.organisation_id for unit_id, one in answers.items() if isinstance(one, Lead)}
    names = names_of(set(leads.values()), day)
    owners = [(unit.full_name, names.get(leads[unit.unit_id], "")) for unit in units if unit.unit_id in leads]
    unowed = [unit.full_name for unit in units if unit.unit_id not in leads]
    return Owing(asked, owners, unowed, periods_over(schedule, today))


def due_rule_of(schedule: Schedule) -> DueRule | None:
    """When whoever fills the form must have sent it; None where the schedule does not say."""
    if schedule.is_once:
        return DueRule(schedule.cut_off_days, fixed_on=schedule.due_on) if schedule.due_on else None
    own = next((row for row in schedule.deadlines.all() if row.level == schedule.form.level), None)
    return DueRule(schedule.cut_off_days, own.working_days) if own else None


def periods_over(schedule: Schedule, today: date) -> list[Period]:
    """The last periods that a periodic schedule asks for and that had ended before a day."""
    if schedule.is_once:
        return []
    period = Period.containing(today, Kind(schedule.form.period_kind), Calendar(schedule.form.calendar)).previous()
    found: list[Period] = []
    while len(found) < PERIODS_SHOWN and period.last_day in schedule.valid:
        found.append(period)
        period = period.previous()
    return found[::-1]


def periods_ahead(schedule: Schedule, today: date) -> list[Period]:
    """The period under way on a day, or the first that a schedule asks for, and those after it."""
    if schedule.is_once:
        return [schedule.one_period] if schedule.one_period else []
    first = max(schedule.valid.lower, today)
    period = Period.containing(first, Kind(schedule.form.period_kind), Calendar(schedule.form.calendar))
    found: list[Period] = []
    while len(found) < PERIODS_SHOWN and (schedule.valid.upper is None or period.last_day < schedule.valid.upper):
        found.append(period)
        period = period.next()
    return found
