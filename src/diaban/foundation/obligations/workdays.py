"""The working calendar of this instance: public holidays by law, swaps and local days from their editable table."""

from datetime import date, timedelta

from django.db.models import Q

from diaban.foundation.acts.actor import Actor
from diaban.foundation.obligations.models import DayOff
from diaban.foundation.obligations.permissions import visible_days_off
from diaban.lib.workdays import WorkCalendar, working_days_by_law

SATURDAY = 5


def work_calendar() -> WorkCalendar:
    """The calendar as the table stands now. One query."""
    swaps, extra_off, extra_worked = {}, [], []
    for row in DayOff.objects.all():
        if row.off_on and row.worked_on:
            swaps[row.off_on] = row.worked_on
        elif row.off_on:
            extra_off.append(row.off_on)
        elif row.worked_on:
            extra_worked.append(row.worked_on)
    return WorkCalendar(swaps=swaps, extra_days_off=extra_off, extra_workdays=extra_worked)


def days_off_of(actor: Actor, year: int) -> list[DayOff]:
    """The lines of the table of working days that touch a year, by day. One query."""
    lines = visible_days_off(actor).filter(Q(off_on__year=year) | Q(worked_on__year=year))
    return sorted(lines, key=lambda line: line.off_on or line.worked_on or date.max)


def holidays_of(year: int) -> list[date]:
    """The weekdays that the Labour Code makes free in a year."""
    first = date(year, 1, 1)
    days = (first + timedelta(days=step) for step in range(366))
    working = working_days_by_law(year)
    return [day for day in days if day.year == year and day.weekday() < SATURDAY and day not in working]
